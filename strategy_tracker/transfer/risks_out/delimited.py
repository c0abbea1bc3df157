"""A register as CSV: UTF-8 with a byte order mark, as RFC 4180 has it; dates as 2014-06-17; formulas made harmless."""

import csv
import datetime as dt
import io

from strategy_tracker.text import guarded
from strategy_tracker.transfer.risks_out.columns import Book, Value


def csv_file(book: Book) -> bytes:
    """The sheet of risks alone: responses and what is in place stand in it as lines.

    A register that holds no risk of its own gives those that were put forward to it.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    sheet = next((one for one in book.sheets if one.rows), book.sheets[0])
    writer.writerow([head for head, _ in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_cell(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else guarded(str(value))
