"""The selects of links between actions."""

import re

from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.plans.links.models import ActionLink
from strategy_tracker.plans.links.rules import Edge, LinkKind
from strategy_tracker.plans.models import Action, Objective, Plan

NUMBER = re.compile(r"(?:actions?|no\.?)?\s*(\S+?)\.?", re.IGNORECASE)


def links_of(action_id: int) -> list[ActionLink]:
    """The links that begin or end at an action, in the order in which they were made."""
    either = (ActionLink.action == action_id) | (ActionLink.other == action_id)
    return list(ActionLink.select().where(either, ActionLink.removed_at.is_null()).order_by(ActionLink.id))


def readable_actions(person: Acting, ids: set[int]) -> dict[int, Action]:
    """Those of the actions that stand and that this person may read."""
    return {action.id: action for action in visible(person, Action).where(Action.id.in_(ids))}


def readable_others(person: Acting, action_id: int) -> dict[int, Action]:
    """What is or was linked to an action, at either end, stands, and may be read by this person."""
    ends = ActionLink.select(ActionLink.other).where(ActionLink.action == action_id)
    starts = ActionLink.select(ActionLink.action).where(ActionLink.other == action_id)
    query = visible(person, Action).where(Action.id.in_(ends) | Action.id.in_(starts))
    return {action.id: action for action in query}


def plans_to_link(person: Acting, action: Action) -> list[Plan]:
    """The partnership's plans that this person may read, the action's own first, then the newest."""
    return list(
        visible(person, Plan)
        .where(Plan.partnership == action.plan.partnership_id)
        .order_by(Plan.id != action.plan.id, Plan.period_from.desc(), Plan.id.desc())
    )


def actions_numbered(person: Acting, plan: Plan, typed: str) -> list[Action]:
    """The plan's actions of this number; "7.2", "Action 7.2" and " 7.2. " are the same."""
    found = NUMBER.fullmatch(typed.strip())
    number = found[1] if found else typed.strip()
    query = visible(person, Action).where(Objective.plan == plan.id, Action.number == number)
    return list(query.order_by(Action.id))


def dependences(partnership_id: int) -> list[Edge]:
    """What depends on what in a partnership, as pairs of ids."""
    rows = (
        ActionLink.select(ActionLink.action, ActionLink.other)
        .join(Action, on=(ActionLink.action == Action.id))
        .join(Objective)
        .join(Plan)
        .where(
            Plan.partnership == partnership_id,
            ActionLink.kind == LinkKind.DEPENDS_ON.value,
            ActionLink.removed_at.is_null(),
        )
    )
    return list(rows.tuples())
