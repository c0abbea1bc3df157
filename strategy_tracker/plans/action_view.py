"""What the page of one action shows, as values."""

import datetime as dt
from dataclasses import dataclass

from strategy_tracker.plans.changes import Happening
from strategy_tracker.plans.dates.rules import Move, slips, was
from strategy_tracker.plans.pages import PlanFacts
from strategy_tracker.plans.rollup.rules import RollUp
from strategy_tracker.plans.rules import Timescale


@dataclass(frozen=True)
class OutcomeView:
    """An outcome, how its timescale was changed, and whether the reader may edit it.

    `overdue` says by how long and for whom, or is empty. `was` is "was July 2010 (moved twice)", or empty.
    """

    id: int
    text: str
    timescale: Timescale
    moves: tuple[Move, ...]
    lead: str
    overdue: str
    may_edit: bool

    @property
    def was(self) -> str:
        return was(self.moves)

    @property
    def slips(self) -> int:
        """How often the date moved to a later one."""
        return slips(self.moves)


@dataclass(frozen=True)
class Report:
    """What an authority said last about one outcome; `note_id` is None where it said nothing.

    `why` says which rule makes it overdue or red, with the values that it used; empty where neither.
    """

    outcome_id: int
    outcome_text: str
    status: str
    is_overdue: bool
    text: str = ""
    reason: str = ""
    as_at: dt.date | None = None
    author: str = ""
    note_id: int | None = None
    why: str = ""


@dataclass(frozen=True)
class ShareView:
    """One authority's part of the action."""

    id: int
    authority: str
    name: str
    owner: str
    status: str
    is_overdue: bool
    is_mine: bool
    may_write: bool
    writes_on_behalf: bool
    may_edit: bool
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Neighbour:
    """The action before or after."""

    id: int
    number: str
    text: str


@dataclass(frozen=True)
class ActionPage:
    """One action as at a date. `past` names the version that is shown; empty where it is the action as it stands."""

    facts: PlanFacts
    past: str
    base: str
    id: int
    number: str
    text: str
    lead: str
    owner: str
    objective_id: int
    objective: str
    outcomes: tuple[OutcomeView, ...]
    shares: tuple[ShareView, ...]
    rollup: RollUp
    history: tuple[Happening, ...]
    before: Neighbour | None
    after: Neighbour | None
    may_edit: bool
    at_query: str

    @property
    def overdue(self) -> tuple[str, ...]:
        """A sentence for each outcome that is overdue."""
        return tuple(outcome.overdue for outcome in self.outcomes if outcome.overdue)
