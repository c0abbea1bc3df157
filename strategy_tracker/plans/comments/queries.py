"""Every select of comments; as many for a long thread as for none."""

from collections.abc import Iterable

from peewee import ModelSelect

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, allows
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Grant, Person
from strategy_tracker.accounts.queries import current_memberships
from strategy_tracker.accounts.roles import Role
from strategy_tracker.plans.comments.models import Comment, CommentRevision, Mention
from strategy_tracker.plans.comments.rules import Colleague
from strategy_tracker.plans.models import Action


def readers_of(action: Action) -> tuple[Colleague, ...]:
    """Who may read comments on the action now: the partnership's own people first, then authority by authority."""
    people: dict[int, tuple[Person, list[Grant], list[str]]] = {}
    for held in current_memberships(action.plan.partnership_id):
        _, grants, places = people.setdefault(held.person_id, (held.person, [], []))
        role = Role(held.role)
        grants.append(Grant(role, held.partnership_id, held.authority_id))
        places.append(held.authority.short_name if held.authority_id else role.label.lower())
    readers = []
    for person, grants, places in people.values():
        person.__dict__["grants"] = tuple(grants)
        if allows(person, Permission.COMMENT_READ, action.place()):
            readers.append(Colleague(person.id, person.name, " and ".join(dict.fromkeys(places))))
    return tuple(readers)


def comments_on(person: Acting, action: Action) -> list[Comment]:
    """In the order in which they were written; none for somebody who may not read them."""
    return list(visible(person, Comment).where(Comment.action == action.id).order_by(Comment.id))


def earlier_words(comment_ids: Iterable[int]) -> list[CommentRevision]:
    """What these comments said before, the latest first."""
    return list(
        CommentRevision.select()
        .where(CommentRevision.comment.in_(list(comment_ids)))
        .order_by(CommentRevision.comment, CommentRevision.number.desc())
    )


def mentions_in(comment_ids: Iterable[int]) -> list[Mention]:
    return list(Mention.select().where(Mention.comment.in_(list(comment_ids))).order_by(Mention.id))


def has_unseen_mentions(person: Acting) -> bool:
    """Whether the person is named anywhere and has not dealt with it, though she may no longer read it."""
    return Mention.select().where(Mention.person == person.id, Mention.seen_at.is_null()).exists()


def unseen_mentions(person: Acting) -> ModelSelect:
    """Where the person is named and has not dealt with it, as far as she may still read it; the newest first."""
    return (
        visible(person, Mention)
        .where(Mention.person == person.id, Mention.seen_at.is_null())
        .order_by(Mention.named_at.desc(), Mention.id.desc())
    )
