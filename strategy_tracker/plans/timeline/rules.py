"""Where the dates stand in the picture: pure functions of values. Lengths are in units of the picture, 1,000 wide."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.plans.dates.rules import Move, slips, was
from strategy_tracker.plans.rules import Timescale

WIDTH = 1000
LABELS = 340
"""What the numbers and words of the actions take at the left."""
LONGEST_LABEL = 42
RIGHT = 24
ROW = 26
HEAD = 34
MOST_ROWS = 18
"""In one picture, so that it fits on a page."""


class Mark(StrEnum):
    """How a date is drawn: by its shape, with its colour beside it."""

    OPEN = "still to come"
    DONE = "achieved"
    ASIDE = "set aside"
    LATE = "overdue"


@dataclass(frozen=True)
class Entry:
    """One date of the plan: of an outcome or of a milestone."""

    action_id: int
    number: str
    words: str
    what: str
    timescale: Timescale
    moves: tuple[Move, ...]
    mark: Mark
    said: str

    @property
    def label(self) -> str:
        """What stands beside it in the picture: its number and as many words as there is room for."""
        words = " ".join(f"{'Milestone: ' if self.what == 'Milestone' else ''}{self.words}".split())
        return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1].rsplit(" ", 1)[0] + " …"

    @property
    def earlier(self) -> tuple[dt.date, ...]:
        """Its former real dates, the original first."""
        return tuple(move.old.due_on for move in self.moves if move.old.due_on is not None)

    @property
    def first_words(self) -> str:
        """The original timescale, in words; the one that stands where it never moved."""
        return (self.moves[0].old.shown if self.moves else self.timescale.shown) or "none"

    @property
    def now_words(self) -> str:
        return self.timescale.shown or "none"

    @property
    def slips(self) -> int:
        return slips(self.moves)

    @property
    def told(self) -> str:
        """For who cannot see the picture: "5.1: May 2011, was July 2010 (moved twice), overdue"."""
        moved = was(self.moves)
        return f"{self.number}: {self.now_words}{f', {moved}' if moved else ''}, {self.mark}"


@dataclass(frozen=True)
class Scale:
    """Days to places. Days outside the period are drawn at its ends."""

    first: dt.date
    last: dt.date

    def place(self, day: dt.date) -> float:
        days = max(1, (self.last - self.first).days)
        share = min(1.0, max(0.0, (day - self.first).days / days))
        return round(LABELS + share * (WIDTH - LABELS - RIGHT), 1)

    def is_outside(self, day: dt.date) -> bool:
        return not self.first <= day <= self.last

    @property
    def months(self) -> tuple[tuple[float, str, bool], ...]:
        """Each month's place, its name where there is room for it, and whether a year begins with it."""
        days = _months(self.first, self.last)
        step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if len(days) / step <= 9)
        return tuple(
            (
                self.place(day),
                f"{day:%b} {day.year}" if not index or day.month == 1 or step >= 12 else f"{day:%b}",
                day.month == 1,
            )
            for index, day in enumerate(days)
            if not index % step
        )


@dataclass(frozen=True)
class Row:
    """One line of a picture: where its dates stand, from the top `y`."""

    entry: Entry
    y: int
    at: float | None
    was_at: tuple[float, ...]
    is_outside: bool


@dataclass(frozen=True)
class Picture:
    """The dates of one objective, or of a part of them where they are many. `today` None: outside the period."""

    key: str
    title: str
    rows: tuple[Row, ...]
    scale: Scale
    today: float | None

    @property
    def height(self) -> int:
        return HEAD + ROW * len(self.rows) + 6

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def told(self) -> str:
        return "; ".join(row.entry.told for row in self.rows)


def scale_of(period: tuple[dt.date, dt.date], entries: Sequence[Entry]) -> Scale:
    """The plan's period, wide enough for every date that lies within a year of it."""
    near = [
        day
        for entry in entries
        for day in (*entry.earlier, entry.timescale.due_on)
        if day and period[0] - dt.timedelta(366) <= day <= period[1] + dt.timedelta(366)
    ]
    first, last = min([period[0], *near]), max([period[1], *near])
    return Scale(first.replace(day=1), last)


def pictures_of(key: str, title: str, entries: Sequence[Entry], scale: Scale, as_at: dt.date) -> tuple[Picture, ...]:
    """The pictures of an objective's dates, MOST_ROWS lines in each."""
    found = []
    for start in range(0, len(entries), MOST_ROWS):
        rows = tuple(
            _row(entry, HEAD + ROW * place + ROW // 2, scale)
            for place, entry in enumerate(entries[start : start + MOST_ROWS])
        )
        today = None if scale.is_outside(as_at) else scale.place(as_at)
        found.append(Picture(f"{key}-{start}", title, rows, scale, today))
    return tuple(found)


def _row(entry: Entry, y: int, scale: Scale) -> Row:
    now = entry.timescale.due_on
    days = (*entry.earlier, now) if now else entry.earlier
    outside = any(scale.is_outside(day) for day in days)
    return Row(entry, y, scale.place(now) if now else None, tuple(scale.place(day) for day in entry.earlier), outside)


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    count = (last.year - first.year) * 12 + last.month - first.month
    return [
        dt.date(first.year + (first.month - 1 + month) // 12, (first.month - 1 + month) % 12 + 1, 1)
        for month in range(count + 1)
    ]
