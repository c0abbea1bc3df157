"""The ways in which councils lay their plans out."""

import datetime as dt
import io
from collections.abc import Sequence

import docx
import pytest
import xlsxwriter

from strategy_tracker.plans.rules import Status
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.drafting import draft_of
from tests.transfer.files import AUTHORITIES, csv_file, excel_file, part, repacked, saved, word_file

Table = Sequence[Sequence[str]]


def read(content: bytes) -> PlanDraft:
    return draft_of(content, AUTHORITIES)


def numbered(draft: PlanDraft) -> list[tuple[str, str, list[str]]]:
    return [
        (objective.number, objective.title, [f"{action.number} {action.text}" for action in objective.actions])
        for objective in draft.objectives
    ]


def add_table(document: "docx.document.Document", rows: Table) -> "docx.table.Table":
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return table


def test_a_table_for_each_priority_with_the_priority_above_it() -> None:
    document = docx.Document()
    document.add_paragraph("Action plan 2024/25")
    for heading, action in (("Priority 1: Fewer empty homes", "Write"), ("Priority 2 – Warmer homes", "Visit")):
        document.add_heading(heading, 2)
        add_table(document, [("What we will do", "By when"), (action, "Mar-25")])
    assert numbered(read(saved(document))) == [
        ("1", "Fewer empty homes", ["1.1 Write"]),
        ("2", "Warmer homes", ["2.1 Visit"]),
    ]


def test_the_priority_as_a_row_across_the_table() -> None:
    document = docx.Document()
    rows = [("Ref", "Action", "Lead"), ("Priority 1: Fewer", "", ""), ("1.1", "Write", "SDC"), ("2. Warmer", "", "")]
    table = add_table(document, [*rows, ("2.1", "Visit", "TMBC")])
    for number in (1, 3):
        table.rows[number].cells[0].merge(table.rows[number].cells[2])
    assert numbered(read(saved(document))) == [("1", "Fewer", ["1.1 Write"]), ("2", "Warmer", ["2.1 Visit"])]


def test_a_sheet_for_each_priority() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("Cover").write(0, 0, "Strategy for the Weald")
        book.add_worksheet("Old figures").hide()
        for name, title in (("Empty homes", ""), ("P2", "Priority 2: Warmer homes")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, title)
            sheet.write_row(2, 0, ("Action", "By when"))
            sheet.write_row(3, 0, ("Write", "TBC"))
    draft = read(stream.getvalue())
    assert numbered(draft) == [("1", "Empty homes", ["1.1 Write"]), ("2", "Warmer homes", ["2.1 Write"])]
    assert draft.passed_over == ("Old figures (a hidden sheet)", "Cover (Strategy for the Weald)")


def test_heads_in_two_rows() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Plan")
        for column, words in enumerate(("Objective", "Action")):
            sheet.merge_range(0, column, 1, column, words)
        sheet.merge_range(0, 2, 0, 3, "Progress to 30 June 2024")
        sheet.write_row(1, 2, ("SDC", "TMBC"))
        sheet.write_row(2, 0, ("Fewer", "Write", "Written", "Begun"))
    notes = read(stream.getvalue()).notes()
    assert [(note.authority, note.as_at, note.text) for note in notes] == [
        ("sdc", dt.date(2024, 6, 30), "Written"),
        ("tmbc", dt.date(2024, 6, 30), "Begun"),
    ]


def test_a_progress_column_for_each_quarter_with_its_status() -> None:
    heads = ("Objective", "Action", "Progress Q1 2024/25", "RAG Q1 2024/25", "Progress Q2 2024/25", "RAG Q2 2024/25")
    notes = read(csv_file([("Fewer", "Write", "Begun", "Amber", "Written", "Green")], heads)).notes()
    assert [(note.as_at, note.status) for note in notes] == [
        (dt.date(2024, 6, 30), Status.AT_RISK),
        (dt.date(2024, 9, 30), Status.ON_TRACK),
    ]


def test_numbers_to_the_right_of_the_objective_are_the_actions() -> None:
    rows = [("Fewer", "1", "Write"), ("", "2", "Call"), ("2. Warmer", "3", "Visit")]
    assert numbered(read(csv_file(rows, ("Objective", "No", "Action")))) == [
        ("1", "Fewer", ["1 Write", "2 Call"]),
        ("2", "Warmer", ["3 Visit"]),
    ]


def test_word_with_tracked_changes_links_and_breaks() -> None:
    xml = part(word_file([("1.", "Fewer", "ACTION", "", "")], glossary=False), "word/document.xml")
    tracked = (
        b"<w:r><w:t>Write to </w:t></w:r>"
        b"<w:del w:id='1' w:author='x'><w:r><w:delText>nobody</w:delText></w:r></w:del>"
        b"<w:ins w:id='2' w:author='x'><w:r><w:t>every</w:t></w:r></w:ins>"
        b"<w:hyperlink><w:r><w:t xml:space='preserve'> owner</w:t></w:r></w:hyperlink>"
        b"<w:sdt><w:sdtContent><w:r><w:br/><w:t>by \xc5\xb5\xc5\xb7 post</w:t></w:r></w:sdtContent></w:sdt>"
    )
    changed = xml.replace(
        b"<w:r><w:t>ACTION</w:t></w:r>", tracked.replace(b"<w:t>Write to", b"<w:t xml:space='preserve'>Write to")
    )
    assert changed != xml
    draft = read(repacked(word_file(), word__document__xml=None, **{"word__document.xml": changed}))
    assert draft.actions()[0].text == "Write to every owner\nby ŵŷ post"


def test_numbers_that_word_makes_by_itself() -> None:
    document = docx.Document()
    rows = [("No", "Objective", "Action"), ("", "Fewer", "Write"), ("", "Warmer", "Visit")]
    table = add_table(document, rows)
    for row in table.rows[1:]:
        row.cells[0].paragraphs[0].style = document.styles["List Number"]
    assert [objective.number for objective in read(saved(document)).objectives] == ["1", "2"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ((dt.date(2025, 3, 31), "dd/mm/yyyy"), dt.date(2025, 3, 31)),
        ((dt.date(2025, 3, 1), "mmm-yy"), dt.date(2025, 3, 31)),
    ],
)
def test_dates_of_excel_are_dates_as_exact_as_they_are_shown(value: tuple[dt.date, str], shown: dt.date) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Objective", "Action", "By when", "Measure"))
        sheet.write_row(1, 0, ("Fewer", "Write"))
        sheet.write_datetime(1, 2, dt.datetime.combine(value[0], dt.time()), book.add_format({"num_format": value[1]}))
        sheet.write_number(1, 3, 0.9, book.add_format({"num_format": "0%"}))
    (outcome,) = read(stream.getvalue()).outcomes()
    assert outcome.timescale is not None
    assert (outcome.timescale.due_on, outcome.text) == (shown, "90%")


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (b'<c r="C5"><f>A1&amp;"x"</f></c>', "has no value yet"),
        (b'<c r="C5"><f>A1&amp;"x"</f><v></v></c>', "has no value yet"),
        (b'<c r="C5" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    ],
    ids=["formula without value", "formula with an empty value", "formula with an error"],
)
def test_a_formula_that_has_no_words_is_named_with_its_cell(cell: bytes, sentence: str) -> None:
    sheet = part(excel_file(), "xl/worksheets/sheet1.xml")
    start = sheet.index(b'<c r="C5"')
    end = sheet.index(b"</c>", start) + 4
    draft = read(repacked(excel_file(), **{"xl__worksheets__sheet1.xml": sheet[:start] + cell + sheet[end:]}))
    assert sentence in draft.problems["Plan!C5"]
