"""The selects of the roll-up's rules."""

import datetime as dt
from typing import Any

from peewee import JOIN, ModelSelect

from strategy_tracker.accounts.models import Person
from strategy_tracker.plans.rollup.models import RollUpRule
from strategy_tracker.plans.rollup.rules import Rule
from strategy_tracker.plans.rules import Status


def rule_of(partnership_id: int, as_at: dt.date) -> Rule:
    """The rule that holds for a partnership on a date."""
    row = (
        RollUpRule.select(RollUpRule.since, RollUpRule.grace, RollUpRule.overdue_as, RollUpRule.worst_first)
        .where(RollUpRule.partnership == partnership_id, RollUpRule.since <= as_at)
        .order_by(RollUpRule.since.desc(), RollUpRule.id.desc())
        .first()
    )
    return as_rule(row) if row else Rule()


def rules_of(partnership_id: int) -> ModelSelect:
    """Every rule of a partnership, the newest first, each with who set it (None: the command line)."""
    return (
        RollUpRule.select(RollUpRule, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(RollUpRule.partnership == partnership_id)
        .order_by(RollUpRule.since.desc(), RollUpRule.id.desc())
    )


def as_rule(row: Any) -> Rule:
    order = tuple(Status(line) for line in row.worst_first.split("\n"))
    return Rule(row.since, row.grace, Status(row.overdue_as) if row.overdue_as else None, order)
