"""A register as an OpenDocument spreadsheet: a cover sheet, the risks, and what belongs to each."""

from strategy_tracker.transfer.out.opendocument import COVER, body_of, cell_of, packed, row_of, table_of
from strategy_tracker.transfer.risks_out.columns import BROAD, MIDDLE, NARROW, Book, Sheet

WIDTHS = {NARROW: "2.2cm", MIDDLE: "3.5cm", BROAD: "7.5cm"}
ABOUT = ("4cm", "20cm")


def opendocument_file(book: Book) -> bytes:
    first = book.sheets[0]
    tables = _cover(book) + "".join(_sheet(sheet) for sheet in book.sheets)
    content = body_of(tables, {*WIDTHS.values(), *ABOUT}, first.name, len(first.columns), len(list(first.lines())))
    return packed(content, book.title, book.made_at, first.name)


def _cover(book: Book) -> str:
    lines = [(book.title, ""), ("", ""), *book.facts]
    return table_of(COVER, ABOUT, (row_of((cell_of(name, "label"), cell_of(words))) for name, words in lines))


def _sheet(sheet: Sheet) -> str:
    head = row_of(cell_of(name, "head") for name, _ in sheet.columns)
    rows = (row_of(cell_of(value) for value in row) for row in sheet.lines())
    return table_of(sheet.name, (WIDTHS[width] for _, width in sheet.columns), rows, head)
