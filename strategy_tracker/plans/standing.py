"""Where each authority stands in a plan as at a date: what every page about a plan is made of."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from strategy_tracker.authorities.models import Authority
from strategy_tracker.clock import short_date
from strategy_tracker.plans.dates.rules import Move, known, with_moves
from strategy_tracker.plans.rows import PlanRows, Row
from strategy_tracker.plans.rules import (
    NOT_GIVEN,
    NOT_REPORTED,
    Timescale,
    is_overdue,
    share_status,
)


@dataclass(frozen=True, slots=True)
class OutcomePart:
    """A measurable outcome. `lead_in` says how to read `when`: "Due" before a date, "When:" before words."""

    id: int
    text: str
    lead_in: str
    when: str
    due_on: dt.date | None
    timescale: Timescale


class Line(NamedTuple):
    """One authority's line of an action: its share, and what was said last about each outcome.

    `missing` counts outcomes without a report where others have one. `last_on` is the ISO date of the last report,
    `as_at` the same in words; both are empty where there is none.
    """

    share_id: int
    authority_id: int
    authority: str
    slug: str
    owner: str
    status: str
    is_overdue: bool
    said: str
    as_at: str
    is_mine: bool
    missing: int
    last_on: str


@dataclass(frozen=True, slots=True)
class ActionPart:
    """One action with the line of each authority that has a share, the reader's own first."""

    id: int
    number: str
    text: str
    lead_id: int | None
    owner: str
    outcomes: tuple[OutcomePart, ...]
    lines: tuple[Line, ...]

    @property
    def by_authority(self) -> dict[str, Line]:
        """Its lines by the authority's slug."""
        return {line.slug: line for line in self.lines}


@dataclass(frozen=True, slots=True)
class ObjectivePart:
    """One objective with its actions."""

    id: int
    number: str
    title: str
    lead_id: int | None
    actions: tuple[ActionPart, ...]


@dataclass(frozen=True)
class Reader:
    """Whose lines come first: her authorities, and her name where shares name their owners."""

    authority_ids: frozenset[int] = frozenset()
    name: str = ""


def standing(
    rows: PlanRows, authorities: Iterable[Authority], late_on: dt.date, reader: Reader
) -> tuple[ObjectivePart, ...]:
    """The whole plan of those rows, in its order. A date before `late_on` is overdue where the work is not done."""
    names = {each.id: (each.short_name, each.slug) for each in authorities}
    outcomes: dict[int, list[OutcomePart]] = {}
    for row in rows.outcomes:
        outcomes.setdefault(row[1], []).append(_outcome(row, rows.moves.get(row[0], ())))
    shares: dict[int, list[Row]] = {}
    for share in rows.shares:
        shares.setdefault(share[1], []).append(share)
    notes = {(share_id, outcome_id): rest for share_id, outcome_id, *rest in rows.notes}
    mine = _own_shares(rows.shares, reader)
    actions: dict[int, list[ActionPart]] = {}
    for id_, objective_id, number, text, lead_id, owner in rows.actions:
        parts = tuple(outcomes.get(id_, ()))
        lines = [
            _line(share, parts, notes, late_on, names[share[2]], share[0] in mine) for share in shares.get(id_, ())
        ]
        if reader.authority_ids:
            lines.sort(key=lambda line: line.authority_id not in reader.authority_ids)
        action = ActionPart(id_, number, text, lead_id, owner, parts, tuple(lines))
        actions.setdefault(objective_id, []).append(action)
    return tuple(
        ObjectivePart(id_, number, title, lead_id, tuple(actions.get(id_, ())))
        for id_, number, title, lead_id in rows.objectives
    )


def _own_shares(shares: list[Row], reader: Reader) -> frozenset[int]:
    """The shares of the reader's authorities that name her; all of them where none names her."""
    theirs = [share for share in shares if share[2] in reader.authority_ids]
    hers = [share for share in theirs if reader.name and share[3].casefold() == reader.name.casefold()]
    return frozenset(share[0] for share in hers or theirs)


def _line(
    share: Row,
    outcomes: tuple[OutcomePart, ...],
    notes: dict[tuple[int, int], list[str]],
    late_on: dt.date,
    names: tuple[str, str],
    is_mine: bool,
) -> Line:
    share_id, _, authority_id, owner = share
    reports, said, last, late = [], [], "", False
    for outcome in outcomes:
        note = notes.get((share_id, outcome.id))
        status = (note[1] or NOT_GIVEN) if note else NOT_REPORTED
        reports.append(status)
        if outcome.due_on is not None and is_overdue(outcome.timescale, status, late_on):
            late = True
        if note:
            said.append(note[2])
            last = max(last, note[0])
    status = _share_status(tuple(reports))
    return Line(
        *(share_id, authority_id, *names, owner, status, late),
        "\n".join(said) if len(said) != 1 else said[0],
        _shown_day(last) if last else "",
        is_mine,
        len(outcomes) - len(said) if said else 0,
        last,
    )


@lru_cache(maxsize=1024)
def _share_status(reports: tuple[str, ...]) -> str:
    return str(share_status(reports))


@lru_cache(maxsize=4096)
def _shown_day(iso: str) -> str:
    return short_date(dt.date.fromisoformat(iso))


def _outcome(row: Row, moves: tuple[Move, ...]) -> OutcomePart:
    timescale, lead_in, when = _told(*row[3:])
    if moves:
        lead_in, when = lead_in or "When:", with_moves(when, known(moves, timescale))
    return OutcomePart(row[0], row[2], lead_in, when, timescale.due_on, timescale)


@lru_cache(maxsize=4096)
def _told(kind: str, due_on: str | None, precision: str, words: str) -> tuple[Timescale, str, str]:
    """A timescale, how to read its words, and its words."""
    timescale = timescale_of(kind, due_on, precision, words)
    shown = timescale.shown
    return timescale, "Due" if timescale.due_on else "When:" if shown else "", shown


@lru_cache(maxsize=4096)
def timescale_of(kind: str, due_on: str | None, precision: str, words: str) -> Timescale:
    """A timescale from its columns, the date as ISO text."""
    day = dt.date.fromisoformat(due_on) if due_on else None
    return Timescale.of(kind, day, precision, words)
