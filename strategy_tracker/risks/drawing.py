"""A heat map as a document draws it: as many numbers in a cell as fit, and the names of the risks below. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategy_tracker.risks.heat import HeatCell, HeatMap, Spot

WIDE, DENSE = 5, 7
"""Columns beyond which a map is drawn with smaller numbers, and with smaller words."""
ROOM, NAMES_LINE = 283, 13
"""Points that the rows of a map and the names below share on the first page of a register; a line of two names."""
HIGH, LOW, LEAST = 55, 40, 30
"""Points of a row as it is drawn best, lower, and lowest."""
MOST_NAMES = 12
"""Risks that are named under the map of a register, which is to stay on one page; its table names all."""
LONGEST_NAME = 76
MANY_WORDS, MANY_ON_HIGH = 420, 200
"""Letters beyond which what the map says in words stands after it; where the map is as high as can be."""


@dataclass(frozen=True)
class DrawnCell:
    """`refs` are the numbers that fit, with their signs, `more` how many do not; `addresses` where each leads."""

    words: str
    tone: str
    refs: tuple[str, ...]
    more: int = 0
    addresses: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.refs) + self.more


@dataclass(frozen=True)
class DrawnRow:
    head: str
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True)
class DrawnMap:
    """The words of the axes, the heads of the columns (mark, name), the rows; `size` are the classes that make it fit.

    `words` are sentences that say all that it shows. `names` are the risks on it: (number, event).
    """

    title: str
    size: str
    row_word: str
    column_word: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[DrawnRow, ...]
    words: tuple[str, ...]
    names: tuple[tuple[str, str], ...]

    @property
    def is_wordy(self) -> bool:
        """Whether what it says in words stands after it."""
        return sum(map(len, self.words)) > (MANY_ON_HIGH if len(self.rows) > DENSE else MANY_WORDS)


def drawn_map(heat: HeatMap, names: Iterable[tuple[str, str]], title: str = "", *, is_flat: bool = False) -> DrawnMap:
    """Of `names` those on the map are kept. `is_flat`: several maps are to stand on a page, and lead nowhere."""
    columns, rows = len(heat.columns), len(heat.rows)
    spots = {spot.ref for _, cells in heat.rows for cell in cells for spot in cell.spots}
    named = tuple((ref, clipped(event)) for ref, event in names if ref in spots)
    if not is_flat and (len(named) > MOST_NAMES or _each(rows, len(named)) < LEAST):
        named = ()
    return DrawnMap(
        title=title,
        size=" heat-flat" + _across(columns) if is_flat else _down(_each(rows, len(named))) + _across(columns),
        row_word=heat.row_word,
        column_word=heat.column_word,
        columns=tuple((level.mark, level.name) for level in heat.columns),
        rows=tuple(
            DrawnRow(level.words, tuple(_cell(cell, columns, rows, is_flat=is_flat) for cell in cells))
            for level, cells in heat.rows
        ),
        words=heat.in_words,
        names=named,
    )


def clipped(event: str) -> str:
    """On one line of half a page."""
    words = " ".join(event.split())
    if len(words) <= LONGEST_NAME:
        return words
    whole, _, _ = words[:LONGEST_NAME].rpartition(" ")
    return f"{whole or words[: LONGEST_NAME - 1]}…"


def _each(rows: int, names: int) -> float:
    """Points for each row, beside the lines of names."""
    return (ROOM - NAMES_LINE * (names + 1) // 2) / rows


def _down(each: float) -> str:
    return "" if each >= HIGH else " heat-low" if each >= LOW else " heat-tall"


def _across(columns: int) -> str:
    return (" heat-wide" if columns > WIDE else "") + (" heat-dense" if columns > DENSE else "")


def _cell(cell: HeatCell, columns: int, rows: int, *, is_flat: bool) -> DrawnCell:
    marks = [_marked(spot) for spot in cell.spots]
    fit = marks[: fitting(marks, columns, rows)]
    addresses = () if is_flat else tuple(spot.address for spot in cell.spots[: len(fit)])
    return DrawnCell(cell.drawn.words, cell.tone.css, tuple(fit), len(marks) - len(fit), addresses)


def _marked(spot: Spot) -> str:
    """Its signs are never parted from its number."""
    return "\u00a0".join(filter(None, (spot.ref, "◊" if spot.is_opportunity else "", spot.arrow)))


def fitting(marks: Sequence[str], columns: int, rows: int) -> int:
    """How many of these stand in a cell of a map of this size, so that it stays on its page; the rest are counted."""
    across, down = letters_across(columns), lines_down(rows)
    room = across * down - len("Risks ") * (columns <= DENSE) - 3 * (down - 1)
    if len(", ".join(marks)) <= room:
        return len(marks)
    room -= len(" and 400 more")
    shown = 0
    while len(", ".join(marks[: shown + 1])) <= room:
        shown += 1
    return shown


def letters_across(columns: int) -> int:
    """Of the numbers on one line of a cell, on a landscape page."""
    millimetres = 2.6 if columns <= WIDE else 2.3 if columns <= DENSE else 2.1
    return int((233 / columns - 4) / millimetres)


def lines_down(rows: int) -> int:
    """Lines of numbers in a cell."""
    each = ROOM / rows
    return 4 if each > 90 else 2 if each >= HIGH else 1
