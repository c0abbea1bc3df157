"""What is prepared for a meeting: the coordinator's own items, and the papers."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, may
from strategy_tracker.errors import Invalid, NotFound, Repeated
from strategy_tracker.history.queries import saved_by
from strategy_tracker.plans.evidence.kinds import ENDINGS, LARGEST
from strategy_tracker.plans.evidence.names import disposition
from strategy_tracker.plans.forms import Confirm
from strategy_tracker.reviews.meetings import items, papers
from strategy_tracker.reviews.meetings.forms import ItemForm, PaperForm
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting, Paper
from strategy_tracker.reviews.meetings.page import base_of, when_words
from strategy_tracker.reviews.meetings.queries import content_of
from strategy_tracker.reviews.meetings.routes import ONE, refuse_form_if_called_off, the_meeting
from strategy_tracker.web.access import acting_person, needs
from strategy_tracker.web.editing import Answer, Page, Theirs, answer
from strategy_tracker.web.forms import ReasonForm

blueprint = Blueprint("material", __name__)
ITEM = f"{ONE}items/<int:item>/"
PAPER = f"{ONE}papers/<int:paper>/"


@blueprint.record_once
def _allow_files(state: BlueprintSetupState) -> None:
    state.app.config["UPLOADS"] = {*state.app.config.get("UPLOADS", ()), "material.add_paper"}


@blueprint.route(f"{ONE}items/new", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def add_item(partnership: str, meeting: int) -> Answer:
    person = acting_person()
    row = the_meeting(person, partnership, meeting, Permission.MEETING_EDIT)
    form = ItemForm()
    page = Page(
        row.partnership,
        "Add an item to the agenda",
        f"{base_of(row)}#agenda",
        lambda: items.add_item(person, row, **form.said, form_key=form.key),
        "The item is on the agenda.",
        caption=_caption(row),
        nav="meetings",
    )
    return answer(form, page)


@blueprint.route(f"{ITEM}edit", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def edit_item(partnership: str, meeting: int, item: int) -> Answer:
    person = acting_person()
    row = _item(person, partnership, meeting, item)
    form = _item_form(row)
    base = base_of(row.meeting)
    page = Page(
        row.meeting.partnership,
        "Edit an item of the agenda",
        f"{base}#agenda",
        lambda: items.edit_item(person, row, form.started_from, **form.said, form_key=form.key),
        "The item is saved.",
        caption=_caption(row.meeting),
        nav="meetings",
        theirs=lambda now: Theirs(_item_form(now, None), now.version, saved_by(now)),
        context={
            "order": f"{base}items/{row.id}/order",
            "remove": f"{base}items/{row.id}/remove",
            "moves": Confirm(data={"version": row.version}),
        },
    )
    return answer(form, page)


@blueprint.post(f"{ITEM}order")
@needs(Permission.MEETING_EDIT)
def move_item(partnership: str, meeting: int, item: int) -> AnyResponse:
    person = acting_person()
    row = _item(person, partnership, meeting, item)
    form = Confirm()
    if not form.validate():
        raise Invalid(dict(form.problems()))
    try:
        moved = items.move_item(person, row, form.started_from, up=request.form.get("way") == "up", form_key=form.key)
    except Repeated:
        moved = True
    flash("The item is moved." if moved else "It stands at the end already.")
    return redirect(f"{base_of(row.meeting)}#agenda")


@blueprint.route(f"{ITEM}remove", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def remove_item(partnership: str, meeting: int, item: int) -> Answer:
    person = acting_person()
    row = _item(person, partnership, meeting, item)
    form = Confirm(data={"version": row.version})
    page = Page(
        row.meeting.partnership,
        "Take an item off the agenda",
        f"{base_of(row.meeting)}#agenda",
        lambda: items.remove_item(person, row, form.started_from, form_key=form.key),
        "The item is off the agenda.",
        caption=_caption(row.meeting),
        button="Take it off",
        nav="meetings",
        context={"words": [row.title], "is_dangerous": True},
    )
    return answer(form, page)


@blueprint.route(f"{ONE}papers/new", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def add_paper(partnership: str, meeting: int) -> Answer:
    person = acting_person()
    row = the_meeting(person, partnership, meeting, Permission.MEETING_EDIT)
    readables = papers.readables(person, row.partnership)
    form = PaperForm(data={"published_on": clock.today()})
    form.offer(readables)
    page = Page(
        row.partnership,
        "Add a paper",
        f"{base_of(row)}#papers",
        lambda: _save_paper(person, row, form, readables),
        "The paper is added.",
        caption=_caption(row),
        button="Add the paper",
        nav="meetings",
        template="meetings/paper.html",
        context={"endings": ",".join(ENDINGS), "sent": request.method == "POST"},
    )
    return answer(form, page)


@blueprint.get(f"{PAPER}file")
@needs(Permission.MEETING_READ)
def paper_file(partnership: str, meeting: int, paper: int) -> Response:
    """The bytes, always to be kept and never to be shown as a page of this site."""
    person = acting_person()
    row = _paper(person, partnership, meeting, paper, Permission.MEETING_READ)
    is_out = row.published_on <= clock.today() or may(person, Permission.MEETING_EDIT, row)
    content = content_of(row) if is_out else None
    if content is None:
        raise NotFound
    found = Response(content, content_type=row.media_type)
    found.headers["Content-Disposition"] = disposition(row.filename)
    found.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    found.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return found


@blueprint.route(f"{PAPER}withdrawal", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def remove_paper(partnership: str, meeting: int, paper: int) -> Answer:
    person = acting_person()
    row = _paper(person, partnership, meeting, paper, Permission.MEETING_EDIT)
    form = ReasonForm(data={"version": row.version})
    page = Page(
        row.meeting.partnership,
        "Withdraw a paper",
        f"{base_of(row.meeting)}#papers",
        lambda: papers.remove_paper(person, row, form.started_from, reason=form.reason.data or "", form_key=form.key),
        "The paper is withdrawn.",
        caption=_caption(row.meeting),
        button="Withdraw it",
        nav="meetings",
        theirs=lambda now: Theirs(ReasonForm(None), now.version, saved_by(now)),
        context={
            "words": [row.title, "Nobody can have it any more. The record that it was here stays."],
            "is_dangerous": True,
        },
    )
    return answer(form, page)


def _save_paper(person: Acting, row: Meeting, form: PaperForm, readables: list[papers.Readable]) -> None:
    file, chosen = request.files.get("file"), form.chosen(readables)
    words: dict[str, Any] = {
        "published_on": form.published_on.data,
        "title": form.title.data or "",
        "form_key": form.key,
    }
    has_file = file is not None and bool(file.filename)
    if chosen is not None and has_file:
        raise Invalid({"page": "Choose a page, or a file: one paper is one of the two"})
    if chosen is not None:
        papers.add_page(person, row, chosen, **words)
        return
    if file is None or not has_file:
        raise Invalid({"file": "Select the file, or choose a page above"})
    with file.stream:
        content = file.read(LARGEST + 1)
    papers.add_file(person, row, filename=file.filename or "", content=content, **words)


def _item(person: Acting, partnership: str, meeting: int, number: int) -> AgendaItem:
    row = the_meeting(person, partnership, meeting)
    found: AgendaItem = load(person, AgendaItem, number, Permission.MEETING_EDIT, AgendaItem.meeting == row.id)
    refuse_form_if_called_off(row)
    return found


def _paper(person: Acting, partnership: str, meeting: int, number: int, permission: Permission) -> Paper:
    row = the_meeting(person, partnership, meeting)
    found: Paper = load(person, Paper, number, permission, Paper.meeting == row.id)
    if permission is not Permission.MEETING_READ:
        refuse_form_if_called_off(row)
    return found


def _caption(row: Meeting) -> str:
    return f"Meeting of the steering group, {when_words(row)}"


def _item_form(row: AgendaItem, *posted: object) -> ItemForm:
    names = ("title", "text", "stands", "asked", "asked_by", "version")
    return ItemForm(*posted, data={name: getattr(row, name) for name in names})
