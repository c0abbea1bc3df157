"""Bringing a plan in: everything is checked, then all of it is applied, or nothing."""

import datetime as dt

from strategy_tracker import history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Invalid
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Plan
from strategy_tracker.transfer.apply import Applying
from strategy_tracker.transfer.changes import PlanChanges
from strategy_tracker.transfer.check import Choices, problems_of
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.lines import changes_of
from strategy_tracker.transfer.queries import plan_at
from strategy_tracker.transfer.stored import StoredPlan, stored_plan
from strategy_tracker.transfer.titles import period_in

NO_CHOICES = Choices()


def changes_for(
    person: Acting, partnership: Partnership, slug: str, draft: PlanDraft, choices: Choices = NO_CHOICES
) -> PlanChanges:
    """What an import would do. Raises Invalid with everything that is wrong, place by place."""
    require(person, Permission.PLAN_IMPORT, partnership)
    stored = stored_plan(partnership.id, plan_at(partnership.id, slug))
    _check(stored, draft, choices, slug)
    return changes_of(stored, draft, choices)


def import_plan(
    person: Acting,
    partnership: Partnership,
    slug: str,
    draft: PlanDraft,
    choices: Choices = NO_CHOICES,
    *,
    form_key: str | None = None,
) -> PlanChanges:
    """Makes the plan (a new one in draft, where there is none at `slug`) say what the file says; returns what was done.

    Progress is added or corrected, never deleted. Raises Invalid with everything that is wrong; then nothing is done.
    """
    require(person, Permission.PLAN_IMPORT, partnership)
    with history.writing(person, form_key):
        kept = plan_at(partnership.id, slug)
        stored = stored_plan(partnership.id, kept)
        _check(stored, draft, choices, slug)
        changes = changes_of(stored, draft, choices)
        plan = kept or _add_plan(person, partnership, slug, draft, choices)
        Applying(person, plan, stored, changes).all()
    return changes


def _check(stored: StoredPlan, draft: PlanDraft, choices: Choices, slug: str) -> None:
    problems = problems_of(draft, stored, choices)
    if stored.row is None and period_for(draft, choices, slug) is None:
        problems["period"] = "No line of the file says the plan's period; give it with the plan"
    if problems:
        raise Invalid(problems)


def period_for(draft: PlanDraft, choices: Choices, slug: str) -> tuple[dt.date, dt.date] | None:
    """As chosen; as the file says; or the year that the plan's short address or title names: 2016-17."""
    if choices.period:
        return choices.period
    if draft.period_from and draft.period_to:
        return draft.period_from, draft.period_to
    return period_in(choices.title) or period_in(slug)


def _add_plan(person: Acting, partnership: Partnership, slug: str, draft: PlanDraft, choices: Choices) -> Plan:
    first, last = period_for(draft, choices, slug) or (dt.date.min, dt.date.min)
    return plans.add_plan(
        person,
        partnership,
        slug=slug,
        title=choices.title or draft.title or draft.strategy or slug,
        strategy=draft.strategy,
        period_from=first,
        period_to=last,
        as_at=draft.as_at or choices.as_at,
    )
