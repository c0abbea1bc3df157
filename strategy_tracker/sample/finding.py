"""Parts of the sample's plan by the numbers that the sample names them by."""

from typing import Any

from strategy_tracker.plans.models import Action, Objective, Outcome, Plan


def action_of(plan: Plan, number: str) -> Action:
    """With its objective, so that the plan is at hand."""
    action: Action = Action.select(Action, Objective).join(Objective).where(_numbered(plan, number)).get()
    action.objective.plan = plan
    return action


def only_outcome(action: Action) -> Outcome:
    """The outcome of an action that has one, with the action at hand."""
    outcome: Outcome = Outcome.select().where(Outcome.action == action, Outcome.removed_at.is_null()).get()
    outcome.action = action
    return outcome


def first_outcome(plan: Plan, number: str) -> Outcome:
    outcome: Outcome = Outcome.select().join(Action).join(Objective).where(_numbered(plan, number)).get()
    return outcome


def _numbered(plan: Plan, number: str) -> Any:
    return (Objective.plan == plan) & (Action.number == number)
