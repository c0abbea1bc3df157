"""The rows of a file that went out from here, told by its heads, with their cells by column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from strategy_tracker.transfer.grids import Document, Grid
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.out.layout import OF_OBJECTIVE, Column, RowKey
from strategy_tracker.transfer.out.words import CONTINUED, NUMBER, OBJECTIVE_LEAD, OBJECTIVE_LINE, unguarded

HEADS_WITHIN = 12
HEADS = {plain(column.value): column for column in Column} | {plain(NUMBER): Column.ACTION_NUMBER}
KEY = re.compile(
    r"(?P<stamp>[A-Z0-9]{7})\.(?P<part>[pao])(?P<number>\d{1,10})(?:\.(?P<authority>[a-z0-9-]{1,60}))?(?P<more>\+\d+)?"
)
SURE = (
    {Column.ROW, Column.ACTION, Column.PROGRESS},
    {Column.OBJECTIVE_NUMBER, Column.ACTION_NUMBER, Column.ACTION, Column.AUTHORITY},
)
"""Heads that no other file has together."""


@dataclass
class FileRow:
    """`cells` has an entry for each column that the file has, blank ones too. `key` None: a row that was added."""

    cells: dict[Column, str]
    key: RowKey | None = None
    places: dict[Column, str] = field(default_factory=dict)
    where: str = ""

    def place(self, column: Column) -> str:
        return self.places.get(column, self.where)

    @property
    def mark(self) -> str:
        """The key without the export's name; empty for a row that was added."""
        return str(self.key).partition(".")[2] if self.key else ""

    def said(self, *columns: Column) -> bool:
        """Whether one of these cells holds something."""
        return any(self.cells.get(column) for column in columns)


@dataclass(frozen=True)
class OwnFile:
    """`gathers`: words that go on from the row above stand once, as in the Word table."""

    rows: tuple[FileRow, ...]
    gathers: bool
    others: tuple[str, ...]
    """Columns that are not ours, in words."""
    problems: dict[str, str]


def own_file(document: Document) -> OwnFile | None:
    """None where no table has the heads of an export."""
    tables = [(grid, *found) for grid in document.grids if (found := _heads(grid))]
    if not tables:
        return None
    problems: dict[str, str] = {}
    rows: list[FileRow] = []
    others: dict[str, None] = {}
    for grid, head_row, columns in tables:
        rows.extend(_rows(grid, head_row, columns, document.kind, problems))
        for number, cell in enumerate(grid.rows[head_row]):
            if cell.text and number not in columns.values():
                others[f"Column “{' '.join(cell.text.split())}” of {grid.name}"] = None
    _refuse_twice(rows, problems)
    return OwnFile(tuple(rows), document.kind == "word", tuple(others), problems)


def _heads(grid: Grid) -> tuple[int, dict[Column, int]] | None:
    for number, row in enumerate(grid.rows[:HEADS_WITHIN]):
        columns: dict[Column, int] = {}
        for index, cell in enumerate(row):
            if (column := HEADS.get(plain(cell.text))) is not None:
                columns.setdefault(column, index)
        if any(sure <= columns.keys() for sure in SURE):
            return number, columns
    return None


def _rows(
    grid: Grid, head_row: int, columns: dict[Column, int], kind: str, problems: dict[str, str]
) -> Iterator[FileRow]:
    above = _objective_above(grid) if kind == "word" else {}
    last: FileRow | None = None
    for number in range(head_row + 1, len(grid.rows)):
        cells = grid.rows[number]
        if not any(cell.text for cell in cells) or _repeats_heads(grid, head_row, number):
            continue
        texts = {column: cells[index].text for column, index in columns.items()}
        if kind == "delimited":
            texts = {column: unguarded(text) for column, text in texts.items()}
        places = {column: grid.place(number, index, column.value) for column, index in columns.items()}
        row = FileRow(above | texts, None, places, grid.place(number, 0, Column.ROW.value))
        for column, index in columns.items():
            if fault := cells[index].fault:
                problems[places[column]] = fault
        mark = "".join(texts.get(Column.ROW, "").split())
        found = KEY.fullmatch(mark)
        if found and found["more"] and last is not None:
            _go_on(last, texts)
            continue
        if found:
            row.key = RowKey(found["stamp"], found["part"], int(found["number"]), found["authority"] or "")
        elif mark:
            problems[row.place(Column.ROW)] = (
                f"“{mark[:40]}” is no mark of this tracker; leave the cell as it was, or empty for a row that you add"
            )
        last = row
        yield row


def _repeats_heads(grid: Grid, head_row: int, number: int) -> bool:
    return [plain(cell.text) for cell in grid.rows[number]] == [plain(cell.text) for cell in grid.rows[head_row]]


def _go_on(row: FileRow, texts: dict[Column, str]) -> None:
    """Words longer than a cell can hold were split over rows."""
    for column, text in texts.items():
        if text.startswith(CONTINUED):
            row.cells[column] += text.removeprefix(CONTINUED)


def _objective_above(grid: Grid) -> dict[Column, str]:
    """What the lines above a Word table say of its objective."""
    begin = max((at for at, line in enumerate(grid.above) if OBJECTIVE_LINE.match(line)), default=None)
    if begin is None:
        return {}
    lead, words = "", []
    for line in grid.above[begin:]:
        if line.startswith(OBJECTIVE_LEAD):
            lead = line.removeprefix(OBJECTIVE_LEAD).strip()
        else:
            words.append(line)
    found = OBJECTIVE_LINE.match(" ".join(words))
    if found is None:
        return {}
    return dict(zip(OF_OBJECTIVE, (found["number"].strip(), found["title"].strip(), lead), strict=True))


def _refuse_twice(rows: list[FileRow], problems: dict[str, str]) -> None:
    first: dict[str, FileRow] = {}
    for row in rows:
        if row.key is not None and (other := first.setdefault(str(row.key), row)) is not row:
            problems[row.place(Column.ROW)] = (
                f"This row has the mark of the one at {other.place(Column.ROW)}; empty the mark of the new row"
            )
