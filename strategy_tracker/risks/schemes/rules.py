"""A scoring scheme: what its levels are, what each cell of its grid is called, and how it is drawn. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from strategy_tracker.numbers import whole_number


class Tone(IntEnum):
    """How severe a band is on the one ladder on which bands of different schemes can be laid side by side."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    VERY_HIGH = 4

    @property
    def words(self) -> str:
        """ "very high"."""
        return self.name.lower().replace("_", " ")

    @property
    def css(self) -> str:
        """Its class in the style sheets of pages and of documents."""
        return f"b-{self.words[0]}"

    @property
    def squares(self) -> str:
        """What marks it besides its colour: more of them the more severe it is."""
        return "▪" * (self.value - 1)


class Axis(StrEnum):
    IMPACT = "impact"
    LIKELIHOOD = "likelihood"


@dataclass(frozen=True)
class Level:
    """A level of impact or likelihood. `mark` is what is cited ("4"), which need not be a number."""

    mark: str
    name: str
    description: str = ""

    @property
    def words(self) -> str:
        """ "4 Significant"."""
        return f"{self.mark} {self.name}"


@dataclass(frozen=True)
class Band:
    """What a cell is called. `tone` decides how it is drawn and where it sorts beside other schemes."""

    name: str
    tone: Tone


@dataclass(frozen=True)
class Cell:
    """`band` is a place in the scheme's bands; `value` None where the scheme gives cells a name and no number."""

    band: int
    value: int | None = None


@dataclass(frozen=True)
class Category:
    """`tolerated` is the place of the worst band that needs nobody to accept it; None: every band needs somebody."""

    name: str
    tolerated: int | None


@dataclass(frozen=True)
class Scheme:
    """One version of a scheme. Levels and bands stand from the least severe to the most; places count from 0.

    `cells[i][j]` is that of impact i and likelihood j. `rows` is the axis drawn up the side; `worst_on_top` and
    `worst_on_right` say to which end each axis grows. `tolerated` is for risks whose category has none of its own.
    """

    impact: tuple[Level, ...]
    likelihood: tuple[Level, ...]
    bands: tuple[Band, ...]
    cells: tuple[tuple[Cell, ...], ...]
    tolerated: int | None
    categories: tuple[Category, ...] = ()
    rows: Axis = Axis.IMPACT
    worst_on_top: bool = True
    worst_on_right: bool = True
    impact_word: str = "Impact"
    likelihood_word: str = "Likelihood"

    def levels(self, axis: Axis) -> tuple[Level, ...]:
        return self.impact if axis is Axis.IMPACT else self.likelihood

    def word(self, axis: Axis) -> str:
        return self.impact_word if axis is Axis.IMPACT else self.likelihood_word

    @property
    def columns(self) -> Axis:
        return Axis.LIKELIHOOD if self.rows is Axis.IMPACT else Axis.IMPACT

    def cell(self, impact: int, likelihood: int) -> Cell:
        """Raises IndexError for levels that the scheme has not."""
        if min(impact, likelihood) < 0:
            raise IndexError
        return self.cells[impact][likelihood]

    def band(self, impact: int, likelihood: int) -> Band:
        return self.bands[self.cell(impact, likelihood).band]

    def has_same_cell(self, other: "Scheme", impact: int, likelihood: int) -> bool:
        """Whether the cell of these places is there in both, in axes of the same length, with one value and band."""
        sizes = [(len(one.impact), len(one.likelihood)) for one in (self, other)]
        return (
            sizes[0] == sizes[1]
            and self.cell(impact, likelihood) == other.cell(impact, likelihood)
            and self.band(impact, likelihood) == other.band(impact, likelihood)
        )

    def tolerated_in(self, category: str) -> int | None:
        """The place of the worst band that is tolerated for a category; the scheme's own where it has no such one."""
        own = next((one for one in self.categories if one.name.casefold() == category.casefold()), None)
        return self.tolerated if own is None else own.tolerated

    def is_above_tolerance(self, band: int, category: str) -> bool:
        tolerated = self.tolerated_in(category)
        return tolerated is None or band > tolerated

    def tolerance_words(self, category: str = "") -> str:
        """ "Medium or lower", "Low", "nothing", "everything"."""
        tolerated = self.tolerated_in(category)
        if tolerated is None:
            return "nothing"
        if tolerated == len(self.bands) - 1:
            return "everything"
        return self.bands[tolerated].name + (" or lower" if tolerated else "")

    @property
    def own_tolerances(self) -> tuple[tuple[str, str], ...]:
        """Each category that is tolerated otherwise than the rest, and what is tolerated in it."""
        own = (one.name for one in self.categories if one.tolerated != self.tolerated)
        return tuple((name, self.tolerance_words(name)) for name in own)

    @property
    def tolerance_asks(self) -> str:
        """What follows for a score that is above what is tolerated, in a sentence."""
        tolerated = {self.tolerated, *(one.tolerated for one in self.categories)}
        if tolerated == {None}:
            return "Somebody must accept each risk, by name and until a date."
        if tolerated == {len(self.bands) - 1}:
            return "Nobody needs to accept a risk, however high its score."
        return "Where a score is higher, somebody must accept it, by name and until a date."

    def values_of(self, band: int) -> tuple[int, int] | None:
        """The least and the greatest value of the cells in a band; None where none has one."""
        values = [cell.value for row in self.cells for cell in row if cell.band == band and cell.value is not None]
        return (min(values), max(values)) if values else None

    @property
    def size_words(self) -> str:
        """ "impact 1 to 4 by likelihood 1 to 6"; the marks stand from the least severe to the most."""
        return " by ".join(
            f"{self.word(axis).lower()} {self.levels(axis)[0].mark} to {self.levels(axis)[-1].mark}" for axis in Axis
        )


@dataclass(frozen=True)
class GridCell:
    """A cell as it is drawn, with the places of its levels."""

    impact: int
    likelihood: int
    cell: Cell
    band: Band

    @property
    def place(self) -> tuple[int, int]:
        return self.impact, self.likelihood

    @property
    def words(self) -> str:
        """ "High 12"."""
        return self.band.name if self.cell.value is None else f"{self.band.name} {self.cell.value}"


@dataclass(frozen=True)
class Grid:
    """A scheme as it is drawn: the heads of the columns from left to right, and the rows from the top."""

    columns: tuple[Level, ...]
    rows: tuple[tuple[Level, tuple[GridCell, ...]], ...]


def grid_of(scheme: Scheme) -> Grid:
    """The scheme in its own orientation."""
    down = _drawn(len(scheme.levels(scheme.rows)), grows_first=scheme.worst_on_top)
    across = _drawn(len(scheme.levels(scheme.columns)), grows_first=not scheme.worst_on_right)

    def at(row: int, column: int) -> GridCell:
        impact, likelihood = (row, column) if scheme.rows is Axis.IMPACT else (column, row)
        return GridCell(impact, likelihood, scheme.cell(impact, likelihood), scheme.band(impact, likelihood))

    return Grid(
        tuple(scheme.levels(scheme.columns)[column] for column in across),
        tuple((scheme.levels(scheme.rows)[row], tuple(at(row, column) for column in across)) for row in down),
    )


def _drawn(count: int, *, grows_first: bool) -> Sequence[int]:
    return range(count - 1, -1, -1) if grows_first else range(count)


def product_cells(
    impact: Sequence[Level], likelihood: Sequence[Level], starts: Sequence[int]
) -> tuple[tuple[Cell, ...], ...]:
    """Cells whose value is the product of the levels' marks, in the band in which it lies.

    `starts` are the least values of the second band and those after it, rising. A mark that is no whole number counts
    as its place, from 1.
    """

    def cell(one: int, other: int) -> Cell:
        return Cell(sum(one * other >= start for start in starts), one * other)

    return tuple(
        tuple(cell(points(i, level), points(j, other)) for j, other in enumerate(likelihood))
        for i, level in enumerate(impact)
    )


def points(place: int, level: Level) -> int:
    """What a level counts in a product: its mark, or its place from 1 where that is no whole number."""
    number = whole_number(level.mark)
    return place + 1 if number is None else number


def nearest(place: int, before: int, after: int) -> int:
    """Where a level of an axis of `before` levels lies on one of `after`: the ends on the ends, the rest between."""
    return int(place * (after - 1) / (before - 1) + 0.5)


@dataclass(frozen=True)
class LevelMap:
    """Old places to new ones, for each axis; None where a level has no successor and must be chosen afresh."""

    impact: tuple[int | None, ...]
    likelihood: tuple[int | None, ...]

    def new_place(self, impact: int, likelihood: int) -> tuple[int | None, int | None]:
        return self.impact[impact], self.likelihood[likelihood]

    def then(self, later: "LevelMap") -> "LevelMap":
        """From the old places of this one to the new places of the later."""

        def axis(first: Sequence[int | None], second: Sequence[int | None]) -> tuple[int | None, ...]:
            return tuple(None if place is None else second[place] for place in first)

        return LevelMap(axis(self.impact, later.impact), axis(self.likelihood, later.likelihood))


def suggested_mapping(old: Scheme, new: Scheme) -> LevelMap:
    """A level that kept its name keeps its place; another goes where it lies in proportion."""

    def axis(before: tuple[Level, ...], after: tuple[Level, ...]) -> tuple[int, ...]:
        names = {level.name.casefold(): place for place, level in enumerate(after)}
        return tuple(
            names.get(level.name.casefold(), nearest(place, len(before), len(after)))
            for place, level in enumerate(before)
        )

    return LevelMap(axis(old.impact, new.impact), axis(old.likelihood, new.likelihood))
