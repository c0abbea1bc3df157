"""Who may keep something with an action, or change what is kept there."""

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, allows
from strategy_tracker.access.scope import require
from strategy_tracker.plans.attached.models import Attached
from strategy_tracker.plans.models import Action, Share


def require_write(person: Acting, row: Attached) -> None:
    """Raises Forbidden for whoever may read it and no more."""
    require(person, row.writes, row)


def require_attach(person: Acting, action: Action, share: Share | None) -> None:
    """Raises Forbidden unless this person may add something to the action, or to the share of it that is named."""
    if share is None:
        require(person, Permission.STRUCTURE_EDIT, action)
        return
    if share.action_id != action.id:
        raise ValueError("the share is of another action")
    require(person, Permission.PROGRESS_WRITE, share)


def may_write(person: Acting, row: Attached) -> bool:
    """Whether a page should offer it; nothing is written in a closed plan."""
    return row.plan.state != "closed" and allows(person, row.writes, row.place())
