"""A person's dates across partnerships: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.calendars.queries import Changed, last_changes
from strategy_tracker.calendars.rules import due_words, shortened, told_status
from strategy_tracker.plans.dates.queries import moves_of_plan
from strategy_tracker.plans.dates.rules import Move, with_moves
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.milestones.queries import due_of, milestones_of_plan
from strategy_tracker.plans.milestones.queries import moves_of_plan as milestone_moves_of_plan
from strategy_tracker.plans.milestones.rules import State, state_of, told
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import address_of
from strategy_tracker.plans.rules import Status, late_by
from strategy_tracker.reviews.decisions.queries import Told, open_decisions_of
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.meetings.rules import time_words
from strategy_tracker.reviews.my_work import Entry, Work, work_of
from strategy_tracker.reviews.queries import running_plans
from strategy_tracker.reviews.risks.work import Open, open_risks_of
from strategy_tracker.risks.addresses import address_of_register
from strategy_tracker.risks.rules import is_review_overdue
from strategy_tracker.text import without_exempt


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
    """In order of time: what she reports on with its milestones, the last day of each running plan she may read,
    the meetings of the steering group, what it decided that she sees to, and the reviews of her risks.
    """
    plans, works = running_plans(person), work_of(person)
    steps = {work.plan.id: _own_milestones(work) for work in works}
    meetings, decided = list(visible(person, Meeting)), open_decisions_of(person, clock.today())
    risks, _ = open_risks_of(person)
    subjects = _subjects(plans, works, steps)
    subjects |= {"Meeting": {one.id for one in meetings}, "Decision": {one.id for one in decided}}
    subjects |= {"Risk": {one.id for one in risks}}
    changed = last_changes(subjects)
    found = [_last_day(plan, changed) for plan in plans]
    found += [_meeting(one, changed) for one in meetings]
    found += [_decision(one, changed) for one in decided]
    found += [_review(one, changed) for one in risks]
    for work in works:
        found += _milestones(work, steps[work.plan.id], changed)
        moves = moves_of_plan(work.plan.id)
        found += [
            _due(work, entry, due_on, moves.get(entry.outcome_id, ()), changed)
            for entry in work.entries
            if (due_on := entry.timescale.due_on)
        ]
    return sorted(found, key=lambda one: (one.day, one.key))


def _subjects(
    plans: Iterable[Plan], works: Iterable[Work], steps: Mapping[int, Iterable[Milestone]]
) -> dict[str, set[int]]:
    entries = [entry for work in works for entry in work.entries]
    return {
        "Plan": {plan.id for plan in plans},
        "Action": {entry.action_id for entry in entries},
        "Outcome": {entry.outcome_id for entry in entries},
        "Milestone": {step.id for some in steps.values() for step in some},
    }


def _due(work: Work, entry: Entry, due_on: dt.date, moves: Sequence[Move], changed: Changed) -> Dated:
    place = f", {entry.place}" if entry.place else ""
    rows = (("Outcome", entry.outcome_id), ("Action", entry.action_id))
    return Dated(
        key=f"share-{entry.share_id}-outcome-{entry.outcome_id}",
        day=due_on,
        title=f"{entry.number} {shortened(entry.action)}{place} ({entry.authority})",
        lines=tuple(_told(work, entry, due_on, moves)),
        path=f"{work.base}actions/{entry.action_id}",
        revision=entry.action_version + entry.outcome_version - 2,
        changed_at=_latest(work.plan, rows, changed, [entry.last.recorded_at] if entry.last else []),
        categories=("Overdue",) if entry.is_overdue else (),
        standing=STANDING.get(entry.status, Standing.CONFIRMED),
    )


def _told(work: Work, entry: Entry, due_on: dt.date, moves: Sequence[Move]) -> Iterator[str]:
    yield with_moves(due_words(entry.timescale), moves)
    if moves and moves[-1].reason:
        yield f"Moved because: {moves[-1].reason}"
    if entry.words:
        yield f"Outcome: {entry.words}"
    yield told_status(entry.status, entry.last.as_at if entry.last else None)
    if entry.is_overdue:
        yield f"Overdue by {late_by(due_on, entry.as_at)}"
    yield _of_plan(work.plan)


def _own_milestones(work: Work) -> list[Milestone]:
    """Those of her shares, and those of the whole action where she has one."""
    shares = {entry.share_id for entry in work.entries}
    actions = {entry.action_id for entry in work.entries}
    return [
        step
        for step in milestones_of_plan(work.plan.id)
        if (step.share_id in shares if step.share_id else step.action_id in actions)
    ]


def _milestones(work: Work, steps: Iterable[Milestone], changed: Changed) -> Iterator[Dated]:
    actions = {entry.action_id: entry for entry in work.entries}
    moves = milestone_moves_of_plan(work.plan.id)
    for step in steps:
        yield _milestone(work, step, actions[step.action_id], moves.get(step.id, ()), changed)


def _milestone(work: Work, step: Milestone, entry: Entry, moves: Sequence[Move], changed: Changed) -> Dated:
    due, of = due_of(step), f" ({step.share.authority.short_name})" if step.share_id else ""
    lines = [f"Milestone of {entry.number} {shortened(entry.action)}", with_moves(due_words(due), moves)]
    lines += [f"Moved because: {moves[-1].reason}"] if moves and moves[-1].reason else []
    is_missed = state_of(due, step.done_on, entry.as_at) is State.MISSED
    return Dated(
        key=f"milestone-{step.id}",
        day=step.due_on,
        title=f"{entry.number} {shortened(step.text)}{of}",
        lines=(*lines, told(due, step.done_on, entry.as_at), _of_plan(work.plan)),
        path=f"{work.base}actions/{entry.action_id}",
        revision=entry.action_version + step.version - 2,
        changed_at=_latest(work.plan, (("Milestone", step.id), ("Action", entry.action_id)), changed, []),
        categories=("Milestone", "Overdue") if is_missed else ("Milestone",),
    )


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


def _meeting(meeting: Any, changed: Changed) -> Dated:
    home, is_off = meeting.partnership, meeting.called_off_at is not None
    reviews = f"Reviews {meeting.quarter.words}" if meeting.quarter_id else ""
    lines = (time_words(meeting.starts_at), meeting.venue, reviews, "Called off" if is_off else "")
    return Dated(
        key=f"meeting-{meeting.id}",
        day=meeting.held_on,
        title=f"Steering group ({home.name})",
        lines=tuple(line for line in lines if line),
        path=f"/p/{home.slug}/meetings/{meeting.id}/",
        revision=meeting.version - 1,
        changed_at=changed.get(("Meeting", meeting.id), _midnight(meeting.held_on)),
        categories=("Meeting",),
        standing=Standing.CANCELLED if is_off else Standing.CONFIRMED,
    )


def _decision(decision: Told, changed: Changed) -> Dated:
    """Without what is exempt: a calendar is read outside."""
    words = without_exempt(decision.words)
    return Dated(
        key=f"decision-{decision.id}",
        day=decision.due_on,
        title=f"{decision.reference}: {shortened(words)}" if words else decision.reference,
        lines=(f"By {clock.long_date(decision.due_on)}: {decision.owner_without_name}", decision.partnership),
        path=decision.address,
        revision=decision.version - 1,
        changed_at=changed.get(("Decision", decision.id), _midnight(decision.held_on)),
        categories=("Decision", "Overdue") if decision.is_overdue else ("Decision",),
    )


def _review(risk: Open, changed: Changed) -> Dated:
    """Without the risk's words: a calendar is read outside, and the risk may be private."""
    is_late = is_review_overdue(risk.review_due_on, None, risk.register.day)
    return Dated(
        key=f"risk-{risk.slug}-review",
        day=risk.review_due_on,
        title=f"Review risk {risk.number}: {shortened(risk.register.title)}",
        lines=(f"By {clock.long_date(risk.review_due_on)}", risk.register.partnership.name),
        path=f"{address_of_register(risk.register)}{risk.slug}/",
        revision=risk.version - 1,
        changed_at=changed.get(("Risk", risk.id), _midnight(risk.review_due_on)),
        categories=("Risk", "Overdue") if is_late else ("Risk",),
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _of_plan(plan: Plan) -> str:
    return f"Plan: {plan.title}, {plan.partnership.name}"


def _latest(plan: Plan, rows: Iterable[tuple[str, int]], changed: Changed, more: Iterable[dt.datetime]) -> dt.datetime:
    """When what an entry says was last changed; what came in with its plan has the plan's time."""
    known = [*(changed[row] for row in rows if row in changed), *more]
    return max(known) if known else changed.get(("Plan", plan.id), _midnight(plan.period_from))
