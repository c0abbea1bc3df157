"""A register as an Excel workbook: a cover sheet, the risks, and what belongs to each."""

import datetime as dt
import io
from typing import Any

from strategy_tracker.transfer.out.excel import BOOK, COVER, DAY
from strategy_tracker.transfer.risks_out.columns import Book, Sheet, Value


def excel_file(book: Book) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, BOOK) as made:
        made.set_properties({"title": book.title, "author": "", "company": "", "created": book.made_at})
        _cover(made, book)
        for sheet in book.sheets:
            _sheet(made, sheet)
    return stream.getvalue()


def _cover(made: Any, book: Book) -> None:
    sheet = made.add_worksheet(COVER)
    label = made.add_format({"bold": True, "valign": "top"})
    words = made.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, book.title, made.add_format({"bold": True, "font_size": 16}))
    for line, (name, value) in enumerate(book.facts, start=2):
        sheet.write_string(line, 0, name, label)
        sheet.write_string(line, 1, value, words)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _sheet(made: Any, given: Sheet) -> None:
    sheet = made.add_worksheet(given.name)
    head = made.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6ECF2", "bottom": 2})
    words = made.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    number = made.add_format({"valign": "top", "align": "left", "num_format": "0"})
    day = made.add_format({"valign": "top", "align": "left", "num_format": DAY})
    for column, (name, width) in enumerate(given.columns):
        sheet.set_column(column, column, width, words)
        sheet.write_string(0, column, name, head)
    rows = list(given.lines())
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, line, column, value, (words, number, day))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(given.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RPage &P of &N")
    if given.name == "Risks":
        sheet.activate()


def _write(sheet: Any, line: int, column: int, value: Value, formats: tuple[Any, Any, Any]) -> None:
    words, number, day = formats
    if isinstance(value, dt.date):
        sheet.write_datetime(line, column, dt.datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif isinstance(value, int):
        sheet.write_number(line, column, value, number)
    elif value:
        sheet.write_string(line, column, value, words)
