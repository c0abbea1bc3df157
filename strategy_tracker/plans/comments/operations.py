"""Commenting on an action, and putting an own comment right."""

import datetime as dt
from collections.abc import Collection, Iterable

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import Problems
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Forbidden
from strategy_tracker.plans.checks import require_open
from strategy_tracker.plans.comments.models import Comment, CommentRevision, Mention
from strategy_tracker.plans.comments.queries import mentions_in, readers_of
from strategy_tracker.plans.comments.rules import Named, named_in
from strategy_tracker.plans.models import Action


def add_comment(
    person: Acting, action: Action, *, text: str, named: Collection[int] = (), form_key: str | None = None
) -> Comment:
    """A comment that names the people in `named` and those after an @ in its words.

    Raises Invalid where one of them may not read it, or where an @name fits several.
    """
    require(person, Permission.COMMENT_WRITE, action)
    words, found = _checked(person, action, text, named)
    with history.writing(person, form_key):
        require_open(action.plan)
        now = clock.now()
        comment = Comment.create(action=action, person=person.id, text=words, written_at=now)
        ids = _name(comment, found, now)
        said = {"action": action.id, "text": words, "named": ids}
        history.record(person, action.plan.partnership_id, "comment added", comment, after=said)
    return comment


def correct_comment(
    person: Acting,
    comment: Comment,
    version: int,
    *,
    text: str,
    named: Collection[int] = (),
    form_key: str | None = None,
) -> None:
    """Other words for an own comment; what it said stays beside it. Who is named still keeps what she has seen."""
    _require_own(person, comment)
    words, found = _checked(person, comment.action, text, named)
    before = {"text": comment.text, "named": _named_before(comment)}
    with history.writing(person, form_key):
        require_open(comment.plan)
        now = clock.now()
        _save(comment, version, text=words, edited_at=now)
        ids = _name(comment, found, now)
        after = {"text": words, "named": ids}
        _record(person, comment, "comment corrected", before=before, after=after)


def withdraw_comment(person: Acting, comment: Comment, version: int, *, form_key: str | None = None) -> None:
    """Takes an own comment's words away for everybody; that there was one stays to be seen, and history keeps it."""
    _require_own(person, comment)
    before = {"text": comment.text, "named": _named_before(comment)}
    with history.writing(person, form_key):
        require_open(comment.plan)
        _save(comment, version, text="", withdrawn_at=clock.now())
        _record(person, comment, "comment withdrawn", before=before)


def deal_with(person: Acting, mention: Mention) -> bool:
    """Takes a comment that names the person off her work; False where she had done so before."""
    require(person, Permission.COMMENT_READ, mention)
    if mention.person_id != person.id:
        raise Forbidden
    with history.writing(person):
        now = clock.now()
        changed = Mention.update(seen_at=now).where(Mention.id == mention.id, Mention.seen_at.is_null()).execute()
        if changed:
            partnership_id = mention.comment.plan.partnership_id
            history.record(person, partnership_id, "comment dealt with", mention, comment=mention.comment_id)
    return bool(changed)


def unknown_names(action: Action, text: str) -> tuple[str, ...]:
    """Each @name in the words that fits nobody who may read them, so that nobody was told."""
    return named_in(text, (), readers_of(action)).unknown


def _require_own(person: Acting, comment: Comment) -> None:
    require(person, Permission.COMMENT_WRITE, comment)
    if comment.person_id != person.id or comment.withdrawn_at is not None:
        raise Forbidden


def _checked(person: Acting, action: Action, text: str, chosen: Collection[int]) -> tuple[str, Named]:
    problems = Problems()
    words = problems.text("text", "A comment", text)
    readers = tuple(one for one in readers_of(action) if one.id != person.id)
    if not set(chosen) <= {one.id for one in readers} | {person.id}:
        problems.add("named", "Somebody you chose cannot read comments here any more. Choose again")
    found = named_in(words, chosen, readers)
    for name, fitting in found.doubtful:
        who = " or ".join(one.label for one in fitting)
        problems.add("text", f"{name} could be {who}: write the whole name, or choose who is meant")
    problems.raise_if_any()
    return words, found


def _save(comment: Comment, version: int, **columns: object) -> None:
    """The new columns, and what was said until now as a revision."""
    until_now, said_at = comment.text, comment.edited_at or comment.written_at
    save_versioned(comment, version, **columns)
    CommentRevision.create(comment=comment, number=version, text=until_now, said_at=said_at)


def _name(comment: Comment, found: Named, now: dt.datetime) -> list[int]:
    """Makes the comment name just these; returns their ids."""
    ids = sorted(one.id for one in found.colleagues)
    before = _named_before(comment)
    Mention.delete().where(Mention.comment == comment, Mention.person.in_(_without(before, ids))).execute()
    for one in _without(ids, before):
        Mention.create(comment=comment, person=one, named_at=now)
    return ids


def _named_before(comment: Comment) -> list[int]:
    return sorted(mention.person_id for mention in mentions_in([comment.id]))


def _without(ids: Iterable[int], others: Collection[int]) -> list[int]:
    return [one for one in ids if one not in others]


def _record(person: Acting, comment: Comment, verb: str, **data: object) -> None:
    history.record(person, comment.plan.partnership_id, verb, comment, version=comment.version, **data)
