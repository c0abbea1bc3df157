"""The heat map: the scheme's grid with the risks in it, and the same in words. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from strategy_tracker.risks.rules import Movement
from strategy_tracker.risks.schemes.rules import Band, GridCell, Level, Scheme, Tone, grid_of
from strategy_tracker.text import listed

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Spot:
    """A risk on the map: its number, the places of its levels, its band's place, and how it moved (None: not known).

    `address` is where its number leads, `label` what it says to somebody who does not see the map. `said` is its number
    in a sentence.
    """

    ref: str
    impact: int
    likelihood: int
    moved: Movement | None = None
    was: str = ""
    address: str = ""
    is_opportunity: bool = False

    @property
    def said(self) -> str:
        """ "3", "3 (opportunity)"."""
        return f"{self.ref} (opportunity)" if self.is_opportunity else self.ref

    @property
    def place(self) -> tuple[int, int]:
        return self.impact, self.likelihood

    @property
    def sign(self) -> str:
        """How a page marks that it moved, "" where it did not."""
        return self.moved.sign if self.moved and self.moved.arrow else ""

    @property
    def arrow(self) -> str:
        """How a document does."""
        return self.moved.arrow if self.moved else ""

    @property
    def label(self) -> str:
        """ "risk 1, up from 9 Medium"."""
        moved = {Movement.UP: f", up from {self.was}", Movement.DOWN: f", down from {self.was}", Movement.NEW: ", new"}
        return f"risk {self.said}{moved.get(self.moved, '') if self.moved else ''}"


@dataclass(frozen=True)
class HeatCell:
    drawn: GridCell
    spots: tuple[Spot, ...]

    @property
    def tone(self) -> Tone:
        return self.drawn.band.tone

    @property
    def signs(self) -> str:
        """How its risks moved, and that there is an opportunity among them: where numbers have no room."""
        signs = [spot.sign for spot in self.spots] + ["◇" for spot in self.spots if spot.is_opportunity]
        return "".join(dict.fromkeys(signs))

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
    def has_opportunities(self) -> bool:
        return any(spot.is_opportunity for _, cells in self.rows for cell in cells for spot in cell.spots)

    @property
    def key(self) -> tuple[tuple[Band, str], ...]:
        """Each band with the values of its cells: "1 to 4", "8", "" where it has no numbers."""
        return tuple((band, _span(self.scheme.values_of(place))) for place, band in enumerate(self.scheme.bands))


Elsewhere = Mapping[str, Collection[str]]
"""The numbers of the risks that have a score and no place on a map, by the version under which it was given."""


def heat_map(
    scheme: Scheme,
    spots: Iterable[Spot],
    since: str = "",
    elsewhere: Elsewhere | None = None,
    unscored: Sequence[str] = (),
) -> HeatMap:
    """`since` is the day or month with which is compared ("March 2014"); "" where nothing is.

    `unscored` are the numbers of those that have no score.
    """
    found = list(spots)
    grid = grid_of(scheme)
    placed: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in found:
        placed[spot.place].append(spot)
    rows = tuple(
        (level, tuple(HeatCell(cell, tuple(placed.get(cell.place, ()))) for cell in cells))
        for level, cells in grid.rows
    )
    return HeatMap(scheme, grid.columns, rows, tuple(_sentences(scheme, found, since, elsewhere or {}, unscored)))


def _sentences(
    scheme: Scheme, spots: Sequence[Spot], since: str, elsewhere: Elsewhere, unscored: Sequence[str]
) -> Iterator[str]:
    dangers = [spot for spot in spots if not spot.is_opportunity]
    chances = [spot for spot in spots if spot.is_opportunity]
    if not spots:
        yield "No risk has a score on this map."
    if dangers:
        yield _bands(scheme, dangers, "On this map, " if elsewhere else "")
    if chances:
        each = listed(f"{spot.said} is {_lower(scheme.band(*spot.place).name)}" for spot in chances)
        yield f"{'Counted apart' if dangers else 'Only opportunities are on this map'}: {each}."
    for version, refs in elsewhere.items():
        count = f"{len(refs)}{' more' if spots else ''} {'is' if len(refs) == 1 else 'are'}"
        yield f"{count} scored under {version}, and not on the map ({listed(refs)})."
    if unscored:
        yield f"Not scored yet, and so not on the map: {listed(unscored)}."
    if spots and since:
        yield _moves(spots, since) or f"None{' on this map' if elsewhere else ''} moved since {since}."


def _bands(scheme: Scheme, spots: Sequence[Spot], start: str) -> str:
    """ "Four risks are high (1, 3, 5 and 7), three are medium (2, 4 and 6), none is very high."."""
    parts: list[str] = []
    noun = "risk"
    for place, band in reversed(list(enumerate(scheme.bands))):
        refs = [spot.ref for spot in spots if scheme.cell(*spot.place).band == place]
        name = _lower(band.name)
        if not refs:
            parts.append(f"none is {name}")
            continue
        many = "is" if len(refs) == 1 else "are"
        what = f" {noun}{'' if len(refs) == 1 else 's'}" if noun else ""
        noun = ""
        parts.append(f"{counted(len(refs))}{what} {many} {name} ({listed(refs)})")
    said = start + ", ".join(sorted(parts, key=lambda part: part.startswith("none ")))
    return f"{said[:1].upper()}{said[1:]}."


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _moves(spots: Sequence[Spot], since: str) -> str:
    parts = []
    for moved, verb in (
        (Movement.UP, "went up"),
        (Movement.DOWN, "went down"),
        (Movement.NEW, ""),
    ):
        refs = [spot.said for spot in spots if spot.moved is moved]
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
