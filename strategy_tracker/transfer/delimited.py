"""CSV and its kin: whatever separates, in UTF-8, UTF-16 or Windows-1252."""

import codecs
import csv
import io

from strategy_tracker.errors import Invalid
from strategy_tracker.text import normalise
from strategy_tracker.transfer.containers import refuse
from strategy_tracker.transfer.grids import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Document,
    Grid,
    too_many_rows,
    with_grids,
)

DELIMITERS = ",;\t|"
NAME = "The file"
SAMPLE = 64 * 1024
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_delimited(content: bytes) -> Document:
    text = decoded(content)
    if "\0" in text:
        raise refuse("The file is no document that can be read: it holds NUL bytes")
    if text.count("\n") > MAX_ROWS * 20:
        raise too_many_rows(NAME)
    rows, numbers = _rows(text, delimiter_of(text[:SAMPLE]))
    width = max((len(row) for row in rows), default=0)
    padded = tuple(tuple(row + [Cell()] * (width - len(row))) for row in rows)
    grid = Grid(NAME, padded if width else (), row_numbers=tuple(numbers))
    return with_grids((), (grid,), "delimited")


def decoded(content: bytes) -> str:
    """Raises Invalid where the bytes are no text."""
    try:
        for mark, encoding in BYTE_ORDER_MARKS:
            if content.startswith(mark):
                return content.decode(encoding)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("windows-1252")
    except UnicodeDecodeError as fault:
        raise refuse("The file is no document that can be read: its bytes are no text") from fault


def delimiter_of(sample: str) -> str:
    """The one that gives most rows of the same number of columns."""

    def score(delimiter: str) -> int:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if len(row) > 1]
        return max((widths.count(width) * width for width in set(widths)), default=0)

    try:
        return max(DELIMITERS, key=score)
    except csv.Error:
        return DELIMITERS[0]


def _rows(text: str, delimiter: str) -> tuple[list[list[Cell]], list[int]]:
    """The rows that hold something, each with its number as a spreadsheet shows it: a cell may have several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    try:
        for number, row in enumerate(reader, 1):
            if len(row) > MAX_COLUMNS:
                raise Invalid({NAME: f"{NAME}, line {reader.line_num}, has more than {MAX_COLUMNS} columns"})
            if len(rows) >= MAX_ROWS:
                raise too_many_rows(NAME)
            cells = [Cell(normalise(value)) for value in row]
            if any(cell.text for cell in cells):
                rows.append(cells)
                numbers.append(number)
    except csv.Error as fault:
        why = "a quotation mark inside a cell must stand twice" if "expected after" in str(fault) else str(fault)
        raise refuse(f"The file cannot be read at line {reader.line_num}: {why}") from fault
    return rows, numbers
