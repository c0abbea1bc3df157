"""What a partnership's overview shows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may, visible
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.plans import counts
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import PlanFacts, address_of, effective_date, facts_of, reader_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rows import plan_rows
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.plans.standing import ObjectivePart, standing


@dataclass(frozen=True)
class StatusRow:
    """How many shares of each authority, and of all, have a status; `filters` in an address shows them."""

    status: str
    filters: str
    by_authority: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class ObjectiveRow:
    """What of an objective needs a look, authority by authority."""

    id: int
    number: str
    title: str
    by_authority: tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True)
class Overview:
    """A partnership: its plans, and where the one that runs stands."""

    plans: tuple[PlanFacts, ...]
    current: PlanFacts | None
    base: str
    actions: int
    tallies: tuple[counts.Tally, ...]
    all_counts: counts.Tally
    statuses: tuple[StatusRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    authorities: tuple[Authority, ...]
    may_add: bool


def overview(partnership: Partnership, person: Acting, asked: dt.date | None = None) -> Overview:
    """The overview of a partnership that the person may read; its figures are those of its newest running plan."""
    plans = _newest_first(visible(person, Plan).where(Plan.partnership == partnership))
    authorities = authorities_of(partnership.id)
    current = next((plan for plan in plans if plan.state == "agreed"), plans[0] if plans else None)
    as_at = effective_date(current, asked) if current else dt.date.min
    reader = reader_of(person, partnership.id)
    rule = rule_of(partnership.id, as_at)
    parts = standing(plan_rows(current.id, as_at), authorities, rule.late_on(as_at), reader) if current else ()
    lines = counts.lines_of(parts)
    tallies = counts.tallies(lines, authorities, frozenset())
    return Overview(
        plans=tuple(facts_of(plan, effective_date(plan, None)) for plan in plans),
        current=facts_of(current, as_at) if current else None,
        base=address_of(partnership.slug, current.slug) if current else "",
        actions=sum(len(part.actions) for part in parts),
        tallies=tallies,
        all_counts=counts.Tally("All", "", "", is_mine=False, counts=counts.tally(lines)),
        statuses=_statuses(tallies),
        objectives=_objectives(parts, tallies),
        authorities=tuple(authorities),
        may_add=may(person, Permission.PLAN_EDIT, partnership),
    )


def _newest_first(plans: Iterable[Plan]) -> list[Plan]:
    return sorted(plans, key=lambda plan: (plan.period_from, plan.id), reverse=True)


def _statuses(tallies: Sequence[counts.Tally]) -> tuple[StatusRow, ...]:
    rows = []
    for status in (*counts.STATUSES, counts.OVERDUE):
        key = status.replace(" ", "-")
        filters = {NOT_REPORTED: "not_reported=1", counts.OVERDUE: "overdue=1"}.get(status, f"status={key}")
        by_authority = tuple(tally.counts[status] for tally in tallies)
        rows.append(StatusRow(status, filters, by_authority, sum(by_authority)))
    return tuple(rows)


def _objectives(parts: Iterable[ObjectivePart], tallies: Sequence[counts.Tally]) -> tuple[ObjectiveRow, ...]:
    rows = []
    for part in parts:
        lines = counts.lines_of([part])
        by_authority = tuple(counts.exceptions(line for line in lines if line.slug == tally.slug) for tally in tallies)
        rows.append(ObjectiveRow(part.id, part.number, part.title, by_authority))
    return tuple(rows)
