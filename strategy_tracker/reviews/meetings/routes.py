"""Meetings: listed, read, made, moved, called off, attended, minuted."""

from typing import Any

from flask import Blueprint, render_template, request

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, may, require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.errors import Forbidden, NotFound
from strategy_tracker.history.queries import saved_by
from strategy_tracker.quarters.queries import quarters_of
from strategy_tracker.reviews.meetings import operations, queries
from strategy_tracker.reviews.meetings.forms import ApprovalForm, MeetingForm, MinutesForm, attendance_form
from strategy_tracker.reviews.meetings.models import Meeting, Minutes
from strategy_tracker.reviews.meetings.page import base_of, lines_of, meeting_page, when_words
from strategy_tracker.web.access import acting_person, needs, the_partnership
from strategy_tracker.web.editing import Answer, Page, Theirs, answer
from strategy_tracker.web.forms import ReasonForm

blueprint = Blueprint("meetings", __name__)
MEETINGS = "/p/<partnership>/meetings/"
ONE = f"{MEETINGS}<int:meeting>/"


@blueprint.get(MEETINGS)
@needs(Permission.MEETING_READ)
def show_all(partnership: str) -> str:
    person = acting_person()
    home = the_group(person, partnership)
    coming, held = lines_of(person, home, clock.today())
    return render_template(
        "meetings/list.html",
        partnership=home,
        nav="meetings",
        coming=coming,
        held=held,
        may_edit=may(person, Permission.MEETING_EDIT, home),
    )


@blueprint.route(f"{MEETINGS}new", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def add(partnership: str) -> Answer:
    """`?quarter=2010-11-q4` proposes the quarter and its date for the meeting."""
    person = acting_person()
    home = the_group(person, partnership, Permission.MEETING_EDIT)
    quarters = quarters_of(home.id)
    asked = next((one for one in quarters if one.slug == request.args.get("quarter")), None)
    form = MeetingForm(data={"quarter": str(asked.id), "held_on": asked.meeting_on} if asked else {})
    form.offer(quarters)
    page = Page(
        home,
        "Add a meeting",
        f"/p/{home.slug}/meetings/",
        lambda: operations.add_meeting(person, home, form.particulars(quarters), form_key=form.key),
        "The meeting is added.",
        nav="meetings",
    )
    return answer(form, page)


@blueprint.get(ONE)
@needs(Permission.MEETING_READ)
def show(partnership: str, meeting: int) -> str:
    person = acting_person()
    row = the_meeting(person, partnership, meeting)
    page = meeting_page(row, person, clock.today())
    return render_template("meetings/meeting.html", partnership=row.partnership, nav="meetings", page=page)


@blueprint.get(f"{ONE}agenda")
@needs(Permission.MEETING_READ)
def agenda(partnership: str, meeting: int) -> str:
    """The agenda alone, to be printed."""
    person = acting_person()
    row = the_meeting(person, partnership, meeting)
    page = meeting_page(row, person, clock.today())
    return render_template("meetings/agenda.html", partnership=row.partnership, nav="meetings", page=page)


@blueprint.route(f"{ONE}edit", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def edit(partnership: str, meeting: int) -> Answer:
    person = acting_person()
    row = the_meeting(person, partnership, meeting, Permission.MEETING_EDIT)
    quarters = quarters_of(row.partnership_id)
    form = _form(row, quarters)
    page = Page(
        row.partnership,
        "Edit the meeting",
        base_of(row),
        lambda: operations.edit_meeting(person, row, form.started_from, form.particulars(quarters), form_key=form.key),
        "The meeting is saved.",
        caption=_caption(row),
        nav="meetings",
        theirs=lambda now: Theirs(_form(now, quarters, None), now.version, saved_by(now)),
        context={"states": [(f"{base_of(row)}calling-off", "Call the meeting off")]},
    )
    return answer(form, page)


@blueprint.route(f"{ONE}calling-off", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def call_off(partnership: str, meeting: int) -> Answer:
    person = acting_person()
    row = the_meeting(person, partnership, meeting, Permission.MEETING_EDIT)
    form = ReasonForm(data={"version": row.version})
    page = Page(
        row.partnership,
        "Call the meeting off",
        base_of(row),
        lambda: operations.call_off_meeting(
            person, row, form.started_from, reason=form.reason.data or "", form_key=form.key
        ),
        "The meeting is called off.",
        caption=_caption(row),
        button="Call it off",
        nav="meetings",
        theirs=lambda now: Theirs(ReasonForm(None), now.version, saved_by(now)),
        context={
            "words": ["What was prepared can still be read, and says that the meeting was not held."],
            "is_dangerous": True,
        },
    )
    return answer(form, page)


@blueprint.route(f"{ONE}attendance", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def attendance(partnership: str, meeting: int) -> Answer:
    person = acting_person()
    row = the_meeting(person, partnership, meeting, Permission.MEETING_EDIT)
    refuse_form_before_its_day(row)
    noted = queries.attendance_of(row.id)
    authorities = partners_of(row.partnership_id, *noted)
    form = attendance_form(authorities, row, noted)

    def theirs(now: Meeting) -> Theirs:
        filled = attendance_form(authorities, now, queries.attendance_of(now.id), None)
        return Theirs(filled, now.version, saved_by(now))

    page = Page(
        row.partnership,
        "Who was there",
        f"{base_of(row)}#attendance",
        lambda: operations.note_attendance(
            person, row, form.started_from, came=form.came, others=form.others.data or "", form_key=form.key
        ),
        "It is noted who was there.",
        caption=_caption(row),
        nav="meetings",
        template="meetings/attendance.html",
        theirs=theirs,
        context={"authorities": authorities},
    )
    return answer(form, page)


@blueprint.route(f"{ONE}minutes", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def write_minutes(partnership: str, meeting: int) -> Answer:
    person = acting_person()
    row = the_meeting(person, partnership, meeting, Permission.MEETING_EDIT)
    refuse_form_before_its_day(row)
    minutes = queries.minutes_of(row)
    form = _minutes_form(minutes)
    page = Page(
        row.partnership,
        "Minutes",
        f"{base_of(row)}#minutes",
        lambda: operations.write_minutes(
            person,
            minutes,
            form.started_from,
            text=form.text.data or "",
            reason=form.reason.data or "" if "reason" in form else "",
            form_key=form.key,
        ),
        "The minutes are saved. What they said before can still be read.",
        caption=_caption(row),
        nav="meetings",
        template="meetings/minutes.html",
        theirs=lambda now: Theirs(_minutes_form(now, None), now.version, saved_by(row)),
    )
    return answer(form, page)


@blueprint.route(f"{ONE}minutes/approval", methods=["GET", "POST"])
@needs(Permission.MEETING_EDIT)
def approve_minutes(partnership: str, meeting: int) -> Answer:
    person = acting_person()
    row = the_meeting(person, partnership, meeting, Permission.MEETING_EDIT)
    minutes, later = queries.minutes_of(row), queries.later_meetings(row, clock.today())
    form = ApprovalForm(data={"version": minutes.version})
    form.offer((one.id, when_words(one)) for one in later)

    def save() -> None:
        chosen = next(one for one in later if str(one.id) == form.approved_in.data)
        operations.approve_minutes(person, minutes, form.started_from, approved_in=chosen, form_key=form.key)

    page = Page(
        row.partnership,
        "Approve the minutes",
        f"{base_of(row)}#minutes",
        save,
        "The minutes are approved.",
        caption=_caption(row),
        button="Approve",
        nav="meetings",
        context={"words": ["" if later else "Minutes are approved at a later meeting, once it has been held."]},
    )
    return answer(form, page)


def the_group(person: Acting, slug: str, permission: Permission = Permission.MEETING_READ) -> Partnership:
    """The partnership whose steering group meets. Raises NotFound for whoever may not know of its meetings."""
    home = the_partnership(person, slug)
    if not may(person, Permission.MEETING_READ, home):
        raise NotFound
    require(person, permission, home)
    return home


def the_meeting(
    person: Acting, partnership: str, number: int, permission: Permission = Permission.MEETING_READ
) -> Meeting:
    """The meeting with this id. Raises Forbidden as `refuse_form_if_called_off` does, but where it is only read."""
    found: Meeting = load(person, Meeting, number, permission, Partnership.slug == partnership)
    if permission is not Permission.MEETING_READ:
        refuse_form_if_called_off(found)
    return found


def refuse_form_if_called_off(meeting: Meeting) -> None:
    """So that nobody fills in a form that cannot be saved. What is sent the operations judge: it may be sent twice."""
    if request.method != "POST":
        operations.require_not_called_off(meeting)


def refuse_form_before_its_day(meeting: Meeting) -> None:
    """The same for what happened at a meeting that is still to be held."""
    if request.method != "POST" and (why := operations.why_not_held(meeting)):
        raise Forbidden(f"{why}.")


def _caption(row: Meeting) -> str:
    return f"Meeting of the steering group, {when_words(row)}"


def _form(row: Meeting, quarters: Any, *posted: Any) -> MeetingForm:
    values = {
        "held_on": row.held_on,
        "starts_at": row.starts_at,
        "venue": row.venue,
        "chair": row.chair,
        "quarter": str(row.quarter_id or ""),
        "version": row.version,
    }
    form = MeetingForm(*posted, data=values)
    form.offer(quarters)
    return form


def _minutes_form(minutes: Minutes, *posted: Any) -> MinutesForm:
    form = MinutesForm(*posted, data={"text": minutes.text, "version": minutes.version})
    if not minutes.approved_in_id:
        del form.reason
    return form
