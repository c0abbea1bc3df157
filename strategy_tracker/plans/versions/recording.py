"""Keeping the versions of a plan, in the transaction of each change of its structure."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.policy import Acting
from strategy_tracker.checks import Problems
from strategy_tracker.errors import Invalid
from strategy_tracker.history.chain import canonical
from strategy_tracker.plans import checks, queries
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, Share
from strategy_tracker.plans.versions.models import PartRevision, PlanVersion
from strategy_tracker.plans.versions.rules import Change

Row = Plan | Objective | Action | Outcome | Share

COLUMNS: dict[str, tuple[str, ...]] = {
    "plan": ("title", "strategy", "period_from", "period_to"),
    "objective": ("number", "title", "lead_id", "position"),
    "action": ("objective_id", "number", "text", "lead_id", "owner_kind", "owner_name", "position"),
    "outcome": (
        *("action_id", "text", "lead_id", "position"),
        *("timescale_kind", "due_on", "due_precision", "timescale_words"),
    ),
    "share": ("action_id", "authority_id", "owner_kind", "owner_name"),
}
"""What of each kind of part a version keeps."""


def kind_of(row: Row) -> str:
    return type(row).__name__.lower()


def said_by(row: Row) -> dict[str, Any]:
    """The columns of a part that a version keeps."""
    return {name: getattr(row, name) for name in COLUMNS[kind_of(row)]}


class Changing:
    """One change of a plan while it is written: takes each part that became another."""

    def __init__(self, person: Acting, plan: Plan, change: Change) -> None:
        self.person, self.plan, self.change = person, plan, change

    def keep(self, *rows: Row) -> None:
        """Adds what became of these parts to the version. After `history.record`: it lets in one writer at a time."""
        state = Plan.select(Plan.state).where(Plan.id == self.plan.id).scalar()
        if state == "draft":
            return
        require_reason(state, self.change)
        version = current_version(self.person, self.plan, self.change)
        for row in rows:
            gone = getattr(row, "removed_at", None) is not None
            data = None if gone else canonical(said_by(row))
            PartRevision.create(version=version, kind=kind_of(row), row_id=row.id, data=data)


@contextmanager
def changing(person: Acting, plan: Plan, change: Change, form_key: str | None = None) -> Iterator[Changing]:
    """The transaction of a change of structure. Raises Forbidden for a closed plan, Invalid without a reason."""
    why = checked(change)
    if plan.state == "agreed":
        require_reason(plan.state, why)
    with history.writing(person, form_key):
        checks.require_open(plan)
        yield Changing(person, plan, why)


def require_reason(state: str, change: Change) -> None:
    if state != "draft" and not change.reason:
        raise Invalid({"reason": "Say why the plan changes: it is agreed, so each change is a version of its own"})


def begin(person: Acting, plan: Plan, change: Change) -> PlanVersion:
    """The first version: the whole plan as it is agreed. In the transaction of the agreement, after its history."""
    version = _add_version(person, plan, 1, change)
    parts = (queries.objectives, queries.actions, queries.outcomes, queries.shares)
    rows: list[Row] = [plan, *(row for query in parts for row in query(plan.id))]
    for row in rows:
        PartRevision.create(version=version, kind=kind_of(row), row_id=row.id, data=canonical(said_by(row)))
    return version


def current_version(person: Acting, plan: Plan, change: Change) -> PlanVersion:
    """The version that takes this change: what one person does on one day for one reason is one version."""
    last = PlanVersion.select().where(PlanVersion.plan == plan).order_by(PlanVersion.number.desc()).get()
    day = max(change.on or clock.today(), last.dated_on)
    same = (last.person_id, last.dated_on, last.reason, last.approved_by) == (
        *(person.id, day, change.reason, change.approved_by),
    )
    if same and last.number > 1 and last.recorded_at.date() == clock.now().date():
        return last
    return _add_version(person, plan, last.number + 1, change, last.dated_on)


def _add_version(
    person: Acting, plan: Plan, number: int, change: Change, not_before: dt.date | None = None
) -> PlanVersion:
    """Dated when it takes effect, and never before the version that it follows: what was said between stays."""
    day = change.on or clock.today()
    Plan.update(edition=number).where(Plan.id == plan.id).execute()
    plan.edition = number
    return PlanVersion.create(
        plan=plan,
        number=number,
        dated_on=max(day, not_before) if not_before else day,
        recorded_at=clock.now(),
        person=person.id,
        reason=change.reason,
        approved_by=change.approved_by,
    )


def checked(change: Change) -> Change:
    """The change as it is stored. Raises Invalid."""
    problems = Problems()
    reason = problems.text("reason", "The reason", change.reason, longest=2000, required=False)
    approved_by = problems.line("approved_by", "Who approved it", change.approved_by, required=False)
    if change.on is not None:
        problems.date("on", "The date of the change", change.on)
    problems.raise_if_any()
    return Change(reason, approved_by, change.on)
