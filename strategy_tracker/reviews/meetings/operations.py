"""The verbs of a meeting: made, moved, called off, attended, minuted."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.checks import LONGEST_NAME, LONGEST_REASON, Problems
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.meetings import queries
from strategy_tracker.reviews.meetings.models import Attendance, Meeting, Minutes, MinutesRevision
from strategy_tracker.reviews.meetings.rules import Presence, time_of

LONGEST_MINUTES = 100_000


@dataclass(frozen=True)
class Came:
    """Whether an authority was there, and who for it; `presence` None: nothing is noted."""

    presence: Presence | None = None
    who: str = ""


@dataclass(frozen=True)
class Particulars:
    """When and where a meeting is, who chairs it, and the quarter that it reviews."""

    held_on: dt.date
    starts_at: str = ""
    venue: str = ""
    chair: str = ""
    quarter: Quarter | None = None


def add_meeting(
    person: Acting, partnership: Partnership, particulars: Particulars, *, form_key: str | None = None
) -> Meeting:
    """A meeting of the partnership's steering group. Raises Forbidden, Invalid."""
    require(person, Permission.MEETING_EDIT, partnership)
    columns = _columns(partnership.id, particulars)
    with history.writing(person, form_key):
        meeting = Meeting.create(partnership=partnership, **columns)
        Minutes.create(meeting=meeting)
        _record(person, meeting, "meeting added", after=_plain(columns))
        _refuse_same_day(meeting)
    return meeting


def edit_meeting(
    person: Acting, meeting: Meeting, version: int, particulars: Particulars, *, form_key: str | None = None
) -> None:
    """New particulars. Its date stays once there are decisions, which are cited by it. Raises Conflict, Invalid."""
    require(person, Permission.MEETING_EDIT, meeting)
    columns = _columns(meeting.partnership_id, particulars)
    before = {name: getattr(meeting, f"{name}_id" if name == "quarter" else name) for name in columns}
    with history.writing(person, form_key):
        require_not_called_off(meeting)
        save_versioned(meeting, version, **columns)
        _record(person, meeting, "meeting edited", before=before, after=_plain(columns))
        if before["held_on"] != meeting.held_on and queries.has_decisions(meeting.id):
            raise Invalid({"held_on": "Decisions of this meeting are cited by its date, so the date stays"})
        _refuse_same_day(meeting)


def call_off_meeting(
    person: Acting, meeting: Meeting, version: int, *, reason: str, form_key: str | None = None
) -> None:
    """It is not held; what was prepared can still be read. Raises Conflict, Invalid, also once there are decisions."""
    require(person, Permission.MEETING_EDIT, meeting)
    why = _reason(reason, "Say why the meeting is called off")
    with history.writing(person, form_key):
        require_not_called_off(meeting)
        save_versioned(meeting, version, called_off_at=clock.now(), called_off_why=why)
        _record(person, meeting, "meeting called off", reason=why)
        if queries.has_decisions(meeting.id):
            raise Invalid({"reason": "The meeting was held: there are decisions of it"})


def note_attendance(
    person: Acting,
    meeting: Meeting,
    version: int,
    *,
    came: Mapping[int, Came],
    others: str = "",
    form_key: str | None = None,
) -> None:
    """Who was there, by the id of each authority; those that are not named stay as noted. Raises Conflict, Invalid."""
    require(person, Permission.MEETING_EDIT, meeting)
    problems = Problems()
    names = {one.id: one.short_name for one in authorities_of(meeting.partnership_id)}
    noted = {
        number: (one.presence, problems.line(f"who_{number}", f"Who came for {names[number]}", one.who, required=False))
        for number, one in came.items()
        if number in names
    }
    words = problems.text("others", "Others who were there", others, longest=LONGEST_REASON, required=False)
    problems.marks(others=words)
    if not_yet := why_not_held(meeting):
        problems.add("others", not_yet)
    for number, (presence, who) in noted.items():
        if who and presence is None:
            problems.add(f"presence_{number}", f"Say whether {names[number]} was there")
    problems.raise_if_any()
    with history.writing(person, form_key):
        require_not_called_off(meeting)
        save_versioned(meeting, version, others=words)
        for number, (presence, who) in noted.items():
            _note(meeting, number, presence, who)
        after = {names[number]: [presence.value if presence else "", who] for number, (presence, who) in noted.items()}
        _record(person, meeting, "attendance noted", after=after, others=words)


def write_minutes(
    person: Acting, minutes: Minutes, version: int, *, text: str, reason: str = "", form_key: str | None = None
) -> None:
    """New words; what they were stays. Minutes that were approved need a reason, and approval anew.

    Raises Conflict with the minutes as they stand, and Invalid.
    """
    meeting: Any = minutes.meeting
    require(person, Permission.MEETING_EDIT, meeting)
    problems = Problems()
    words = problems.text("text", "The minutes", text, longest=LONGEST_MINUTES)
    problems.marks(text=words, reason=reason)
    if not_yet := why_not_held(meeting):
        problems.add("text", not_yet)
    why = problems.text("reason", "The reason", reason, longest=LONGEST_REASON, required=False)
    if minutes.approved_in_id and not why:
        problems.add("reason", "Say why approved minutes change: they must be approved again")
    problems.raise_if_any()
    with history.writing(person, form_key):
        require_not_called_off(meeting)
        save_versioned(minutes, version, text=words, approved_in=None, approved_at=None)
        MinutesRevision.create(
            minutes=minutes,
            number=MinutesRevision.select().where(MinutesRevision.minutes == minutes).count() + 1,
            text=words,
            reason=why,
            person=person.id,
            recorded_at=clock.now(),
        )
        said = {"reason": why} if why else {}
        _record(person, meeting, "minutes written", of=minutes.version, **said)


def approve_minutes(
    person: Acting, minutes: Minutes, version: int, *, approved_in: Meeting, form_key: str | None = None
) -> None:
    """A later meeting found them right. Raises Conflict, Invalid."""
    meeting: Any = minutes.meeting
    require(person, Permission.MEETING_EDIT, meeting)
    require(person, Permission.MEETING_EDIT, approved_in)
    why_not = _why_not_approved(minutes, meeting, approved_in)
    if why_not:
        raise Invalid({"approved_in": why_not})
    with history.writing(person, form_key):
        save_versioned(minutes, version, approved_in=approved_in, approved_at=clock.now())
        _record(person, meeting, "minutes approved", by=approved_in.id, held_on=approved_in.held_on)


def require_not_called_off(meeting: Meeting) -> None:
    """Raises Forbidden: nothing is written for a meeting that is not held."""
    if meeting.called_off_at is not None:
        raise Forbidden("This meeting was called off. What was prepared can be read, and no longer be changed.")


def why_not_held(meeting: Meeting) -> str:
    """Why nothing can be said yet of what happened at a meeting; empty from its day on."""
    if meeting.held_on <= clock.today():
        return ""
    day = clock.long_date(meeting.held_on)
    return f"The meeting has not been held yet: what happened at it is written from its day on, {day}"


def _why_not_approved(minutes: Minutes, meeting: Meeting, approved_in: Meeting) -> str:
    if not minutes.text:
        return "There are no minutes to approve yet"
    if minutes.approved_in_id:
        return "The minutes are approved already"
    if approved_in.partnership_id != meeting.partnership_id or approved_in.held_on <= meeting.held_on:
        return "Minutes are approved at a later meeting of the same steering group"
    if approved_in.called_off_at is not None:
        return "That meeting was called off"
    if approved_in.held_on > clock.today():
        return "That meeting has not been held yet"
    return ""


def _note(meeting: Meeting, authority_id: int, presence: Presence | None, who: str) -> None:
    """Inside the transaction, after the save: its lock on the meeting keeps two from noting the same at once."""
    here = (Attendance.meeting == meeting.id) & (Attendance.authority == authority_id)
    Attendance.delete().where(here).execute()
    if presence is not None:
        Attendance.create(meeting=meeting, authority=authority_id, presence=presence.value, who=who)


def _columns(partnership_id: int, given: Particulars) -> dict[str, Any]:
    problems = Problems()
    problems.date("held_on", "The date", given.held_on)
    starts_at = time_of(given.starts_at)
    if starts_at is None:
        problems.add("starts_at", "Enter a time such as 10:00 or 2.30pm")
    if given.quarter is not None and given.quarter.partnership_id != partnership_id:
        problems.add("quarter", "Select a quarter of this partnership")
    columns = {
        "held_on": given.held_on,
        "starts_at": starts_at,
        "venue": problems.line("venue", "The place", given.venue, required=False),
        "chair": problems.line("chair", "The chair", given.chair, longest=LONGEST_NAME, required=False),
        "quarter": given.quarter,
    }
    problems.raise_if_any()
    return columns


def _refuse_same_day(meeting: Meeting) -> None:
    """After history is written, which lets in one writer at a time: decisions are cited by the day of their meeting."""
    if queries.others_on(meeting):
        raise Invalid({"held_on": "The steering group has a meeting on that day already"})


def _reason(given: str, without: str) -> str:
    problems = Problems()
    reason = problems.text("reason", "The reason", given, longest=LONGEST_REASON, required=False)
    if not reason:
        problems.add("reason", without)
    problems.raise_if_any()
    return reason


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.id if isinstance(value, Quarter) else value for name, value in columns.items()}


def _record(person: Acting, meeting: Meeting, verb: str, **data: Any) -> None:
    history.record(person, meeting.partnership_id, verb, meeting, version=meeting.version, **data)
