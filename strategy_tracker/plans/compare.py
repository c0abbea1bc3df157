"""Authorities side by side: objective by objective, and who has never reported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.rollup.rules import RollUp, Rule, roll_up
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.plans.standing import Line, ObjectivePart


@dataclass(frozen=True)
class Cell:
    """An authority in an objective: the roll-up of its shares, and the day of its last report (empty: none)."""

    rollup: RollUp
    last: str


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective with the cell of each authority that takes part, by slug."""

    id: int
    number: str
    title: str
    whole: RollUp
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Silence:
    """How many of an authority's shares nobody ever reported on, and the day of its last report (empty: none)."""

    authority: str
    slug: str
    missing: int
    of: int
    last: str


def by_objective(parts: Iterable[ObjectivePart], rule: Rule) -> tuple[ObjectiveRow, ...]:
    """A row for each objective, in the order of the plan."""
    rows = []
    for part in parts:
        lines = [line for action in part.actions for line in action.lines]
        slugs = dict.fromkeys(line.slug for line in lines)
        cells = {slug: _cell([line for line in lines if line.slug == slug], rule) for slug in slugs}
        rows.append(ObjectiveRow(part.id, part.number, part.title, _rolled(lines, rule), cells))
    return tuple(rows)


def silence(parts: Iterable[ObjectivePart], authorities: Iterable[Authority]) -> tuple[Silence, ...]:
    """A row for each authority that has a share, in their order."""
    lines = [line for part in parts for action in part.actions for line in action.lines]
    found = []
    for authority in authorities:
        own = [line for line in lines if line.slug == authority.slug]
        if own:
            missing = sum(line.status == NOT_REPORTED for line in own)
            found.append(Silence(authority.short_name, authority.slug, missing, len(own), _last(own)))
    return tuple(found)


def _cell(lines: Sequence[Line], rule: Rule) -> Cell:
    return Cell(_rolled(lines, rule), _last(lines))


def _rolled(lines: Iterable[Line], rule: Rule) -> RollUp:
    return roll_up(((line.status, line.is_overdue) for line in lines), rule)


def _last(lines: Iterable[Line]) -> str:
    latest = max(lines, key=lambda line: line.last_on, default=None)
    return latest.as_at if latest else ""
