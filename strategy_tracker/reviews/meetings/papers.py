"""The papers of a meeting: files, and pages of the partnership that a meeting reads; put out, withdrawn."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require, visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import Problems, checked_reason
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.evidence.kinds import checked
from strategy_tracker.plans.evidence.names import kept_name, title_of
from strategy_tracker.plans.evidence.operations import MOST_BYTES
from strategy_tracker.plans.evidence.queries import bytes_of_partnership
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import address_of
from strategy_tracker.reviews.meetings import queries
from strategy_tracker.reviews.meetings.models import Meeting, Paper, PaperContent
from strategy_tracker.reviews.meetings.operations import require_not_called_off

MOST_PAPERS = 30
"""Papers that stand with one meeting."""


@dataclass(frozen=True)
class Readable:
    """A page of the partnership that can be a paper."""

    address: str
    title: str


PaperSource = Callable[[Acting, Partnership], Iterable[Readable]]
_sources: list[PaperSource] = []


def offer_paper_source(source: PaperSource) -> None:
    """Lets a feature's own pages, such as reports, be chosen as papers. Each must be for all who read meetings."""
    if source not in _sources:
        _sources.append(source)


def readables(person: Acting, partnership: Partnership) -> list[Readable]:
    """What can be chosen: the partnership's plans, the newest first, and what other features offer."""
    plans = visible(person, Plan).where(Plan.partnership == partnership.id).order_by(Plan.period_from.desc(), Plan.id)
    found = [
        Readable(
            address_of(partnership.slug, plan.slug), f"{plan.title}, {plan.period_from:%B %Y} to {plan.period_to:%B %Y}"
        )
        for plan in plans
    ]
    return [*(one for source in _sources for one in source(person, partnership)), *found]


def add_file(
    person: Acting,
    meeting: Meeting,
    *,
    filename: str,
    content: bytes,
    published_on: dt.date,
    title: str = "",
    form_key: str | None = None,
) -> Paper:
    """A file, called by its name without a title. Raises Invalid, at "file" where it is not one that is kept."""
    require(person, Permission.MEETING_EDIT, meeting)
    columns = _columns(meeting, title or title_of(filename), published_on)
    found = checked(content, filename)
    columns |= {
        "filename": kept_name(filename, found.kind.endings[0]),
        "media_type": found.kind.media_type,
        "size": len(found.content),
        "sha256": hashlib.sha256(found.content).hexdigest(),
    }
    with history.writing(person, form_key):
        paper = _add(person, meeting, columns)
        PaperContent.create(paper=paper, content=found.content)
        _require_room(meeting)
    return paper


def add_page(
    person: Acting, meeting: Meeting, readable: Readable, *, published_on: dt.date, title: str = "",
    form_key: str | None = None,
) -> Paper:  # fmt: skip
    """A page of the partnership, called as it is called without a title. Raises Invalid."""
    require(person, Permission.MEETING_EDIT, meeting)
    home: Any = meeting.partnership
    if readable not in readables(person, home):
        raise Invalid({"page": "Select one of the list"})
    columns = _columns(meeting, title or readable.title, published_on) | {"address": readable.address}
    with history.writing(person, form_key):
        paper = _add(person, meeting, columns)
        _require_room(meeting)
    return paper


def remove_paper(person: Acting, paper: Paper, version: int, *, reason: str, form_key: str | None = None) -> None:
    """Withdraws it, which needs a reason: nobody can have it any more, and its bytes are kept. Raises Conflict."""
    require(person, Permission.MEETING_EDIT, paper)
    why = checked_reason(reason, "Say why the paper is withdrawn: the history keeps it")
    meeting: Any = paper.meeting
    with history.writing(person, form_key):
        require_not_called_off(meeting)
        save_versioned(paper, version, removed_at=clock.now())
        _record(person, paper, meeting, "paper withdrawn", reason=why)


def _add(person: Acting, meeting: Meeting, columns: dict[str, Any]) -> Paper:
    require_not_called_off(meeting)
    paper = Paper.create(meeting=meeting, person=person.id, added_at=clock.now(), **columns)
    _record(person, paper, meeting, "paper added", after=columns)
    return paper


def _columns(meeting: Meeting, title: str, published_on: dt.date) -> dict[str, Any]:
    problems = Problems()
    problems.date("published_on", "The date of publication", published_on)
    if published_on > meeting.held_on:
        problems.add("published_on", "A paper is published by the day of its meeting, not after it")
    columns = {"title": problems.line("title", "The title", title), "published_on": published_on}
    problems.raise_if_any()
    return columns


def _require_room(meeting: Meeting) -> None:
    """After history is written, which lets in one writer at a time, so that two files cannot pass a limit at once."""
    if queries.count_of_papers(meeting.id) > MOST_PAPERS:
        raise Invalid({"file": f"This meeting has {MOST_PAPERS} papers already; withdraw one that is no longer needed"})
    taken = bytes_of_partnership(meeting.partnership_id) + queries.bytes_of_papers(meeting.partnership_id)
    if taken > MOST_BYTES:
        raise Invalid({"file": f"The partnership’s files fill the {MOST_BYTES // 1024**3} GB that they may take up"})


def _record(person: Acting, paper: Paper, meeting: Meeting, verb: str, **data: Any) -> None:
    data |= {"meeting": meeting.id, "title": paper.title}
    history.record(person, meeting.partnership_id, verb, paper, version=paper.version, **data)
