"""Files of every kind with the same seven risks in them, laid out as councils do: made in code, in made-up words.

Ids, scores and kinds of response are those of Copeland's service plan for 2014/15, section 6; the words are not.
"""

import csv
import io
from collections.abc import Sequence

import docx
import odfdo
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

HEADS = ("Id", "Description", "Impact\nscore", "Likelihood\nscore", "How will this risk managed?", "Owner")
BELOW = ("", "", "score", "score", "[Treat, tolerate, transfer or terminate]", "")
ROWS: tuple[tuple[str, ...], ...] = (
    (
        "1",
        "Too little money for the schemes that partners used to pay towards",
        "3",
        "4",
        "Tolerate – as far as our own means allow Treat – look for other grants with our partners",
        "Manager",
    ),
    (
        "2",
        "Builders bring forward too few cheap homes",
        "2",
        "3",
        "Tolerate – sites are agreed Treat – ask landlords to keep one site ready",
        "Manager",
    ),
    (
        "3",
        "More families lose their homes when benefits change",
        "3",
        "4",
        "Treat – work on prevention with landlords, including private ones, so that families stay or move nearby",
        "Senior Advice Officer",
    ),
    (
        "4",
        "More requests for adaptations as people grow older",
        "3",
        "3",
        (
            "Tolerate – use what there is well Treat – more money comes in; if there is to be no queue the "
            "treatment will be a bid to members"
        ),
        "Manager",
    ),
    (
        "5",
        "Old computers stand in the way of better service",
        "3",
        "4",
        "Tolerate – knowing that a programme takes it up Treat – by that programme",
        "CLT?",
    ),
    (
        "6",
        "Others do not keep to what was agreed",
        "2",
        "4",
        "Treat – meet them (the police too) to agree anew, and train people where needed",
        "Manager",
    ),
    (
        "7",
        "Answers from other public bodies come late",
        "3",
        "4",
        "Treat – press for short delays, so that those we owe a home find one",
        "Senior Housing Officer",
    ),
)
VALUES = (12, 6, 12, 9, 12, 8, 12)
KEY = (
    ("Scoring the risk", "", "", ""),
    ("Impact", "", "Likelihood", ""),
    ("1", "Negligible", "1", "Almost impossible"),
)
WORK = (("Action", "Owner", "By when"), ("Write the plan", "Manager", "June 2014"))

Rows = Sequence[Sequence[str]]


def word_file(rows: Rows = ROWS, heads: Sequence[str] = HEADS, below: Sequence[str] | None = BELOW) -> bytes:
    """A service plan in Word: other tables stand before and after the register, whose heads run over two rows."""
    document = docx.Document()
    document.add_heading("Service plan", 1)
    _table(document, WORK)
    document.add_heading("Operational risks", 1)
    first = [head.partition("\n")[0] for head in heads] if below else heads
    _table(document, [first, *([below] if below else []), *rows])
    _table(document, KEY)
    return saved(document)


def _table(document: "docx.document.Document", rows: Rows) -> "docx.table.Table":
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            lines = words.split("\n")
            cell.text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line.removeprefix("• "), style="List Bullet" if line.startswith("• ") else None)
    return table


def merged_down(rows: Rows, columns: Sequence[int], first: int, last: int) -> bytes:
    """The register with some cells merged over these rows (the heads are row 0)."""
    document = docx.Document()
    table = _table(document, [HEADS, *rows])
    for column in columns:
        for number in range(first, last + 1):
            start = 'w:val="restart"' if number == first else ""
            properties = table.rows[number]._tr.tc_lst[column].get_or_add_tcPr()
            properties.append(parse_xml(f"<w:vMerge {nsdecls('w')} {start}/>"))
    return saved(document)


def saved(document: "docx.document.Document | openpyxl.Workbook") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def excel_file(rows: Rows = ROWS, heads: Sequence[str] = HEADS, sheet: str = "Risks") -> bytes:
    """Scores are numbers; a title stands above, and a sheet with the key beside."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page.append(["Risk register 2014/15"])
    page.append([])
    for row in (heads, *rows):
        page.append([int(words) if words.isdigit() else words for words in row])
    key = book.create_sheet("Key")
    for row in KEY:
        key.append(list(row))
    return saved(book)


def opendocument_file(rows: Rows = ROWS, heads: Sequence[str] = HEADS) -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Risks")
    for words in (heads, *rows):
        row = odfdo.Row()
        for value in words:
            cell = odfdo.Cell()
            for line in value.split("\n") if value else ():
                cell.append(odfdo.Paragraph(line))
            row.append(cell)
        table.append_row(row)
    document.body.append(table)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def csv_file(rows: Rows = ROWS, heads: Sequence[str] = HEADS) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([heads, *rows])
    return stream.getvalue().encode()


FILES = {"risks.docx": word_file, "risks.xlsx": excel_file, "risks.ods": opendocument_file, "risks.csv": csv_file}
