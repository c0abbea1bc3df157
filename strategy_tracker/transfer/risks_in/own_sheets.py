"""The further sheets of our own workbooks: responses, controls and scores, row by row, by the number of their risk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from strategy_tracker.transfer.grids import Grid
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.risks_in.values import number_in
from strategy_tracker.transfer.risks_out.columns import (
    CAUSE,
    DONE,
    EFFECT,
    GIVEN_ON,
    HOW_GOOD,
    IN_PLACE,
    NUMBER,
    OWNER_KIND,
    RISK,
    STATE,
    WHY,
)
from strategy_tracker.transfer.tables import HEADS_WITHIN


class Part(StrEnum):
    """What belongs to a risk, one row for each."""

    RESPONSES = "responses"
    CONTROLS = "controls"
    SCORES = "scores"


TOLD_BY = {Part.RESPONSES: (DONE, STATE), Part.CONTROLS: (IN_PLACE, HOW_GOOD), Part.SCORES: (GIVEN_ON, WHY)}
"""The heads by which each sheet is known, beside the number; its other columns may be gone."""
OWN = frozenset(plain(head) for head in (NUMBER, RISK, CAUSE, EFFECT, OWNER_KIND))
"""The heads by which our own sheet of risks is known; its other columns may be gone."""


@dataclass(frozen=True)
class Line:
    """A row of such a sheet. `place` is the row's own."""

    place: str
    words: Mapping[str, str]
    places: Mapping[str, str]

    def said(self, head: str) -> str:
        return self.words.get(plain(head), "")

    def place_of(self, head: str) -> str:
        return self.places.get(plain(head), self.place)


@dataclass(frozen=True)
class Further:
    """What the file says of one risk beside its row; None where the file has no such sheet."""

    responses: tuple[Line, ...] | None = None
    controls: tuple[Line, ...] | None = None
    scores: tuple[Line, ...] | None = None


NOTHING_FURTHER = Further()


@dataclass
class OwnSheets:
    """The sheets of a file that were found, and their rows by the number of the risk."""

    found: dict[Part, dict[int, list[Line]]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def take(self, grid: Grid) -> int | None:
        """The row of the heads of such a sheet, which is read then; None where the grid is none."""
        for head_row, row in enumerate(grid.rows[:HEADS_WITHIN]):
            heads = [plain(cell.text) for cell in row]
            for part, told_by in TOLD_BY.items():
                if {plain(head) for head in (NUMBER, *told_by)} <= set(heads):
                    self._read(grid, head_row, heads, self.found.setdefault(part, {}))
                    return head_row
        return None

    def _read(self, grid: Grid, head_row: int, heads: Sequence[str], lines: dict[int, list[Line]]) -> None:
        for number in range(head_row + 1, len(grid.rows)):
            row = grid.rows[number]
            if not any(cell.text for cell in row):
                continue
            places = {head: grid.place(number, column, head) for column, head in enumerate(heads) if head}
            words = {head: row[column].text for column, head in enumerate(heads) if head}
            self.problems |= {grid.place(number, column): cell.fault for column, cell in enumerate(row) if cell.fault}
            line = Line(grid.place(number, 0), words, places)
            lines.setdefault(number_in(line.said(NUMBER)) or 0, []).append(line)

    def further_of(self, number: int | None) -> Further:
        """What belongs to the risk with this number."""
        said = {part.value: tuple(lines.get(number or -1, ())) for part, lines in self.found.items()}
        return Further(**said)

    def check(self, numbers: set[int | None]) -> Iterator[tuple[str, str]]:
        """What is wrong with rows that belong to no risk of the file, as (place, words)."""
        yield from self.problems.items()
        for lines in self.found.values():
            for number, rows in lines.items():
                for line in rows if number not in numbers else ():
                    words = " ".join(line.said(NUMBER).split())[:60]
                    missing = f"No risk of the file has the number “{words}”" if words else "This row has no number"
                    yield line.place_of(NUMBER), f"{missing}: say to which risk it belongs, or take it out"
