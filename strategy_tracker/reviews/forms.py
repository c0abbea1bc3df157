"""The one form of a sitting: its fields are named by what they are of, such as `status-12-15`."""

import datetime as dt
from collections.abc import Mapping, Sequence

from strategy_tracker.reviews.my_work import Work
from strategy_tracker.reviews.operations import Said
from strategy_tracker.web.forms import Form

LARGEST_NUMBER_LENGTH = 9


class MyWorkForm(Form):
    """The token and the key; the rest is read by `sayings`."""


def sayings(works: Sequence[Work], typed: Mapping[str, str]) -> list[Said]:
    """What was put into the fields of every entry that the person has, in the order of the page.

    Fields of anything else are not looked at.
    """
    return [
        Said(
            entry=entry,
            as_at=_day(typed.get(f"day-{entry.key}", "")) or entry.as_at,
            same=typed.get(f"same-{entry.key}") == "1",
            status=typed.get(f"status-{entry.key}", ""),
            text=typed.get(f"text-{entry.key}", ""),
            reason=typed.get(f"reason-{entry.key}", ""),
            seen=_number(typed.get(f"seen-{entry.key}", "")),
        )
        for work in works
        for entry in work.entries
        if not entry.is_reported or f"seen-{entry.key}" in typed
    ]


def without_place(works: Sequence[Work], typed: Mapping[str, str]) -> list[str]:
    """Words about what is no longer hers to report on: closed, removed or given to another while she wrote."""
    keys = {entry.key for work in works for entry in work.entries}
    return [
        words
        for name, words in typed.items()
        if name.startswith(("text-", "reason-")) and name.partition("-")[2] not in keys and words.strip()
    ]


def _day(given: str) -> dt.date | None:
    """The date that the page showed: what somebody submits meanwhile moves nobody's words to another quarter."""
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        return None


def _number(given: str) -> int:
    """-1, which no note has, where the field was meddled with."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= LARGEST_NUMBER_LENGTH else -1
