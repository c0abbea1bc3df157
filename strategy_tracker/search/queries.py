"""The words of everything that a person may see, one select for each kind. Each goes through `visible`."""

from typing import Any

from peewee import ModelSelect, fn

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.plans.comments.models import Comment
from strategy_tracker.plans.evidence.models import Evidence
from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.models import Abbreviation, Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.risks.models import Control, Register, Response, Risk, RiskReview, Score

WHERE = (
    Plan.id.alias("plan_id"),
    Plan.slug.alias("plan_slug"),
    Plan.title.alias("plan_title"),
    Plan.period_from,
    Plan.period_to,
    Partnership.slug.alias("partnership_slug"),
    Partnership.name.alias("partnership_name"),
)
"""Where everything that belongs to a plan stands."""
ON_ACTION = (
    *WHERE,
    Action.number,
    Action.text.alias("action_text"),
    Objective.position.alias("objective_position"),
)


def plans(person: Acting, home: int | None) -> Any:
    return _of_plans(visible(person, Plan), home, *WHERE, Plan.strategy, Plan.state)


def objectives(person: Acting, home: int | None) -> Any:
    columns = Objective.id, Objective.number, Objective.title, Objective.position
    return _of_plans(visible(person, Objective), home, *WHERE, *columns)


def actions(person: Acting, home: int | None) -> Any:
    return _of_plans(visible(person, Action), home, *ON_ACTION, Action.id, Action.owner_name, Action.position)


def outcomes(person: Acting, home: int | None) -> Any:
    columns = Outcome.id, Outcome.action.alias("action_id"), Outcome.text, Outcome.timescale_words, Outcome.position
    return _of_plans(visible(person, Outcome), home, *ON_ACTION, Action.position.alias("action_position"), *columns)


def milestones(person: Acting, home: int | None) -> Any:
    columns = Milestone.text, Milestone.owner_name, Milestone.due_on, Milestone.due_precision
    return _of_plans(visible(person, Milestone), home, *_attached(Milestone), *columns)


def evidence(person: Acting, home: int | None) -> Any:
    return _of_plans(visible(person, Evidence), home, *_attached(Evidence), Evidence.title, Evidence.filename)


def _attached(model: Any) -> tuple[Any, ...]:
    """The columns of everything that is kept with an action, with whose it is (None: the action's)."""
    own = model.id, model.action.alias("action_id"), Action.position.alias("action_position")
    return *ON_ACTION, *own, Authority.short_name


def current_notes(person: Acting, home: int | None) -> Any:
    """The notes that the pages of their plans show, as at the plan's own date or today."""
    columns = (
        *(ProgressNote.id, ProgressNote.text, ProgressNote.reason, ProgressNote.status, ProgressNote.as_at),
        *(
            ProgressNote.share.alias("share_id"),
            Share.action.alias("action_id"),
            Action.position.alias("action_position"),
        ),
        *(Authority.short_name, Authority.position.alias("authority_position")),
    )
    notes = visible(person, ProgressNote).where(
        Outcome.removed_at.is_null(), ProgressNote.id.in_(_current(person, home))
    )
    return _of_plans(notes, home, *ON_ACTION, *columns)


def _current(person: Acting, home: int | None) -> ModelSelect:
    later = ProgressNote.alias()
    replaced = later.select(later.replaces).where(later.replaces.is_null(False))
    shown = (ProgressNote.as_at <= Plan.as_at) | (Plan.as_at.is_null() & (ProgressNote.as_at <= clock.today()))
    place = fn.ROW_NUMBER().over(
        partition_by=[ProgressNote.outcome, ProgressNote.share],
        order_by=[ProgressNote.as_at.desc(), ProgressNote.id.desc()],
    )
    notes = visible(person, ProgressNote).where(ProgressNote.id.not_in(replaced), shown)
    if home is not None:
        notes = notes.where(Plan.partnership == home)
    ranked = notes.select(ProgressNote.id.alias("note_id"), place.alias("place")).alias("ranked")
    return ModelSelect(ProgressNote, [ranked.c.note_id]).from_(ranked).where(ranked.c.place == 1)


def comments(person: Acting, home: int | None) -> Any:
    columns = (
        *(Comment.id, Comment.text, Comment.written_at, Comment.action.alias("action_id")),
        *(Action.position.alias("action_position"), Person.name.alias("author")),
    )
    return _of_plans(visible(person, Comment).where(Comment.withdrawn_at.is_null()), home, *ON_ACTION, *columns)


def glossary(person: Acting, home: int | None) -> Any:
    entries = visible(person, Abbreviation)
    if home is not None:
        entries = entries.where(Abbreviation.partnership == home)
    return entries.select(
        Abbreviation.id,
        Abbreviation.short,
        Abbreviation.meaning,
        Partnership.slug.alias("partnership_slug"),
        Partnership.name.alias("partnership_name"),
    ).namedtuples()


def risks(person: Acting, home: int | None) -> list[Risk]:
    """Open and closed ones, with their registers."""
    query = visible(person, Risk)
    return list(query if home is None else query.where(Register.partnership == home))


def responses(person: Acting, home: int | None) -> Any:
    """What is done about the risks that the person may read, in the order of the numbers."""
    return _parts(person, home, Response, Response.kind, Response.text, Response.owner_name)


def controls(person: Acting, home: int | None) -> Any:
    """What is in place already against them."""
    return _parts(person, home, Control, Control.text)


def _parts(person: Acting, home: int | None, model: Any, *columns: Any) -> Any:
    query = visible(person, model)
    if home is not None:
        query = query.where(Register.partnership == home)
    return query.select(model.risk.alias("risk_id"), *columns).order_by(model.risk, model.number).namedtuples()


def reasons(person: Acting, home: int | None) -> list[Any]:
    """Why their scores are what they are, and the notes of their reviews. Who may know each is for its page to say."""
    return [
        row
        for model, words in ((Score, Score.reason), (RiskReview, RiskReview.note))
        for row in _said(person, home, model, words)
    ]


def _said(person: Acting, home: int | None, model: Any, words: Any) -> Any:
    found = visible(person, Risk) if home is None else visible(person, Risk).where(Register.partnership == home)
    query = model.select(model.risk.alias("risk_id"), words.alias("text"), model.recorded_at)
    return query.where(model.risk.in_(found.select(Risk.id)), words != "").order_by(model.id).namedtuples()


def _of_plans(query: ModelSelect, home: int | None, *columns: Any) -> Any:
    if home is not None:
        query = query.where(Plan.partnership == home)
    return query.select(*columns).namedtuples()
