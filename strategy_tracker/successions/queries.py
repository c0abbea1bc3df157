"""What an authority has to hand over, and what was handed over."""

from typing import Any

from peewee import ModelSelect

from strategy_tracker.authorities.models import Authority, Succession
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, Share
from strategy_tracker.successions.models import ShareSuccession

OPEN = Plan.state != "closed"


def open_shares(authority_id: int) -> list[Share]:
    """An authority's parts in plans that are not closed, plan by plan in their order, each with its whole way up."""
    query = Share.reach().query.where(Share.authority == authority_id, OPEN)
    places = (Objective.position, Objective.id, Action.position, Action.id)
    return list(query.order_by(Plan.period_from, Plan.id, *places))


def open_leads(authority_id: int) -> list[Any]:
    """The objectives, actions and outcomes that an authority leads in plans that are not closed."""
    found: list[Any] = []
    for model in (Objective, Action, Outcome):
        found.extend(model.reach().query.where(model.lead == authority_id, OPEN).order_by(model.id))
    return found


def handed_over(action_id: int) -> ModelSelect:
    """What was handed over of an action, in the order in which it was: each with the share before and its authority."""
    return (
        ShareSuccession.select(ShareSuccession, Share, Authority, Succession)
        .join(Share, on=ShareSuccession.before)
        .join(Authority)
        .switch(ShareSuccession)
        .join(Succession)
        .where(Share.action == action_id)
        .order_by(ShareSuccession.id)
    )
