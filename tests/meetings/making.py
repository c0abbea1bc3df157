"""Meetings in the words of the domain."""

import datetime as dt
from typing import Any

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.meetings import items, operations, papers
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting, Paper
from strategy_tracker.reviews.meetings.operations import Particulars
from strategy_tracker.reviews.meetings.queries import minutes_of
from tests.cast import partnership
from tests.evidence.files import PDF

JULY = dt.date(2011, 7, 28)
OCTOBER = dt.date(2011, 10, 13)


def a_meeting(
    held_on: dt.date = JULY,
    *,
    of: str = "west-kent",
    quarter: Quarter | None = None,
    by: Acting = OPERATOR,
    **more: Any,
) -> Meeting:
    """A meeting of the steering group, at ten in Sevenoaks."""
    words = {"starts_at": "10:00", "venue": "Argyle Road, Sevenoaks", "chair": "Chief Housing Officer, TMBC"} | more
    return operations.add_meeting(by, partnership(of), Particulars(held_on, quarter=quarter, **words))


def an_item(meeting: Meeting, title: str = "The county’s cuts", *, by: Acting = OPERATOR, **words: Any) -> AgendaItem:
    """An item of the coordinator's own."""
    return items.add_item(by, meeting, title=title, **words)


def a_paper(
    meeting: Meeting,
    title: str = "Note on the county’s cuts",
    *,
    on: dt.date = dt.date(2011, 7, 1),
    by: Acting = OPERATOR,
) -> Paper:
    """A PDF, added on the day of its publication."""
    paper = papers.add_file(by, meeting, filename="note.pdf", content=PDF, published_on=on, title=title)
    Paper.update(added_at=dt.datetime.combine(on, dt.time(9))).where(Paper.id == paper.id).execute()
    return paper


def minuted(meeting: Meeting, text: str = "Everything was noted.", *, by: Acting = OPERATOR) -> Meeting:
    """The meeting with minutes."""
    minutes = minutes_of(meeting)
    operations.write_minutes(by, minutes, minutes.version, text=text)
    return meeting


def approved(meeting: Meeting, later: Meeting, *, by: Acting = OPERATOR) -> Meeting:
    """The meeting with minutes that the later one approved."""
    minutes = minutes_of(minuted(meeting))
    operations.approve_minutes(by, minutes, minutes.version, approved_in=later)
    return meeting
