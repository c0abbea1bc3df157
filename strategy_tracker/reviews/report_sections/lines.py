"""The plans of a quarter line by line: what each authority says now, and what it counted as a quarter before."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.plans.dates.queries import Moves
from strategy_tracker.plans.models import Outcome, Plan
from strategy_tracker.plans.rollup.rules import Rule
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.plans.versions.differences import Difference


@dataclass(frozen=True, slots=True)
class Word:
    """The last that an authority said about an outcome by a date."""

    on: dt.date
    status: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One outcome of a share. `status` is what it counts as in the quarter, `late` how long overdue, in words.

    `word` is the last one, `is_of_quarter` whether it was said as at a day of the quarter.
    """

    outcome: Outcome
    when: str
    word: Word | None
    is_of_quarter: bool
    status: str
    late: str

    @property
    def due_on(self) -> dt.date | None:
        return self.outcome.timescale.due_on


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One authority's part of an action. `was` is None where it had none in the quarter before."""

    authority_id: int
    authority: str
    status: str
    was: str | None
    outcomes: tuple[OutcomeLine, ...]

    @property
    def is_missing(self) -> bool:
        """Whether a report is missing about one outcome at least."""
        return self.status == NOT_REPORTED or any(one.status == NOT_REPORTED for one in self.outcomes)

    @property
    def is_overdue(self) -> bool:
        return any(one.late for one in self.outcomes)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action with the parts of those authorities of whom the report tells."""

    id: int
    number: str
    text: str
    shares: tuple[ShareLine, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    number: str
    title: str
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True)
class PlanReading:
    """One plan of the quarter. `before` says whether there was this plan in the quarter before."""

    plan: Plan
    title: str
    period: str
    edition: str
    objectives: tuple[ObjectiveLine, ...]
    structure: tuple[Difference, ...]
    moves: Moves
    before: bool

    @property
    def actions(self) -> Iterator[ActionLine]:
        for objective in self.objectives:
            yield from objective.actions

    @property
    def shares(self) -> Iterator[ShareLine]:
        for action in self.actions:
            yield from action.shares


@dataclass(frozen=True)
class Reading:
    """All plans of the quarter. `previous_words` is the last day of the quarter before, empty where there was none."""

    partnership: Partnership
    authorities: tuple[Authority, ...]
    plans: tuple[PlanReading, ...]
    rule: Rule
    as_at_words: str
    previous_words: str
    since: dt.date

    @property
    def shares(self) -> Iterator[ShareLine]:
        for plan in self.plans:
            yield from plan.shares

    def name_of(self, plan: PlanReading) -> str:
        """The plan's title where the quarter has several, else nothing."""
        return plan.title if len(self.plans) > 1 else ""
