"""Bringing the small plan in, and looking at what is then there."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote
from strategy_tracker.transfer import operations
from strategy_tracker.transfer.changes import Kind, PlanChanges
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.drafting import draft_of
from strategy_tracker.transfer.plan_json import plan_as_json
from tests.cast import partnership
from tests.transfer.files import AUTHORITIES, HEADS, ROWS, Rows, csv_file

TMBC = Choices(progress_of="tmbc")
SLUG = "housing-2024"


def bring_in(
    rows: Rows = ROWS, heads: Sequence[str] = HEADS, choices: Choices = TMBC, who: Any = OPERATOR
) -> PlanChanges:
    draft = draft_of(csv_file(rows, heads), AUTHORITIES)
    return operations.import_plan(who, partnership(), SLUG, draft, choices)


def refusal(rows: Rows = ROWS, heads: Sequence[str] = HEADS, choices: Choices = TMBC) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        bring_in(rows, heads, choices)
    return refused.value.problems


def the_plan() -> Plan:
    return Plan.get(Plan.slug == SLUG)


def exported() -> dict[str, Any]:
    content = dict(json.loads(plan_as_json(the_plan())))
    return {name: content[name] for name in ("title", "strategy", "period", "as_at", "objectives", "glossary")}


def action(number: str) -> Action:
    rows = Action.select().join(Objective).where(Objective.plan == the_plan(), Action.number == number)
    return rows.where(Action.removed_at.is_null()).get()


def notes(number: str) -> list[ProgressNote]:
    query = ProgressNote.select().join(Outcome).where(Outcome.action == action(number))
    return list(query.order_by(ProgressNote.id))


def lines(changes: PlanChanges) -> list[tuple[Kind, str, str, str]]:
    return [(line.kind, line.what, line.label, line.aspect) for line in changes.lines]
