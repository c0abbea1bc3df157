"""One door for all kinds of files that a plan goes out as."""

import datetime as dt
from collections.abc import Callable

from strategy_tracker.access.policy import Acting
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.models import Plan
from strategy_tracker.transfer.out.export import Export, export_of


def file_of(
    kind: str,
    person: Acting,
    plan: Plan,
    *,
    authority: Authority | None,
    as_at: dt.date | None,
    base_url: str,
    version: int | None = None,
) -> bytes:
    """`kind` is one of `kinds.WRITERS`. What goes out is kept, so that an edited copy can be compared with it."""
    return _writer(kind)(export_of(person, plan, authority=authority, as_at=as_at, base_url=base_url, version=version))


def _writer(kind: str) -> Callable[[Export], bytes]:
    """Imported where it is needed: what writes Word and Excel files takes long to load."""
    match kind:
        case "xlsx":
            from strategy_tracker.transfer.out.excel import excel_file as writer
        case "ods":
            from strategy_tracker.transfer.out.opendocument import opendocument_file as writer
        case "docx":
            from strategy_tracker.transfer.out.word import word_file as writer
        case "csv":
            from strategy_tracker.transfer.out.delimited import csv_file as writer
        case _:
            raise LookupError(kind)
    return writer
