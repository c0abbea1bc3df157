"""The board of a quarter: every return by its state, shaped for one page. Frozen, and built without a request."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.quarters.models import Quarter, ReturnStep
from strategy_tracker.quarters.queries import running_reopenings
from strategy_tracker.quarters.rules import ReturnState, Verb, days_left
from strategy_tracker.reviews.returns import queries
from strategy_tracker.reviews.returns.figures import board_figures
from strategy_tracker.reviews.returns.rules import Exceptional
from strategy_tracker.reviews.returns.shapes import BoardFigures, ReturnFigures, ShareFigure

MOST_SHOWN = 8
SAID_OF = {
    ReturnState.OPEN: "waiting for the authority",
    ReturnState.SENT_BACK: "waiting for the authority",
    ReturnState.ACCEPTED: "ready for the report",
}
EMPTY = {
    ReturnState.OPEN: "No return is open.",
    ReturnState.SUBMITTED: "No return waits for the coordinator.",
    ReturnState.SENT_BACK: "No return is sent back.",
    ReturnState.ACCEPTED: "No return is accepted yet.",
}
CLOSED_EMPTY = {
    ReturnState.OPEN: "No return was left open.",
    ReturnState.SUBMITTED: "No return is left to be accepted.",
    ReturnState.SENT_BACK: "No return was left sent back.",
    ReturnState.ACCEPTED: "No return was accepted.",
}
ALL_IN = "Every authority has handed in its return."


@dataclass(frozen=True)
class StepView:
    """What happened to a return. `who` did it, `at` is UTC."""

    verb: str
    who: str
    at: dt.datetime
    note: str
    on_behalf: bool


@dataclass(frozen=True)
class Look:
    """Shares that stand out in the same way, on one line: their actions, and how they stand."""

    shares: tuple[ShareFigure, ...]
    status: str
    was: str
    others: str


@dataclass(frozen=True)
class Card:
    """One authority's return on the board. `leads` are the names of those who may submit it."""

    figures: ReturnFigures
    last: StepView | None
    leads: str
    looks: tuple[Look, ...]
    more: int
    reopened: tuple[str, ...]
    may_submit: bool


@dataclass(frozen=True)
class Column:
    """The returns of one state. `said` tells who is waited for."""

    state: ReturnState
    said: str
    empty: str
    cards: tuple[Card, ...]

    @property
    def heading(self) -> str:
        return self.state.value.capitalize()


@dataclass(frozen=True)
class DateStep:
    """A date on the line of the quarter."""

    words: str
    when: str
    is_done: bool
    is_today: bool = False


@dataclass(frozen=True)
class Board:
    """`unexceptional` are the ids and versions of the submitted returns in which nothing stands out."""

    figures: BoardFigures
    columns: tuple[Column, ...]
    steps: tuple[DateStep, ...]
    headline: str
    may_accept: bool
    may_edit: bool
    may_close: bool
    unexceptional: tuple[tuple[int, int], ...]


def board_of(quarter: Quarter, person: Acting, today: dt.date) -> Board:
    """The board as this person sees it; in as many selects for one authority as for fifty."""
    figures = board_figures(quarter)
    steps = last_steps(queries.steps_of(quarter.id))
    leads = _leads(quarter.partnership_id)
    reopened: dict[int, list[str]] = {}
    for row in running_reopenings(quarter.id, today):
        who = row.person.name if row.person_id else "everybody"
        words = f"Open again for {who} until {clock.long_date(row.until)}"
        reopened.setdefault(row.of.authority_id, []).append(words)
    here = Place(quarter.partnership_id)
    may_edit = allows(person, Permission.QUARTER_EDIT, here)
    may_accept = allows(person, Permission.RETURN_ACCEPT, here)
    cards = [
        _card(
            one,
            steps.get(one.authority_id),
            leads.get(one.authority_id, ""),
            tuple(reopened.get(one.authority_id, ())),
            allows(person, Permission.RETURN_SUBMIT, Place(quarter.partnership_id, one.authority_id)),
        )
        for one in figures.returns
    ]
    return Board(
        figures=figures,
        columns=tuple(_columns(cards, quarter, may_accept=may_accept)),
        steps=date_steps(quarter, today),
        headline=headline(quarter, figures, today),
        may_accept=may_accept,
        may_edit=may_edit,
        may_close=may_edit and not quarter.is_closed and today > quarter.period_to,
        unexceptional=tuple(
            (one.return_id, one.version)
            for one in figures.in_state(ReturnState.SUBMITTED)
            if not one.exceptions and one.return_id is not None
        ),
    )


def last_steps(rows: Sequence[ReturnStep]) -> dict[int, StepView]:
    """The last step of each authority's return; the close of the quarter says nothing of any."""
    return {row.of.authority_id: step_view(row) for row in rows if row.verb != Verb.CLOSE}


def step_view(row: ReturnStep) -> StepView:
    who = row.person.name if row.person_id else "The tracker" if row.verb == Verb.END_REOPENING else "Command line"
    return StepView(row.verb, who, row.at, row.note, row.on_behalf)


def headline(quarter: Quarter, figures: BoardFigures, today: dt.date) -> str:
    """ "2 of 3 returns handed in. Due Friday 15 July 2011, in 9 days."."""
    states = [one.state for one in figures.returns]
    handed_in = sum(state in (ReturnState.SUBMITTED, ReturnState.ACCEPTED) for state in states)
    counted = _counted(handed_in, states.count(ReturnState.SENT_BACK), len(states))
    if quarter.closed_at is not None:
        return f"{counted} Closed on {clock.long_date(clock.in_london(quarter.closed_at).date())}."
    if not states:
        return counted
    due = f"{quarter.due_on:%A} {clock.long_date(quarter.due_on)}"
    if today < quarter.opens_on:
        return f"Returns open on {clock.long_date(quarter.opens_on)}, and are due on {due}."
    if handed_in == len(states):
        return counted
    left = days_left(quarter.due_on, today)
    return f"{counted} {'They were due on' if today > quarter.due_on else 'Due on'} {due}: {left}."


def _counted(handed_in: int, sent_back: int, of: int) -> str:
    if not of:
        return "No authority has a return in this quarter."
    again = f", {sent_back} sent back and not handed in again" if sent_back else ""
    return f"{handed_in} of {of} return{'' if of == 1 else 's'} handed in{again}."


def date_steps(quarter: Quarter, today: dt.date) -> tuple[DateStep, ...]:
    """The dates of the quarter in order, with today among them while it matters."""
    dates = [
        (quarter.opens_on, "Opens" if today < quarter.opens_on else "Opened"),
        (quarter.period_to, "Quarter ends" if today <= quarter.period_to else "Quarter ended"),
        (quarter.due_on, "Due"),
    ]
    if quarter.meeting_on is not None:
        dates.append((quarter.meeting_on, "Meeting"))
    if quarter.closed_at is not None:
        dates.append((clock.in_london(quarter.closed_at).date(), "Closed"))
    last = max(day for day, _ in dates)
    if quarter.closed_at is None and today not in [day for day, _ in dates]:
        dates.append((today, "Today"))
    year = quarter.period_to.year
    return tuple(
        DateStep(
            words,
            _when(day, year, f", {days_left(day, today)}" if words == "Due" and today <= day else ""),
            is_done=day < today or (day == today and day == last and quarter.is_closed),
            is_today=day == today and not quarter.is_closed,
        )
        for day, words in sorted(dates, key=lambda one: one[0])
    )


def looks_of(shares: Sequence[ShareFigure]) -> tuple[Look, ...]:
    """What stands out, worst first; what the quarter has no word of comes last, on one line."""
    silent = tuple(one for one in shares if one.is_silent)
    said = [one for one in shares if one.exceptions and not one.is_silent]
    found = [_look(one) for one in sorted(said, key=lambda one: list(Exceptional).index(_first(one)))]
    return (*found, Look(silent, NOT_REPORTED, "", "")) if silent else tuple(found)


def _first(share: ShareFigure) -> Exceptional:
    """By what a share stands in the order of looks: a report that is missing is less urgent than a bad one."""
    return next((one for one in share.exceptions if one is not Exceptional.MISSING), Exceptional.MOVED)


def _look(share: ShareFigure) -> Look:
    others = [
        words
        for one, words in (
            (Exceptional.MISSING, "partly not reported"),
            (Exceptional.OVERDUE, "overdue"),
            (Exceptional.MOVED, "date changed"),
        )
        if one in share.exceptions
    ]
    was = f"was {share.before}" if Exceptional.WORSE in share.exceptions else ""
    return Look((share,), share.status, was, ", ".join(others))


def _card(
    figures: ReturnFigures, last: StepView | None, leads: str, reopened: tuple[str, ...], may_submit: bool
) -> Card:
    looks = looks_of(figures.exceptions)
    return Card(figures, last, leads, looks[:MOST_SHOWN], max(0, len(looks) - MOST_SHOWN), reopened, may_submit)


def _columns(cards: Sequence[Card], quarter: Quarter, *, may_accept: bool) -> list[Column]:
    """The coordinator's own column first; for the others that of the authorities."""
    order = [ReturnState.OPEN, ReturnState.SENT_BACK, ReturnState.ACCEPTED]
    order.insert(0 if may_accept else 2, ReturnState.SUBMITTED)
    said = SAID_OF | {ReturnState.SUBMITTED: "needs you" if may_accept else "with the coordinator"}
    if quarter.is_closed:
        said |= {ReturnState.OPEN: "not handed in", ReturnState.SENT_BACK: "not handed in again"}
    by_state = {
        state: list(group)
        for state, group in groupby(
            sorted(cards, key=lambda one: one.figures.state.value), key=lambda one: one.figures.state
        )
    }
    empty = CLOSED_EMPTY if quarter.is_closed else EMPTY
    if not {ReturnState.OPEN, ReturnState.SENT_BACK} & by_state.keys():
        empty = empty | {ReturnState.OPEN: ALL_IN}
    return [Column(state, said[state], empty[state], tuple(by_state.get(state, ()))) for state in order]


def _leads(partnership_id: int) -> Mapping[int, str]:
    rows = (
        Membership.select(Membership.authority, Person.name)
        .join(Person)
        .where(
            Membership.partnership == partnership_id,
            Membership.role == Role.LEAD,
            Membership.ended_at.is_null(),
        )
        .order_by(Person.name)
        .tuples()
    )
    found: dict[int, list[str]] = {}
    for authority_id, name in rows:
        found.setdefault(authority_id, []).append(name)
    return {authority_id: ", ".join(names) for authority_id, names in found.items()}


def _when(day: dt.date, year: int, more: str) -> str:
    shown = f"{day.day} {day:%B}" if day.year == year else clock.long_date(day)
    return f"{day:%a} {shown}{more}" if more else shown
