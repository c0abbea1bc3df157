"""Plans as councils lay them out, made in code; and what is read of them in short."""

import io
import re
from collections.abc import Callable, Sequence

import docx
import xlsxwriter

from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.drafting import draft_of
from tests.transfer.files import AUTHORITIES, part, repacked, saved

Table = Sequence[Sequence[str]]
TRACKED = 'w:id="9" w:author="x" w:date="2024-01-01T00:00:00Z"'


def read(content: bytes) -> PlanDraft:
    return draft_of(content, AUTHORITIES)


def outline(draft: PlanDraft) -> list[str]:
    """ "1 Fewer: 1.1 Write; 1.2 Call" for each objective."""
    return [
        f"{objective.number} {objective.title}: "
        + "; ".join(f"{action.number} {action.text}" for action in objective.actions)
        for objective in draft.objectives
    ]


def whens(draft: PlanDraft) -> list[str]:
    return [outcome.timescale.words if outcome.timescale else "" for outcome in draft.outcomes()]


def notes(draft: PlanDraft) -> list[tuple[str | None, str, str]]:
    return [(note.authority, str(note.as_at or ""), note.text) for note in draft.notes()]


def add_table(document: "docx.document.Document", rows: Table) -> "docx.table.Table":
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return table


def merge(table: "docx.table.Table", first: tuple[int, int], last: tuple[int, int]) -> None:
    """Last row and column included; the first cell's words stay alone."""
    words = table.rows[first[0]].cells[first[1]].text
    merged = table.rows[first[0]].cells[first[1]].merge(table.rows[last[0]].cells[last[1]])
    merged.text = words


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        fill(book)
    return stream.getvalue()


def sheet(rows: Table, name: str = "Plan") -> bytes:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                if words:
                    page.write_string(number, column, words)

    return workbook(fill)


def word_body(body: str) -> bytes:
    """A Word document of this XML."""
    document = docx.Document()
    document.add_paragraph("HERE")
    content = saved(document)
    xml = part(content, "word/document.xml").decode()
    xml = re.sub(r"<w:p>(?:(?!</w:p>).)*HERE.*?</w:p>", lambda _: body, xml, flags=re.DOTALL)
    return repacked(content, **{"word__document.xml": xml.encode()})


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*words: str, properties: str = "") -> str:
    return raw_row(*(cell(paragraph(each)) for each in words), properties=properties)


def raw_row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table_of(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl><w:p/>"


def inserted(words: str) -> str:
    return f"<w:ins {TRACKED}><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:ins>"


def deleted(words: str) -> str:
    return f"<w:del {TRACKED}><w:r><w:delText xml:space='preserve'>{words}</w:delText></w:r></w:del>"
