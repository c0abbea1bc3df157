"""The selects of a quarter's returns: as many for one share as for a thousand."""

import datetime as dt
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect, fn

from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority
from strategy_tracker.db import database
from strategy_tracker.plans.dates.models import DateRevision
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.quarters.models import Quarter, Return, ReturnStep
from strategy_tracker.reviews.returns.rules import Moved, Said

Keyed = tuple[int, int]
"""The ids of a share and of an outcome of its action."""


class ShareRow(NamedTuple):
    """A share with one outcome of its action; without any, the outcome's id is None. The date is ISO text."""

    share_id: int
    authority_id: int
    owner_kind: str
    owner: str
    plan_id: int
    plan: str
    plan_state: str
    objective_id: int
    objective: str
    title: str
    action_id: int
    number: str
    action: str
    outcome_id: int | None
    words: str
    kind: str
    due_on: str | None
    precision: str
    timescale_words: str


def share_rows(quarter: Quarter, authority_id: int | None = None) -> list[ShareRow]:
    """The shares on which the quarter is reported, in the order of their plans; None: every authority's.

    Those of the plans that are no drafts and whose period has a day in the quarter.
    """
    query = (
        Share.select(
            *(Share.id, Share.authority, Share.owner_kind, Share.owner_name),
            *(Plan.id, Plan.slug, Plan.state, Objective.id, Objective.number, Objective.title),
            *(Action.id, Action.number, Action.text),
            *(Outcome.id, Outcome.text, Outcome.timescale_kind, Outcome.due_on.cast("text")),
            *(Outcome.due_precision, Outcome.timescale_words),
        )
        .join(Authority)
        .switch(Share)
        .join(Action)
        .join(Outcome, JOIN.LEFT_OUTER, on=(Outcome.action == Action.id) & Outcome.removed_at.is_null())
        .switch(Action)
        .join(Objective)
        .join(Plan)
        .where(*_reported_on(quarter), Share.removed_at.is_null(), Action.removed_at.is_null())
        .order_by(
            *(Plan.period_from, Plan.id, Objective.position, Objective.id, Action.position, Action.id),
            *(Authority.position, Authority.id, Outcome.position, Outcome.id),
        )
    )
    return [ShareRow._make(row) for row in _fetched(_whose(query, authority_id))]


def said_in(quarter: Quarter, authority_id: int | None = None) -> dict[Keyed, list[Said]]:
    """The notes of the quarter that nothing replaces, by share and outcome, in order of their dates."""
    later = ProgressNote.alias()
    replaced = later.select(later.replaces).where(later.replaces.is_null(False))
    query = (
        ProgressNote.select(
            *(ProgressNote.share, ProgressNote.outcome, ProgressNote.id, ProgressNote.as_at.cast("text")),
            *(ProgressNote.status, ProgressNote.text, ProgressNote.reason, ProgressNote.confirms),
        )
        .join(Share)
        .join(Action)
        .join(Objective)
        .join(Plan)
        .where(
            *_reported_on(quarter),
            ProgressNote.as_at.between(quarter.period_from, quarter.period_to),
            ProgressNote.id.not_in(replaced),
        )
        .order_by(ProgressNote.as_at, ProgressNote.id)
    )
    found: dict[Keyed, list[Said]] = {}
    for share, outcome, note, day, status, text, reason, confirms in _fetched(_whose(query, authority_id)):
        said = Said(note, dt.date.fromisoformat(day), status, text, reason, confirms is not None)
        found.setdefault((share, outcome), []).append(said)
    return found


def statuses_before(quarter: Quarter, authority_id: int | None = None) -> dict[Keyed, str | None]:
    """The status of the last note before the quarter, by share and outcome; None where it came without one."""
    later = ProgressNote.alias()
    replaced = later.select(later.replaces).where(later.replaces.is_null(False))
    place = fn.ROW_NUMBER().over(
        partition_by=[ProgressNote.outcome, ProgressNote.share],
        order_by=[ProgressNote.as_at.desc(), ProgressNote.id.desc()],
    )
    query = (
        ProgressNote.select(ProgressNote.share, ProgressNote.outcome, ProgressNote.status, place.alias("place"))
        .join(Share)
        .join(Action)
        .join(Objective)
        .join(Plan)
        .where(*_reported_on(quarter), ProgressNote.as_at < quarter.period_from, ProgressNote.id.not_in(replaced))
    )
    return {
        (share, outcome): status for share, outcome, status, rank in _fetched(_whose(query, authority_id)) if rank == 1
    }


def moved_in(quarter: Quarter) -> dict[int, list[Moved]]:
    """The timescales that changed in the quarter, by outcome, in order."""
    query = (
        DateRevision.select(DateRevision)
        .join(Outcome)
        .join(Action)
        .join(Objective)
        .join(Plan)
        .where(*_reported_on(quarter), DateRevision.dated_on.between(quarter.period_from, quarter.period_to))
        .order_by(DateRevision.outcome, DateRevision.number)
    )
    found: dict[int, list[Moved]] = {}
    for row in query:
        old = Timescale.of(row.old_kind, row.old_due_on, row.old_precision, row.old_words)
        new = Timescale.of(row.new_kind, row.new_due_on, row.new_precision, row.new_words)
        found.setdefault(row.outcome_id, []).append(Moved(old.shown, new.shown, row.reason, row.dated_on))
    return found


def _reported_on(quarter: Quarter) -> tuple[Any, ...]:
    return (
        Plan.partnership == quarter.partnership_id,
        Plan.state != "draft",
        Plan.period_from <= quarter.period_to,
        Plan.period_to >= quarter.period_from,
        Objective.removed_at.is_null(),
    )


def _whose(query: ModelSelect, authority_id: int | None) -> ModelSelect:
    return query if authority_id is None else query.where(Share.authority == authority_id)


def _fetched(query: ModelSelect) -> list[tuple[Any, ...]]:
    """Past peewee's converters, which cost more than the fetch: text and numbers are asked for and come as they are."""
    rows: list[tuple[Any, ...]] = database.execute(query).fetchall()
    return rows


def steps_of(quarter_id: int, authority_id: int | None = None) -> list[ReturnStep]:
    """What happened to the returns of a quarter, in order, with who did it."""
    query = (
        ReturnStep.select(ReturnStep, Return, Person.id, Person.name)
        .join(Return)
        .switch(ReturnStep)
        .join(Person, JOIN.LEFT_OUTER)
        .where(Return.quarter == quarter_id)
        .order_by(ReturnStep.id)
    )
    return list(query if authority_id is None else query.where(Return.authority == authority_id))
