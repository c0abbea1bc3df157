"""`python -m bench.render ours|naive|child|report|naive-report TIMES RUNS`: renders and prints what it took, as JSON.

`ours` and `naive` render in this process and begin warm: one small document has been rendered, so neither pays for
imports. `ours` includes its template. `child` renders as the product does, and tells the child's time and memory.
`report` and `naive-report` are of the sample's quarterly report.
"""

import json
import resource
import sys
from collections.abc import Callable

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench import documents, reports
from bench.measure import peak_megabytes, processor_seconds
from strategy_tracker.documents import assets, engine
from strategy_tracker.documents.fetcher import LocalAssets
from strategy_tracker.plans.sections import plan_pdf


def naive(html: str) -> bytes:
    """WeasyPrint as it comes, tagging on."""
    fetcher, fonts = LocalAssets(assets.load()), FontConfiguration()
    styles = CSS(string=documents.NAIVE_STYLES, url_fetcher=fetcher, font_config=fonts, base_url="asset:")
    page = HTML(string=html, url_fetcher=fetcher, base_url="asset:")
    return bytes(page.write_pdf(stylesheets=[styles], font_config=fonts, pdf_variant="pdf/ua-1"))


def of_report(peer: str, runs: int) -> None:
    """The page is the same for both; each renders it once before it counts."""
    page = reports.sample_page()
    plain = documents.naive_page(page)
    work: Callable[[], bytes] = (lambda: engine.render(page)) if peer == "report" else (lambda: naive(plain))
    work()
    print(json.dumps({"seconds": processor_seconds(work, runs), "megabytes": peak_megabytes()}))


def main(peer: str, times: int, runs: int) -> None:
    if peer.endswith("report"):
        of_report(peer, runs)
        return
    sample = documents.sample_document()
    plan = documents.many_times(sample, times)
    if peer == "child":
        plan_pdf(plan)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(json.dumps({"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}))
        return
    small = documents.our_page(sample)
    warm: Callable[[], bytes]
    work: Callable[[], bytes]
    if peer == "ours":
        warm, work = lambda: engine.render(small), lambda: engine.render(documents.our_page(plan))
    else:
        plain_small, plain = documents.naive_page(small), documents.naive_page(documents.our_page(plan))
        warm, work = lambda: naive(plain_small), lambda: naive(plain)
    warm()
    print(json.dumps({"seconds": processor_seconds(work, runs), "megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
