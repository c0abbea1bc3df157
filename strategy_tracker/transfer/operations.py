"""Bringing a plan in: everything is checked, then all of it is applied, or nothing."""

from strategy_tracker import history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.errors import Invalid
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Plan
from strategy_tracker.transfer.apply import Applying
from strategy_tracker.transfer.begun import period_for, title_for
from strategy_tracker.transfer.changes import PlanChanges
from strategy_tracker.transfer.check import Choices, problems_of
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.lines import changes_of
from strategy_tracker.transfer.queries import plan_at
from strategy_tracker.transfer.stored import StoredPlan, stored_plan
from strategy_tracker.transfer.taken import not_taken

NO_CHOICES = Choices()


def changes_for(
    person: Acting, partnership: Partnership, slug: str, draft: PlanDraft, choices: Choices = NO_CHOICES
) -> PlanChanges:
    """What an import would do. Raises Invalid with everything that is wrong, place by place."""
    require(person, Permission.PLAN_IMPORT, partnership)
    stored = stored_plan(partnership.id, plan_at(partnership.id, slug))
    return _checked(person, partnership, stored, draft, choices, slug)


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
        changes = _checked(person, partnership, stored, draft, choices, slug)
        if not changes.is_nothing:
            plan = kept or _add_plan(person, partnership, slug, draft, choices)
            Applying(person, plan, stored, changes, choices.reason).all()
    return changes


def _checked(
    person: Acting, partnership: Partnership, stored: StoredPlan, draft: PlanDraft, choices: Choices, slug: str
) -> PlanChanges:
    problems = problems_of(draft, stored, choices)
    if stored.row is None and period_for(draft, choices, slug) is None:
        problems |= no_period().problems
    if problems:
        raise Invalid(problems)
    changes = changes_of(stored, draft, choices, slug)
    if refused := not_taken(person, partnership.id, stored, changes):
        raise Invalid(refused)
    return changes


def _add_plan(person: Acting, partnership: Partnership, slug: str, draft: PlanDraft, choices: Choices) -> Plan:
    period = period_for(draft, choices, slug)
    if period is None:
        raise no_period()
    return plans.add_plan(
        person,
        partnership,
        slug=slug,
        title=title_for(draft, choices, slug),
        strategy=draft.strategy,
        period_from=period[0],
        period_to=period[1],
        as_at=draft.as_at or choices.as_at,
    )


def no_period() -> Invalid:
    return Invalid({"period": "No line of the file says the plan's period; give it with the plan"})
