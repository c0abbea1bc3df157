"""The rules of a pack: which copies it takes, what is in it and in which order. Pure functions of values."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any

from strategy_tracker.reports.rules import Audience

AUDIENCES = (Audience.FULL, Audience.BOARD, Audience.PUBLIC)
"""Whose copies of the reports a pack can take. An authority's extract is no part of a pack for others."""
MOST_PARTS = 20
TOP_RISKS = "Top risks"
SHARED = "Only shared risks"
ELSEWHERE = "As at the date that is named with each part"


@dataclass(frozen=True)
class Chosen:
    """A part that was asked for: a report, a plan (with the version or the date, if any), a register, or the top risks
    of a partnership ("top"), each by its id.
    """

    kind: str
    id: int
    number: int | None = None
    as_at: dt.date | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.id}"


def in_places(typed: Mapping[str, int], before: Sequence[str]) -> list[str]:
    """The keys by the numbers that were typed beside them.

    What was moved or is new goes before what already stood at its number, or after it where it came from before it.
    """

    def place(key: str) -> tuple[int, int]:
        was, now = before.index(key) + 1 if key in before else len(before) + 1, typed[key]
        return now, (now > was) - (now < was)

    return sorted(typed, key=place)


def meeting_words(meeting: str, day: str) -> str:
    """ "Cabinet, Larkfield, 20 July 2011"; what is missing is left out."""
    return ", ".join(filter(None, (meeting, day)))


def as_at_words(days: Sequence[str]) -> str:
    """The date that all parts share, or that each has its own."""
    shared = set(days)
    return f"As at {shared.pop()}" if len(shared) == 1 else ELSEWHERE


def cleaned(value: Any, clean: Callable[[Any], Any]) -> Any:
    """A frozen dataclass with every text in it cleaned. Raises TypeError for what it does not know."""
    if isinstance(value, Enum) or value is None or isinstance(value, bool | int | float | dt.date):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple | list):
        return type(value)(cleaned(one, clean) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: cleaned(getattr(value, one.name), clean) for one in fields(value)})
    raise TypeError(f"a public copy cannot hold a {type(value).__name__}")
