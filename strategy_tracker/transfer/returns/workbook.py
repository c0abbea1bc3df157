"""The workbook that an authority fills in: what was said last beside what is to be said now."""

import datetime as dt
import io
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from strategy_tracker.checks import FIRST_YEAR, LAST_YEAR
from strategy_tracker.plans.rules import Status
from strategy_tracker.transfer.out.excel import BOOK, DAY
from strategy_tracker.transfer.out.export import Export
from strategy_tracker.transfer.out.layout import Column, Row
from strategy_tracker.transfer.out.words import LONGEST_CELL

SHEET, GUIDE = "Return", "Instructions"
AS_AT = "Report as at"
YES = "Yes"
HEAD_ROW = 2


class Head(StrEnum):
    """The columns, in their order; those from NO_CHANGE to REASON are filled in."""

    NUMBER = "Action number"
    ACTION = "Action"
    OUTCOME = "Outcome"
    TIMESCALE = "Timescale"
    OWNER = "Owner"
    LAST_STATUS = "Last status"
    LAST_TEXT = "Last report"
    LAST_AS_AT = "Last as at"
    NO_CHANGE = "No change since"
    STATUS = "New status"
    TEXT = "New report"
    REASON = "Reason"
    LINE = "Line"


INPUTS = (Head.NO_CHANGE, Head.STATUS, Head.TEXT, Head.REASON)
WIDTHS = (8, 40, 34, 17, 20, 14, 46, 17, 11, 17, 50, 28, 19)
STEPS = (
    "Go to the sheet “Return”. Set the date that you report as at, in the yellow cell at its top.",
    "Fill in the yellow cells of each line that you report on. Leave the others empty: an empty line is no report.",
    "Where nothing has changed since the last report, choose Yes under “No change since”. It counts as a report.",
    "Otherwise choose the new status, and write the new report: what was done, with figures, in full sentences.",
    "Give a reason where the new status is deferred, carried forward or stopped, or worse than the last one.",
    "Save the file and send it in on the page named below. You see what will be reported before it is.",
    "Everything but the yellow cells is locked, so that each line is known again.",
)


def return_file(export: Export, as_at: dt.date) -> bytes:
    """`export` holds one authority's part of a plan; `as_at` is the date that the form proposes."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, BOOK) as book:
        book.set_properties(
            {"title": f"Return: {export.heading}", "author": "", "company": "", "created": export.made_at}
        )
        _guide(book, export)
        _form(book, export, as_at)
    return stream.getvalue()


def _guide(book: Any, export: Export) -> None:
    sheet = book.add_worksheet(GUIDE)
    title = book.add_format({"bold": True, "font_size": 16})
    label = book.add_format({"bold": True, "valign": "top"})
    words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"Return of {export.whose}", title)
    line = 2
    for number, step in enumerate(STEPS, 1):
        sheet.write_string(line, 0, f"Step {number}", label)
        sheet.write_string(line, 1, step, words)
        line += 1
    line += 1
    for name, value in export.facts:
        sheet.write_string(line, 0, "Send it in at" if name == "Source" else name, label)
        sheet.write_string(line, 1, f"{value}returns/" if name == "Source" else value, words)
        line += 1
    sheet.protect()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _form(book: Any, export: Export, as_at: dt.date) -> None:
    sheet = book.add_worksheet(SHEET)
    look = {"text_wrap": True, "valign": "top", "num_format": "@"}
    fill = {"locked": False, "bg_color": "#FFF8DC", "border": 1, "border_color": "#B1A36F"}
    told = book.add_format(look)
    quiet = book.add_format(look | {"font_color": "#505A5F"})
    asked = book.add_format(look | fill)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6ECF2", "bottom": 2})
    label = book.add_format({"bold": True})
    day = book.add_format(fill | {"num_format": DAY, "align": "left"})
    sheet.write_string(0, 0, AS_AT, label)
    sheet.write_datetime(0, 1, dt.datetime(as_at.year, as_at.month, as_at.day), day)  # noqa: DTZ001
    sheet.write_string(0, 2, f"{export.heading}, {export.period}", label)
    for column, (name, width) in enumerate(zip(Head, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, name.value, head)
    lines = [row for row in export.rows if row.part == "o"]
    for line, row in enumerate(lines, HEAD_ROW + 1):
        for column, (name, words) in enumerate(zip(Head, _cells(row, export.stamp), strict=True)):
            look_of = asked if name in INPUTS else quiet if name is Head.LINE else told
            if words:
                sheet.write_string(line, column, words, look_of)
            else:
                sheet.write_blank(line, column, None, look_of)
    _validate(sheet, HEAD_ROW + 1, HEAD_ROW + max(len(lines), 1))
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(len(lines), 1), len(Head) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{len(lines) + HEAD_ROW + 2}"})
    sheet.protect("", {"autofilter": True, "format_rows": True, "format_columns": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.activate()


def _validate(sheet: Any, first: int, last: int) -> None:
    """Drop-down lists for what is chosen, and a real date at the top."""
    bounds = {"validate": "date", "criteria": "between"}
    bounds |= {"minimum": dt.date(FIRST_YEAR, 1, 1), "maximum": dt.date(LAST_YEAR, 12, 31)}  # type: ignore[dict-item]
    sheet.data_validation(0, 1, 0, 1, bounds | {"error_title": "A date", "error_message": "Such as 30 June 2027"})
    for name, choices in ((Head.NO_CHANGE, [YES]), (Head.STATUS, [status.value for status in Status])):
        column = tuple(Head).index(name)
        sheet.data_validation(
            first,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": choices,
                "error_title": name.value,
                "error_message": "Choose from the list, or leave the cell empty",
            },
        )


def _cells(row: Row, stamp: str) -> Sequence[str]:
    owner = row.shown(Column.SHARE_OWNER) or row.shown(Column.OWNER)
    told = (Column.ACTION_NUMBER, Column.ACTION, Column.OUTCOME, Column.TIMESCALE)
    said = "\n\n".join(filter(None, (row.shown(Column.PROGRESS), row.shown(Column.EARLIER))))[:LONGEST_CELL]
    last = row.shown(Column.STATUS), said, row.shown(Column.AS_AT)
    return *map(row.shown, told), owner, *last, "", "", "", "", row.key(stamp)
