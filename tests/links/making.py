"""Links in the words of the domain."""

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.plans import queries
from strategy_tracker.plans.links.models import ActionLink
from strategy_tracker.plans.links.operations import add_link
from strategy_tracker.plans.links.rules import LinkKind
from strategy_tracker.plans.models import Action
from tests import builders


def a_link(
    action: Action, other: Action | None = None, kind: LinkKind = LinkKind.DEPENDS_ON, *, by: Acting = OPERATOR
) -> ActionLink:
    """To another action; to a new one of the same objective where none is named."""
    if other is None:
        councils = [share.authority.slug for share in queries.shares(action.plan.id) if share.action_id == action.id]
        other = builders.an_action(action.objective, "Something else first", of=councils)
    return add_link(by, action, kind, other)
