"""What a quarter's returns say in figures: frozen, and built without a request in a constant number of selects."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, share_status
from strategy_tracker.plans.standing import timescale_of
from strategy_tracker.quarters.models import Quarter, Return
from strategy_tracker.quarters.queries import return_of, returns_of, state_of, version_of
from strategy_tracker.quarters.rules import ReturnState
from strategy_tracker.reviews.returns import queries
from strategy_tracker.reviews.returns.people import PersonFigure, people_of
from strategy_tracker.reviews.returns.queries import Keyed, ShareRow
from strategy_tracker.reviews.returns.rules import (
    Exceptional,
    Moved,
    OutcomeFigure,
    Said,
    Told,
    exceptions_of,
    problem_with,
    told_of_share,
)


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


def return_figures(quarter: Quarter, authority: Authority) -> ReturnFigures:
    """What one authority's return says now."""
    return _return(quarter, authority, return_of(quarter.id, authority.id), shares_of(quarter, authority.id))


def board_figures(quarter: Quarter) -> BoardFigures:
    """What every return of the quarter says now: of each authority that has a share, or of which there is a return."""
    by_authority: dict[int, list[ShareFigure]] = {}
    for authority_id, share in _figures(quarter, None):
        by_authority.setdefault(authority_id, []).append(share)
    returns = returns_of(quarter.id)
    return BoardFigures(
        quarter.id,
        tuple(
            _return(quarter, each, returns.get(each.id), tuple(by_authority.get(each.id, ())))
            for each in authorities_of(quarter.partnership_id)
            if each.id in by_authority or each.id in returns
        ),
    )


def shares_of(quarter: Quarter, authority_id: int) -> tuple[ShareFigure, ...]:
    """One authority's shares in a quarter, in the order of the plan."""
    return tuple(share for _, share in _figures(quarter, authority_id))


def _return(
    quarter: Quarter, authority: Authority, row: Return | None, shares: tuple[ShareFigure, ...]
) -> ReturnFigures:
    return ReturnFigures(
        quarter_id=quarter.id,
        authority_id=authority.id,
        slug=authority.slug,
        short_name=authority.short_name,
        name=authority.name,
        return_id=row.id if row else None,
        version=version_of(row),
        state=state_of(row),
        shares=shares,
    )


def _figures(quarter: Quarter, authority_id: int | None) -> Iterator[tuple[int, ShareFigure]]:
    """Each share with its authority's id."""
    rows = queries.share_rows(quarter, authority_id)
    if not rows:
        return
    said = queries.said_in(quarter, authority_id)
    before = queries.statuses_before(quarter, authority_id)
    moved = queries.moved_in(quarter)
    late_on = rule_of(quarter.partnership_id, quarter.period_to).late_on(quarter.period_to)
    for _, group in groupby(rows, key=attrgetter("share_id")):
        parts = list(group)
        outcomes = tuple(_outcome(part, said, before, moved, late_on) for part in parts if part.outcome_id is not None)
        yield parts[0].authority_id, _share(parts[0], outcomes)


def _share(row: ShareRow, outcomes: tuple[OutcomeFigure, ...]) -> ShareFigure:
    return ShareFigure(
        share_id=row.share_id,
        plan_id=row.plan_id,
        plan=row.plan,
        objective_id=row.objective_id,
        objective=row.objective,
        title=row.title,
        action_id=row.action_id,
        number=row.number,
        action=row.action,
        owner_kind=row.owner_kind,
        owner=row.owner,
        outcomes=outcomes,
        told=told_of_share([one.told for one in outcomes]),
        status=share_status([one.status for one in outcomes]),
        before=share_status([one.before for one in outcomes]),
        exceptions=exceptions_of(outcomes),
        is_closed=row.plan_state == "closed",
    )


def _outcome(
    row: ShareRow,
    said: Mapping[Keyed, list[Said]],
    before: Mapping[Keyed, str | None],
    moved: Mapping[int, list[Moved]],
    late_on: dt.date,
) -> OutcomeFigure:
    outcome_id = row.outcome_id or 0
    key = row.share_id, outcome_id
    timescale = timescale_of(row.kind, row.due_on, row.precision, row.timescale_words)
    return OutcomeFigure(
        outcome_id=outcome_id,
        words=row.words,
        when=timescale.shown,
        timescale=timescale,
        before=(before[key] or NOT_GIVEN) if key in before else NOT_REPORTED,
        said=tuple(said.get(key, ())),
        moved=tuple(moved.get(outcome_id, ())),
        late_on=late_on,
    )
