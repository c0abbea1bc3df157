"""The meetings of the quarter, the one that reviews it, and the next."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from strategy_tracker import clock
from strategy_tracker.authorities.models import Authority
from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.meetings.models import Attendance, Meeting
from strategy_tracker.reviews.report_sections.decisions import NAMED_IN

PRESENCE = {"present": "Present", "apologies": "Apologies", "absent": "Absent"}


@dataclass(frozen=True)
class Presence:
    """Who came, sent apologies or did not come, by authority."""

    label: str
    who: str


@dataclass(frozen=True)
class MeetingHeld:
    """A meeting; `reviews` says of which quarter, or is empty. What nobody noted is empty."""

    on: str
    at: str
    venue: str
    chair: str
    reviews: str
    presence: tuple[Presence, ...]


@dataclass(frozen=True)
class Meetings:
    """In order of time. `next` is the first meeting after them; None where none is made."""

    held: tuple[MeetingHeld, ...]
    next: MeetingHeld | None


def meetings(context: SectionContext) -> Meetings:
    rows = meetings_from(context.partnership_id, context.period_from)
    of_quarter = [row for row in rows if row.held_on <= context.as_at or row.quarter_id == context.quarter_id]
    last = max((row.held_on for row in of_quarter), default=context.as_at)
    after = next((row for row in rows if row.held_on > last), None)
    came = _attendance([row.id for row in of_quarter])
    return Meetings(
        held=tuple(_held(row, came.get(row.id, []), context) for row in of_quarter),
        next=_held(after, [], context) if after else None,
    )


def meetings_from(partnership_id: int, first: dt.date) -> list[Any]:
    """The meetings on and after a day that were not called off, in order of time, each with its quarter."""
    query = Meeting.select(Meeting, Quarter).join(Quarter, JOIN.LEFT_OUTER)
    query = query.where(
        Meeting.partnership == partnership_id, Meeting.called_off_at.is_null(), Meeting.held_on >= first
    )
    return list(query.order_by(Meeting.held_on, Meeting.id))


def _attendance(meeting_ids: list[int]) -> dict[int, list[Any]]:
    query = Attendance.select(Attendance, Authority).join(Authority).where(Attendance.meeting.in_(meeting_ids))
    found: dict[int, list[Any]] = {}
    for row in query.order_by(Authority.position, Authority.id):
        found.setdefault(row.meeting_id, []).append(row)
    return found


def _held(row: Any, came: Iterable[Any], context: SectionContext) -> MeetingHeld:
    came = list(came)
    named = context.audience in NAMED_IN
    presence = (
        Presence(label, "; ".join(_name(one, named) for one in came if one.presence == key))
        for key, label in PRESENCE.items()
    )
    return MeetingHeld(
        on=clock.long_date(row.held_on),
        at=row.starts_at,
        venue=row.venue,
        chair=row.chair if named else "",
        reviews=row.quarter.words if row.quarter_id else "",
        presence=tuple(one for one in presence if one.who),
    )


def _name(row: Any, named: bool) -> str:
    short = row.authority.short_name
    return f"{short} ({row.who})" if named and row.who else str(short)
