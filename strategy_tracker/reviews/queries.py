"""What a person reports on, in selects whose number does not grow with it."""

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple

from peewee import JOIN, ModelSelect, fn

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.authorities.models import Authority
from strategy_tracker.db import database
from strategy_tracker.plans.lineage.models import CarriedForward, Origin
from strategy_tracker.plans.lineage.rules import SAID
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, ProgressNote, Share

Keyed = tuple[int, int]
"""The ids of a share and of an outcome of its action."""


class Part(NamedTuple):
    """A share with one outcome of its action; without any, the outcome's id is None. The date is ISO text."""

    share_id: int
    owner: str
    authority: str
    action_id: int
    number: str
    action: str
    action_version: int
    outcome_id: int | None
    words: str
    outcome_version: int
    kind: str
    due_on: str | None
    precision: str
    timescale_words: str


class Note(NamedTuple):
    """A report as it is shown. The date and the instant are ISO text: few of those that are read are ever shown."""

    id: int
    day: str
    status: str | None
    text: str
    instant: str
    replaces_id: int | None

    @property
    def as_at(self) -> dt.date:
        return dt.date.fromisoformat(self.day)

    @property
    def recorded_at(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.instant)


class Saying(NamedTuple):
    """What an authority said last on an outcome of the action that goes on as this one. The date is ISO text."""

    action_id: int
    authority: str
    outcome: str
    day: str
    status: str | None
    text: str
    title: str
    first: dt.date
    last: dt.date

    @property
    def as_at(self) -> dt.date:
        return dt.date.fromisoformat(self.day)

    @property
    def plan(self) -> str:
        return f"{self.title}, {self.first:%B %Y} to {self.last:%B %Y}"


def running_plans(person: Acting) -> list[Plan]:
    """The agreed plans that the person may read, the newest period first."""
    rows = visible(person, Plan, Permission.PLAN_READ).where(Plan.state == "agreed")
    return list(rows.order_by(Plan.period_from.desc(), Plan.id.desc()))


def authorities(ids: Collection[int]) -> list[Authority]:
    """These authorities in their order."""
    rows = Authority.select().where(Authority.id.in_(list(ids)))
    return list(rows.order_by(Authority.position, Authority.id))


def own_parts(plan_id: int, authority_ids: Collection[int]) -> list[Part]:
    """These authorities' standing shares in the order of the plan, each with the outcomes of its action in theirs."""
    query = (
        Share.select(
            *(Share.id, Share.owner_name, Authority.short_name),
            *(Action.id, Action.number, Action.text, Action.version),
            *(Outcome.id, Outcome.text, Outcome.version, Outcome.timescale_kind),
            *(Outcome.due_on.cast("text"), Outcome.due_precision, Outcome.timescale_words),
        )
        .join(Authority)
        .switch(Share)
        .join(Action)
        .join(Outcome, JOIN.LEFT_OUTER, on=(Outcome.action == Action.id) & Outcome.removed_at.is_null())
        .switch(Action)
        .join(Objective)
    )
    ordered = _standing(query, plan_id, authority_ids).order_by(
        *(Objective.position, Objective.id, Action.position, Action.id),
        *(Authority.position, Authority.id, Outcome.position, Outcome.id),
    )
    return [Part._make(row) for row in _fetched(ordered)]


def notes_of(plan_id: int, authority_ids: Collection[int], owners: Collection[str]) -> dict[Keyed, list[Note]]:
    """Every note of these authorities' shares by share and outcome, in the order in which they were written.

    `owners` are the names of those whose shares alone are wanted; none: whoever owns them.
    """
    query = (
        ProgressNote.select(
            *(ProgressNote.share, ProgressNote.outcome, ProgressNote.id, ProgressNote.as_at.cast("text")),
            *(ProgressNote.status, ProgressNote.text, ProgressNote.recorded_at.cast("text"), ProgressNote.replaces),
        )
        .join(Share)
        .join(Action)
        .join(Objective)
    )
    query = _standing(query, plan_id, authority_ids).order_by(ProgressNote.id)
    found: dict[Keyed, list[Note]] = {}
    for row in _fetched(query.where(Share.owner_name.in_(list(owners))) if owners else query):
        found.setdefault(row[:2], []).append(Note._make(row[2:]))
    return found


def followers(plan_ids: Collection[int]) -> frozenset[int]:
    """Those of these plans that follow another."""
    rows = Origin.select(Origin.plan).where(Origin.plan.in_(list(plan_ids)), Origin.predecessor.is_null(False))
    return frozenset(row[0] for row in rows.tuples())


def said_before(plan_id: int, authority_ids: Collection[int]) -> list[Saying]:
    """The last words of these authorities on each outcome from which the plan's actions were carried forward.

    In the order of those outcomes. Only from plans that are agreed or closed, which everybody who reads a plan may
    read. That it was carried forward counts only where nothing else was said.
    """
    after, later = Action.alias(), ProgressNote.alias()
    here = after.select(after.id).join(Objective, on=(after.objective == Objective.id)).where(Objective.plan == plan_id)
    replaced = later.select(later.replaces).where(later.replaces.is_null(False))
    place = fn.ROW_NUMBER().over(
        partition_by=[CarriedForward.after, ProgressNote.outcome, ProgressNote.share],
        order_by=[ProgressNote.text == SAID, ProgressNote.as_at.desc(), ProgressNote.id.desc()],
    )
    ranked = (
        ProgressNote.select(ProgressNote.id, CarriedForward.after.alias("after_id"), place.alias("place"))
        .join(Share)
        .join(CarriedForward, on=(CarriedForward.before == Share.action))
        .where(
            CarriedForward.after.in_(here), Share.authority.in_(list(authority_ids)), ProgressNote.id.not_in(replaced)
        )
        .alias("ranked")
    )
    query = (
        ProgressNote.select(
            *(ranked.c.after_id, Authority.short_name, Outcome.text, ProgressNote.as_at.cast("text")),
            *(ProgressNote.status, ProgressNote.text, Plan.title, Plan.period_from, Plan.period_to),
        )
        .join(ranked, on=(ranked.c.id == ProgressNote.id))
        .switch(ProgressNote)
        .join(Share)
        .join(Authority)
        .switch(ProgressNote)
        .join(Outcome)
        .join(Action)
        .join(Objective)
        .join(Plan)
        .where(ranked.c.place == 1, Plan.state != "draft", Outcome.removed_at.is_null())
        .order_by(Outcome.position, Outcome.id)
    )
    return [Saying._make(row) for row in query.tuples()]


def _standing(query: ModelSelect, plan_id: int, authority_ids: Collection[int]) -> ModelSelect:
    return query.where(
        Objective.plan == plan_id,
        Share.authority.in_(list(authority_ids)),
        Share.removed_at.is_null(),
        Action.removed_at.is_null(),
        Objective.removed_at.is_null(),
    )


def _fetched(query: ModelSelect) -> list[tuple[Any, ...]]:
    """Past peewee's converters, which cost more than the fetch: text and numbers are asked for and come as they are."""
    rows: list[tuple[Any, ...]] = database.execute(query).fetchall()
    return rows
