"""What a person reports for: the date, the quarter and its deadline, for each of her authorities. Frozen."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.authorities.models import Authority
from strategy_tracker.clock import long_date
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Precision, last_day
from strategy_tracker.quarters.calendar import Calendar, calendar_of
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.quarters.queries import reporting_day, standing_of
from strategy_tracker.quarters.rules import WRITABLE, ReturnState, days_left, overlap, why_closed
from strategy_tracker.reviews.rules import quarter_begins

TOLD = {
    ReturnState.OPEN: "",
    ReturnState.SENT_BACK: "sent back by the coordinator",
    ReturnState.SUBMITTED: "submitted",
    ReturnState.ACCEPTED: "accepted",
}


@dataclass(frozen=True)
class Deadline:
    """An authority's return of a quarter: `due` is "15 July 2011, in 9 days", `state` empty while it is just open."""

    authority: str
    quarter: str
    address: str
    due: str
    state: str
    is_waited_for: bool
    may_submit: bool


@dataclass(frozen=True)
class Reporting:
    """For what an authority's reports count: as at a date, in a period. `why_not`: why they are not taken now."""

    authority: str
    as_at: dt.date
    first: dt.date
    last: dt.date
    why_not: str = ""
    deadline: Deadline | None = None


def reporting_of(person: Acting, plan: Plan, authorities: Iterable[Authority], today: dt.date) -> dict[str, Reporting]:
    """By the authority's short name; a few selects for each, whatever there is to report."""
    calendar = calendar_of(plan.partnership_id)
    return {each.short_name: _reporting(person, plan, each, calendar, today) for each in authorities}


def _reporting(person: Acting, plan: Plan, authority: Authority, calendar: Calendar, today: dt.date) -> Reporting:
    as_at = plan.as_at or reporting_day(calendar, authority.id, today, person)
    quarter = calendar.with_day(as_at)
    shown = _shown(plan, calendar.open_on(today)) or quarter
    return Reporting(
        authority=authority.short_name,
        as_at=as_at,
        first=quarter.period_from if quarter else quarter_begins(as_at),
        last=quarter.period_to if quarter else last_day(as_at, Precision.QUARTER),
        why_not=why_closed(standing_of(quarter, authority.id, today), person.id, dated=False) if quarter else "",
        deadline=_deadline(person, plan, authority, shown, today) if shown else None,
    )


def _shown(plan: Plan, current: Quarter | None) -> Quarter | None:
    """The open quarter where the plan is reported on in it."""
    if current and overlap((plan.period_from, plan.period_to), (current.period_from, current.period_to)):
        return current
    return None


def _deadline(person: Acting, plan: Plan, authority: Authority, quarter: Quarter, today: dt.date) -> Deadline | None:
    """None for somebody who may not read quarters, and where the quarter is closed."""
    here = Place(plan.partnership_id, authority.id)
    if quarter.is_closed or not allows(person, Permission.QUARTER_READ, here):
        return None
    state = standing_of(quarter, authority.id, today).state
    is_waited_for = state in WRITABLE
    return Deadline(
        authority=authority.short_name,
        quarter=quarter.words,
        address=f"/p/{plan.partnership.slug}/quarters/{quarter.slug}/returns/{authority.slug}/",
        due=f"{long_date(quarter.due_on)}, {days_left(quarter.due_on, today)}",
        state=TOLD[state],
        is_waited_for=is_waited_for,
        may_submit=is_waited_for and quarter.opens_on <= today and allows(person, Permission.RETURN_SUBMIT, here),
    )
