"""The verbs of a plan. Each takes the acting person first, checks the policy and the rules, and is one transaction."""

from strategy_tracker.plans.operations.glossary import add_abbreviation, edit_abbreviation, remove_abbreviation
from strategy_tracker.plans.operations.order import move
from strategy_tracker.plans.operations.plan import add_plan, agree_plan, close_plan, edit_plan
from strategy_tracker.plans.operations.progress import confirm_progress, correct_progress, record_progress
from strategy_tracker.plans.operations.shares import edit_share, set_shares
from strategy_tracker.plans.operations.structure import (
    add_action,
    add_objective,
    add_outcome,
    edit_action,
    edit_objective,
    edit_outcome,
    remove,
)

__all__ = [
    "add_abbreviation",
    "add_action",
    "add_objective",
    "add_outcome",
    "add_plan",
    "agree_plan",
    "close_plan",
    "confirm_progress",
    "correct_progress",
    "edit_abbreviation",
    "edit_action",
    "edit_objective",
    "edit_outcome",
    "edit_plan",
    "edit_share",
    "move",
    "record_progress",
    "remove",
    "remove_abbreviation",
    "set_shares",
]
