"""The heat map: the scheme's grid with the risks in it, and the same in words. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from strategy_tracker.risks.rules import Movement
from strategy_tracker.risks.schemes.rules import Band, GridCell, Level, Scheme, grid_of
from strategy_tracker.text import listed

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Spot:
    """A risk on the map: its number, the places of its levels, its band's place, and how it moved (None: not known).

    `address` is where its number leads, `label` what it says to somebody who does not see the map.
    """

    ref: str
    impact: int
    likelihood: int
    moved: Movement | None = None
    was: str = ""
    address: str = ""

    @property
    def place(self) -> tuple[int, int]:
        return self.impact, self.likelihood

    @property
    def arrow(self) -> str:
        return {Movement.UP: "▲", Movement.DOWN: "▼", Movement.NEW: "+"}.get(self.moved, "") if self.moved else ""

    @property
    def label(self) -> str:
        """ "risk 1, up from 9 Medium"."""
        moved = {Movement.UP: f", up from {self.was}", Movement.DOWN: f", down from {self.was}", Movement.NEW: ", new"}
        return f"risk {self.ref}{moved.get(self.moved, '') if self.moved else ''}"


@dataclass(frozen=True)
class HeatCell:
    drawn: GridCell
    spots: tuple[Spot, ...]

    @property
    def tone(self) -> str:
        """How it is coloured: "very high"."""
        return self.drawn.band.tone.words

    @property
    def words(self) -> str:
        """ "High 12: 4 risks"."""
        count = len(self.spots)
        return f"{self.drawn.words}: {count or 'no'} risk{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class HeatMap:
    """As the scheme draws it: rows from the top with their level, cells from left to right.

    `in_words` are sentences that say all that the map shows.
    """

    scheme: Scheme
    columns: tuple[Level, ...]
    rows: tuple[tuple[Level, tuple[HeatCell, ...]], ...]
    in_words: tuple[str, ...]

    @property
    def row_word(self) -> str:
        return self.scheme.word(self.scheme.rows)

    @property
    def column_word(self) -> str:
        return self.scheme.word(self.scheme.columns)

    @property
    def key(self) -> tuple[tuple[Band, str], ...]:
        """Each band with the values of its cells: "1 to 4", "8", "" where it has no numbers."""
        return tuple((band, _span(self.scheme.values_of(place))) for place, band in enumerate(self.scheme.bands))


def heat_map(scheme: Scheme, spots: Iterable[Spot], since: str = "") -> HeatMap:
    """`since` is the day or month with which is compared ("March 2014"); "" where nothing is."""
    found = list(spots)
    grid = grid_of(scheme)
    placed: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in found:
        placed[spot.place].append(spot)
    rows = tuple(
        (level, tuple(HeatCell(cell, tuple(placed.get(cell.place, ()))) for cell in cells))
        for level, cells in grid.rows
    )
    return HeatMap(scheme, grid.columns, rows, tuple(_sentences(scheme, found, since)))


def _sentences(scheme: Scheme, spots: Sequence[Spot], since: str) -> Iterator[str]:
    if not spots:
        yield "No risk has a score on this map."
        return
    yield _bands(scheme, spots)
    if since:
        moved = _moves(spots, since)
        yield moved or f"None moved since {since}."


def _bands(scheme: Scheme, spots: Sequence[Spot]) -> str:
    """ "Four risks are high (1, 3, 5 and 7), three are medium (2, 4 and 6), none is very high."."""
    parts: list[str] = []
    noun = "risk"
    for place, band in reversed(list(enumerate(scheme.bands))):
        refs = [spot.ref for spot in spots if scheme.cell(*spot.place).band == place]
        name = band.name[:1].lower() + band.name[1:]
        if not refs:
            parts.append(f"none is {name}")
            continue
        many = "is" if len(refs) == 1 else "are"
        what = f" {noun}{'' if len(refs) == 1 else 's'}" if noun else ""
        noun = ""
        parts.append(f"{counted(len(refs))}{what} {many} {name} ({listed(refs)})")
    said = ", ".join(sorted(parts, key=lambda part: part.startswith("none ")))
    return f"{said[:1].upper()}{said[1:]}."


def _moves(spots: Sequence[Spot], since: str) -> str:
    parts = []
    for moved, verb in (
        (Movement.UP, "went up"),
        (Movement.DOWN, "went down"),
        (Movement.NEW, ""),
    ):
        refs = [spot.ref for spot in spots if spot.moved is moved]
        if refs:
            one = len(refs) == 1
            said = verb or f"{'is' if one else 'are'} new"
            parts.append(f"{'risk' if one else 'risks'} {listed(refs)} {said}")
    if not parts:
        return ""
    said = "; ".join(parts)
    return f"Since {since}: {said}."


def counted(number: int) -> str:
    """ "four"; "12"."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _span(values: tuple[int, int] | None) -> str:
    if values is None:
        return ""
    least, most = values
    return str(least) if least == most else f"{least} to {most}"
