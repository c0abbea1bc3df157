"""Each authority's return for the quarter: when it came, how it stands, and how much of it is missing."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from strategy_tracker import clock
from strategy_tracker.accounts.models import Person
from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.quarters.models import Quarter, Return, ReturnStep
from strategy_tracker.quarters.queries import running_reopenings
from strategy_tracker.quarters.rules import ReturnState, Verb
from strategy_tracker.reviews.report_sections.decisions import NAMED_IN
from strategy_tracker.reviews.report_sections.rules import number_of
from strategy_tracker.reviews.returns.figures import board_figures
from strategy_tracker.reviews.returns.shapes import ReturnFigures

STATES = {
    ReturnState.OPEN: "Not returned",
    ReturnState.SUBMITTED: "Returned, not accepted yet",
    ReturnState.SENT_BACK: "Sent back",
    ReturnState.ACCEPTED: "Accepted",
}


@dataclass(frozen=True)
class Returned:
    """One authority's return. `on` says when and by whom it was handed in, or is empty. Counts are of shares."""

    authority: str
    on: str
    state: str
    reported: int
    no_change: int
    missing: int
    nothing_due: int


@dataclass(frozen=True)
class Returns:
    """In the order of the authorities; `due` is the day on which they were due."""

    due: str
    returns: tuple[Returned, ...]


def returns(context: SectionContext) -> Returns | None:
    quarter = Quarter.get_by_id(context.quarter_id)
    found = [one for one in board_figures(quarter).returns if context.authority_id in (None, one.authority_id)]
    if not found:
        return None
    steps, reopened = _last_steps(quarter), _reopened(quarter)
    return Returns(
        due=clock.long_date(quarter.due_on),
        returns=tuple(_returned(one, steps, reopened, quarter.due_on, context) for one in found),
    )


def _last_steps(quarter: Quarter) -> dict[tuple[int, str], Any]:
    """The last step of each kind, by authority."""
    rows = (
        ReturnStep.select(ReturnStep, Return, Person.id, Person.name)
        .join(Return)
        .switch(ReturnStep)
        .join(Person, JOIN.LEFT_OUTER)
        .where(Return.quarter == quarter)
        .order_by(ReturnStep.id)
    )
    return {(row.of.authority_id, row.verb): row for row in rows}


def _reopened(quarter: Quarter) -> dict[int, dt.date]:
    """By authority the last day of what is open again, for all of it or for one person."""
    return {row.of.authority_id: row.until for row in running_reopenings(quarter.id, clock.today())}


def _returned(
    one: ReturnFigures,
    steps: dict[tuple[int, str], Any],
    reopened: dict[int, dt.date],
    due_on: dt.date,
    context: SectionContext,
) -> Returned:
    handed_in = steps.get((one.authority_id, Verb.SUBMIT.value))
    was_handed_in = handed_in is not None and one.state in (ReturnState.SUBMITTED, ReturnState.ACCEPTED)
    accepted = steps.get((one.authority_id, Verb.ACCEPT.value))
    state = STATES[one.state]
    if one.state is ReturnState.ACCEPTED and accepted is not None:
        state = f"{state} {clock.long_date(clock.in_london(accepted.at).date())}"
    if until := reopened.get(one.authority_id):
        state = f"{state}, open again until {clock.long_date(until)}"
    return Returned(
        authority=one.short_name,
        on=_when(handed_in, due_on, context.audience in NAMED_IN) if was_handed_in else "",
        state=state,
        reported=one.reported,
        no_change=one.no_change,
        missing=one.missing,
        nothing_due=one.nothing_due,
    )


def _when(step: Any, due_on: dt.date, named: bool) -> str:
    day = clock.in_london(step.at).date()
    days = (day - due_on).days
    late = f", {number_of(days, 'day')} late" if days > 0 else ""
    by = f" by {step.person.name}" if named and step.person_id else ""
    return f"{clock.long_date(day)}{by}{late}"
