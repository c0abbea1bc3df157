"""Where a page goes back to, after a save."""

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
