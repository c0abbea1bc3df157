"""The rules of a report: its states, its sections' order, and what it says of itself. Pure functions of values."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from strategy_tracker.errors import Invalid


class State(StrEnum):
    DRAFT = "draft"
    CIRCULATED = "circulated"
    APPROVED = "approved"
    PUBLISHED = "published"


class Step(StrEnum):
    CIRCULATE = "circulate"
    TAKE_BACK = "take back"
    APPROVE = "approve"
    PUBLISH = "publish"


TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.DRAFT, Step.CIRCULATE): State.CIRCULATED,
    (State.CIRCULATED, Step.TAKE_BACK): State.DRAFT,
    (State.CIRCULATED, Step.APPROVE): State.APPROVED,
    (State.APPROVED, Step.TAKE_BACK): State.DRAFT,
    (State.APPROVED, Step.PUBLISH): State.PUBLISHED,
}
"""Every way that a report can go; from what is published there is none."""

REFUSED: Mapping[Step, str] = {
    Step.CIRCULATE: "Only a draft can be circulated",
    Step.TAKE_BACK: "Only what is circulated and not yet published can be taken back",
    Step.APPROVE: "Only what is circulated can be approved",
    Step.PUBLISH: "Only what the group approved can be published",
}


NOT_A_DRAFT = "Only a draft can be changed. Take the report back first"
HAS_ONE = "This report has a corrected issue already"
NOT_PUBLISHED = "Only what is published is mended by a corrected issue: this report can still be changed"


class Audience(StrEnum):
    FULL = "full"
    BOARD = "board"
    PUBLIC = "public"
    EXTRACT = "extract"


FOR_VIEWERS = (Audience.BOARD, Audience.PUBLIC)
"""What a viewer reads of a published report, the first that there is before the others."""


def wishes_of(stored: str) -> list[str]:
    """For whom a report is made besides the group, of the JSON that is stored."""
    found: list[str] = json.loads(stored)
    return found


def after(state: str, step: Step) -> State:
    """The state that a step leads to. Raises Invalid where it leads nowhere from here."""
    found = TRANSITIONS.get((State(state), step))
    if found is None:
        raise Invalid({"state": f"{REFUSED[step]}; this report is {state}"})
    return found


def can(state: str, step: Step) -> bool:
    return (State(state), step) in TRANSITIONS


Arranged = tuple[tuple[str, bool], ...]
"""The sections in their order, each with whether it is in."""


def arranged(chosen: Iterable[Sequence[object]], offered: Sequence[str]) -> Arranged:
    """The chosen order, brought up to what is offered now.

    A section that came since stands, and is in, after the one that it follows in the default order; one that nobody
    offers any more is passed over.
    """
    found = [(str(key), bool(is_in)) for key, is_in in chosen if key in offered]
    for place, key in enumerate(offered):
        keys = [one for one, _ in found]
        if key not in keys:
            before = next((one for one in reversed(offered[:place]) if one in keys), None)
            found.insert(keys.index(before) + 1 if before is not None else 0, (key, True))
    return tuple(found)


def in_order(keys: Sequence[str], numbers: Mapping[str, int]) -> list[str]:
    """The keys by the numbers that were typed beside them.

    What was moved goes before what already stood at its number, or after it where it came from before it.
    """

    def place(key: str) -> tuple[int, int]:
        was, now = keys.index(key) + 1, numbers[key]
        return now, (now > was) - (now < was)

    return sorted(keys, key=place)


def corrected_slug(slug: str, taken: Iterable[str]) -> str:
    """The short address of a corrected issue: "2010-11-q4-corrected", then "2010-11-q4-corrected-2"."""
    used, first = set(taken), f"{slug.partition('-corrected')[0]}-corrected"
    number, found = 1, first
    while found in used:
        number += 1
        found = f"{first}-{number}"
    return found


def period_words(first: dt.date, last: dt.date) -> str:
    """ "April to June 2011"; with both years where they differ."""
    if first.year == last.year:
        return f"{first:%B} to {last:%B %Y}" if first.month != last.month else f"{last:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


def title_of(first: dt.date, last: dt.date) -> str:
    return f"Quarterly report, {period_words(first, last)}"


def watermark(draft: int) -> str:
    """What stands in the margin of each page of a draft."""
    return f"DRAFT {draft}, not approved"


def approval_sentence(approved_on: str, meeting: str, by: str) -> str:
    """Who approved it, when, and at which meeting, as the report itself says it; `by` "" in a public copy."""
    named = f" Recorded by {by}." if by else ""
    return f"Approved by the steering group on {approved_on}, {meeting}.{named}"


def edition(number: int, approved_on: str) -> str:
    return f"Version {number}, approved {approved_on}"


def replaces_sentence(number: int, published_on: str, why: str) -> str:
    """What a corrected issue says at its top of the one that it replaces."""
    return f"This corrected issue replaces version {number}, published {published_on}. {closed(why)}"


def closed(words: str) -> str:
    """A sentence with its full stop."""
    words = words.strip()
    return words if words.endswith((".", "!", "?", "]")) or not words else f"{words}."
