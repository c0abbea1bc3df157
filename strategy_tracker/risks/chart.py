"""How a risk's scores went, as a small drawing: lanes by severity, steps by day. Pure.

Where all scores were given under one version of a scheme, the lanes are its bands and a mark stands higher in its lane
the greater its number. Where versions differ, the lanes are the four degrees that all schemes share, numbers decide
nothing, and no line joins what was scored under one version to what was scored under another.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from strategy_tracker import clock
from strategy_tracker.risks.rules import Mark, ScoreKind
from strategy_tracker.risks.schemes.rules import Band, Scheme, Tone

WIDTH, NAMES, EDGE = 560, 150, 12
LANE, TOP, FOOT = 40, 6, 26
LONGEST_NAME = 14
MOST_LABELLED = 8
SHAPES = {ScoreKind.INHERENT: "▲", ScoreKind.CURRENT: "●", ScoreKind.TARGET: "◆"}
"""What marks each kind beside its colour."""


@dataclass(frozen=True)
class Given:
    """A score that was given."""

    kind: ScoreKind
    on: dt.date
    mark: Mark


@dataclass(frozen=True)
class Lane:
    name: str
    tone: Tone
    y: float

    @property
    def height(self) -> int:
        return LANE

    @property
    def text_y(self) -> float:
        return self.y + LANE / 2 + 5


@dataclass(frozen=True)
class Dot:
    """A mark of the drawing; `label` is its number, "" where numbers decide nothing or there is no room for it. It
    stands at the right of its mark, and at the left where the drawing ends; in the lane of its mark, above or below it.
    """

    kind: ScoreKind
    x: float
    y: float
    label: str

    @property
    def shape(self) -> str:
        return SHAPES[self.kind]

    @property
    def is_last(self) -> bool:
        return self.x > WIDTH - 3 * EDGE

    @property
    def label_x(self) -> float:
        return self.x + (-9 if self.is_last else 9)

    @property
    def label_y(self) -> float:
        is_high = (self.y - TOP) % LANE <= LANE / 2
        return self.y + (17 if is_high else -5)


@dataclass(frozen=True)
class Chart:
    """`steps` are the paths of the current score; `changes` the places at which the version changed."""

    lanes: tuple[Lane, ...]
    steps: tuple[str, ...]
    dots: tuple[Dot, ...]
    changes: tuple[float, ...]
    first: str
    last: str
    by_numbers: bool

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return TOP + LANE * len(self.lanes) + FOOT

    @property
    def left(self) -> int:
        """Where the lanes' names end and the drawing begins."""
        return NAMES

    @property
    def floor(self) -> int:
        return TOP + LANE * len(self.lanes)


def chart_of(scores: Sequence[Given], today: dt.date, scheme: Scheme | None) -> Chart | None:
    """`scheme` is the version under which all of them were given, None where versions differ. None without a score."""
    if not scores:
        return None
    first = min(one.on for one in scores)
    last = max(today, *(one.on for one in scores))
    lanes = _lanes(scheme)

    def x(day: dt.date) -> float:
        room = WIDTH - NAMES - EDGE
        return round(NAMES + room * ((day - first).days / max(1, (last - first).days)), 1)

    def y(mark: Mark) -> float:
        place = mark.band if scheme else mark.tone - 1
        lane = lanes[len(lanes) - 1 - place]
        return round(lane.y + LANE * (0.68 - 0.36 * _part(mark, scheme)), 1)

    current = [one for one in scores if one.kind is ScoreKind.CURRENT]
    return Chart(
        lanes=lanes,
        steps=tuple(_steps([(x(one.on), y(one.mark), one.mark.scheme_version) for one in current], x(last))),
        dots=tuple(_dots(scores, x, y, by_numbers=scheme is not None)),
        changes=tuple(
            x(after.on)
            for before, after in pairwise(current)
            if before.mark.scheme_version != after.mark.scheme_version
        ),
        first=clock.long_date(first),
        last=clock.long_date(last) if last != first else "",
        by_numbers=scheme is not None,
    )


def _lanes(scheme: Scheme | None) -> tuple[Lane, ...]:
    """From the top, the most severe."""
    bands = scheme.bands if scheme else tuple(Band(tone.words.capitalize(), tone) for tone in Tone)
    return tuple(Lane(_short(band.name), band.tone, TOP + LANE * row) for row, band in enumerate(reversed(bands)))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _part(mark: Mark, scheme: Scheme | None) -> float:
    """How far up in its lane a mark stands: by its number among its band's, in the middle where it has none."""
    span = scheme.values_of(mark.band) if scheme else None
    if span is None or mark.value is None or span[0] == span[1]:
        return 0.5
    return (mark.value - span[0]) / (span[1] - span[0])


def _steps(points: Sequence[tuple[float, float, int]], end: float) -> Iterator[str]:
    """A path for each run of scores under one version: level until the next score, then up or down to it."""
    path, version = "", None
    for place, (x, y, under) in enumerate(points):
        path = f"{path} V{y}" if under == version else f"M{x} {y}"
        is_last = place + 1 == len(points)
        until = end if is_last else points[place + 1][0]
        path += f" H{until}"
        version = under
        if is_last or points[place + 1][2] != under:
            yield path


def _dots(
    scores: Sequence[Given], x: Callable[[dt.date], float], y: Callable[[Mark], float], *, by_numbers: bool
) -> Iterator[Dot]:
    current = [one for one in scores if one.kind is ScoreKind.CURRENT]
    labelled = current if len(current) <= MOST_LABELLED else [current[0], current[-1]]
    said: int | None = None
    for one in sorted(scores, key=lambda each: (each.kind is ScoreKind.CURRENT, each.on)):
        label = ""
        if by_numbers and one.mark.value not in (None, said) and any(one is each for each in labelled):
            label, said = str(one.mark.value), one.mark.value
        yield Dot(one.kind, x(one.on), y(one.mark), label)
