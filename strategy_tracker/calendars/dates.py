"""A person's dates across partnerships: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.access.policy import Acting
from strategy_tracker.calendars.queries import Changed, last_changes
from strategy_tracker.calendars.rules import due_words, shortened, told_status
from strategy_tracker.plans.dates.queries import moves_of_plan
from strategy_tracker.plans.dates.rules import Move, with_moves
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import address_of
from strategy_tracker.plans.rules import Status, late_by
from strategy_tracker.reviews.my_work import Entry, Work, work_of
from strategy_tracker.reviews.queries import running_plans


class Standing(StrEnum):
    """Whether a date still runs."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


STANDING: dict[str, Standing] = {
    Status.DEFERRED: Standing.TENTATIVE,
    Status.CARRIED_FORWARD: Standing.CANCELLED,
    Status.STOPPED: Standing.CANCELLED,
}


@dataclass(frozen=True)
class Dated:
    """One day in the calendar. `key` stays the same whatever changes; `revision` grows with each change."""

    key: str
    day: dt.date
    title: str
    lines: tuple[str, ...]
    path: str
    revision: int
    changed_at: dt.datetime
    categories: tuple[str, ...] = ()
    standing: Standing = Standing.CONFIRMED


def dates_of(person: Acting) -> list[Dated]:
    """The dates of what she reports on, and the last day of each running plan that she may read; in order of time."""
    plans, works = running_plans(person), work_of(person)
    changed = last_changes(_subjects(plans, works))
    found = [_last_day(plan, changed) for plan in plans]
    for work in works:
        moves = moves_of_plan(work.plan.id)
        found += [
            _due(work, entry, due_on, moves.get(entry.outcome.id, ()), changed)
            for entry in work.entries
            if (due_on := entry.timescale.due_on)
        ]
    return sorted(found, key=lambda one: (one.day, one.key))


def _subjects(plans: Iterable[Plan], works: Iterable[Work]) -> dict[str, set[int]]:
    entries = [entry for work in works for entry in work.entries]
    return {
        "Plan": {plan.id for plan in plans},
        "Action": {entry.share.action_id for entry in entries},
        "Outcome": {entry.outcome.id for entry in entries},
    }


def _due(work: Work, entry: Entry, due_on: dt.date, moves: Sequence[Move], changed: Changed) -> Dated:
    action, outcome = entry.share.action, entry.outcome
    part = f", {entry.part}" if entry.part else ""
    rows = (("Outcome", outcome.id), ("Action", action.id))
    return Dated(
        key=f"share-{entry.share.id}-outcome-{outcome.id}",
        day=due_on,
        title=f"{action.number} {shortened(action.text)}{part} ({entry.share.authority.short_name})",
        lines=tuple(_told(work, entry, due_on, moves)),
        path=f"{work.base}actions/{action.id}",
        revision=action.version + outcome.version - 2,
        changed_at=_latest(work.plan, rows, changed, [entry.last.recorded_at] if entry.last else []),
        categories=("Overdue",) if entry.is_overdue else (),
        standing=STANDING.get(entry.status, Standing.CONFIRMED),
    )


def _told(work: Work, entry: Entry, due_on: dt.date, moves: Sequence[Move]) -> Iterator[str]:
    yield with_moves(due_words(entry.timescale), moves)
    if moves and moves[-1].reason:
        yield f"Moved because: {moves[-1].reason}"
    if entry.outcome.text:
        yield f"Outcome: {entry.outcome.text}"
    yield told_status(entry.status, entry.last.as_at if entry.last else None)
    if entry.is_overdue:
        yield f"Overdue by {late_by(due_on, work.as_at)}"
    yield _of_plan(work.plan)


def _last_day(plan: Plan, changed: Changed) -> Dated:
    return Dated(
        key=f"plan-{plan.id}-end",
        day=plan.period_to,
        title=f"Last day of {shortened(plan.title)} ({plan.partnership.name})",
        lines=("The period of the plan ends.", _of_plan(plan)),
        path=address_of(plan.partnership.slug, plan.slug),
        revision=plan.version - 1,
        changed_at=_latest(plan, (("Plan", plan.id),), changed, []),
    )


def _of_plan(plan: Plan) -> str:
    return f"Plan: {plan.title}, {plan.partnership.name}"


def _latest(plan: Plan, rows: Iterable[tuple[str, int]], changed: Changed, more: Iterable[dt.datetime]) -> dt.datetime:
    """When what an entry says was last changed; what came in with its plan has the plan's time."""
    known = [*(changed[row] for row in rows if row in changed), *more]
    return max(known) if known else changed.get(("Plan", plan.id), dt.datetime.combine(plan.period_from, dt.time()))
