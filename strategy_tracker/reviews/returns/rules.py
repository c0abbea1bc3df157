"""What a return says of each share, and what stands out: pure functions of values."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.plans.rules import (
    NOT_GIVEN,
    SET_ASIDE,
    STATUS_WORDS,
    Status,
    Timescale,
    is_overdue,
    share_status,
    turns_worse,
)

NOTHING_MORE = frozenset({Status.ACHIEVED, Status.STOPPED, Status.CARRIED_FORWARD})
"""After one of these as the last word before a quarter nothing is due in it."""


class Told(StrEnum):
    """What a return says of a share, or of one outcome of it. Missing is never any of the others."""

    MISSING = "missing"
    REPORTED = "reported"
    NO_CHANGE = "no change"
    NOTHING_DUE = "nothing due"


class Exceptional(StrEnum):
    """Why a share stands before the others, the most urgent first."""

    MISSING = "not reported"
    OFF_TRACK = "off track"
    AT_RISK = "at risk"
    WORSE = "worse than at the end of the last quarter"
    OVERDUE = "overdue"
    MOVED = "date changed in the quarter"


@dataclass(frozen=True)
class Said:
    """A note of the quarter that counts. `status` None: it came in without one. `is_same`: it confirms another."""

    note_id: int
    as_at: dt.date
    status: str | None
    text: str
    reason: str
    is_same: bool


@dataclass(frozen=True)
class Moved:
    """A timescale that changed in the quarter: both in words, and why."""

    old: str
    new: str
    reason: str
    on: dt.date


@dataclass(frozen=True)
class OutcomeFigure:
    """One outcome of a share in a quarter. `said` are its notes of the quarter in order of their dates.

    `before` is its status before the quarter: a status, "status not given" or "not reported". `when` is its timescale
    in words.
    """

    outcome_id: int
    words: str
    when: str
    timescale: Timescale
    before: str
    said: tuple[Said, ...]
    moved: tuple[Moved, ...] = ()
    late_on: dt.date = dt.date.min

    @property
    def last(self) -> Said | None:
        return self.said[-1] if self.said else None

    @property
    def status(self) -> str:
        """At the end of the quarter."""
        return (self.last.status or NOT_GIVEN) if self.last else self.before

    @property
    def is_overdue(self) -> bool:
        """By the rule of the partnership: its date is before `late_on`, and the work neither done nor set aside."""
        return is_overdue(self.timescale, self.status, self.late_on)

    @property
    def told(self) -> Told:
        return told(self.before, [said.is_same for said in self.said])


def told(before: str, confirmations: Sequence[bool]) -> Told:
    """Of an outcome, from its status before the quarter and whether each note of the quarter confirms another."""
    if confirmations:
        return Told.NO_CHANGE if all(confirmations) else Told.REPORTED
    return Told.NOTHING_DUE if before in NOTHING_MORE else Told.MISSING


def told_of_share(outcomes: Collection[Told]) -> Told:
    """A share is missing while one of its outcomes is. Where there is nothing to report on, nothing is due."""
    for one in (Told.MISSING, Told.REPORTED, Told.NO_CHANGE):
        if one in outcomes:
            return one
    return Told.NOTHING_DUE


def is_worse(before: str, now: str) -> bool:
    """Whether a share stands worse than at the end of the last quarter."""
    return turns_worse(_status(before), _status(now))


def exceptions_of(outcomes: Sequence[OutcomeFigure]) -> tuple[Exceptional, ...]:
    """Why a share with these outcomes stands out."""
    before, now = share_status([one.before for one in outcomes]), share_status([one.status for one in outcomes])
    found = {
        Exceptional.MISSING: told_of_share([one.told for one in outcomes]) is Told.MISSING,
        Exceptional.OFF_TRACK: now == Status.OFF_TRACK,
        Exceptional.AT_RISK: now == Status.AT_RISK,
        Exceptional.WORSE: is_worse(before, now),
        Exceptional.OVERDUE: any(one.is_overdue for one in outcomes),
        Exceptional.MOVED: any(one.moved for one in outcomes),
    }
    return tuple(one for one in Exceptional if found[one])


def problem_with(last: Said | None) -> str:
    """Why a return with this as an outcome's last word in the quarter cannot be submitted; empty where it can."""
    if last is None:
        return ""
    if last.status is None:
        return "Give a status: the note came in without one. Correct the note"
    if last.status in SET_ASIDE and not last.reason.strip():
        return f"Give a reason: the status is {last.status}. Correct the note"
    return ""


def _status(words: str) -> Status | None:
    return Status(words) if words in STATUS_WORDS else None
