"""What the page of a meeting shows: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.authorities.queries import partners_of
from strategy_tracker.plans.evidence.kinds import KINDS
from strategy_tracker.plans.evidence.page import size_in_words
from strategy_tracker.quarters.queries import nations_of
from strategy_tracker.reviews.decisions.queries import Told, decisions_of_meeting
from strategy_tracker.reviews.meetings import queries, sources
from strategy_tracker.reviews.meetings.agenda import AgendaContext, Drawn, Point, offered
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting, MinutesRevision, Paper
from strategy_tracker.reviews.meetings.rules import (
    Notice,
    Presence,
    Stands,
    notice,
    out_by,
    rule_words,
    time_words,
)


@dataclass(frozen=True)
class Part:
    """One item of an agenda: the coordinator's own (`item_id`), or drawn."""

    number: int
    title: str
    text: str = ""
    asked: str = ""
    asked_by: str = ""
    item_id: int | None = None
    version: int = 0
    rule: str = ""
    points: tuple[Point, ...] = ()
    nothing: str = ""


@dataclass(frozen=True)
class PaperView:
    """A paper. `kind` and `size` are empty where it is a page; `is_out` on the day of publication and after it."""

    id: int
    title: str
    address: str
    kind: str
    size: str
    published_on: dt.date
    notice: Notice
    is_out: bool


@dataclass(frozen=True)
class PresenceView:
    """Whether an authority was there; `told` is empty where nothing is noted."""

    authority: str
    name: str
    told: str
    who: str


@dataclass(frozen=True)
class MinutesView:
    """`approved_on` is the date of the meeting that approved them; `revisions` what they said, the latest first."""

    version: int
    text: str
    approved_on: dt.date | None
    approved_address: str
    revisions: tuple[MinutesRevision, ...]


@dataclass(frozen=True)
class MeetingPage:
    """A meeting. `warnings` say what is late or will be, each beside the rule."""

    id: int
    base: str
    held_on: dt.date
    when: str
    venue: str
    chair: str
    others: str
    quarter: str
    quarter_address: str
    called_off: str
    is_past: bool
    out_by: dt.date
    rule: str
    warnings: tuple[str, ...]
    parts: tuple[Part, ...]
    papers: tuple[PaperView, ...]
    presences: tuple[PresenceView, ...]
    decisions: tuple[Told, ...]
    minutes: MinutesView
    can_be_approved: bool
    may_edit: bool
    may_decide: bool
    may_note: bool

    @property
    def is_noted(self) -> bool:
        """Whether anything is noted of who came."""
        return bool(self.others) or any(one.told for one in self.presences)


def meeting_page(meeting: Meeting, person: Acting, today: dt.date) -> MeetingPage:
    """The page of a meeting that the person may read; as many queries for much as for little."""
    home: Any = meeting.partnership
    nations = nations_of(meeting.partnership_id)
    may_edit = may(person, Permission.MEETING_EDIT, meeting) and meeting.called_off_at is None
    papers = tuple(
        _paper(row, meeting.held_on, nations, today)
        for row in queries.papers_of(meeting.id)
        if may_edit or row.published_on <= today
    )
    minutes, quarter = _minutes(meeting), meeting.quarter if meeting.quarter_id else None
    later = queries.later_meetings(meeting, today) if may_edit and minutes.text and not minutes.approved_on else []
    return MeetingPage(
        id=meeting.id,
        base=base_of(meeting),
        held_on=meeting.held_on,
        when=when_words(meeting),
        venue=meeting.venue,
        chair=meeting.chair,
        others=meeting.others,
        quarter=quarter.words if quarter else "",
        quarter_address=f"/p/{home.slug}/quarters/{quarter.slug}/" if quarter else "",
        called_off=meeting.called_off_why if meeting.called_off_at else "",
        is_past=meeting.held_on < today,
        out_by=out_by(meeting.held_on, nations),
        rule=rule_words(meeting.held_on, nations),
        warnings=tuple(_warnings(meeting, papers, nations, today)) if not meeting.called_off_at else (),
        parts=agenda_of(meeting, person, today),
        papers=papers,
        presences=_presences(meeting),
        decisions=decisions_of_meeting(person, meeting, today),
        minutes=minutes,
        can_be_approved=bool(later),
        may_edit=may_edit,
        may_decide=may(person, Permission.DECISION_WRITE, home)
        and meeting.called_off_at is None
        and meeting.held_on <= today,
        may_note=may_edit and meeting.held_on <= today,
    )


def agenda_of(meeting: Meeting, person: Acting, today: dt.date) -> tuple[Part, ...]:
    """The items in order: the coordinator's own before, what is drawn, her own after."""
    home: Any = meeting.partnership
    quarter: Any = meeting.quarter if meeting.quarter_id else None
    context = AgendaContext(person, meeting, home, quarter, min(today, meeting.held_on))
    drawn = [found for source in (*sources.BUILT_IN, *offered()) if (found := source(context)) is not None]
    items = queries.items_of(meeting.id)
    before = [item for item in items if item.stands == Stands.BEFORE]
    after = [item for item in items if item.stands == Stands.AFTER]
    whole: list[AgendaItem | Drawn] = [*before, *drawn, *after]
    return tuple(_part(number, each) for number, each in enumerate(whole, start=1))


def base_of(meeting: Meeting) -> str:
    home: Any = meeting.partnership
    return f"/p/{home.slug}/meetings/{meeting.id}/"


def when_words(meeting: Meeting) -> str:
    """ "14 July 2011, 10am"."""
    return ", ".join(part for part in (clock.long_date(meeting.held_on), time_words(meeting.starts_at)) if part)


@dataclass(frozen=True)
class Line:
    """A meeting in the list of them."""

    id: int
    held_on: dt.date
    when: str
    venue: str
    quarter: str
    minutes: str
    decisions: int
    open: int
    is_called_off: bool


def lines_of(person: Acting, partnership: Partnership, today: dt.date) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The meetings to come, the first one first, and those held, the last one first."""
    meetings = queries.meetings_of(person, partnership)
    ids = [meeting.id for meeting in meetings]
    counts, approvals = queries.counts_of(ids), queries.approvals_of(ids)
    lines = [_line(meeting, counts.get(meeting.id, (0, 0)), approvals.get(meeting.id, "")) for meeting in meetings]
    coming = tuple(line for line in reversed(lines) if line.held_on >= today)
    return coming, tuple(line for line in lines if line.held_on < today)


def _line(meeting: Any, counts: tuple[int, int], minutes: str) -> Line:
    return Line(
        id=meeting.id,
        held_on=meeting.held_on,
        when=when_words(meeting),
        venue=meeting.venue,
        quarter=meeting.quarter.words if meeting.quarter_id else "",
        minutes=minutes,
        decisions=counts[0],
        open=counts[1],
        is_called_off=meeting.called_off_at is not None,
    )


def _part(number: int, each: AgendaItem | Drawn) -> Part:
    if isinstance(each, Drawn):
        return Part(number, each.title, rule=each.rule, points=each.points, nothing=each.nothing)
    return Part(number, each.title, each.text, each.asked, each.asked_by, each.id, each.version)


def _paper(row: Paper, held_on: dt.date, nations: Sequence[str], today: dt.date) -> PaperView:
    return PaperView(
        id=row.id,
        title=row.title,
        address=row.address,
        kind=KINDS[row.media_type].words if row.media_type else "",
        size=size_in_words(row.size) if row.size else "",
        published_on=row.published_on,
        notice=notice(row.published_on, clock.in_london(row.added_at).date(), held_on, nations),
        is_out=row.published_on <= today,
    )


def _warnings(meeting: Meeting, papers: Sequence[PaperView], nations: Sequence[str], today: dt.date) -> Iterator[str]:
    late = [paper for paper in papers if paper.notice.is_late]
    for paper in late:
        verb = "was published" if paper.is_out else "will be published"
        added = f", and added here on {clock.long_date(paper.notice.added_on)}" if paper.notice.added_on else ""
        yield f"“{paper.title}” {verb} on {clock.long_date(paper.published_on)}{added}: {paper.notice.words}."
    last = out_by(meeting.held_on, nations)
    if meeting.held_on >= today and not papers and today >= last:
        days = f"{clock.long_date(last)}, is today" if today == last else f"{clock.long_date(last)}, has passed"
        yield f"No paper is out yet, and the last day to publish in time, {days}."


def _presences(meeting: Meeting) -> tuple[PresenceView, ...]:
    noted = queries.attendance_of(meeting.id)
    found = []
    for each in partners_of(meeting.partnership_id, *noted):
        row = noted.get(each.id)
        told = sources.PRESENCE[Presence(row.presence)] if row else ""
        found.append(PresenceView(each.short_name, each.name, told, row.who if row else ""))
    return tuple(found)


def _minutes(meeting: Meeting) -> MinutesView:
    row = queries.minutes_of(meeting)
    later: Any = row.approved_in if row.approved_in_id else None
    home: Any = meeting.partnership
    return MinutesView(
        version=row.version,
        text=row.text,
        approved_on=later.held_on if later else None,
        approved_address=f"/p/{home.slug}/meetings/{later.id}/" if later else "",
        revisions=tuple(queries.minutes_revisions(row)),
    )
