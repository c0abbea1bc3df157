"""How far each objective is: the worst status of each authority, and how many of its shares have it."""

from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.plans.document import WORST_IN_OVERVIEW, Standing
from strategy_tracker.reviews.report_sections.lines import ObjectiveLine, Reading
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.reviews.report_sections.rules import WELL

MOST_COLUMNS = 4
"""Authorities that have a column each on a page in portrait."""


@dataclass(frozen=True)
class Cell:
    """An authority's worst status, and in words how many have it; `status` empty: it has no part."""

    authority: str
    status: str
    words: str


@dataclass(frozen=True)
class Progress:
    """One objective. `well` of its `of` shares stand well; `by_status` tells the cells the other way round."""

    number: str
    title: str
    well: int
    of: int
    cells: tuple[Cell, ...]
    by_status: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PlanProgress:
    plan: str
    objectives: tuple[Progress, ...]


@dataclass(frozen=True)
class Objectives:
    """`has_columns`: there is room for a column for each authority."""

    authorities: tuple[str, ...]
    has_columns: bool
    plans: tuple[PlanProgress, ...]


def objectives(context: SectionContext) -> Objectives | None:
    read = reading(context)
    if not any(plan.objectives for plan in read.plans):
        return None
    return Objectives(
        authorities=tuple(each.short_name for each in read.authorities),
        has_columns=len(read.authorities) <= MOST_COLUMNS,
        plans=tuple(
            PlanProgress(read.name_of(plan), tuple(_progress(read, one) for one in plan.objectives))
            for plan in read.plans
        ),
    )


def _progress(read: Reading, objective: ObjectiveLine) -> Progress:
    shares = [share for action in objective.actions for share in action.shares]
    cells = tuple(_cells(read, objective))
    return Progress(
        number=objective.number,
        title=objective.title,
        well=sum(one.status in WELL for one in shares),
        of=len(shares),
        cells=cells,
        by_status=tuple(
            (status, ", ".join(cell.authority for cell in cells if cell.status == status))
            for status in WORST_IN_OVERVIEW
            if any(cell.status == status for cell in cells)
        ),
    )


def _cells(read: Reading, objective: ObjectiveLine) -> Iterator[Cell]:
    for each in read.authorities:
        found = [
            share.status for action in objective.actions for share in action.shares if share.authority_id == each.id
        ]
        if not found:
            yield Cell(each.short_name, "", "No part")
            continue
        worst = str(next(status for status in WORST_IN_OVERVIEW if status in found))
        yield Cell(each.short_name, worst, Standing(each.short_name, worst, found.count(worst), len(found)).words)
