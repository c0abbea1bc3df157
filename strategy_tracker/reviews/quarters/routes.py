"""The calendar of quarters: read by all who work in the partnership, made and put right by the coordinator."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import Blueprint, render_template

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import may
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans.queries import agreed_periods
from strategy_tracker.quarters import operations, queries
from strategy_tracker.quarters.calendar import calendar_of
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.quarters.operations import DATES
from strategy_tracker.reviews.quarters.forms import MakeForm, QuarterForm, RemoveQuarterForm, WithReturnsForm
from strategy_tracker.reviews.quarters.places import (
    QUARTER,
    QUARTERS,
    address_of,
    the_calendar,
    the_quarter,
    turned_back,
)
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer

blueprint = Blueprint("quarters", __name__)
NAV = "quarter"


@blueprint.get(QUARTERS)
@needs(Permission.QUARTER_READ)
def calendar(partnership: str) -> str:
    person = acting_person()
    here = the_calendar(person, partnership)
    found = calendar_of(here.id)
    quarters = sorted(found.quarters, key=lambda one: one.year, reverse=True)
    current = found.current_on(clock.today(), agreed_periods(here.id))
    return render_template(
        "quarters/calendar.html",
        partnership=here,
        nav=NAV,
        years=[(year, list(group)) for year, group in groupby(quarters, key=attrgetter("year"))],
        current=current.id if current else None,
        rules=list(queries.calendar_rules_of(here.id)),
        today=clock.today(),
        may_edit=may(person, Permission.QUARTER_EDIT, here),
    )


@blueprint.route(f"{QUARTERS}new", methods=["GET", "POST"])
@needs(Permission.QUARTER_EDIT)
def make(partnership: str) -> Answer:
    person = acting_person()
    here = the_calendar(person, partnership, Permission.QUARTER_EDIT)
    form = MakeForm(data=_proposal(here.id))

    def save() -> str:
        made = operations.make_quarters(
            person,
            here,
            form.rule,
            first_year=form.first_year.number,
            years=form.years.number,
            reason=form.reason.data or "",
            form_key=form.key,
        )
        return f"{made[0].words} is the first of them." if made else ""

    page = Page(
        here, "Make quarters", address_of(here), save, "The quarters are made.", button="Make quarters", nav=NAV,
        context={"words": [WORKING_DAYS]},
    )  # fmt: skip
    return answer(form, page)


WORKING_DAYS = (
    "Dates on a weekend or a bank holiday move to the next day on which all partners work. Each can be changed "
    "afterwards. Quarters that are there already stay as they are."
)


@blueprint.route(f"{QUARTER}edit", methods=["GET", "POST"])
@needs(Permission.QUARTER_EDIT)
def edit(partnership: str, quarter: str) -> Answer:
    person = acting_person()
    row = the_quarter(person, partnership, quarter, Permission.QUARTER_EDIT)
    form = _form(row)

    def save() -> None:
        dates = {name: form[name].data if name in form else getattr(row, name) for name in DATES}
        operations.edit_quarter(
            person, row, form.started_from, reason=form.reason.data or "", form_key=form.key, **dates
        )

    page = Page(
        row.partnership,
        "Dates of a quarter",
        address_of(row.partnership),
        save,
        "The dates are saved.",
        caption=f"{row.words} ({row.year})",
        nav=NAV,
        theirs=lambda now: Theirs(_form(now, None), now.version, saved_by(now)),
        context={"remove": "" if operations.has_returns(row) else f"{address_of(row.partnership, row)}removal"},
    )
    return answer(form, page)


@blueprint.route(f"{QUARTER}removal", methods=["GET", "POST"])
@needs(Permission.QUARTER_EDIT)
def remove(partnership: str, quarter: str) -> Answer:
    person = acting_person()
    row = the_quarter(person, partnership, quarter, Permission.QUARTER_EDIT)
    why_not = operations.HAS_RETURNS if operations.has_returns(row) else ""
    if back := turned_back(why_not, f"{address_of(row.partnership, row)}edit"):
        return back
    form = RemoveQuarterForm(data={"version": row.version})
    page = Page(
        row.partnership,
        "Remove a quarter",
        address_of(row.partnership),
        lambda: operations.remove_quarter(
            person, row, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The quarter is removed. The history keeps its dates.",
        caption=f"{row.words} ({row.year})",
        button="Remove the quarter",
        nav=NAV,
        context={"is_dangerous": True},
    )
    return answer(form, page)


def _form(row: Quarter, *posted: Any) -> WithReturnsForm:
    """`posted` None: not filled from what was sent."""
    values = {"version": row.version, **{name: getattr(row, name) for name in DATES}}
    kind = WithReturnsForm if operations.has_returns(row) else QuarterForm
    return kind(*posted, data=values)


def _proposal(partnership_id: int) -> dict[str, Any]:
    """The last rule, from the year after the last quarter; else a plan year from April and usual dates."""
    rule, quarters = queries.last_rule(partnership_id), queries.quarters_of(partnership_id)
    month = rule.first_month if rule else 4
    after = quarters[-1].period_to if quarters else None
    year = after.year + (after.month >= month) if after else clock.today().year
    days = {"opens_after": 0, "due_after": 15, "meeting_after": 28}
    shown = {name: str(getattr(rule, name) if rule else value) for name, value in days.items()}
    return {"first_month": str(month), "first_year": str(year), "years": "3", **shown}
