"""The comments that name a person, shaped for her work: frozen, and built without a request."""

import datetime as dt
from dataclasses import dataclass

from strategy_tracker.access.policy import Acting
from strategy_tracker.plans.comments.models import Mention
from strategy_tracker.plans.comments.queries import has_unseen_mentions, unseen_mentions
from strategy_tracker.plans.pages import address_of

MOST_SHOWN = 10


@dataclass(frozen=True)
class NamedIn:
    """One comment that names her; `address` leads to the comment itself, `at` is UTC."""

    who: str
    at: dt.datetime
    text: str
    number: str
    about: str
    plan: str
    address: str
    deal_with: str


@dataclass(frozen=True)
class Named:
    """What she has not dealt with: how much it is, and the newest of it."""

    unseen: int
    shown: tuple[NamedIn, ...]


def named(person: Acting) -> Named:
    """One query where nobody named her, which is almost always; three for however many."""
    if not has_unseen_mentions(person):
        return Named(0, ())
    unseen = unseen_mentions(person)
    return Named(unseen.count(), tuple(_named_in(mention) for mention in unseen.limit(MOST_SHOWN)))


def _named_in(mention: Mention) -> NamedIn:
    comment = mention.comment
    action, plan = comment.action, comment.plan
    return NamedIn(
        who=comment.person.name if comment.person_id else "Command line",
        at=comment.written_at,
        text=comment.text,
        number=action.number,
        about=action.text,
        plan=f"{plan.title}, {plan.period_from:%B %Y} to {plan.period_to:%B %Y}, {plan.partnership.name}",
        address=f"{address_of(plan.partnership.slug, plan.slug)}actions/{action.id}#c{comment.id}",
        deal_with=f"/p/{plan.partnership.slug}/mentions/{mention.id}/seen",
    )
