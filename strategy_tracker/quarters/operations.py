"""The calendar of quarters: made for years ahead by a rule, and each put right by hand."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from peewee import IntegrityError

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import save_versioned, transaction
from strategy_tracker.errors import Invalid
from strategy_tracker.quarters import queries
from strategy_tracker.quarters.models import CalendarRule, Quarter, Return
from strategy_tracker.quarters.rules import (
    MOST_YEARS,
    DateRule,
    QuarterDates,
    overlap,
    problems_with_dates,
    problems_with_rule,
    quarters_from,
)
from strategy_tracker.text import normalise

FIRST_YEAR, LAST_YEAR = 1990, 2100
LONGEST_REASON = 2_000
HAS_RETURNS = "This quarter has returns: it stays in the calendar"
DATES = ("period_from", "period_to", "opens_on", "due_on", "meeting_on")


def make_quarters(
    person: Acting,
    partnership: Partnership,
    rule: DateRule,
    *,
    first_year: int,
    years: int,
    reason: str = "",
    form_key: str | None = None,
) -> list[Quarter]:
    """Adds the quarters of so many plan years that are not there yet, and keeps the rule from the first of them on.

    `first_year` is the calendar year in which the first plan year begins. The reason is needed where the rule becomes
    another. Raises Invalid, also where a quarter would overlap one that is there, or where all are there already.
    """
    require(person, Permission.QUARTER_EDIT, partnership)
    problems = problems_with_rule(rule)
    if not 1 <= years <= MOST_YEARS:
        problems["years"] = f"Make quarters for 1 to {MOST_YEARS} years at a time"
    if not FIRST_YEAR <= first_year <= LAST_YEAR - MOST_YEARS:
        problems["first_year"] = f"The first year must be between {FIRST_YEAR} and {LAST_YEAR - MOST_YEARS}"
    why = checked_reason(reason, problems)
    _raise(problems)
    dates = list(quarters_from(rule, first_year, years, queries.nations_of(partnership.id)))
    with history.writing(person, form_key):
        _keep_rule(person, partnership, rule, dates[0].period_from, why)
        wanted = _not_there(queries.quarters_of(partnership.id), dates)
        made = _created(partnership, wanted)
        for quarter in made:
            history.record(
                person, partnership.id, "quarter added", quarter, after=_dates_of(quarter), slug=quarter.slug
            )
    return made


def edit_quarter(
    person: Acting, quarter: Quarter, version: int, *, reason: str, form_key: str | None = None, **dates: Any
) -> None:
    """Other dates for one quarter, with the reason in the history. `dates` are all of DATES.

    Raises Conflict, Invalid: also where the period of a quarter with returns would change.
    """
    require(person, Permission.QUARTER_EDIT, quarter)
    problems = problems_with_dates(dates["opens_on"], dates["due_on"], dates["meeting_on"])
    for name in DATES:
        if dates[name] is not None and not FIRST_YEAR <= dates[name].year <= LAST_YEAR:
            problems[name] = f"The date must be between {FIRST_YEAR} and {LAST_YEAR}"
    if dates["period_from"] > dates["period_to"]:
        problems["period_to"] = "The quarter ends on or after the day it begins"
    why = checked_reason(reason, problems) or problems.setdefault("reason", "Say why the dates change")
    _raise(problems)
    before = _dates_of(quarter)
    with history.writing(person, form_key):
        save_versioned(quarter, version, **dates)
        changed = {name: value for name, value in before.items() if dates[name] != value}
        after = {name: dates[name] for name in changed}
        history.record(
            person, quarter.partnership_id, "quarter edited", quarter,
            version=quarter.version, before=changed, after=after, reason=why,
        )  # fmt: skip
        if "period_from" in changed or "period_to" in changed:
            _require_free(quarter)


def remove_quarter(person: Acting, quarter: Quarter, version: int, *, reason: str, form_key: str | None = None) -> None:
    """Takes a quarter out of the calendar; history keeps its dates. Raises Conflict, Invalid where it is in use."""
    require(person, Permission.QUARTER_EDIT, quarter)
    problems: dict[str, str] = {}
    why = checked_reason(reason, problems) or problems.setdefault("reason", "Say why the quarter is removed")
    _raise(problems)
    with history.writing(person, form_key):
        save_versioned(quarter, version)
        history.record(
            person, quarter.partnership_id, "quarter removed", quarter,
            before=_dates_of(quarter), slug=quarter.slug, reason=why,
        )  # fmt: skip
        if has_returns(quarter):
            raise Invalid({"reason": HAS_RETURNS})
        try:
            with transaction():
                Quarter.delete().where(Quarter.id == quarter.id).execute()
        except IntegrityError:
            raise Invalid({"reason": "This quarter is in use: a meeting or a report is about it"}) from None


def checked_reason(reason: str, problems: dict[str, str]) -> str:
    """The reason as it is kept; empty where there is none. Adds to the problems where it is too long."""
    why = normalise(reason)
    if len(why) > LONGEST_REASON:
        problems["reason"] = f"The reason must be {LONGEST_REASON:,} characters or fewer; it has {len(why):,}"
    return why


def _keep_rule(person: Acting, partnership: Partnership, rule: DateRule, since: dt.date, why: str) -> None:
    """Adds the rule where it is another than the last; then it needs a reason, but for the first."""
    last = queries.last_rule(partnership.id)
    columns = {name: getattr(rule, name) for name in DateRule.__dataclass_fields__}
    if last is not None and all(getattr(last, name) == value for name, value in columns.items()):
        return
    if last is not None and not why:
        raise Invalid({"reason": "Say why the rule changes: quarters were made by another one before"})
    columns |= {"since": since, "reason": why}
    row = CalendarRule.create(partnership=partnership, person=person.id, recorded_at=clock.now(), **columns)
    history.record(person, partnership.id, "rule of the calendar set", row, after=columns)


def _not_there(there: Sequence[Quarter], dates: Iterable[QuarterDates]) -> list[QuarterDates]:
    """Those that are not there yet. Raises Invalid where one would overlap a quarter of another period."""
    known = {(row.slug, row.period_from, row.period_to) for row in there}
    wanted = [one for one in dates if (one.slug, one.period_from, one.period_to) not in known]
    for one in wanted:
        for row in there:
            both = (one.period_from, one.period_to), (row.period_from, row.period_to)
            if row.slug == one.slug or overlap(*both):
                raise Invalid({"first_year": f"{row.words} ({row.year}) is there already. {AFTER_IT}"})
    if not wanted:
        raise Invalid({"first_year": "All these quarters are there already: choose a later year, or more years"})
    return wanted


AFTER_IT = "Begin with a year after it, or remove that quarter first"


def _created(partnership: Partnership, wanted: Iterable[QuarterDates]) -> list[Quarter]:
    try:
        with transaction():
            return [
                Quarter.create(
                    partnership=partnership,
                    slug=one.slug,
                    year=one.year,
                    number=one.number,
                    **{name: getattr(one, name) for name in DATES},
                )
                for one in wanted
            ]
    except IntegrityError:
        raise Invalid({"first_year": "Somebody made these quarters in the meantime: look at the calendar"}) from None


def _require_free(quarter: Quarter) -> None:
    if has_returns(quarter):
        raise Invalid({"period_from": "This quarter has returns: its period stays as it is. Other dates can change"})
    for row in queries.quarters_of(quarter.partnership_id):
        both = (quarter.period_from, quarter.period_to), (row.period_from, row.period_to)
        if row.id != quarter.id and overlap(*both):
            raise Invalid({"period_from": f"These days are part of {row.words} ({row.year})"})


def has_returns(quarter: Quarter) -> bool:
    """Whether something has happened to it: then it keeps its period and its place."""
    return bool(Return.select().where(Return.quarter == quarter).exists())


def _dates_of(quarter: Quarter) -> dict[str, Any]:
    return {name: getattr(quarter, name) for name in DATES}


def _raise(problems: dict[str, str]) -> None:
    if problems:
        raise Invalid(problems)
