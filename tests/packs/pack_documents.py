"""Packs for the tests, of documents that are made alone as well."""

import io
import re
from collections.abc import Iterator, Sequence

from pypdf import PageObject, PdfReader

from strategy_tracker import documents
from strategy_tracker.documents.packs import Cover, PackPart, pack_page
from strategy_tracker.documents.sections import report_body, report_page
from strategy_tracker.plans.document import PlanDocument
from strategy_tracker.risks.schemes.rules import Scheme
from tests.documents.plan_documents import plan_document
from tests.risks.making import five_by_five
from tests.risks.risk_documents import a_register_document, a_top_document

COVER = Cover(
    partnership="West Kent",
    title="Papers for the cabinet",
    for_whom="Cabinet of Tonbridge and Malling",
    meeting="Larkfield, 20 July 2011",
    as_at="As at 30 June 2011",
    edition="Edition 1, put together on 4 July 2011",
    partners=("Sevenoaks District Council", "Tonbridge and Malling Borough Council"),
)
REPORT = {
    "title": "Quarterly report, April to June 2011",
    "partnership": "West Kent",
    "for_whom": "Summary for the board",
    "as_at": "30 June 2011",
    "edition": "Version 1, approved 14 July 2011",
}
HEADS = (798.0, 559.8)
"""How far up the head of a page stands, on an upright and on a wide one."""


def plan_part(document: PlanDocument | None = None, title: str = "Homelessness action plan") -> PackPart:
    made = document or plan_document(6)
    return PackPart(title, f"As at {made.as_at}. {made.edition}", documents.page("action-plan.html", plan=made))


def report_part(body: str = "", title: str = "Quarterly report, April to June 2011") -> PackPart:
    """A report in upright pages with wide pages among them, and headings of three levels."""
    words = "".join(f"<p>Paragraph {number}, which says what was done in this quarter.</p>" for number in range(60))
    made = report_body(REPORT | {"title": title}, []) + (
        f'<section id="section-summary"><h2 data-section="Summary">Summary in words</h2>{words}<h3>Below</h3></section>'
        f'<section class="wide-section" id="section-turns"><h2 data-section="Turns">What changed</h2>{body}</section>'
        '<section id="section-end"><h2 data-section="End">Meetings</h2><p>None was held.</p></section>'
    )
    return PackPart(title, "As at 30 June 2011. Version 1", report_page(REPORT | {"title": title}, made))


def register_part(scheme: Scheme | None = None, risks: int = 6, title: str = "TMBC: Operational risks") -> PackPart:
    made = a_register_document(scheme or five_by_five(), risks)
    return PackPart(title, "As at 30 June 2011. Only shared risks", documents.page("risk-register.html", one=made))


def top_part(risks: int = 8) -> PackPart:
    made = a_top_document(five_by_five(), risks)
    return PackPart("Top risks", "As at 30 June 2011. Only shared risks", documents.page("top-risks.html", one=made))


def opened(parts: Sequence[PackPart], cover: Cover = COVER) -> PdfReader:
    return PdfReader(io.BytesIO(documents.pdf(pack_page(cover, parts))))


def alone(part: PackPart) -> PdfReader:
    return PdfReader(io.BytesIO(documents.pdf(part.page)))


def drawn(page: PageObject) -> list[tuple[float, float, str]]:
    """Each piece of text with its place, but for the head and the number of the page, which differ in a pack."""
    return [one for one in placed(page) if not re.match(r"Page \d+ of \d+$", one[2]) and one[1] not in HEADS]


def placed(page: PageObject) -> list[tuple[float, float, str]]:
    """Each piece of text as (across, up, words)."""
    found: list[tuple[float, float, str]] = []

    def take(text: str, current: list[float], matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            across = matrix[4] * current[0] + current[4]
            up = matrix[5] * current[3] + current[5]
            found.append((round(across, 1), round(up, 1), text.strip()))

    page.extract_text(visitor_text=take)
    return found


def bookmarks(reader: PdfReader, outline: list[object] | None = None, depth: int = 0) -> Iterator[tuple[int, str, int]]:
    """Depth, words and page (from 0) of each bookmark, in order."""
    for each in reader.outline if outline is None else outline:
        if isinstance(each, list):
            yield from bookmarks(reader, each, depth + 1)
        else:
            yield depth, " ".join(str(each["/Title"]).split()), int(reader.get_destination_page_number(each) or 0)


def starts(pack: PdfReader) -> list[int]:
    """The page (from 0) on which the cover and each part begin."""
    return [page for depth, _, page in bookmarks(pack) if depth == 0]
