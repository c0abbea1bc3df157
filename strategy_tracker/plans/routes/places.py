"""Where a page goes back to, and who was there before."""

from typing import Any

from strategy_tracker.history.queries import events_of
from strategy_tracker.plans.models import Action, Objective, Outcome
from strategy_tracker.plans.routes.blueprint import base_of


def address_after(row: Objective | Action | Outcome, *, is_there: bool = False) -> str:
    """The page on which to go on after a part was removed, or (`is_there`) only moved."""
    base = base_of(row.plan)
    if isinstance(row, Outcome):
        return f"{base}actions/{row.action_id}"
    if isinstance(row, Action):
        return f"{base}#a{row.id}" if is_there else f"{base}#o{row.objective_id}"
    return f"{base}#o{row.id}" if is_there else base


def saved_by(row: Any) -> str:
    """Who changed this row last, by name; "Somebody else" where history does not say."""
    last = events_of(type(row).__name__, [row.id]).first()
    return (last.name if last else None) or "Somebody else"
