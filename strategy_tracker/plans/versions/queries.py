"""The selects of a plan's versions."""

import json
from collections.abc import Callable
from typing import Any

from peewee import JOIN, ModelSelect

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.accounts.models import Person
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.versions.models import PartRevision, PlanVersion
from strategy_tracker.plans.versions.rules import NO_REASON, Change

MadeElsewhere = Callable[[PlanVersion], bool]
_elsewhere: list[MadeElsewhere] = []


def made_elsewhere(test: MadeElsewhere) -> None:
    """Lets a feature that changes plans by itself tell its versions from those that a person gave the reason of."""
    if test not in _elsewhere:
        _elsewhere.append(test)


def last_change(person: Acting, plan: Plan) -> Change:
    """What this person said of her last change of the plan today; without a reason where she said nothing of it."""
    last = (
        PlanVersion.select()
        .where(PlanVersion.plan == plan, PlanVersion.person == person.id, PlanVersion.dated_on == clock.today())
        .order_by(PlanVersion.number.desc())
        .first()
    )
    if last is None or last.number == 1 or any(test(last) for test in _elsewhere):
        return NO_REASON
    return Change(last.reason, last.approved_by)


def versions_of(plan_id: int) -> ModelSelect:
    """Every version of a plan, the first one first, each with the person (None: the command line)."""
    return (
        PlanVersion.select(PlanVersion, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(PlanVersion.plan == plan_id)
        .order_by(PlanVersion.number)
    )


def revisions_of(plan_id: int) -> list[tuple[int, str, int, dict[str, Any] | None]]:
    """Every part revision of a plan in the order of writing: version's number, kind, row's id, columns or None."""
    rows = (
        PartRevision.select(PlanVersion.number, PartRevision.kind, PartRevision.row_id, PartRevision.data)
        .join(PlanVersion)
        .where(PlanVersion.plan == plan_id)
        .order_by(PlanVersion.number, PartRevision.id)
        .tuples()
    )
    return [(number, kind, row_id, json.loads(data) if data else None) for number, kind, row_id, data in rows]
