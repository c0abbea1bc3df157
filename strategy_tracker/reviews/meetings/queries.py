"""Finding meetings and what is kept with them. None of these reads a paper's bytes but `content_of`."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any

from peewee import JOIN, fn

from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    MinutesRevision,
    Paper,
    PaperContent,
)


def meetings_of(person: Acting, partnership: Partnership) -> list[Meeting]:
    """Every meeting of a partnership that the person may read, the latest first."""
    rows = visible(person, Meeting).where(Meeting.partnership == partnership.id)
    return list(rows.order_by(Meeting.held_on.desc(), Meeting.id.desc()))


def meetings_between(partnership_id: int, first: dt.date, last: dt.date) -> list[Meeting]:
    """The meetings held from a day to a day, both among them, in order of time."""
    query = _held(partnership_id).where(Meeting.held_on >= first, Meeting.held_on <= last)
    return list(query.order_by(Meeting.held_on, Meeting.id))


def later_meetings(meeting: Meeting, today: dt.date) -> list[Meeting]:
    """Those held after it and by now, the first one first."""
    query = _held(meeting.partnership_id).where(Meeting.held_on > meeting.held_on, Meeting.held_on <= today)
    return list(query.order_by(Meeting.held_on, Meeting.id))


def others_on(meeting: Meeting) -> bool:
    """Whether another meeting of the partnership is on the same day."""
    query = _held(meeting.partnership_id).where(Meeting.held_on == meeting.held_on, Meeting.id != meeting.id)
    return bool(query.exists())


def minutes_of(meeting: Meeting) -> Minutes:
    """The minutes with the meeting that approved them, if one did."""
    later = Meeting.alias()
    minutes: Any = (
        Minutes.select(Minutes, later)
        .join(later, JOIN.LEFT_OUTER, on=(Minutes.approved_in == later.id))
        .where(Minutes.meeting == meeting.id)
        .get()
    )
    minutes.meeting = meeting
    found: Minutes = minutes
    return found


def unapproved_before(meeting: Meeting) -> list[Minutes]:
    """The minutes of earlier meetings that are written and that no meeting held before this one approved."""
    later = Meeting.alias()
    query = (
        Minutes.select(Minutes, Meeting)
        .join(Meeting, on=(Minutes.meeting == Meeting.id))
        .switch(Minutes)
        .join(later, JOIN.LEFT_OUTER, on=(Minutes.approved_in == later.id))
        .where(
            Meeting.partnership == meeting.partnership_id,
            Meeting.held_on < meeting.held_on,
            Meeting.called_off_at.is_null(),
            Minutes.text != "",
            later.held_on.is_null() | (later.held_on >= meeting.held_on),
        )
    )
    return list(query.order_by(Meeting.held_on, Meeting.id))


def minutes_revisions(minutes: Minutes) -> list[MinutesRevision]:
    """The minutes each time they were saved, the latest first, with who saved them."""
    return list(
        MinutesRevision.select(MinutesRevision, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(MinutesRevision.minutes == minutes.id)
        .order_by(MinutesRevision.number.desc())
    )


def attendance_of(meeting_id: int) -> dict[int, Attendance]:
    """What is noted of each authority, by its id."""
    query = Attendance.select(Attendance, Authority).join(Authority).where(Attendance.meeting == meeting_id)
    return {row.authority_id: row for row in query.order_by(Authority.position, Authority.id)}


def items_of(meeting_id: int) -> list[AgendaItem]:
    """The coordinator's own items in their order."""
    query = AgendaItem.select().where(AgendaItem.meeting == meeting_id, AgendaItem.removed_at.is_null())
    return list(query.order_by(AgendaItem.position, AgendaItem.id))


def papers_of(meeting_id: int) -> list[Paper]:
    """The standing papers, in the order in which they came out."""
    query = Paper.select().where(Paper.meeting == meeting_id, Paper.removed_at.is_null())
    return list(query.order_by(Paper.published_on, Paper.id))


def count_of_papers(meeting_id: int) -> int:
    return Paper.select().where(Paper.meeting == meeting_id, Paper.removed_at.is_null()).count()


def bytes_of_papers(partnership_id: int) -> int:
    """What the papers of all its meetings take up, those that were withdrawn too."""
    query = Paper.select(fn.COALESCE(fn.SUM(Paper.size), 0)).join(Meeting)
    return int(query.where(Meeting.partnership == partnership_id).scalar())


def content_of(paper: Paper) -> bytes | None:
    """The bytes; None where it is a page, or they were erased from the database."""
    content = PaperContent.select(PaperContent.content).where(PaperContent.paper == paper.id).scalar()
    return None if content is None else bytes(content)


def paper_faults() -> Iterator[str]:
    """A line for each file, those that were withdrawn too, whose bytes are not those that were added. One at a time."""
    numbers = [row[0] for row in Paper.select(Paper.id).where(Paper.filename != "").order_by(Paper.id).tuples()]
    for number in numbers:
        row = Paper.get_by_id(number)
        content = content_of(row)
        if content is None:
            yield f"paper {number}: its bytes are missing"
        elif (len(content), hashlib.sha256(content).hexdigest()) != (row.size, row.sha256):
            yield f"paper {number}: its bytes are not those that were added"


def has_decisions(meeting_id: int) -> bool:
    return bool(Decision.select().where(Decision.meeting == meeting_id).exists())


def counts_of(meeting_ids: list[int]) -> dict[int, tuple[int, int]]:
    """How many decisions each meeting took, and how many of them are open."""
    is_open = fn.SUM((Decision.state == "open").cast("integer"))
    query = Decision.select(Decision.meeting, fn.COUNT(Decision.id), is_open).where(Decision.meeting.in_(meeting_ids))
    return {number: (total, still) for number, total, still in query.group_by(Decision.meeting).tuples()}


def approvals_of(meeting_ids: list[int]) -> dict[int, str]:
    """Where the minutes of each meeting stand: "", "Written", "Approved"."""
    query = Minutes.select(Minutes.meeting, Minutes.text != "", Minutes.approved_in).where(
        Minutes.meeting.in_(meeting_ids)
    )
    return {
        number: "Approved" if approved else "Written" if written else "" for number, written, approved in query.tuples()
    }


def _held(partnership_id: int) -> Any:
    return (
        Meeting.select(Meeting, Quarter)
        .join(Quarter, JOIN.LEFT_OUTER)
        .where(Meeting.partnership == partnership_id, Meeting.called_off_at.is_null())
    )
