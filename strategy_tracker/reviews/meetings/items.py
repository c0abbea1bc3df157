"""The coordinator's own items of an agenda: added, edited, put in order, taken off."""

from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import LONGEST_NAME, LONGEST_REASON, Problems
from strategy_tracker.db import save_versioned
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting
from strategy_tracker.reviews.meetings.operations import require_not_called_off
from strategy_tracker.reviews.meetings.rules import Stands


def add_item(
    person: Acting,
    meeting: Meeting,
    *,
    title: str,
    text: str = "",
    asked: str = "",
    asked_by: str = "",
    stands: Stands = Stands.AFTER,
    form_key: str | None = None,
) -> AgendaItem:
    """An item at the end of those that stand there. `asked`: what the group is asked to decide. Raises Invalid."""
    require(person, Permission.MEETING_EDIT, meeting)
    columns = _columns(title, text, asked, asked_by, stands)
    with history.writing(person, form_key):
        require_not_called_off(meeting)
        last = max((row.position for row in AgendaItem.select().where(AgendaItem.meeting == meeting.id)), default=0)
        item = AgendaItem.create(meeting=meeting, position=last + 1, **columns)
        _record(person, item, "agenda item added", after=columns)
    return item


def edit_item(
    person: Acting,
    item: AgendaItem,
    version: int,
    *,
    title: str,
    text: str = "",
    asked: str = "",
    asked_by: str = "",
    stands: Stands = Stands.AFTER,
    form_key: str | None = None,
) -> None:
    """New words or another place. Raises Conflict, Invalid."""
    require(person, Permission.MEETING_EDIT, item)
    columns = _columns(title, text, asked, asked_by, stands)
    before = {name: getattr(item, name) for name in columns}
    with history.writing(person, form_key):
        require_not_called_off(_meeting(item))
        save_versioned(item, version, **columns)
        _record(person, item, "agenda item edited", before=before, after=columns)


def move_item(person: Acting, item: AgendaItem, version: int, *, up: bool, form_key: str | None = None) -> bool:
    """Changes places with the item above or below; False where there is none. Raises Conflict."""
    require(person, Permission.MEETING_EDIT, item)
    with history.writing(person, form_key):
        require_not_called_off(_meeting(item))
        other = _neighbour(item, up)
        if other is None:
            return False
        here, there = item.position, other.position
        save_versioned(item, version, position=there)
        save_versioned(other, other.version, position=here)
        _record(person, item, "agenda item moved", before={"position": here}, after={"position": there})
    return True


def remove_item(person: Acting, item: AgendaItem, version: int, *, form_key: str | None = None) -> None:
    """Takes it off the agenda; history keeps what it said. Raises Conflict."""
    require(person, Permission.MEETING_EDIT, item)
    with history.writing(person, form_key):
        require_not_called_off(_meeting(item))
        save_versioned(item, version, removed_at=clock.now())
        _record(person, item, "agenda item removed")


def _neighbour(item: AgendaItem, up: bool) -> AgendaItem | None:
    standing = list(
        AgendaItem.select()
        .where(AgendaItem.meeting == item.meeting_id, AgendaItem.removed_at.is_null(), AgendaItem.stands == item.stands)
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    at = next((place for place, row in enumerate(standing) if row.id == item.id), None)
    wanted = None if at is None else at + (-1 if up else 1)
    return standing[wanted] if wanted is not None and 0 <= wanted < len(standing) else None


def _columns(title: str, text: str, asked: str, asked_by: str, stands: Stands) -> dict[str, Any]:
    problems = Problems()
    columns = {
        "title": problems.line("title", "The item", title),
        "text": problems.text("text", "More about it", text, required=False),
        "asked": problems.text("asked", "What is to be decided", asked, longest=LONGEST_REASON, required=False),
        "asked_by": problems.line("asked_by", "Who asks for it", asked_by, longest=LONGEST_NAME, required=False),
        "stands": stands.value,
    }
    problems.marks(**{name: columns[name] for name in ("title", "text", "asked", "asked_by")})
    if columns["asked_by"] and not columns["asked"]:
        problems.add("asked", "Say what the group is asked to decide")
    problems.raise_if_any()
    return columns


def _meeting(item: AgendaItem) -> Any:
    return item.meeting


def _record(person: Acting, item: AgendaItem, verb: str, **data: Any) -> None:
    meeting = _meeting(item)
    data |= {"meeting": meeting.id, "title": item.title}
    history.record(person, meeting.partnership_id, verb, item, version=item.version, **data)
