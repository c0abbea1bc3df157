"""What a person reports on, in selects whose number does not grow with it."""

from collections.abc import Collection

from peewee import ModelSelect

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote, Share


def running_plans(person: Acting) -> list[Plan]:
    """The agreed plans that the person may read, the newest period first."""
    rows = visible(person, Plan, Permission.PLAN_READ).where(Plan.state == "agreed")
    return list(rows.order_by(Plan.period_from.desc(), Plan.id.desc()))


def own_shares(plan_id: int, authority_ids: Collection[int]) -> list[Share]:
    """These authorities' standing shares in the order of the plan, each with its action and authority."""
    return list(
        Share.select(Share, Action, Authority)
        .join(Action)
        .join(Objective)
        .switch(Share)
        .join(Authority)
        .where(
            Objective.plan == plan_id,
            Share.authority.in_(list(authority_ids)),
            Share.removed_at.is_null(),
            Action.removed_at.is_null(),
            Objective.removed_at.is_null(),
        )
        .order_by(Objective.position, Objective.id, Action.position, Action.id, Authority.position, Authority.id)
    )


def standing_outcomes(action_ids: Collection[int]) -> ModelSelect:
    """The outcomes of these actions, in order within each."""
    return (
        Outcome.select()
        .where(Outcome.action.in_(list(action_ids)), Outcome.removed_at.is_null())
        .order_by(Outcome.action, Outcome.position, Outcome.id)
    )


def notes_of(share_ids: Collection[int]) -> ModelSelect:
    """Every note of these shares in the order in which they were written."""
    return ProgressNote.select().where(ProgressNote.share.in_(list(share_ids))).order_by(ProgressNote.id)
