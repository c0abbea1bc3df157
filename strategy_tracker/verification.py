"""Whether what is stored is still what was written."""

from collections.abc import Iterator

from strategy_tracker.db import database, is_postgresql
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.jobs.queries import job_faults
from strategy_tracker.plans.evidence.queries import evidence_faults
from strategy_tracker.plans.models import ProgressNote, Share
from strategy_tracker.reports.packs.queries import pack_faults
from strategy_tracker.reports.queries import issue_faults
from strategy_tracker.reviews.meetings.queries import paper_faults


def faults() -> Iterator[str]:
    """A line for each fault: the history's chains first, then the database's own integrity."""
    yield from chain_faults()
    yield from _strayed_notes()
    yield from evidence_faults()
    yield from paper_faults()
    yield from job_faults()
    yield from issue_faults()
    yield from pack_faults()
    if not is_postgresql():
        yield from _sqlite_faults()


def _strayed_notes() -> Iterator[str]:
    notes = (
        ProgressNote.select(ProgressNote.id)
        .join(Share)
        .switch(ProgressNote)
        .join(ProgressNote.outcome.rel_model)
        .where(Share.action != ProgressNote.outcome.rel_model.action)
        .tuples()
    )
    for (note,) in notes:
        yield f"progress note {note}: its outcome and its share belong to different actions"


def _sqlite_faults() -> Iterator[str]:
    for (line,) in database.execute_sql("pragma integrity_check").fetchall():
        if line != "ok":
            yield f"database: {line}"
    for table, row, parent, _ in database.execute_sql("pragma foreign_key_check").fetchall():
        yield f"database: row {row} of {table} refers to a missing row of {parent}"
