"""What a partnership's overview shows, and what a person finds on her front page."""

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
from strategy_tracker.plans.rows import plan_rows
from strategy_tracker.plans.rules import NOT_REPORTED
from strategy_tracker.plans.standing import Line, ObjectivePart, standing


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


@dataclass(frozen=True)
class Due:
    """A share of the person's authorities that needs a report."""

    action_id: int
    number: str
    text: str
    authority: str
    status: str
    is_overdue: bool
    last: str
    address: str


@dataclass(frozen=True)
class Work:
    """What waits for the person in one plan. `total` counts her authorities' shares."""

    partnership: Partnership
    facts: PlanFacts
    base: str
    due: tuple[Due, ...]
    total: int


def overview(partnership: Partnership, person: Acting, asked: dt.date | None = None) -> Overview:
    """The overview of a partnership that the person may read; its figures are those of its newest running plan."""
    plans = _newest_first(visible(person, Plan).where(Plan.partnership == partnership))
    authorities = authorities_of(partnership.id)
    current = next((plan for plan in plans if plan.state == "agreed"), plans[0] if plans else None)
    as_at = effective_date(current, asked) if current else dt.date.min
    reader = reader_of(person, partnership.id)
    parts = standing(plan_rows(current.id, as_at), authorities, as_at, reader) if current else ()
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


def work(person: Acting) -> tuple[Work, ...]:
    """What is not reported, overdue, off track or at risk, in every agreed plan in which her authorities take part."""
    running = visible(person, Plan, Permission.PLAN_READ).where(Plan.state == "agreed")
    found = []
    for plan in _newest_first(running):
        reader = reader_of(person, plan.partnership_id)
        if not reader.authority_ids:
            continue
        as_at = effective_date(plan, None)
        authorities = authorities_of(plan.partnership_id)
        parts = standing(plan_rows(plan.id, as_at), authorities, as_at, reader)
        base = address_of(plan.partnership.slug, plan.slug)
        own = [line for line in counts.lines_of(parts) if line.authority_id in reader.authority_ids]
        if own:
            due = _due(parts, reader.authority_ids, base)
            found.append(Work(plan.partnership, facts_of(plan, as_at), base, due, len(own)))
    return tuple(found)


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


def _due(parts: Iterable[ObjectivePart], own: frozenset[int], base: str) -> tuple[Due, ...]:
    """Overdue first, then what was never reported, then what is off track or at risk; else in the plan's order."""
    found = []
    for part in parts:
        for action in part.actions:
            for line in action.lines:
                if line.authority_id in own and line.is_mine and counts.needs_a_look(line):
                    only = action.outcomes[0].id if len(action.outcomes) == 1 else None
                    found.append((_rank(line), _one(action.id, action.number, action.text, line, only, base)))
    return tuple(due for _, due in sorted(found, key=lambda pair: pair[0]))


def _rank(line: Line) -> tuple[bool, bool]:
    return not line.is_overdue, not counts.is_unsaid(line)


def _one(action_id: int, number: str, text: str, line: Line, outcome_id: int | None, base: str) -> Due:
    place = f"shares/{line.share_id}/outcomes/{outcome_id}/progress" if outcome_id else f"actions/{action_id}#report"
    last = f"{line.as_at}" if line.as_at else ""
    return Due(action_id, number, text, line.authority, line.status, line.is_overdue, last, base + place)
