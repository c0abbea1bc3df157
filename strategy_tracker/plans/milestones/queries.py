"""The selects of milestones."""

from collections import defaultdict
from typing import Any

from peewee import JOIN, ModelSelect

from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.dates.rules import Move
from strategy_tracker.plans.milestones.models import Milestone, MilestoneRevision
from strategy_tracker.plans.models import Action, Objective, Share
from strategy_tracker.plans.rules import Precision, Timescale


def milestones_of_action(action_id: int) -> list[Milestone]:
    """The standing milestones of an action, its shares' among them, in order of their dates."""
    return list(_standing().where(Milestone.action == action_id))


def milestones_of_plan(plan_id: int) -> list[Milestone]:
    """The same for a plan, in order of their dates."""
    query = _standing().join(Action, on=(Milestone.action == Action.id)).join(Objective)
    standing = (Objective.plan == plan_id) & Action.removed_at.is_null() & Objective.removed_at.is_null()
    return list(query.where(standing))


def moves_of_action(action_id: int) -> dict[int, tuple[Move, ...]]:
    """How the dates of an action's milestones moved, oldest first, by the milestone's id."""
    return _moves(Milestone.action == action_id)


def moves_of_plan(plan_id: int) -> dict[int, tuple[Move, ...]]:
    """The same for a plan."""
    actions = Action.select(Action.id).join(Objective).where(Objective.plan == plan_id)
    return _moves(Milestone.action.in_(actions))


def due_of(milestone: Any) -> Timescale:
    return Timescale.by(milestone.due_on, Precision(milestone.due_precision))


def _standing() -> ModelSelect:
    return (
        Milestone.select(Milestone, Share, Authority)
        .join(Share, JOIN.LEFT_OUTER, on=(Milestone.share == Share.id))
        .join(Authority, JOIN.LEFT_OUTER)
        .switch(Milestone)
        .where(Milestone.removed_at.is_null(), Share.removed_at.is_null())
        .order_by(Milestone.due_on, Milestone.id)
    )


def _moves(wanted: Any) -> dict[int, tuple[Move, ...]]:
    rows = (
        MilestoneRevision.select(MilestoneRevision, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .switch(MilestoneRevision)
        .join(Milestone)
        .where(wanted)
        .order_by(MilestoneRevision.milestone, MilestoneRevision.number)
    )
    found: dict[int, list[Move]] = defaultdict(list)
    for row in rows:
        found[row.milestone_id].append(_move(row))
    return {number: tuple(moves) for number, moves in found.items()}


def _move(row: Any) -> Move:
    return Move(
        Timescale.by(row.old_due_on, Precision(row.old_precision)),
        Timescale.by(row.new_due_on, Precision(row.new_precision)),
        row.reason,
        row.person.name if row.person_id else "Import",
        row.dated_on,
    )
