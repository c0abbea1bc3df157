"""What a quarter's returns say in figures, as values: frozen, and without a select."""

from dataclasses import dataclass
from functools import cached_property

from strategy_tracker.quarters.rules import ReturnState
from strategy_tracker.reviews.returns.people import PersonFigure, people_of
from strategy_tracker.reviews.returns.rules import Exceptional, Moved, OutcomeFigure, Told, problem_with


@dataclass(frozen=True)
class ShareFigure:
    """One authority's part of an action in a quarter. `owner` is empty where nobody is named.

    `status` is the worst of its outcomes at the end of the quarter, `before` at the end of the last one.
    `is_closed`: its plan is, so that nothing more can be said of it.
    """

    share_id: int
    plan_id: int
    plan: str
    objective_id: int
    objective: str
    title: str
    action_id: int
    number: str
    action: str
    owner_kind: str
    owner: str
    outcomes: tuple[OutcomeFigure, ...]
    told: Told
    status: str
    before: str
    exceptions: tuple[Exceptional, ...]
    is_closed: bool = False

    @property
    def is_exception(self) -> bool:
        return bool(self.exceptions)

    @property
    def is_silent(self) -> bool:
        """Whether the quarter has no word of it where one is due: its status is then that of before, and not of now."""
        return self.told is Told.MISSING and not any(one.said for one in self.outcomes)

    @property
    def moved(self) -> tuple[Moved, ...]:
        return tuple(moved for one in self.outcomes for moved in one.moved)


@dataclass(frozen=True)
class Problem:
    """What keeps a return from being submitted. `note_id` is the note to correct."""

    share: ShareFigure
    outcome: OutcomeFigure
    note_id: int
    words: str


@dataclass(frozen=True)
class ReturnFigures:
    """One authority's return. `return_id` is None, and `version` 1, where nothing has happened to it yet."""

    quarter_id: int
    authority_id: int
    slug: str
    short_name: str
    name: str
    return_id: int | None
    version: int
    state: ReturnState
    shares: tuple[ShareFigure, ...]

    def count(self, told: Told) -> int:
        return sum(one.told is told for one in self.shares)

    @cached_property
    def reported(self) -> int:
        return self.count(Told.REPORTED)

    @cached_property
    def no_change(self) -> int:
        return self.count(Told.NO_CHANGE)

    @cached_property
    def missing(self) -> int:
        return self.count(Told.MISSING)

    @cached_property
    def nothing_due(self) -> int:
        return self.count(Told.NOTHING_DUE)

    @property
    def due(self) -> int:
        """Shares of which a report is due, those that are reported among them."""
        return len(self.shares) - self.nothing_due

    @cached_property
    def exceptions(self) -> tuple[ShareFigure, ...]:
        """The shares that stand out, in the order of the plan."""
        return tuple(one for one in self.shares if one.exceptions)

    @cached_property
    def people(self) -> tuple[PersonFigure, ...]:
        """Everybody from whom something is due, those of whom most is missing first."""
        return people_of((one.owner_kind, one.owner, one.told) for one in self.shares)

    @property
    def missing_people(self) -> tuple[PersonFigure, ...]:
        return tuple(one for one in self.people if one.missing)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(share, one, one.last.note_id, words)
            for share in self.shares
            for one in share.outcomes
            if one.last is not None and (words := problem_with(one.last))
        )

    @property
    def summary(self) -> dict[str, int]:
        """The counts, as they are kept with each step of the return."""
        return {
            "reported": self.reported,
            "no_change": self.no_change,
            "missing": self.missing,
            "nothing_due": self.nothing_due,
            "exceptions": len(self.exceptions),
        }


@dataclass(frozen=True)
class BoardFigures:
    """Every return of a quarter, in the order of the authorities."""

    quarter_id: int
    returns: tuple[ReturnFigures, ...]

    def in_state(self, state: ReturnState) -> tuple[ReturnFigures, ...]:
        return tuple(one for one in self.returns if one.state is state)

    @property
    def reported(self) -> int:
        return sum(one.reported for one in self.returns)

    @property
    def no_change(self) -> int:
        return sum(one.no_change for one in self.returns)

    @property
    def missing(self) -> int:
        return sum(one.missing for one in self.returns)

    @property
    def nothing_due(self) -> int:
        return sum(one.nothing_due for one in self.returns)

    @property
    def exceptions(self) -> int:
        return sum(len(one.exceptions) for one in self.returns)
