"""Decisions: listed, read, recorded, edited, answered, dropped, opened again, applied to a plan."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_login import current_user

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans.versions.queries import made_elsewhere
from strategy_tracker.reviews.decisions import operations, page, queries
from strategy_tracker.reviews.decisions.applying import apply_decision, proposal_of
from strategy_tracker.reviews.decisions.filling import Filling
from strategy_tracker.reviews.decisions.forms import AnswerForm, ApplyForm, DropForm
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.rules import reference
from strategy_tracker.reviews.meetings.page import base_of, when_words
from strategy_tracker.reviews.meetings.routes import ONE as MEETING
from strategy_tracker.reviews.meetings.routes import refuse_form_before_its_day, the_group, the_meeting
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer
from strategy_tracker.web.forms import ReasonForm

blueprint = Blueprint("decisions", __name__)
DECISIONS = "/p/<partnership>/decisions/"
ONE = f"{DECISIONS}<int:decision>/"


@blueprint.record_once
def _name_what_decisions_change(_: BlueprintSetupState) -> None:
    made_elsewhere(queries.is_of_decision)


@blueprint.app_context_processor
def words() -> dict[str, Any]:
    return {"decisions_on": _decisions_on}


def _decisions_on(action_id: int) -> tuple[queries.Told, ...]:
    """What was decided about an action; nothing for whoever may not read it."""
    person: Any = current_user
    return queries.decisions_about(person, action_id, clock.today())


@blueprint.get(DECISIONS)
@needs(Permission.MEETING_READ)
def show_all(partnership: str) -> str:
    person = acting_person()
    home = the_group(person, partnership)
    rows = queries.decisions_of_partnership(person, home, clock.today())
    show = request.args.get("show", "")
    return render_template(
        "decisions/list.html",
        partnership=home,
        nav="meetings",
        rows=page.chosen(rows, show, person),
        views=[(key, words, len(page.chosen(rows, key, person))) for key, words in page.SHOWN.items()],
        show=show if show in page.SHOWN else "",
    )


@blueprint.get("/p/<partnership>/decisions.csv")
@needs(Permission.MEETING_READ)
def download(partnership: str) -> Response:
    person = acting_person()
    home = the_group(person, partnership)
    rows = queries.decisions_of_partnership(person, home, clock.today())
    content = page.csv_of(page.chosen(rows, request.args.get("show", ""), person))
    found = Response(content, content_type="text/csv; charset=utf-8")
    found.headers["Content-Disposition"] = f'attachment; filename="{home.slug}-decisions.csv"'
    return found


@blueprint.route(f"{MEETING}decisions/new", methods=["GET", "POST"])
@needs(Permission.DECISION_WRITE)
def record(partnership: str, meeting: int) -> Answer:
    """`?item=7` begins with what an item of the agenda asks for, `?action=12` with an action."""
    person = acting_person()
    row = the_meeting(person, partnership, meeting, Permission.DECISION_WRITE)
    refuse_form_before_its_day(row)
    filling = Filling(person, row)
    form = filling.new(request.args.get("item", ""), request.args.get("action", ""))
    shown = Page(
        row.partnership,
        "Record a decision",
        f"{base_of(row)}#decisions",
        lambda: operations.record_decision(person, row, filling.wording(form), form_key=form.key),
        "The decision is recorded.",
        caption=f"Meeting of the steering group, {when_words(row)}",
        button="Record the decision",
        nav="meetings",
        template="decisions/edit.html",
    )
    return answer(form, shown)


@blueprint.get(ONE)
@needs(Permission.MEETING_READ)
def show(partnership: str, decision: int) -> str:
    person = acting_person()
    row = _decision(person, partnership, decision, Permission.MEETING_READ)
    shown = page.decision_page(row, person, clock.today())
    form = ApplyForm(data={"version": row.version, "seen": shown.proposal.seen if shown.proposal else ""})
    return render_template(
        "decisions/decision.html", partnership=row.partnership, nav="meetings", page=shown, form=form
    )


@blueprint.route(f"{ONE}edit", methods=["GET", "POST"])
@needs(Permission.DECISION_WRITE)
def edit(partnership: str, decision: int) -> Answer:
    person = acting_person()
    row = _decision(person, partnership, decision, Permission.DECISION_WRITE)
    filling = Filling(person, row.meeting)
    form = filling.of(row)
    shown = _page(
        row,
        "Edit the decision",
        lambda: operations.edit_decision(
            person, row, form.started_from, filling.wording(form, row), reason=form.reason.data or "", form_key=form.key
        ),
        "The decision is saved. What it said before can still be read.",
        template="decisions/edit.html",
        theirs=lambda now: Theirs(filling.of(now, None), now.version, saved_by(now)),
    )
    return answer(form, shown)


@blueprint.route(f"{ONE}answer", methods=["GET", "POST"])
@needs(Permission.DECISION_ANSWER)
def say_done(partnership: str, decision: int) -> Answer:
    """For whoever may answer, and for its owner whatever else she is."""
    person = acting_person()
    row = _decision(person, partnership, decision, Permission.MEETING_READ)
    operations.require_answer(person, row)
    form = AnswerForm(data={"version": row.version})
    shown = _page(
        row,
        "Say that it is done",
        lambda: operations.answer_decision(
            person, row, form.started_from, answer=form.answer.data or "", form_key=form.key
        ),
        "The decision is done.",
        button="It is done",
        theirs=lambda now: Theirs(AnswerForm(None, data={"answer": now.answer}), now.version, saved_by(now)),
        context={"words": [row.words]},
    )
    return answer(form, shown)


@blueprint.route(f"{ONE}dropping", methods=["GET", "POST"])
@needs(Permission.DECISION_WRITE)
def drop(partnership: str, decision: int) -> Answer:
    person = acting_person()
    row = _decision(person, partnership, decision, Permission.DECISION_WRITE)
    form = DropForm(data={"version": row.version})
    shown = _page(
        row,
        "Drop the decision",
        lambda: operations.drop_decision(
            person, row, form.started_from, answer=form.answer.data or "", form_key=form.key
        ),
        "The decision is dropped.",
        button="Drop it",
        theirs=lambda now: Theirs(DropForm(None, data={"answer": now.answer}), now.version, saved_by(now)),
        context={"words": [row.words, "It stays in the list, with why it was not done."], "is_dangerous": True},
    )
    return answer(form, shown)


@blueprint.route(f"{ONE}reopening", methods=["GET", "POST"])
@needs(Permission.DECISION_WRITE)
def reopen(partnership: str, decision: int) -> Answer:
    person = acting_person()
    row = _decision(person, partnership, decision, Permission.DECISION_WRITE)
    form = ReasonForm(data={"version": row.version})
    shown = _page(
        row,
        "Open the decision again",
        lambda: operations.reopen_decision(
            person, row, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The decision is open again.",
        button="Open it again",
        theirs=lambda now: Theirs(ReasonForm(None), now.version, saved_by(now)),
        context={"words": [row.words, row.answer]},
    )
    return answer(form, shown)


@blueprint.route(f"{ONE}application", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def apply(partnership: str, decision: int) -> Answer:
    person = acting_person()
    row = _decision(person, partnership, decision, Permission.MEETING_EDIT)
    proposal = proposal_of(person, row)
    form = ApplyForm(data={"version": row.version, "seen": proposal.seen if proposal else ""})
    lines = (*proposal.lines, proposal.refusal) if proposal else ("There is nothing to apply to a plan.",)
    shown = _page(
        row,
        "Apply the decision to the plan",
        lambda: apply_decision(person, row, form.started_from, seen=form.seen.data or "", form_key=form.key),
        "The decision is applied: the plan and its history name it.",
        button="Apply to the plan",
        context={"words": lines},
    )
    return answer(form, shown)


def _decision(person: Acting, partnership: str, number: int, permission: Permission) -> Decision:
    found: Decision = load(person, Decision, number, permission, Partnership.slug == partnership)
    return found


def _page(row: Decision, heading: str, save: Any, saved: str, **more: Any) -> Page:
    meeting: Any = row.meeting
    return Page(
        meeting.partnership,
        heading,
        f"/p/{meeting.partnership.slug}/decisions/{row.id}/",
        save,
        saved,
        caption=reference(row.number, meeting.held_on),
        nav="meetings",
        **more,
    )
