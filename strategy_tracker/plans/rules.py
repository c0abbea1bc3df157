"""The rules of a plan: pure functions of values."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What a share may be said to be."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    ACHIEVED = "achieved"
    ONGOING = "ongoing"
    ACHIEVED_AND_ONGOING = "achieved and ongoing"
    DEFERRED = "deferred"
    CARRIED_FORWARD = "carried forward"
    STOPPED = "stopped"


NOT_REPORTED = "not reported"
"""The absence of a report: no status, and never shown as red, as green or as zero."""
NOT_GIVEN = "status not given"
"""A report that came in without a status."""

WORST_FIRST: tuple[Status, ...] = (
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.STOPPED,
    Status.DEFERRED,
    Status.CARRIED_FORWARD,
    Status.NOT_STARTED,
    Status.ONGOING,
    Status.ON_TRACK,
    Status.ACHIEVED_AND_ONGOING,
    Status.ACHIEVED,
)
SET_ASIDE = frozenset({Status.DEFERRED, Status.CARRIED_FORWARD, Status.STOPPED})
"""Statuses that need a reason, and after which a date no longer runs."""
DONE = frozenset({Status.ACHIEVED, Status.ACHIEVED_AND_ONGOING})


STATUS_WORDS = frozenset(status.value for status in Status)


class TimescaleKind(StrEnum):
    NONE = "none"
    DATE = "date"
    CONDITION = "condition"
    RECURRING = "recurring"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Timescale:
    """When: a date with its precision, a condition or a rhythm in words, or nothing.

    `due_on` is the last day that still is in time (30 June 2011 for "June 2011"); None unless `kind` is a date.
    """

    kind: TimescaleKind = TimescaleKind.NONE
    due_on: dt.date | None = None
    precision: Precision | None = None
    words: str = ""

    @classmethod
    def by(cls, day: dt.date, precision: Precision = Precision.DAY, words: str = "") -> "Timescale":
        """Due by the end of the day, month, quarter or year in which `day` lies."""
        return cls(TimescaleKind.DATE, last_day(day, precision), precision, words)

    @classmethod
    def of(cls, kind: str, due_on: dt.date | None, precision: str, words: str) -> "Timescale":
        """The timescale that these columns hold."""
        return cls(TimescaleKind(kind), due_on, Precision(precision) if precision else None, words)

    @property
    def shown(self) -> str:
        """December 2010; Every quarter; Subject to funding; empty where there is none."""
        if self.due_on is not None and self.precision is not None:
            return shown_date(self.due_on, self.precision)
        return self.words[:1].upper() + self.words[1:]


def last_day(day: dt.date, precision: Precision) -> dt.date:
    """The last day of the calendar day, month, quarter or year in which `day` lies."""
    match precision:
        case Precision.DAY:
            return day
        case Precision.MONTH:
            month = day.month
        case Precision.QUARTER:
            month = (day.month + 2) // 3 * 3
        case Precision.YEAR:
            month = 12
    return dt.date(day.year, month, calendar.monthrange(day.year, month)[1])


def shown_date(day: dt.date, precision: Precision) -> str:
    match precision:
        case Precision.DAY:
            return f"{day.day} {day:%B} {day.year}"
        case Precision.MONTH:
            return f"{day:%B} {day.year}"
        case Precision.QUARTER:
            return f"{_month(day.month - 2)} to {_month(day.month)} {day.year}"
        case Precision.YEAR:
            return str(day.year)


def worst(statuses: Iterable[Status | None]) -> Status | None:
    """The worst of the statuses that were given; None where none was. Source: a roll-up never hides the worst."""
    given = set(statuses) - {None}
    return next((status for status in WORST_FIRST if status in given), None)


def share_status(reports: Iterable[str]) -> str:
    """The status of a share: the worst of its outcomes' last reports.

    A report is a status, NOT_GIVEN, or NOT_REPORTED, which counts only where no outcome has a report.
    """
    found = list(reports)
    given = worst(Status(report) for report in found if report in STATUS_WORDS)
    if given is not None:
        return given.value
    return NOT_GIVEN if NOT_GIVEN in found else NOT_REPORTED


def is_overdue(timescale: Timescale, status: str, as_at: dt.date) -> bool:
    """Whether a real date has passed and the work is neither done nor set aside.

    "Ongoing" is no end: it leaves a date running only where one was set. Not reported runs on too.
    """
    return timescale.due_on is not None and timescale.due_on < as_at and status not in DONE and status not in SET_ASIDE


GOODNESS: tuple[frozenset[Status], ...] = (
    frozenset({Status.OFF_TRACK}),
    frozenset({Status.AT_RISK}),
    SET_ASIDE,
    frozenset({Status.NOT_STARTED}),
    frozenset({Status.ONGOING, Status.ON_TRACK}),
    DONE,
)
"""The statuses from bad to good; those of one step are neither better nor worse than each other."""


def goodness(status: Status) -> int:
    """0 for off track, and higher for what is better."""
    return next(step for step, statuses in enumerate(GOODNESS) if status in statuses)


def turns_worse(before: Status | None, after: Status | None) -> bool:
    """Whether a report says worse than the one before it. What was never given cannot turn worse."""
    return before is not None and after is not None and goodness(after) < goodness(before)


def why_reason(before: Status | None, after: Status | None) -> str:
    """Why a report must give its reason, as a sentence; empty where it need not."""
    if after in SET_ASIDE:
        return f"Enter a reason: the status is {after}"
    if turns_worse(before, after):
        return f"Enter a reason: the status turns from {before} to {after}"
    return ""


def late_by(due_on: dt.date, as_at: dt.date) -> str:
    """How long overdue, in words: "12 days", "1 month", "6 months", "2 years". Whole months, counted down."""
    months = (as_at.year - due_on.year) * 12 + as_at.month - due_on.month
    if as_at.day < due_on.day and as_at != last_day(as_at, Precision.MONTH):
        months -= 1
    if months >= 24:
        return f"{months // 12} years"
    if months >= 1:
        return f"{months} month{'s' if months > 1 else ''}"
    days = (as_at - due_on).days
    return f"{days} day{'s' if days != 1 else ''}"


def _month(number: int) -> str:
    return calendar.month_name[number]
