"""Milestones in the words of the domain."""

import datetime as dt
from typing import Any

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.owners import Owner
from strategy_tracker.plans.milestones import operations
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.milestones.queries import due_of
from strategy_tracker.plans.models import Action
from strategy_tracker.plans.rules import Timescale
from tests import builders

JULY = Timescale.by(dt.date(2010, 7, 30))


def a_milestone(
    action: Action, text: str = "A draft is out", due: Timescale = JULY, *, of: str = "", by: Acting = OPERATOR
) -> Milestone:
    """Of the whole action, or of one authority's share."""
    share = builders.share(action, of) if of else None
    return operations.add_milestone(by, action, share, text=text, due=due)


def edited(milestone: Milestone, by: Acting = OPERATOR, version: int | None = None, **changes: Any) -> Milestone:
    """Edits it: what is not named stays."""
    words = {"text": milestone.text, "due": due_of(milestone), "owner": Owner()} | changes
    operations.edit_milestone(by, milestone, version or milestone.version, **words)
    return milestone
