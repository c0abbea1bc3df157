"""A plan as a whole: begun, edited, agreed, closed."""

import datetime as dt
from typing import Any

from peewee import IntegrityError

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import Problems, checked_slug
from strategy_tracker.db import save_versioned, transaction
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.checks import require_open
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.versions import recording
from strategy_tracker.plans.versions.rules import NO_REASON, Change


def add_plan(
    person: Acting,
    partnership: Partnership,
    *,
    slug: str,
    title: str,
    strategy: str,
    period_from: dt.date,
    period_to: dt.date,
    as_at: dt.date | None = None,
    form_key: str | None = None,
) -> Plan:
    """A new plan in draft. Raises Invalid where the short address is taken or the period ends before it begins."""
    require(person, Permission.PLAN_EDIT, partnership)
    problems = Problems()
    columns = _columns(problems, title, strategy, period_from, period_to, as_at)
    columns["slug"] = checked_slug(problems, slug)
    problems.raise_if_any()
    with history.writing(person, form_key):
        try:
            with transaction():
                plan = Plan.create(partnership=partnership, **columns)
        except IntegrityError:
            raise Invalid({"slug": f"This partnership already has a plan at {slug}"}) from None
        history.record(person, partnership.id, "plan added", plan, after=columns)
    return plan


def edit_plan(
    person: Acting,
    plan: Plan,
    version: int,
    *,
    title: str,
    strategy: str,
    period_from: dt.date,
    period_to: dt.date,
    as_at: dt.date | None,
    change: Change = NO_REASON,
    form_key: str | None = None,
) -> None:
    """Changes what stands at the head of a plan. Raises Conflict, Invalid.

    The date that the plan is shown as at is no part of what was agreed: it changes without a reason.
    """
    require(person, Permission.PLAN_EDIT, plan)
    problems = Problems()
    columns = _columns(problems, title, strategy, period_from, period_to, as_at)
    problems.raise_if_any()
    if all(getattr(plan, name) == columns[name] for name in recording.COLUMNS["plan"]):
        _save(person, plan, version, "plan edited", columns, form_key)
        return
    before = {name: getattr(plan, name) for name in columns}
    with recording.changing(person, plan, change, form_key) as changing:
        save_versioned(plan, version, **columns)
        _record(person, plan, "plan edited", before, columns)
        changing.keep(plan)


def agree_plan(
    person: Acting,
    plan: Plan,
    version: int,
    *,
    agreed_on: dt.date | None = None,
    approved_by: str = "",
    form_key: str | None = None,
) -> None:
    """Makes a draft the agreed plan as on a date (None: today), its version 1. Raises Invalid where it is no draft,
    and for a day to come.
    """
    require(person, Permission.PLAN_EDIT, plan)
    if plan.state != "draft":
        raise Invalid({"state": f"This plan is {plan.state} already"})
    agreed_on = agreed_on or clock.today()
    if agreed_on > clock.today():
        raise Invalid({"agreed_on": "A plan cannot be agreed on a day that is still to come"})
    columns = {"state": "agreed", "agreed_on": agreed_on}
    change = recording.checked(Change("Agreed", approved_by, agreed_on))
    before = {name: getattr(plan, name) for name in columns}
    with history.writing(person, form_key):
        save_versioned(plan, version, **columns)
        _record(person, plan, "plan agreed", before, columns)
        recording.begin(person, plan, change)


def close_plan(person: Acting, plan: Plan, version: int, *, form_key: str | None = None) -> None:
    """Ends the work on an agreed plan: it can be read and no longer be written to."""
    require(person, Permission.PLAN_EDIT, plan)
    if plan.state != "agreed":
        raise Invalid({"state": "Only an agreed plan can be closed"})
    _save(person, plan, version, "plan closed", {"state": "closed"}, form_key)


def _columns(
    problems: Problems,
    title: str,
    strategy: str,
    period_from: dt.date,
    period_to: dt.date,
    as_at: dt.date | None,
) -> dict[str, Any]:
    problems.date("period_from", "The first day of the period", period_from)
    problems.date("period_to", "The last day of the period", period_to)
    if period_to < period_from:
        problems.add("period_to", "The period must end after it begins")
    if as_at is not None:
        problems.date("as_at", "The as-at date", as_at)
    return {
        "title": problems.line("title", "The plan's title", title),
        "strategy": problems.line("strategy", "The name of the strategy", strategy, required=False),
        "period_from": period_from,
        "period_to": period_to,
        "as_at": as_at,
    }


def _save(person: Acting, plan: Plan, version: int, verb: str, columns: dict[str, Any], form_key: str | None) -> None:
    before = {name: getattr(plan, name) for name in columns}
    with history.writing(person, form_key):
        require_open(plan)
        save_versioned(plan, version, **columns)
        _record(person, plan, verb, before, columns)


def _record(person: Acting, plan: Plan, verb: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    history.record(person, plan.partnership_id, verb, plan, version=plan.version, before=before, after=after)
