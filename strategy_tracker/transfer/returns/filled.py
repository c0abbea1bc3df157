"""What a filled-in workbook says, line by line, with the cells where it says so."""

import datetime as dt
from dataclasses import dataclass, field

from strategy_tracker.errors import Invalid
from strategy_tracker.plans.timescales import dates_in
from strategy_tracker.transfer.back.own import KEY
from strategy_tracker.transfer.grids import Document, Grid
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.out.layout import RowKey
from strategy_tracker.transfer.returns.workbook import AS_AT, INPUTS, Head

HEADS_WITHIN = 12
HEADS = {plain(head.value): head for head in Head}


@dataclass(frozen=True)
class Line:
    """One line in which something was filled in."""

    key: RowKey
    said: dict[Head, str]
    places: dict[Head, str]


@dataclass
class Filled:
    """`stamp` is empty where no line has a mark. `silent` counts the lines in which nothing was filled in."""

    as_at: dt.date | None = None
    as_at_place: str = ""
    stamp: str = ""
    lines: list[Line] = field(default_factory=list)
    silent: int = 0
    problems: dict[str, str] = field(default_factory=dict)


def is_return(document: Document) -> bool:
    return any(_heads(grid) for grid in document.grids)


def filled_in(document: Document) -> Filled:
    """Raises Invalid where the file is no return."""
    found = next(((grid, *heads) for grid in document.grids if (heads := _heads(grid))), None)
    if found is None:
        raise Invalid({"file": "This file is no return. Download the return, fill it in and send that in"})
    grid, head_row, columns = found
    filled = Filled()
    _read_date(grid, head_row, filled)
    for number in range(head_row + 1, len(grid.rows)):
        _read_line(grid, number, columns, filled)
    if filled.as_at is None:
        filled.problems[filled.as_at_place or AS_AT] = "Enter the date that you report as at, such as 30 June 2027"
    return filled


def _heads(grid: Grid) -> tuple[int, dict[Head, int]] | None:
    for number, row in enumerate(grid.rows[:HEADS_WITHIN]):
        columns = {HEADS[plain(cell.text)]: index for index, cell in enumerate(row) if plain(cell.text) in HEADS}
        if {Head.LINE, *INPUTS} <= columns.keys():
            return number, columns
    return None


def _read_date(grid: Grid, head_row: int, filled: Filled) -> None:
    for number, row in enumerate(grid.rows[:head_row]):
        for column, cell in enumerate(row[:-1]):
            if plain(cell.text) == plain(AS_AT):
                words = " ".join(row[column + 1].text.split())
                filled.as_at_place = grid.place(number, column + 1, AS_AT)
                date = next(dates_in(words), None)
                if date and (date.start, date.end, date.precision.value) == (0, len(words), "day"):
                    filled.as_at = date.on


def _read_line(grid: Grid, number: int, columns: dict[Head, int], filled: Filled) -> None:
    cells = grid.rows[number]
    said = {head: cells[columns[head]].text for head in INPUTS}
    places = {head: grid.place(number, columns[head], head.value) for head in INPUTS}
    mark = "".join(cells[columns[Head.LINE]].text.split())
    found = KEY.fullmatch(mark)
    if found is None or found["part"] != "o":
        if mark or any(said.values()):
            place = grid.place(number, columns[Head.LINE], Head.LINE.value)
            filled.problems[place] = "This line cannot be known again: its mark at the end was changed"
        return
    faults = {places[head]: cells[columns[head]].fault for head in INPUTS if cells[columns[head]].fault}
    filled.problems |= faults
    filled.stamp = filled.stamp or found["stamp"]
    if faults or not any(said.values()):
        filled.silent += not faults
        return
    key = RowKey(found["stamp"], found["part"], int(found["number"]), found["authority"] or "")
    if any(line.key == key for line in filled.lines):
        filled.problems[grid.place(number, columns[Head.LINE], Head.LINE.value)] = "This line is there twice"
        return
    filled.lines.append(Line(key, said, places))
