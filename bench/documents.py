"""The sample's plan document, once or many times over, as our page and as one naive table of the same words."""

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from strategy_tracker import db
from strategy_tracker.documents import page
from strategy_tracker.plans.document import PlanDocument
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.sections import plan_document
from strategy_tracker.plans.versions.view import view_of
from strategy_tracker.sample import loader

NAIVE_STYLES = """
@font-face { font-family: Source; src: url(asset:regular.ttf) }
@font-face { font-family: Source; font-weight: 700; src: url(asset:bold.ttf) }
@page { size: A4 landscape; margin: 19mm 15mm 16mm;
  @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
body { font: 11pt/14pt Source } table { width: 100%; border-collapse: collapse }
td { border: 1px solid; vertical-align: top; padding: 4pt }
"""


def sample_document() -> PlanDocument:
    """West Kent's plan for 2010-11, from a database of its own."""
    with TemporaryDirectory() as folder:
        database = db.use(f"sqlite:///{Path(folder) / 'bench.db'}")
        with database.connection_context():
            db.migrate()
            loader.load(Path(folder) / "outbox")
            return plan_document(view_of(Plan.get()))


def many_times(document: PlanDocument, times: int) -> PlanDocument:
    """The same plan with its objectives `times` over."""
    objectives = tuple(replace(each, key=f"{each.key}-{time}") for time in range(times) for each in document.objectives)
    return replace(document, objectives=objectives)


def our_page(document: PlanDocument) -> str:
    return page("action-plan.html", plan=document)


def naive_page(html: str) -> str:
    """Every word of our page in one table: no marks, no repeated heads, nothing kept together."""
    body = re.search(r"<body[^>]*>(.*)</body>", html, re.DOTALL)
    assert body
    rows = []
    for part in re.split(r"(<table.*?</table>)", body.group(1), flags=re.DOTALL):
        if part.startswith("<table"):
            for row in re.findall(r"<tr.*?</tr>", part, re.DOTALL):
                plain = re.sub(r' (class|scope|id)="[^"]*"', "", row)
                rows.append(plain.replace("<th", "<td").replace("</th", "</td"))
        else:
            blocks = re.findall(r"<(?:p|h1|h2|dt|dd)\b.*?</(?:p|h1|h2|dt|dd)>", part, re.DOTALL)
            rows += [f'<tr><td colspan="4">{re.sub("<[^>]*>", " ", block).strip()}</td></tr>' for block in blocks]
    return f'<html lang="en-GB"><title>Plan</title><body><table>{"".join(rows)}</table></body></html>'
