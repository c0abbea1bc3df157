"""An action's milestones as its page shows them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from strategy_tracker.access.policy import Acting
from strategy_tracker.plans.attached.operations import may_write
from strategy_tracker.plans.dates.rules import Move, slips, was
from strategy_tracker.plans.milestones.queries import due_of, milestones_of_action, moves_of_action
from strategy_tracker.plans.milestones.rules import State, state_of, told
from strategy_tracker.plans.models import Action


@dataclass(frozen=True)
class MilestoneView:
    """One milestone as at a date. `was` says what its date was before, and how often it moved; `slips` how
    often to a later one; `told` how it stands.

    `authority` is empty where it is the whole action's.
    """

    id: int
    text: str
    when: str
    was: str
    state: State
    told: str
    authority: str
    owner: str
    moves: tuple[Move, ...]
    slips: int
    may_write: bool


def milestone_views(action: Action, person: Acting, as_at: dt.date) -> tuple[MilestoneView, ...]:
    """In order of their dates; two selects, however many there are."""
    moves = moves_of_action(action.id)
    return tuple(_view(row, moves.get(row.id, ()), action, person, as_at) for row in milestones_of_action(action.id))


def _view(row: Any, moves: Sequence[Move], action: Action, person: Acting, as_at: dt.date) -> MilestoneView:
    due = due_of(row)
    row.action = action
    return MilestoneView(
        id=row.id,
        text=row.text,
        when=due.shown,
        was=was(moves),
        state=state_of(due, row.done_on, as_at),
        told=told(due, row.done_on, as_at),
        authority=row.share.authority.short_name if row.is_of_share else "",
        owner=row.owner_name,
        moves=tuple(moves),
        slips=slips(moves),
        may_write=may_write(person, row),
    )
