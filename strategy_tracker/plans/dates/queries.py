"""The selects of revised timescales."""

import datetime as dt
from collections import defaultdict
from typing import Any

from peewee import JOIN, ModelSelect

from strategy_tracker.accounts.models import Person
from strategy_tracker.plans.dates.models import DateRevision
from strategy_tracker.plans.dates.rules import Move
from strategy_tracker.plans.models import Action, Objective, Outcome
from strategy_tracker.plans.rules import Timescale

Moves = dict[int, tuple[Move, ...]]


def moves_of_plan(plan_id: int, as_at: dt.date | None = None) -> Moves:
    """The revisions of each outcome of a plan that has any, oldest first; None: to this day, else up to the date."""
    query = _revisions().join(Outcome).join(Action).join(Objective).where(Objective.plan == plan_id)
    return _by_outcome(query, as_at)


def moves_of_action(action_id: int, as_at: dt.date | None = None) -> Moves:
    """The same for one action."""
    return _by_outcome(_revisions().join(Outcome).where(Outcome.action == action_id), as_at)


def _revisions() -> ModelSelect:
    query = DateRevision.select(DateRevision, Person.id, Person.name).join(Person, JOIN.LEFT_OUTER)
    return query.switch(DateRevision).order_by(DateRevision.outcome, DateRevision.number)


def _by_outcome(query: ModelSelect, as_at: dt.date | None) -> Moves:
    if as_at is not None:
        query = query.where(DateRevision.dated_on <= as_at)
    found: dict[int, list[Move]] = defaultdict(list)
    for row in query:
        found[row.outcome_id].append(_move(row))
    return {outcome_id: tuple(moves) for outcome_id, moves in found.items()}


def _move(row: Any) -> Move:
    return Move(
        Timescale.of(row.old_kind, row.old_due_on, row.old_precision, row.old_words),
        Timescale.of(row.new_kind, row.new_due_on, row.new_precision, row.new_words),
        row.reason,
        row.person.name if row.person_id else "Import",
        row.dated_on,
    )
