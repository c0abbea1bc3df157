"""Decisions in the words of the domain."""

import datetime as dt
from typing import Any

from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.reviews.decisions import operations
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.operations import Wording
from strategy_tracker.reviews.decisions.owners import Answerable
from strategy_tracker.reviews.decisions.rules import Kind
from strategy_tracker.reviews.meetings.models import Meeting
from tests.cast import AUTHORITIES, CAST, authority, person

OCTOBER = dt.date(2011, 10, 1)


def owned_by(who: str = "") -> Answerable:
    """ "officer" of the cast, "tmbc" the authority, or a post in words."""
    if who in CAST:
        return Answerable(person=person(who))
    return Answerable(authority=authority(who)) if who in AUTHORITIES else Answerable(words=who)


def wording(
    words: str = "Report again in October", *, kind: Kind = Kind.OTHER, owner: str = "tmbc", **more: Any
) -> Wording:
    """What a decision says."""
    return Wording(kind=kind, words=words, owner=owned_by(owner), **({"due_on": OCTOBER} | more))


def a_decision(
    meeting: Meeting, words: str = "Report again in October", *, by: Acting = OPERATOR, **more: Any
) -> Decision:
    """The next decision of a meeting."""
    return operations.record_decision(by, meeting, wording(words, **more))
