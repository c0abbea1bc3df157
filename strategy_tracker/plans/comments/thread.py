"""What is said on the page of one action, as its reader sees it."""

import datetime as dt
from dataclasses import dataclass

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, allows
from strategy_tracker.plans.comments.models import Comment
from strategy_tracker.plans.comments.queries import comments_on, earlier_words, mentions_in, readers_of
from strategy_tracker.plans.comments.rules import Colleague
from strategy_tracker.plans.models import Action


@dataclass(frozen=True)
class Earlier:
    """What a comment said before, and since when. `said_at` is UTC."""

    text: str
    said_at: dt.datetime


@dataclass(frozen=True)
class Said:
    """One comment. Its words are empty where it was withdrawn; instants are UTC."""

    id: int
    who: str
    place: str
    text: str
    written_at: dt.datetime
    edited_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    names: tuple[str, ...]
    names_reader: bool
    earlier: tuple[Earlier, ...]
    may_change: bool


@dataclass(frozen=True)
class Thread:
    """The comments on an action, the oldest first, and the colleagues whom the reader may name."""

    comments: tuple[Said, ...]
    colleagues: tuple[Colleague, ...]
    may_write: bool


def thread_of(action: Action, person: Acting) -> Thread | None:
    """None for somebody for whom there are no comments."""
    place = action.place()
    if not allows(person, Permission.COMMENT_READ, place):
        return None
    may_write = action.plan.state != "closed" and allows(person, Permission.COMMENT_WRITE, place)
    readers = {one.id: one for one in readers_of(action)}
    comments = comments_on(person, action)
    ids = [comment.id for comment in comments]
    earlier: dict[int, list[Earlier]] = {}
    for revision in earlier_words(ids):
        earlier.setdefault(revision.comment_id, []).append(Earlier(revision.text, revision.said_at))
    named: dict[int, list[int]] = {}
    for mention in mentions_in(ids):
        named.setdefault(mention.comment_id, []).append(mention.person_id)
    told = tuple(
        _said(comment, readers, named.get(comment.id, []), tuple(earlier.get(comment.id, ())), person, may_write)
        for comment in comments
    )
    return Thread(told, tuple(one for one in readers.values() if one.id != person.id), may_write)


def _said(
    comment: Comment,
    readers: dict[int, Colleague],
    named: list[int],
    earlier: tuple[Earlier, ...],
    person: Acting,
    may_write: bool,
) -> Said:
    author = readers.get(comment.person_id)
    is_withdrawn = comment.withdrawn_at is not None
    return Said(
        id=comment.id,
        who=comment.person.name if comment.person_id else "Command line",
        place=author.place if author else "",
        text=comment.text,
        written_at=comment.written_at,
        edited_at=comment.edited_at,
        withdrawn_at=comment.withdrawn_at,
        names=() if is_withdrawn else tuple(readers[one].name for one in named if one in readers),
        names_reader=person.id in named and not is_withdrawn,
        earlier=() if is_withdrawn else earlier,
        may_change=may_write and not is_withdrawn and comment.person_id == person.id,
    )
