"""One door for all kinds of files that a register goes out as."""

import datetime as dt
from pathlib import Path

from strategy_tracker.access.policy import Acting
from strategy_tracker.risks.holders import as_held
from strategy_tracker.risks.models import Register
from strategy_tracker.transfer.out.kinds import WRITERS

KINDS = {
    "pdf": "application/pdf",
    "ods": WRITERS["ods"][1],
    "xlsx": WRITERS["xlsx"][1],
    "csv": WRITERS["csv"][1],
    "json": "application/json",
}
"""By the ending of the file's name its media type."""


def register_file(
    kind: str,
    person: Acting,
    register: Register,
    *,
    base_url: str,
    folder: Path | None = None,
    on: dt.date | None = None,
) -> bytes:
    """The risks that a person may read. `on`: as at that day, for the command line alone. `folder` keeps a PDF.

    What writes workbooks and documents is imported where it is needed: it takes long to load.
    """
    if on is not None:
        register = as_held([register], on)[0]
    if kind == "pdf":
        from strategy_tracker.reviews.risks.glossary import explained
        from strategy_tracker.risks.sections import register_document, register_pdf

        return register_pdf(explained(register_document(person, register, on), register.partnership_id), folder)
    if kind == "json":
        from strategy_tracker.transfer.risks_out.as_json import register_as_json

        return register_as_json(person, register, on)
    from strategy_tracker.transfer.risks_out.book import book_of

    book = book_of(person, register, base_url, on)
    match kind:
        case "xlsx":
            from strategy_tracker.transfer.risks_out.excel import excel_file as writer
        case "ods":
            from strategy_tracker.transfer.risks_out.opendocument import opendocument_file as writer
        case "csv":
            from strategy_tracker.transfer.risks_out.delimited import csv_file as writer
        case _:
            raise LookupError(kind)
    return writer(book)
