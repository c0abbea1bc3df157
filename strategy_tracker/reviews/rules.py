"""The rules of reporting: pure functions of values."""

import datetime as dt
from enum import StrEnum

from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews.returns.rules import NOTHING_MORE


class Need(StrEnum):
    """How urgent an entry is, the most urgent first."""

    LATE = "Overdue or off track"
    DUE = "Due next"
    MISSING = "Not reported yet"
    REPORTED = "Reported"
    NOTHING_DUE = "Nothing more is due"


WHY: dict[Need, str] = {
    Need.LATE: "The date has passed, or the status was off track",
    Need.DUE: "Due within three months",
    Need.MISSING: "Nothing said for this quarter",
    Need.REPORTED: "Each outcome by itself",
    Need.NOTHING_DUE: "Achieved, stopped or carried forward before the quarter. You can still report on them",
}
SOON = dt.timedelta(days=92)


def quarter_begins(as_at: dt.date) -> dt.date:
    """The first day of the calendar quarter in which the date lies."""
    return dt.date(as_at.year, (as_at.month - 1) // 3 * 3 + 1, 1)


def is_reported(said_as_at: dt.date | None, first: dt.date, last: dt.date) -> bool:
    """Whether what was said last speaks for the quarter from `first` to `last`. None: nothing was ever said."""
    return said_as_at is not None and first <= said_as_at <= last


def need(*, reported: bool, overdue: bool, status: str, due_on: dt.date | None, as_at: dt.date) -> Need:
    """Under which head an entry stands. `status`: what was said last, before the quarter where it is not reported."""
    if reported:
        return Need.REPORTED
    if status in NOTHING_MORE:
        return Need.NOTHING_DUE
    if overdue or status == Status.OFF_TRACK:
        return Need.LATE
    if due_on is not None and as_at <= due_on <= as_at + SOON:
        return Need.DUE
    return Need.MISSING
