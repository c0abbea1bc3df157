"""The shares to which a person may add something."""

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.models import Action, Share


def own_shares(person: Acting, action: Action) -> list[Share]:
    """The action's shares for which this person may write, in the order of the authorities."""
    query = visible(person, Share, Permission.PROGRESS_WRITE).where(Share.action == action.id)
    return list(query.order_by(Authority.position, Authority.id))
