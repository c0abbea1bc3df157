"""Finding quarters and returns, and asking what may be written."""

import datetime as dt
from typing import Any

from peewee import JOIN, ModelSelect

from strategy_tracker.access.policy import Acting
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority
from strategy_tracker.quarters.calendar import Calendar
from strategy_tracker.quarters.models import CalendarRule, Quarter, Reopening, Return
from strategy_tracker.quarters.rules import ReturnState, Standing, is_running, why_closed


def quarters_of(partnership_id: int) -> list[Quarter]:
    """The quarters of a partnership, the earliest first."""
    return list(Quarter.select().where(Quarter.partnership == partnership_id).order_by(Quarter.period_from))


def quarter_with(partnership_id: int, day: dt.date) -> Quarter | None:
    """The quarter in which a date lies; None where the partnership has none for it."""
    return Quarter.get_or_none(
        Quarter.partnership == partnership_id, Quarter.period_from <= day, Quarter.period_to >= day
    )


def neighbours(quarter: Quarter) -> tuple[Quarter | None, Quarter | None]:
    """The quarter before and the one after."""
    ours = Quarter.select().where(Quarter.partnership == quarter.partnership_id)
    before = ours.where(Quarter.period_from < quarter.period_from).order_by(Quarter.period_from.desc()).first()
    after = ours.where(Quarter.period_from > quarter.period_from).order_by(Quarter.period_from).first()
    return before, after


def returns_of(quarter_id: int) -> dict[int, Return]:
    """The returns of a quarter by authority. An authority that is not there has not done anything yet: open."""
    return {row.authority_id: row for row in Return.select().where(Return.quarter == quarter_id)}


def return_of(quarter_id: int, authority_id: int) -> Return | None:
    return Return.get_or_none(Return.quarter == quarter_id, Return.authority == authority_id)


def state_of(found: Return | None) -> ReturnState:
    return ReturnState(found.state) if found else ReturnState.OPEN


def version_of(found: Return | None) -> int:
    """The version that a form starts from; 1, with which a return begins, where there is none yet."""
    return found.version if found else 1


def running_reopenings(quarter_id: int, today: dt.date) -> list[Reopening]:
    """The reopenings of a quarter that still run on a day, each with its return and person."""
    query = (
        Reopening.select(Reopening, Return, Authority, Person)
        .join(Return)
        .join(Authority)
        .switch(Reopening)
        .join(Person, JOIN.LEFT_OUTER, on=(Reopening.person == Person.id))
        .where(Return.quarter == quarter_id)
        .order_by(Reopening.until, Reopening.id)
    )
    return [row for row in query if is_running(row.until, row.ended_at is not None, today)]


def standing_of(quarter: Quarter, authority_id: int, today: dt.date) -> Standing:
    """Where an authority stands with a quarter: one select, two where it is closed."""
    found = return_of(quarter.id, authority_id)
    reopened = frozenset[int | None]()
    if quarter.is_closed and found is not None:
        rows = Reopening.select().where(Reopening.of == found)
        reopened = frozenset(row.person_id for row in rows if is_running(row.until, row.ended_at is not None, today))
    return Standing(quarter.words, quarter.is_closed, state_of(found), reopened)


def why_not_written(partnership_id: int, authority_id: int, as_at: dt.date, person: Acting, today: dt.date) -> str:
    """Why this person cannot write an authority's note as at a date, and what to do; empty where she can.

    Asked in the transaction of the write, after its event: from there on nobody else can submit or close in between
    (`docs/decisions/as-at-decides-the-quarter.md`).
    """
    quarter = quarter_with(partnership_id, as_at)
    return why_closed(standing_of(quarter, authority_id, today), person.id) if quarter else ""


def reporting_day(calendar: Calendar, authority_id: int, today: dt.date, person: Acting | None = None) -> dt.date:
    """The date that a report is as at, unless its writer says otherwise.

    The last day of the quarter that takes returns, where it has ended and this authority still writes in it; else that
    of a closed quarter that is open again for her. Else today.
    """
    current = calendar.open_on(today)
    if current is not None and current.period_to >= today:
        return today
    for quarter in [*filter(None, [current]), *_reopened(calendar, today)]:
        if not why_closed(standing_of(quarter, authority_id, today), person.id if person else None):
            return quarter.period_to
    return today


def _reopened(calendar: Calendar, today: dt.date) -> list[Quarter]:
    """The closed quarters that are open again for somebody, the latest first."""
    if not calendar.closed:
        return []
    running = Reopening.ended_at.is_null() & (Reopening.until >= today)
    rows = Reopening.select(Return.quarter).join(Return).where(running).distinct()
    ids = {row[0] for row in rows.tuples()}
    return [one for one in calendar.closed if one.id in ids]


def calendar_rules_of(partnership_id: int) -> ModelSelect:
    """Every rule of a calendar, the newest first, each with who made it (None: the command line)."""
    return (
        CalendarRule.select(CalendarRule, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(CalendarRule.partnership == partnership_id)
        .order_by(CalendarRule.id.desc())
    )


def last_rule(partnership_id: int) -> Any:
    """The rule by which quarters were made last; None where none was."""
    return calendar_rules_of(partnership_id).first()


def nations_of(partnership_id: int) -> tuple[str, ...]:
    """The nations of the partners that stand, each once, in a stable order."""
    rows = Authority.select(Authority.nation).where(
        Authority.partnership == partnership_id, Authority.ended_on.is_null()
    )
    return tuple(sorted({row[0] for row in rows.tuples()}))
