"""The rules of risks: pure functions of values."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from strategy_tracker.owners import Owner


class ScoreKind(StrEnum):
    """Before anything is done about it; as it stands; where it is meant to come to."""

    INHERENT = "inherent"
    CURRENT = "current"
    TARGET = "target"


class ResponseKind(StrEnum):
    TREAT = "treat"
    TOLERATE = "tolerate"
    TRANSFER = "transfer"
    TERMINATE = "terminate"


class ResponseState(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under way"
    DONE = "done"
    DROPPED = "dropped"


UNFINISHED = (ResponseState.PLANNED.value, ResponseState.UNDER_WAY.value)


class Effectiveness(StrEnum):
    """How good a control is."""

    NOT_TESTED = "not tested"
    WEAK = "weak"
    PARTIAL = "partial"
    GOOD = "good"


class Proximity(StrEnum):
    """How soon it may happen."""

    NOT_SAID = ""
    NOW = "now"
    MONTHS = "within three months"
    YEAR = "within a year"
    LATER = "later than a year"


@dataclass(frozen=True)
class RiskWords:
    """What people write of a risk. `event` is what may happen, in one line; `review_months` None: as its register."""

    event: str
    cause: str = ""
    effect: str = ""
    category: str = ""
    owner: Owner = Owner()
    proximity: Proximity = Proximity.NOT_SAID
    is_opportunity: bool = False
    assumptions: str = ""
    review_months: int | None = None


class EscalationState(StrEnum):
    NOMINATED = "nominated"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


RUNNING = frozenset({EscalationState.NOMINATED, EscalationState.ACCEPTED})
"""States in which the risk stands at the next level."""


class Movement(StrEnum):
    NEW = "new"
    UP = "up"
    DOWN = "down"
    SAME = "as before"
    OTHER_SCHEME = "scheme changed"
    """The band is as severe as before, under another scheme or version: numbers are not compared."""

    @property
    def sign(self) -> str:
        """What marks it on a page."""
        return {"up": "▲", "down": "▼", "new": "+", "as before": "=", "scheme changed": "≠"}[self.value]

    @property
    def arrow(self) -> str:
        """What marks it in a document, "" where it did not move."""
        return {"up": "↑", "down": "↓", "new": "+"}.get(self.value, "")


MONTHS_COMPARED = 6
"""For how long what moved since the end of a planned quarter is told: two quarters."""


class Mark(NamedTuple):
    """Where a score stands: its band's place and its value in one version of a scheme, and its tone for all."""

    scheme_version: int
    band: int
    tone: int
    value: int | None = None


def movement(now: Mark, before: Mark | None) -> Movement:
    """How a score moved since an earlier one (None: there was none)."""
    if before is None:
        return Movement.NEW
    if now.scheme_version != before.scheme_version:
        if now.tone == before.tone:
            return Movement.OTHER_SCHEME
        return Movement.UP if now.tone > before.tone else Movement.DOWN
    one, other = _within(now), _within(before)
    if one == other:
        return Movement.SAME
    return Movement.UP if one > other else Movement.DOWN


def has_risen(now: Mark, before: Mark, proposed: Mark | None = None) -> bool:
    """Whether a score is above one that somebody accepted, or the last, so that an acceptance is void.

    Under another version it is where it is called more severe. Where it is called just as severe, it is where it is
    above what was `proposed` for the earlier score there; None: where it is not the same by band and number.
    """
    moved = movement(now, before)
    if moved is not Movement.OTHER_SCHEME:
        return moved is Movement.UP
    return _within(now) != _within(before) if proposed is None else _within(now) > _within(proposed)


def _within(mark: Mark) -> tuple[int, int]:
    return mark.band, mark.value or 0


def worst_first(mark: Mark | None, *, is_mixed: bool = False) -> tuple[int, ...]:
    """The key that sorts the worst to the front, those without a score to the end.

    Numbers count inside one version of one scheme; where several are mixed the tone alone decides.
    """
    if mark is None:
        return (1,)
    return 0, -mark.tone, *(() if is_mixed else (-mark.band, -(mark.value or 0)))


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or that month's last: 31 January and one month is the last of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def latest_end(planned: dt.date, today: dt.date) -> dt.date:
    """The day with which today is compared: that on which the last planned quarter ended, if that is not long ago.

    Else the end of the calendar quarter before today, so that nothing stays new for years where none is planned.
    """
    if today <= months_later(planned, MONTHS_COMPARED):
        return planned
    return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - dt.timedelta(days=1)


def is_review_overdue(due_on: dt.date, closed_on: dt.date | None, today: dt.date) -> bool:
    return due_on < today and (closed_on is None or closed_on > today)


def is_response_late(due_on: dt.date | None, state: str, closed_on: dt.date | None, today: dt.date) -> bool:
    """Whether it was to be done before today, and is not; nothing is asked of a closed risk."""
    return state in UNFINISHED and due_on is not None and is_review_overdue(due_on, closed_on, today)


def acceptance_holds(until: dt.date, ended_on: dt.date | None, today: dt.date) -> bool:
    """Up to its last day, unless it ended before: withdrawn, or void since the score rose."""
    return today <= until and (ended_on is None or today < ended_on)


def score_words(value: int | None, band: str) -> str:
    """ "12 High"; "High" where the scheme has no numbers."""
    return band if value is None else f"{value} {band}"


def next_number(taken: Sequence[int]) -> int:
    """The number after the greatest; numbers of what is closed are not given again."""
    return max(taken, default=0) + 1
