"""What was said of parts that went over to another authority, beside the rows of those that go on with them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from strategy_tracker.authorities.models import Authority
from strategy_tracker.clock import long_date
from strategy_tracker.plans.earlier import EarlierShare, earlier_shares
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.versions.parts import Parts
from strategy_tracker.plans.versions.view import View
from strategy_tracker.text import NOT_HELD
from strategy_tracker.transfer.out.layout import Column, Row
from strategy_tracker.transfer.queries import standing_notes
from strategy_tracker.transfer.stored import StoredPlan


@dataclass(frozen=True)
class Told:
    """The last report of an authority that ended, under its own name; `successors` are slugs."""

    words: str
    successors: frozenset[str]


def told_earlier(
    view: View, parts: Parts, stored: StoredPlan, authority: Authority | None, until: dt.date | None
) -> dict[int, list[Told]]:
    """By the id of the outcome; in one select where no authority ended. `authority`: what it took over alone."""
    everybody = list(stored.authorities.values())
    shares = {
        part.id: part
        for part in earlier_shares(view, parts.shares, everybody)
        if authority is None or authority.id in part.successors
    }
    last: dict[tuple[int, int], ProgressNote] = {}
    for note in standing_notes(view.plan.id) if shares else ():
        if note.share_id in shares and (until is None or note.as_at <= until):
            last[note.share_id, note.outcome_id] = note
    rows = {row.id: row for row in everybody}
    told: dict[int, list[Told]] = defaultdict(list)
    for place, part in shares.items():
        for (share, outcome), note in last.items():
            if share == place:
                told[outcome].append(_told(part, note, rows))
    return told


def _told(part: EarlierShare, note: ProgressNote, rows: dict[int, Authority]) -> Told:
    name = f"{rows[part.authority_id].short_name}, until {long_date(part.until)}"
    lines = (
        f"{name}: {note.status or 'status not given'}",
        str(note.text).translate(NOT_HELD),
        f"Reason: {str(note.reason).translate(NOT_HELD)}" if note.reason else "",
        f"As at {long_date(note.as_at)}",
    )
    return Told("\n".join(filter(None, lines)), frozenset(rows[id_].slug for id_ in part.successors if id_ in rows))


def with_earlier(rows: Iterable[Row], told: dict[int, list[Told]]) -> Iterator[Row]:
    """Each in the row of the first that goes on with it, or else in the last row of its outcome."""
    for outcome, found in groupby(rows, key=lambda row: row.outcome and row.outcome.row):
        lines: list[tuple[Row, list[str]]] = [(row, []) for row in found]
        for each in told.get(outcome or 0, ()):
            takers = (words for row, words in lines if row.share and row.share.authority in each.successors)
            next(takers, lines[-1][1]).append(each.words)
        for row, words in lines:
            yield replace(row, values=row.values | {Column.EARLIER: "\n\n".join(words)}) if words else row
