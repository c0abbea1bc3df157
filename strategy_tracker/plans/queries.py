"""Every select of the plan."""

import datetime as dt
from typing import Any

from peewee import JOIN, ModelSelect, Select, fn

from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.models import Abbreviation, Action, Objective, Outcome, Plan, ProgressNote, Share


def agreed_periods(partnership_id: int) -> list[tuple[dt.date, dt.date]]:
    """The first and the last day of each plan that is no draft: what authorities report on."""
    rows = Plan.select(Plan.period_from, Plan.period_to).where(
        Plan.partnership == partnership_id, Plan.state != "draft"
    )
    return list(rows.tuples())


def objectives(plan_id: int) -> ModelSelect:
    """The standing objectives of a plan, in order."""
    return (
        Objective.select()
        .where(Objective.plan == plan_id, Objective.removed_at.is_null())
        .order_by(Objective.position, Objective.id)
    )


def actions(plan_id: int) -> ModelSelect:
    """The standing actions of a plan's standing objectives, in order."""
    return (
        Action.select()
        .join(Objective)
        .where(Objective.plan == plan_id, Objective.removed_at.is_null(), Action.removed_at.is_null())
        .order_by(Objective.position, Objective.id, Action.position, Action.id)
    )


def outcomes(plan_id: int) -> ModelSelect:
    """The standing outcomes of a plan's standing actions, in order within each action."""
    return _of_plan(Outcome.select(), Outcome, plan_id).order_by(Outcome.action, Outcome.position, Outcome.id)


def shares(plan_id: int) -> ModelSelect:
    """The standing shares of a plan's standing actions, in the order of the authorities."""
    query = Share.select().join(Authority).switch(Share)
    return _of_plan(query, Share, plan_id).order_by(Share.action, Authority.position, Authority.id)


def current_notes(plan_id: int, as_at: dt.date | None = None) -> ModelSelect:
    """The current note of each outcome and share as at a date (None: the last), with its author's name.

    A note is current where nothing replaces it and none of the same outcome and share has a later date; of two with
    the same date the later written counts.
    """
    ranked = _ranked_notes(plan_id, as_at, ProgressNote.id)
    return (
        ProgressNote.select(ProgressNote, Person.id, Person.name)
        .join(ranked, on=(ranked.c.id == ProgressNote.id))
        .switch(ProgressNote)
        .join(Person, JOIN.LEFT_OUTER)
        .where(ranked.c.place == 1)
        .order_by(ProgressNote.id)
    )


def current_note_rows(plan_id: int, as_at: dt.date) -> Select:
    """The same notes in one pass: share's id, outcome's id, as at in ISO form, status, text."""
    day = ProgressNote.as_at.cast("text").alias("day")
    ranked = _ranked_notes(
        plan_id, as_at, ProgressNote.share, ProgressNote.outcome, day, ProgressNote.status, ProgressNote.text
    )
    here = ranked.c
    return Select([ranked], [here.share_id, here.outcome_id, here.day, here.status, here.text]).where(here.place == 1)


def said_rows(plan_id: int, as_at: dt.date) -> Select:
    """The same notes with their reasons: share's id, outcome's id, as at in ISO form, status, text, reason."""
    day = ProgressNote.as_at.cast("text").alias("day")
    columns = (ProgressNote.share, ProgressNote.outcome, day, *(ProgressNote.status, ProgressNote.text))
    ranked = _ranked_notes(plan_id, as_at, *columns, ProgressNote.reason)
    here = ranked.c
    found = Select([ranked], [here.share_id, here.outcome_id, here.day, here.status, here.text, here.reason])
    return found.where(here.place == 1)


def _ranked_notes(plan_id: int, as_at: dt.date | None, *columns: Any) -> Any:
    """Notes that nothing replaces, each with its `place` within its outcome and share: 1 is the current one."""
    later = ProgressNote.alias()
    replaced = later.select(later.replaces).where(later.replaces.is_null(False))
    standing = (ProgressNote.id.not_in(replaced)) & (Objective.plan == plan_id)
    if as_at is not None:
        standing &= ProgressNote.as_at <= as_at
    place = fn.ROW_NUMBER().over(
        partition_by=[ProgressNote.outcome, ProgressNote.share],
        order_by=[ProgressNote.as_at.desc(), ProgressNote.id.desc()],
    )
    query = ProgressNote.select(*columns, place.alias("place")).join(Outcome).join(Action).join(Objective)
    return query.where(standing).alias("ranked")


def notes_of_action(action_id: int) -> ModelSelect:
    """Every note ever written on an action, replaced ones too, newest first, for `author_name`."""
    return (
        ProgressNote.select(ProgressNote, Share, Authority, Person.id, Person.name)
        .join(Share)
        .join(Authority)
        .switch(ProgressNote)
        .join(Person, JOIN.LEFT_OUTER)
        .where(Share.action == action_id)
        .order_by(ProgressNote.as_at.desc(), ProgressNote.id.desc())
    )


def author_name(note: ProgressNote) -> str | None:
    """Who wrote a note that was fetched with its author; None where it was no person."""
    return note.person.name if note.person_id else None


def every_outcome(action_id: int) -> dict[int, str]:
    """The words of each of an action's outcomes, those that were removed too."""
    rows = Outcome.select(Outcome.id, Outcome.text).where(Outcome.action == action_id).order_by(Outcome.id)
    return dict(rows.tuples())


def every_share(action_id: int) -> dict[int, int]:
    """The authority of each of an action's shares, those that ended too."""
    rows = Share.select(Share.id, Share.authority).where(Share.action == action_id).order_by(Share.id)
    return dict(rows.tuples())


def last_note(outcome_id: int, share_id: int) -> ProgressNote | None:
    """What was said last about an outcome by a share's authority, whatever the date; None where nothing was."""
    return (
        ProgressNote.select()
        .where(ProgressNote.outcome == outcome_id, ProgressNote.share == share_id)
        .order_by(ProgressNote.id.desc())
        .first()
    )


def status_before(outcome_id: int, share_id: int, as_at: dt.date) -> str | None:
    """The status of the report that counts on a date; None where there is none, or it came without a status."""
    later = ProgressNote.alias()
    replaced = later.select(later.replaces).where(later.replaces.is_null(False), later.share == share_id)
    status: str | None = (
        ProgressNote.select(ProgressNote.status)
        .where(
            ProgressNote.outcome == outcome_id,
            ProgressNote.share == share_id,
            ProgressNote.as_at <= as_at,
            ProgressNote.id.not_in(replaced),
        )
        .order_by(ProgressNote.as_at.desc(), ProgressNote.id.desc())
        .limit(1)
        .scalar()
    )
    return status


def abbreviations(partnership_id: int) -> list[Abbreviation]:
    """The glossary in alphabetical order, capitals and small letters alike."""
    return list(
        Abbreviation.select()
        .where(Abbreviation.partnership == partnership_id)
        .order_by(fn.LOWER(Abbreviation.short), Abbreviation.id)
    )


def _of_plan(query: ModelSelect, model: Any, plan_id: int) -> ModelSelect:
    return (
        query.join(Action, on=(model.action == Action.id))
        .join(Objective)
        .where(
            Objective.plan == plan_id,
            Objective.removed_at.is_null(),
            Action.removed_at.is_null(),
            model.removed_at.is_null(),
        )
    )
