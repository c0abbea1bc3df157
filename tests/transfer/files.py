"""Files of every kind with the same small plan in them, made in code."""

import csv
import io
import zipfile
from collections.abc import Sequence
from itertools import groupby, pairwise

import docx
import odfdo
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from strategy_tracker.transfer.heads import Known

AUTHORITIES = (
    Known("sdc", "SDC", "Sevenoaks District Council"),
    Known("tmbc", "TMBC", "Tonbridge and Malling Borough Council"),
    Known("twbc", "TWBC", "Tunbridge Wells Borough Council"),
)
STRATEGY = "Joint Housing Strategy for the Weald: Towards 2030 (2024)"
TITLE = "Action Plan for the period April 2024 – March 2026"
HEADS = ("No", "Objective", "Action", "Measurable Outcomes/Timescales", "Progress to 30 September 2024")
ROWS: tuple[tuple[str, ...], ...] = (
    ("1.", "Fewer empty homes", "Write to the owner of every empty home", "All written to by June 2024", "On going"),
    ("", "", "", "A second letter follows where there is no answer", "Achieved and on going. 40 letters sent."),
    ("", "", "Publish a guide for owners", "Guide on the web sites by May 2024; printed by July 2024", ""),
    ("2.", "Warmer homes – for all", "Hold a landlords’ forum", "", "Deferred at present"),
    ("", "", "Offer grants of £500", "Grants offered through:\n• the web site\n• the home visits", "12 grants, £6,000"),
    ("3.", "Safer homes", "=Inspect every house in multiple occupation", "Subject to funding", ""),
)
GLOSSARY = (("HMO", "House in Multiple Occupation"), ("LA", "Local Authority"), ("RSL", "Registered Social Landlord"))

Rows = Sequence[Sequence[str]]


def merges(rows: Rows, columns: Sequence[int] = (0, 1, 2)) -> list[tuple[int, int, int]]:
    """(column, first row, last row) of what goes on over several rows: the blank cells below a filled one."""
    found = []
    for column in columns:
        starts = [number for number, row in enumerate(rows) if row[column]] + [len(rows)]
        found += [(column, start, end - 1) for start, end in pairwise(starts) if end - start > 1]
    return found


def word_file(rows: Rows = ROWS, heads: Sequence[str] = HEADS, *, titles: bool = True, glossary: bool = True) -> bytes:
    document = docx.Document()
    if titles:
        document.add_heading(STRATEGY, 1)
        document.add_heading(TITLE, 2)
    table = document.add_table(rows=0, cols=len(heads))
    for row in (heads, *rows):
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            _write_cell(cell, words)
    for column, first, last in merges(rows) if len(heads) == len(HEADS) else ():
        _merge_down(table, column, first + 1, last + 1)
    if glossary:
        document.add_paragraph("Glossary of Abbreviations")
        pairs = document.add_table(rows=1, cols=len(GLOSSARY) * 2)
        for number, words in enumerate(word for pair in GLOSSARY for word in pair):
            pairs.rows[0].cells[number].text = words
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _write_cell(cell: "docx.table._Cell", words: str) -> None:
    lines = words.split("\n")
    cell.text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line.removeprefix("• "), style="List Bullet" if line.startswith("• ") else None)


def _merge_down(table: "docx.table.Table", column: int, first: int, last: int) -> None:
    for number in range(first, last + 1):
        restart = 'w:val="restart"' if number == first else ""
        properties = table.rows[number]._tr.tc_lst[column].get_or_add_tcPr()
        properties.append(parse_xml(f"<w:vMerge {nsdecls('w')} {restart}/>"))


def excel_file(rows: Rows = ROWS, heads: Sequence[str] = HEADS, *, titles: bool = True, glossary: bool = True) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Plan")
        top = 0
        if titles:
            sheet.merge_range(0, 0, 0, len(heads) - 1, STRATEGY)
            sheet.write_string(1, 0, TITLE)
            top = 3
        for number, row in enumerate((heads, *rows)):
            for column, words in enumerate(row):
                if words:
                    sheet.write_string(top + number, column, words)
        for column, first, last in merges(rows) if len(heads) == len(HEADS) else ():
            sheet.merge_range(top + 1 + first, column, top + 1 + last, column, rows[first][column])
        if glossary:
            other = book.add_worksheet("Glossary")
            for number, pair in enumerate((("Abbreviation", "Meaning"), *GLOSSARY)):
                other.write_row(number, 0, pair)
    return stream.getvalue()


def opendocument_file(rows: Rows = ROWS, heads: Sequence[str] = HEADS, *, titles: bool = True) -> bytes:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    above = [(STRATEGY,), (TITLE,), ()] if titles else []
    document.body.append(_opendocument_table("Plan", [*above, heads, *rows]))
    document.body.append(_opendocument_table("Glossary", [("Abbreviation", "Meaning"), *GLOSSARY]))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _opendocument_table(name: str, rows: Rows) -> odfdo.Table:
    """Equal neighbours are written once and repeated, as spreadsheet programs do."""
    table = odfdo.Table(name)
    for words in rows:
        row = odfdo.Row()
        for value, same in groupby(words):
            cell = odfdo.Cell(repeated=len(list(same)))
            for line in value.split("\n") if value else ():
                cell.append(odfdo.Paragraph(line))
            row.append(cell)
        table.append_row(row)
    return table


def csv_file(
    rows: Rows = ROWS,
    heads: Sequence[str] = HEADS,
    *,
    titles: bool = True,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    if titles:
        writer.writerows([(STRATEGY,), (TITLE,), ()])
    writer.writerows([heads, *rows])
    return stream.getvalue().encode(encoding)


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """A package with some parts replaced, added, or (None) taken out; the name's slashes are written __."""
    named = {name.replace("__", "/"): data for name, data in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *named]):
            data = named[name] if name in named else old.read(name)
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)
