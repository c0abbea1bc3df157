"""The rules of quarters and returns: pure functions of values."""

import calendar
import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.quarters.working_days import next_working_day

MOST_YEARS = 10
SOONEST, LATEST, LATEST_MEETING = -62, 92, 183
"""Days after a quarter's end between which it may open and be due, and before which the meeting must be."""


LONG_OVERDUE = 365
"""Days after which nobody counts them any more."""


class ReturnState(StrEnum):
    """Where a return stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SENT_BACK = "sent back"
    ACCEPTED = "accepted"


WRITABLE = frozenset({ReturnState.OPEN, ReturnState.SENT_BACK})
"""The states in which an authority still writes; in the others its words are with the coordinator."""


class Verb(StrEnum):
    """What is done to a return."""

    SUBMIT = "submitted"
    TAKE_BACK = "taken back"
    SEND_BACK = "sent back"
    ACCEPT = "accepted"
    REOPEN = "reopened"
    END_REOPENING = "reopening ended"
    CLOSE = "closed"


TRANSITIONS: dict[Verb, tuple[frozenset[ReturnState], ReturnState]] = {
    Verb.SUBMIT: (WRITABLE, ReturnState.SUBMITTED),
    Verb.TAKE_BACK: (frozenset({ReturnState.SUBMITTED}), ReturnState.OPEN),
    Verb.SEND_BACK: (frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED}), ReturnState.SENT_BACK),
    Verb.ACCEPT: (frozenset({ReturnState.SUBMITTED}), ReturnState.ACCEPTED),
}
"""From which states each verb leads to which. What is not here leaves the state as it is."""

AFTER_THE_CLOSE = frozenset({Verb.ACCEPT})
"""What may be done in a closed quarter: it changes nothing of what an authority says."""


def may_follow(verb: Verb, state: ReturnState, *, is_closed: bool, is_reopened: bool) -> bool:
    """Whether a return in this state takes the step. `is_reopened`: for the whole authority, and still running."""
    if is_closed and not is_reopened and verb not in AFTER_THE_CLOSE:
        return False
    return verb in TRANSITIONS and state in TRANSITIONS[verb][0]


@dataclass(frozen=True)
class DateRule:
    """How the dates of quarters are made: the plan year's first month, and days after each quarter's end."""

    first_month: int
    opens_after: int
    due_after: int
    meeting_after: int


@dataclass(frozen=True)
class QuarterDates:
    """One quarter of a plan year, before it is a row."""

    year: str
    number: int
    period_from: dt.date
    period_to: dt.date
    opens_on: dt.date
    due_on: dt.date
    meeting_on: dt.date | None

    @property
    def slug(self) -> str:
        return f"{self.year}-q{self.number}"


def plan_year(first: int, first_month: int) -> str:
    """ "2010-11" for a year that runs from one into the next, "2011" for one that begins in January."""
    return str(first) if first_month == 1 else f"{first}-{(first + 1) % 100:02}"


def quarters_from(rule: DateRule, first: int, years: int, nations: Collection[str]) -> Iterator[QuarterDates]:
    """The quarters of so many plan years, the first of which begins in the calendar year `first`.

    The dates are moved to the next day that is a working day in every nation.
    """
    for year in range(first, first + years):
        for number in range(1, 5):
            yield _quarter(rule, year, number, nations)


def _quarter(rule: DateRule, year: int, number: int, nations: Collection[str]) -> QuarterDates:
    begins = _month(year, rule.first_month + 3 * (number - 1))
    ends = _month(begins.year, begins.month + 3) - dt.timedelta(days=1)
    opens, due, meeting = (
        next_working_day(ends + dt.timedelta(days=days), nations)
        for days in (rule.opens_after, rule.due_after, rule.meeting_after)
    )
    return QuarterDates(plan_year(year, rule.first_month), number, begins, ends, opens, due, meeting)


def _month(year: int, month: int) -> dt.date:
    """The first day of a month; 13 is the January that follows."""
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def overlap(one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> bool:
    """Whether two periods have a day in common; both are from and up to and with."""
    return one[0] <= other[1] and other[0] <= one[1]


def problems_with_rule(rule: DateRule) -> dict[str, str]:
    """What is wrong with a rule, field by field, in words."""
    found = {}
    if not 1 <= rule.first_month <= 12:
        found["first_month"] = "Select the first month of the plan year"
    if not SOONEST <= rule.opens_after <= LATEST:
        found["opens_after"] = f"Enter a number of days from {SOONEST} to {LATEST}; less than 0 is before the end"
    if not rule.opens_after <= rule.due_after <= LATEST:
        found["due_after"] = f"Returns are due after they open, and at most {LATEST} days after the quarter ends"
    if not rule.due_after <= rule.meeting_after <= LATEST_MEETING:
        found["meeting_after"] = (
            f"The meeting is after returns are due, and at most {LATEST_MEETING} days after the quarter ends"
        )
    return found


def problems_with_dates(opens_on: dt.date, due_on: dt.date, meeting_on: dt.date | None) -> dict[str, str]:
    """What is wrong with the dates of one quarter, field by field, in words."""
    found = {}
    if opens_on > due_on:
        found["due_on"] = "Returns are due on or after the day they open"
    if meeting_on is not None and meeting_on < due_on:
        found["meeting_on"] = "The meeting is on or after the day returns are due"
    return found


def period_words(first: dt.date, last: dt.date) -> str:
    """ "April to June 2011", "November 2010 to January 2011"; days too, where it is not whole months."""
    if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1]:
        return f"{_day(first)} to {_day(last)}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%B}{year} to {last:%B} {last.year}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def days_left(due_on: dt.date, today: dt.date) -> str:
    """ "today", "tomorrow", "in 9 days", "3 days overdue", "more than a year overdue"."""
    days = (due_on - today).days
    if days < -LONG_OVERDUE:
        return "more than a year overdue"
    if days < 0:
        return "1 day overdue" if days == -1 else f"{-days} days overdue"
    return ("today", "tomorrow")[days] if days < 2 else f"in {days} days"


@dataclass(frozen=True)
class Standing:
    """What decides whether an authority may write of a quarter: how both stand, and who has it open again.

    `reopened_for` holds the ids of people, and None where it is open again for everybody of the authority.
    """

    quarter: str
    is_closed: bool
    state: ReturnState
    reopened_for: frozenset[int | None] = frozenset()


def why_closed(standing: Standing, person_id: int | None, *, dated: bool = True) -> str:
    """Why a note of that quarter cannot be written, and what to do; empty where it can.

    `dated`: where it is read another as-at date can be chosen.
    """
    if standing.reopened_for & {None, person_id} and standing.is_closed:
        return ""
    after = "; or choose an as-at date after the quarter" if dated else ""
    if standing.is_closed:
        ask = "Choose a later as-at date, or ask" if dated else "Ask"
        return (
            f"{standing.quarter} is closed: nothing is added to it any more. "
            f"{ask} the coordinator to open the return again"
        )
    if standing.state is ReturnState.SUBMITTED:
        return f"The return for {standing.quarter} is submitted. To write in it, the lead can take it back{after}"
    if standing.state is ReturnState.ACCEPTED:
        return (
            f"The return for {standing.quarter} is accepted. To write in it, ask the coordinator to send it back{after}"
        )
    return ""


def is_running(until: dt.date, ended: bool, today: dt.date) -> bool:
    """Whether a reopening still lets somebody write: up to and with its last day, whoever notices its end."""
    return not ended and today <= until


def quarter_words(number: int, first: dt.date, last: dt.date) -> str:
    """ "Quarter 4, April to June 2011"."""
    return f"Quarter {number}, {period_words(first, last)}"
