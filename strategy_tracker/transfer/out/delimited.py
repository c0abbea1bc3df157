"""The plan as CSV: UTF-8 with a byte order mark, as RFC 4180 has it; dates as 2011-06-30; formulas made harmless."""

import csv
import datetime as dt
import io

from strategy_tracker.text import guarded
from strategy_tracker.transfer.out.export import Export
from strategy_tracker.transfer.out.layout import Column, Value


def csv_file(export: Export) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    columns = export.columns()
    writer.writerow([column.value for column in columns])
    for row in export.rows:
        cells = row.values | {Column.ROW: row.key(export.stamp)}
        writer.writerow([_cell(cells.get(column, "")) for column in columns])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    return value.isoformat() if isinstance(value, dt.date) else guarded(value)
