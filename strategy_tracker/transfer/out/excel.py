"""The plan as an Excel workbook: a cover sheet and one sheet of rows."""

import datetime as dt
import io
from typing import Any

from strategy_tracker.transfer.out.export import HOW_TO, Export
from strategy_tracker.transfer.out.layout import MEANINGS, Column, Row
from strategy_tracker.transfer.out.words import CONTINUED, pieces

SHEET, COVER = "Plan", "About"
DAY = "d mmmm yyyy"
WIDTHS: dict[Column, float] = {
    Column.OBJECTIVE_NUMBER: 10,
    Column.OBJECTIVE: 26,
    Column.OBJECTIVE_LEAD: 10,
    Column.ACTION_NUMBER: 8,
    Column.ACTION: 42,
    Column.LEAD: 9,
    Column.OWNER: 20,
    Column.OUTCOME: 38,
    Column.OUTCOME_LEAD: 10,
    Column.TIMESCALE: 18,
    Column.AUTHORITY: 10,
    Column.SHARE_OWNER: 20,
    Column.STATUS: 15,
    Column.PROGRESS: 60,
    Column.REASON: 26,
    Column.AS_AT: 18,
    Column.EARLIER: 40,
    Column.ROW: 19,
}
"""In characters."""
BOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def excel_file(export: Export) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, BOOK) as book:
        book.set_properties({"title": export.heading, "author": "", "company": "", "created": export.made_at})
        _cover(book, export)
        _plan(book, export)
    return stream.getvalue()


def _cover(book: Any, export: Export) -> None:
    sheet = book.add_worksheet(COVER)
    title = book.add_format({"bold": True, "font_size": 16})
    label = book.add_format({"bold": True, "valign": "top"})
    words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, export.heading, title)
    line = 2
    for name, value in export.facts:
        sheet.write_string(line, 0, name, label)
        sheet.write_string(line, 1, value, words)
        line += 1
    line += 1
    for number, sentence in enumerate(HOW_TO):
        sheet.write_string(line, 0, "" if number else "How to use it", label)
        sheet.write_string(line, 1, sentence, words)
        line += 1
    line += 1
    sheet.write_string(line, 0, "Column", label)
    sheet.write_string(line, 1, "What it holds", label)
    for column in export.columns():
        line += 1
        sheet.write_string(line, 0, column.value, words)
        sheet.write_string(line, 1, MEANINGS[column], words)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _plan(book: Any, export: Export) -> None:
    sheet = book.add_worksheet(SHEET)
    columns = export.columns()
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6ECF2", "bottom": 2})
    words = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    quiet = book.add_format({"valign": "top", "num_format": "@", "font_color": "#505A5F"})
    day = book.add_format({"valign": "top", "align": "left", "num_format": DAY})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDTHS[column], quiet if column is Column.ROW else words)
        sheet.write_string(0, index, column.value, head)
    line = 0
    for row in export.rows:
        for cells in _lines(row, export.stamp):
            line += 1
            for index, column in enumerate(columns):
                value = cells.get(column)
                if isinstance(value, dt.date):
                    sheet.write_datetime(line, index, dt.datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                elif value:
                    sheet.write_string(line, index, value, quiet if column is Column.ROW else words)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{line + 2}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")
    sheet.activate()


def _lines(row: Row, stamp: str) -> list[dict[Column, str | dt.date]]:
    """The row's cells; words too long for one cell go on in rows below, under the same mark."""
    key = row.key(stamp)
    split = {column: pieces(value) for column, value in row.values.items() if isinstance(value, str)}
    lines: list[dict[Column, str | dt.date]] = [row.values | {column: parts[0] for column, parts in split.items()}]
    lines[0][Column.ROW] = key
    for number in range(1, max((len(parts) for parts in split.values()), default=1)):
        more: dict[Column, str | dt.date] = {
            column: CONTINUED + parts[number] for column, parts in split.items() if len(parts) > number
        }
        lines.append(more | {Column.ROW: f"{key}+{number}"})
    return lines
