"""OpenDocument spreadsheets (.ods): the words as shown in each cell."""

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from strategy_tracker.clock import long_date
from strategy_tracker.plans.timescales import dates_in
from strategy_tracker.transfer.containers import part_tree, parts_of, refuse
from strategy_tracker.transfer.grids import (
    MAX_COLUMNS,
    MAX_ROWS,
    Document,
    Grid,
    GridBuilder,
    not_read,
    too_many_rows,
    with_grids,
)

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
CELLS = {TABLE + "table-cell", TABLE + "covered-table-cell"}
BULLET = "• "


def read_opendocument(content: bytes) -> Document:
    root = part_tree(parts_of(content), "content.xml")
    if root is None:
        raise refuse("The file is damaged: its content is missing")
    tables = [table for table in root.iter(TABLE + "table") if table.getparent().tag == OFFICE + "spreadsheet"]
    comments = sum(1 for _ in root.iter(OFFICE + "annotation"))
    shown = [(number, table) for number, table in enumerate(tables, 1) if not _is_hidden_sheet(root, table)]
    hidden = [table.get(TABLE + "name", "") for table in tables if _is_hidden_sheet(root, table)]
    grids = (_grid(table, number) for number, table in shown)
    return with_grids((), grids, "opendocument", hidden, not_read(comments, "comment", "comments"))


def _is_hidden_sheet(root: etree._Element, table: etree._Element) -> bool:
    """A sheet's style says whether it is shown."""
    name = table.get(TABLE + "style-name")
    for style in root.iter(STYLE + "style") if name else ():
        properties = style.find(STYLE + "table-properties")
        if style.get(STYLE + "name") == name and properties is not None:
            return bool(properties.get(TABLE + "display") == "false")
    return False


def _grid(table: etree._Element, number: int) -> Grid:
    grid = GridBuilder(table.get(TABLE + "name") or f"Sheet {number}", lettered=True)
    column = 0
    for columns in table.iter(TABLE + "table-column"):
        repeats = min(_count(columns, "number-columns-repeated"), MAX_COLUMNS)
        if columns.get(TABLE + "visibility", "visible") != "visible":
            grid.hidden_columns.update(range(column, column + repeats))
        column += repeats
    row_number = 0
    for row in table.iter(TABLE + "table-row"):
        cells = list(_cells(row))
        repeats = _count(row, "number-rows-repeated")
        if any(text for _, text, _ in cells):
            if repeats > MAX_ROWS:
                raise too_many_rows(grid.name)
            for repeat in range(repeats):
                _put_row(grid, row_number + repeat, cells)
            if row.get(TABLE + "visibility", "visible") != "visible":
                grid.hidden_rows.update(range(row_number, row_number + repeats))
        row_number += repeats
    return grid.build()


def _put_row(grid: GridBuilder, row: int, cells: list[tuple[int, str, tuple[int, int]]]) -> None:
    for column, text, (rows, columns) in cells:
        grid.put(row, column, text)
        if text and (rows > 1 or columns > 1):
            grid.merge(row, column, row + min(rows, MAX_ROWS) - 1, column + min(columns, MAX_COLUMNS) - 1)


def _cells(row: etree._Element) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Column, words and (rows, columns) spanned."""
    column = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        repeats = _count(cell, "number-columns-repeated")
        text = _shown(cell) if cell.tag == TABLE + "table-cell" else ""
        span = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        for repeat in range(min(repeats, MAX_COLUMNS + 1) if text else 1):
            yield column + repeat, text, span
        column += repeats


def _shown(cell: etree._Element) -> str:
    """The words; of a day that is shown as "Mar 25" or in another language the day itself, as exact as it is shown."""
    text = "\n".join(_lines(cell))
    value = cell.get(OFFICE + "date-value", "")[:10]
    if cell.get(OFFICE + "value-type") != "date" or len(list(dates_in(text))) == 1:
        return text
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return text
    shows_day = str(day.day) in (number.lstrip("0") for number in re.findall(r"\d+", text))
    return long_date(day) if shows_day else f"{day:%B %Y}"


def _lines(parent: etree._Element) -> Iterator[str]:
    """Comments stand inside the cell too; they are not its text."""
    for child in parent:
        if child.tag in (TEXT + "p", TEXT + "h"):
            yield "".join(_words(child))
        elif child.tag == TEXT + "list":
            for item in child.iter(TEXT + "list-item"):
                yield BULLET + " ".join(line for line in _lines(item) if line)


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == TEXT + "s":
            yield " " * min(_count(child, "c", TEXT), 1_000)
        elif child.tag == TEXT + "tab":
            yield "\t"
        elif child.tag == TEXT + "line-break":
            yield "\n"
        elif child.tag in (TEXT + "span", TEXT + "a"):
            yield from _words(child)
        yield child.tail or ""


def _count(element: etree._Element, name: str, space: str = TABLE) -> int:
    value = element.get(space + name, "1")
    return int(value) if value.isdecimal() and len(value) < 10 else 1
