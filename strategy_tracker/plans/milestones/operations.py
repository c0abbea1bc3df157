"""The verbs of a milestone."""

import datetime as dt
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.policy import Acting
from strategy_tracker.checks import Problems, checked_owner, checked_reason
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.owners import Owner
from strategy_tracker.plans import checks
from strategy_tracker.plans.attached.operations import require_attach, require_write
from strategy_tracker.plans.milestones.models import Milestone, MilestoneRevision
from strategy_tracker.plans.models import Action, Share
from strategy_tracker.plans.rules import Timescale

NOBODY = Owner()


def add_milestone(
    person: Acting,
    action: Action,
    share: Share | None = None,
    *,
    text: str,
    due: Timescale,
    owner: Owner = NOBODY,
    form_key: str | None = None,
) -> Milestone:
    """A step of the action, or of one authority's share of it. `due` is a date. Raises Forbidden, Invalid."""
    require_attach(person, action, share)
    columns = _columns(text, due, owner)
    with history.writing(person, form_key):
        checks.require_open(action.plan)
        milestone = Milestone.create(action=action, share=share, **columns)
        _record(person, milestone, "milestone added", after=columns)
    return milestone


def edit_milestone(
    person: Acting,
    milestone: Milestone,
    version: int,
    *,
    text: str,
    due: Timescale,
    owner: Owner,
    reason: str = "",
    form_key: str | None = None,
) -> None:
    """New words, owner or date, with the reason in the history where one is given.

    A date that moves needs one, and what it was stays. Raises Conflict, Invalid.
    """
    require_write(person, milestone)
    columns = _columns(text, due, owner)
    before = {name: getattr(milestone, name) for name in columns}
    is_moved = any(before[name] != columns[name] for name in ("due_on", "due_precision"))
    given = is_moved or reason.strip()
    why = checked_reason(reason, "Say why the date moves: the old one stays on view beside the new") if given else ""
    with history.writing(person, form_key):
        checks.require_open(milestone.plan)
        save_versioned(milestone, version, **columns)
        said: dict[str, Any] = {"reason": why} if why else {}
        verb = "milestone moved" if is_moved else "milestone edited"
        _record(person, milestone, verb, before=before, after=columns, **said)
        if is_moved:
            _keep_move(person, milestone, before, why)


def complete_milestone(
    person: Acting, milestone: Milestone, version: int, *, done_on: dt.date, form_key: str | None = None
) -> None:
    """Done, as on a day that is not in the future; a second time: done on another day. Raises Conflict, Invalid."""
    require_write(person, milestone)
    problems = Problems()
    problems.date("done_on", "The day it was done", done_on)
    if done_on > clock.today():
        problems.add("done_on", "The day it was done cannot be in the future")
    problems.raise_if_any()
    _save_done(person, milestone, version, "milestone done", done_on, form_key)


def reopen_milestone(
    person: Acting, milestone: Milestone, version: int, *, reason: str, form_key: str | None = None
) -> None:
    """Not done after all, which needs a reason. Raises Conflict, Invalid."""
    require_write(person, milestone)
    if milestone.done_on is None:
        raise Invalid({"done_on": "This milestone is not marked as done"})
    why = checked_reason(reason, "Say why it is not done after all")
    _save_done(person, milestone, version, "milestone reopened", None, form_key, reason=why)


def remove_milestone(
    person: Acting, milestone: Milestone, version: int, *, reason: str, form_key: str | None = None
) -> None:
    """Takes it away, which needs a reason; history keeps what it said. Raises Conflict, Invalid."""
    require_write(person, milestone)
    why = checked_reason(reason, "Say why the milestone is removed: the history keeps it")
    with history.writing(person, form_key):
        checks.require_open(milestone.plan)
        save_versioned(milestone, version, removed_at=clock.now())
        _record(person, milestone, "milestone removed", reason=why)


def _save_done(
    person: Acting,
    milestone: Milestone,
    version: int,
    verb: str,
    done_on: dt.date | None,
    form_key: str | None,
    **said: Any,
) -> None:
    before = {"done_on": milestone.done_on}
    with history.writing(person, form_key):
        checks.require_open(milestone.plan)
        save_versioned(milestone, version, done_on=done_on)
        _record(person, milestone, verb, before=before, after={"done_on": done_on}, **said)


def _keep_move(person: Acting, milestone: Milestone, before: dict[str, Any], reason: str) -> None:
    """Inside the transaction, after the save: its lock on the row keeps the numbers without gap or double."""
    made = MilestoneRevision.select().where(MilestoneRevision.milestone == milestone).count()
    MilestoneRevision.create(
        milestone=milestone,
        number=made + 1,
        dated_on=clock.today(),
        recorded_at=clock.now(),
        person=person.id,
        reason=reason,
        old_due_on=before["due_on"],
        old_precision=before["due_precision"],
        new_due_on=milestone.due_on,
        new_precision=milestone.due_precision,
    )


def _columns(text: str, due: Timescale, owner: Owner) -> dict[str, Any]:
    problems = Problems()
    columns: dict[str, Any] = {"text": problems.line("text", "What will be reached", text)}
    if due.due_on is None or due.precision is None:
        problems.add("due_on", "Enter the date by which it is due")
    else:
        problems.date("due_on", "The date", due.due_on)
        columns |= {"due_on": due.due_on, "due_precision": due.precision.value}
    columns |= checked_owner(problems, owner)
    problems.raise_if_any()
    return columns


def _record(person: Acting, milestone: Milestone, verb: str, **data: Any) -> None:
    data |= {"of": milestone.of, "text": milestone.text}
    history.record(person, milestone.plan.partnership_id, verb, milestone, version=milestone.version, **data)
