"""What every kind of file becomes: lines of text and grids of cells that know where they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from strategy_tracker.errors import Invalid
from strategy_tracker.text import normalise

MAX_ROWS = 10_000
MAX_COLUMNS = 200


@dataclass(frozen=True)
class Cell:
    """`origin` is the (row, column) of the merged cell that covers this place, None where it stands for itself.
    A covered cell carries the words of its origin. `fault` says why its words cannot be taken."""

    text: str = ""
    origin: tuple[int, int] | None = None
    fault: str = ""


EMPTY = Cell()


@dataclass(frozen=True)
class Grid:
    """A table. Rows are equally long; `lettered` says that places are named as in a spreadsheet.
    `above` are the lines of text between it and the table before, `headings` those of them that are headings.
    `hidden_columns` and `hidden_rows` are kept out of sight in the file. `coloured` are the places that have a colour
    and no words."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    lettered: bool = False
    row_numbers: tuple[int, ...] = ()
    above: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    coloured: frozenset[tuple[int, int]] = frozenset()

    def place(self, row: int, column: int, head: str = "") -> str:
        """ "Plan!D7", or "Table 1, row 4, column Action" where columns have no letters."""
        number = self.row_numbers[row] if self.row_numbers else row + 1
        if self.lettered:
            return f"{self.name}!{letters(column)}{number}"
        return f"{self.name}, row {number}, column {head or column + 1}"


@dataclass(frozen=True)
class Document:
    """A file as read: the lines that stand outside tables, in order, and its tables.
    `hidden` names the sheets that the file keeps out of sight, which are not read. `remarks` say what else is not."""

    lines: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    kind: str = ""
    hidden: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass
class GridBuilder:
    """Collects cells at their places, then fills what merged cells cover."""

    name: str
    lettered: bool = False
    above: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    coloured: set[tuple[int, int]] = field(default_factory=set)

    def put(self, row: int, column: int, text: str, fault: str = "") -> None:
        """Raises Invalid as soon as the table is larger than any plan."""
        text = normalise(text)
        if not text:
            return
        if row >= MAX_ROWS:
            raise too_many_rows(self.name)
        if column >= MAX_COLUMNS:
            raise Invalid({self.name: f"{self.name} has more than {MAX_COLUMNS} columns"})
        self.texts[row, column] = text
        if fault:
            self.faults[row, column] = fault

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Last row and column included."""
        if (top, left) != (bottom, right):
            self.spans.append((top, left, bottom, right))

    def build(self) -> Grid:
        """Without the empty rows and columns at the end."""
        height = max((row for row, _ in self.texts), default=-1) + 1
        width = max((column for _, column in self.texts), default=-1) + 1
        cells = [[EMPTY] * width for _ in range(height)]
        for (row, column), text in self.texts.items():
            cells[row][column] = Cell(text, None, self.faults.get((row, column), ""))
        spans = [(top, left, min(bottom, height - 1), min(right, width - 1)) for top, left, bottom, right in self.spans]
        if (
            sum(max(0, bottom - top + 1) * max(0, right - left + 1) for top, left, bottom, right in spans)
            > height * width
        ):
            raise Invalid({self.name: f"{self.name} is damaged: its merged cells overlap"})
        for top, left, bottom, right in spans:
            for row, column in covered(top, left, bottom, right):
                cells[row][column] = Cell(self.texts.get((top, left), ""), (top, left))
        return Grid(
            self.name,
            tuple(tuple(row) for row in cells),
            self.lettered,
            above=self.above,
            headings=self.headings,
            hidden_columns=frozenset(column for column in self.hidden_columns if column < width),
            hidden_rows=frozenset(row for row in self.hidden_rows if row < height and any(c.text for c in cells[row])),
            coloured=frozenset(place for place in self.coloured if place not in self.texts),
        )


def covered(top: int, left: int, bottom: int, right: int) -> Iterator[tuple[int, int]]:
    """The places of a merged cell but its first."""
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                yield row, column


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def too_many_rows(where: str) -> Invalid:
    return Invalid({where: f"{where} has more than {MAX_ROWS:,} rows; a plan or a register has fewer"})


def with_grids(
    lines: Iterable[str], grids: Iterable[Grid], kind: str, hidden: Iterable[str] = (), remarks: Iterable[str] = ()
) -> Document:
    """The document, or Invalid where it holds nothing at all."""
    kept = tuple(grid for grid in grids if grid.rows)
    if not kept:
        raise Invalid({"file": "The file has no table in it"})
    return Document(tuple(line for line in map(normalise, lines) if line), kept, kind, tuple(hidden), tuple(remarks))


def not_read(count: int, one: str, several: str) -> Iterator[str]:
    """A remark on so many things that stand beside the text and are not taken in; none where there are none."""
    if count:
        yield f"The file has {count} {one if count == 1 else several}, which {'is' if count == 1 else 'are'} not read"
