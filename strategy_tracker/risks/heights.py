"""About how high the rows of a register's tables are on paper, so that no heading stands with one row at a page's end.

In points, from the widths of the columns in documents.css. Pure.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

PAGE, HEADS, LINE, AIR = 496, 75, 14, 12
"""A page; a heading with the heads of its table; a line; what a row has above and below its lines."""


class Said(Protocol):
    @property
    def text(self) -> str: ...

    @property
    def more(self) -> str: ...


class Row(Protocol):
    """What of a risk makes its row high."""

    @property
    def event(self) -> str: ...

    @property
    def cause(self) -> str: ...

    @property
    def effect(self) -> str: ...

    @property
    def reason(self) -> str: ...

    @property
    def above(self) -> str: ...

    @property
    def responses(self) -> Sequence[Said]: ...


def has_room(moved: Iterable[Row], first: Iterable[Row]) -> bool:
    """Whether the first rows of a register stand with its heading on the page on which the rows of what moved end."""
    used = (HEADS + sum(LINE * _moved(row) + AIR for row in moved)) % PAGE
    return used + HEADS + sum(LINE * _lines(row) + AIR for row in first) < PAGE


def _moved(row: Row) -> int:
    return max(_across(row.event, 50), _across(row.reason, 38))


def _lines(row: Row) -> int:
    risk = _across(row.event, 40) + _across(f"Cause: {row.cause} Effect: {row.effect} Category", 42)
    done = sum(_across(f"Terminate: {one.text} ({one.more})", 36) for one in row.responses)
    return max(risk, done, 3 + _across(row.above, 19))


def _across(words: str, letters: int) -> int:
    return sum(-(-len(line) // letters) for line in words.split("\n"))
