"""The parts of a plan as they stand, or as a version of it had them."""

import copy
import datetime as dt
from dataclasses import dataclass
from typing import Any

from strategy_tracker.plans import queries
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, Share
from strategy_tracker.plans.versions.queries import revisions_of
from strategy_tracker.plans.versions.recording import kind_of, said_by

Columns = dict[str, Any]
States = dict[tuple[str, int], Columns]
MODELS: dict[str, Any] = {"objective": Objective, "action": Action, "outcome": Outcome, "share": Share}
DATES = ("period_from", "period_to", "due_on")


@dataclass(frozen=True)
class Parts:
    """Everything that stands in a plan, each list in the order in which it is shown. Past rows are never saved."""

    plan: Plan
    objectives: list[Objective]
    actions: list[Action]
    outcomes: list[Outcome]
    shares: list[Share]


def standing_parts(plan: Plan) -> Parts:
    """The plan as it stands."""
    parts = (queries.objectives, queries.actions, queries.outcomes, queries.shares)
    return Parts(plan, *(list(query(plan.id)) for query in parts))


def parts_of_version(plan: Plan, number: int, places: dict[int, int]) -> Parts:
    """The plan as the version had it. `places` orders the authorities, by id."""
    return parts_of(plan, states_at(revisions_of(plan.id), number), number, places)


def states_at(revisions: list[tuple[int, str, int, Columns | None]], number: int) -> States:
    """What each part said in a version, by kind and id; parts that were taken away are not in it."""
    found: States = {}
    for version, kind, row_id, columns in revisions:
        if version > number:
            break
        if columns is None:
            found.pop((kind, row_id), None)
        else:
            found[kind, row_id] = columns
    return found


def states_of_parts(parts: Parts) -> States:
    """The same of rows, as the versions keep them: what differs from a version shows by comparing."""
    rows = (parts.plan, *parts.objectives, *parts.actions, *parts.outcomes, *parts.shares)
    return {(kind_of(row), row.id): _kept(said_by(row)) for row in rows}


def _kept(columns: Columns) -> Columns:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in columns.items()}


def parts_of(plan: Plan, states: States, number: int, places: dict[int, int]) -> Parts:
    """Rows made of the states; what stands in something that was taken away does not stand."""
    rows: dict[str, dict[int, Any]] = {kind: {} for kind in MODELS}
    for (kind, row_id), columns in states.items():
        if kind in MODELS:
            rows[kind][row_id] = MODELS[kind](id=row_id, **_typed(columns))
    objectives = sorted(rows["objective"].values(), key=_place)
    order = {row.id: place for place, row in enumerate(objectives)}
    actions = [row for row in rows["action"].values() if row.objective_id in order]
    actions.sort(key=lambda row: (order[row.objective_id], *_place(row)))
    held = {row.id for row in actions}
    outcomes = [row for row in rows["outcome"].values() if row.action_id in held]
    outcomes.sort(key=lambda row: (row.action_id, *_place(row)))
    shares = [row for row in rows["share"].values() if row.action_id in held]
    shares.sort(key=lambda row: (row.action_id, places.get(row.authority_id, 0), row.authority_id))
    return Parts(_plan_then(plan, states, number), objectives, actions, outcomes, shares)


def _plan_then(plan: Plan, states: States, number: int) -> Plan:
    then = copy.copy(plan)
    then.__data__ = dict(plan.__data__)
    for name, value in _typed(states.get(("plan", plan.id), {})).items():
        setattr(then, name, value)
    then.edition = number
    return then


def _typed(columns: Columns) -> Columns:
    return {
        name: dt.date.fromisoformat(value) if name in DATES and isinstance(value, str) else value
        for name, value in columns.items()
    }


def _place(row: Any) -> tuple[int, int]:
    return row.position, row.id
