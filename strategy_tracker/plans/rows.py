"""The plan as at a date in five selects, as bare tuples: what a page of 400 actions can afford.

Dates come as ISO text: reading a thousand of them into dates one by one took longer than the selects.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from strategy_tracker.db import database
from strategy_tracker.plans import queries
from strategy_tracker.plans.dates.queries import Moves, moves_of_plan
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, Share
from strategy_tracker.plans.versions.parts import Parts
from strategy_tracker.plans.versions.view import View

Row = tuple[Any, ...]


@dataclass(frozen=True)
class PlanRows:
    """Each list in the order in which it is shown.

    objectives: id, number, title, lead id
    actions: id, objective id, number, text, lead id, owner's name
    outcomes: id, action id, text, kind, due on, precision, words
    shares: id, action id, authority id, owner's name
    notes: share id, outcome id, as at, status or None, text
    moves: the revisions of each outcome's timescale that has any
    """

    objectives: list[Row]
    actions: list[Row]
    outcomes: list[Row]
    shares: list[Row]
    notes: list[Row]
    moves: Moves


def plan_rows(plan_id: int, as_at: dt.date, until: dt.date | None = None) -> PlanRows:
    """Everything that stands in the plan, with the notes that are current as at the date.

    `until` bounds what is told of changed dates; None: all of it.
    """
    return PlanRows(
        _tuples(queries.objectives(plan_id), Objective.id, Objective.number, Objective.title, Objective.lead),
        _tuples(
            queries.actions(plan_id),
            *(Action.id, Action.objective, Action.number, Action.text, Action.lead, Action.owner_name),
        ),
        _tuples(
            queries.outcomes(plan_id),
            *(Outcome.id, Outcome.action, Outcome.text, Outcome.timescale_kind),
            *(Outcome.due_on.cast("text"), Outcome.due_precision, Outcome.timescale_words),
        ),
        _tuples(queries.shares(plan_id), Share.id, Share.action, Share.authority, Share.owner_name),
        database.execute(queries.current_note_rows(plan_id, as_at)).fetchall(),
        moves_of_plan(plan_id, until),
    )


def view_rows(view: View) -> tuple[Plan, PlanRows]:
    """The plan as it said of itself in that state, and its rows."""
    if not view.is_past:
        return view.plan, plan_rows(view.plan.id, view.as_at, view.moves_until)
    parts = view.parts()
    return parts.plan, _rows_of(parts, view.as_at, view.moves_until)


def _rows_of(parts: Parts, as_at: dt.date, until: dt.date | None) -> PlanRows:
    return PlanRows(
        [(row.id, row.number, row.title, row.lead_id) for row in parts.objectives],
        [(row.id, row.objective_id, row.number, row.text, row.lead_id, row.owner_name) for row in parts.actions],
        [
            (
                *(row.id, row.action_id, row.text, row.timescale_kind),
                *(row.due_on.isoformat() if row.due_on else None, row.due_precision, row.timescale_words),
            )
            for row in parts.outcomes
        ],
        [(row.id, row.action_id, row.authority_id, row.owner_name) for row in parts.shares],
        database.execute(queries.current_note_rows(parts.plan.id, as_at)).fetchall(),
        moves_of_plan(parts.plan.id, until),
    )


def _tuples(query: Any, *columns: Any) -> list[Row]:
    """Past peewee's converters, which cost more than the fetch: text and numbers are asked for and come as they are."""
    rows: list[Row] = database.execute(query.select(*columns)).fetchall()
    return rows
