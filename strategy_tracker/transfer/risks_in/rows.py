"""Row by row from a register's table to its risks: what is merged, split over pages or repeated is put together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from strategy_tracker.transfer.grids import Cell, Grid
from strategy_tracker.transfer.risks_in.heads import LABELS, OF_SCORES, SEVERAL, Field, Head
from strategy_tracker.transfer.risks_in.own_sheets import NOTHING_FURTHER, Further
from strategy_tracker.transfer.risks_in.values import is_number

Row = tuple[Cell, ...]
LONG = (Field.DESCRIPTION, *SEVERAL)


class Table(Protocol):
    """What is asked of a register's table."""

    @property
    def grid(self) -> Grid: ...
    @property
    def head_row(self) -> int: ...
    @property
    def heads(self) -> tuple[Head, ...]: ...
    @property
    def first_row(self) -> int: ...
    @property
    def is_own(self) -> bool: ...
    def repeats_heads(self, row: Row) -> bool: ...


@dataclass
class RawRisk:
    """A risk in the words of the file. `place` is its row's, `places` those of its cells; `notes` say how it was put
    together. `is_own`: the file is one of ours, and `further` what its other sheets say of the risk."""

    place: str
    row: int
    has_number: bool
    words: dict[Field, str] = field(default_factory=dict)
    places: dict[Field, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_own: bool = False
    further: Further = NOTHING_FURTHER

    def said(self, what: Field) -> str:
        return self.words.get(what, "")

    def place_of(self, what: Field) -> str:
        return self.places.get(what, self.place)


class Rows:
    """Gathers the risks of every table, what is wrong and what is passed over."""

    def __init__(self) -> None:
        self.risks: list[RawRisk] = []
        self.problems: dict[str, str] = {}
        self.passed_over: list[str] = []
        self.remarks: list[str] = []

    def read(self, table: Table) -> None:
        columns = self._columns(table)
        self._check_headless(table)
        reader = _Reader(self, table, columns)
        for number in range(table.first_row, len(table.grid.rows)):
            row = table.grid.rows[number]
            if any(cell.text for cell in row) and not table.repeats_heads(row):
                reader.take(number, row)

    def _columns(self, table: Table) -> dict[Field, list[int]]:
        """The columns of each field; what is not understood, or claimed twice, is a problem."""
        columns: dict[Field, list[int]] = {}
        words = {head.column: head.said for head in table.heads}
        for head in table.heads:
            place = table.grid.place(table.head_row, head.column, head.said)
            if head.field is None:
                self.problems[place] = f"The head “{head.said}” is not understood; say what the column holds, or none"
            elif head.field in columns and head.field not in SEVERAL and head.field is not Field.NONE:
                both = f"“{words[columns[head.field][0]]}” and “{head.said}”"
                self.problems[place] = f"The heads {both} both seem to be {LABELS[head.field]}; say which one is"
            else:
                columns.setdefault(head.field, []).append(head.column)
        for what in SEVERAL:
            if len(several := columns.get(what, [])) > 1:
                names = " and ".join(f"“{words[column]}”" for column in several)
                self.remarks.append(f"{table.grid.name}: the columns {names} are taken together as {LABELS[what]}")
        left_out = [f"“{words[column]}”" for column in columns.pop(Field.NONE, [])]
        if left_out:
            self.passed_over.append(f"{table.grid.name}, not read: {', '.join(left_out)}")
        return columns

    def _check_headless(self, table: Table) -> None:
        headed = {head.column for head in table.heads}
        for number in range(table.first_row, len(table.grid.rows)):
            for column, cell in enumerate(table.grid.rows[number]):
                if cell.text and cell.origin is None and column not in headed:
                    headed.add(column)
                    self.problems[table.grid.place(number, column)] = (
                        "This column has no head; give it one, or take it out"
                    )


class _Reader:
    def __init__(self, rows: Rows, table: Table, columns: dict[Field, list[int]]) -> None:
        self.rows, self.table, self.columns = rows, table, columns
        self.heads = {head.column: head.said for head in table.heads}
        self.last: RawRisk | None = None

    def take(self, number: int, row: Row) -> None:
        if self._is_banner(number, row):
            words = next(cell.text for cell in row if cell.text)
            self.rows.passed_over.append(f"{self._row_place(number)} ({' '.join(words.split())[:80]})")
            return
        self._check_cells(number, row)
        if self._is_merged_down(number, row):
            self._add_rows_words(number, row)
        elif self._goes_on(row):
            self._join(number, row)
        else:
            self._begin(number, row)

    def _cells(self, row: Row, what: Field) -> list[Cell]:
        return [row[column] for column in self.columns.get(what, [])]

    def _text(self, row: Row, what: Field) -> str:
        return "\n".join(dict.fromkeys(cell.text for cell in self._cells(row, what) if cell.text))

    def _place(self, number: int, what: Field) -> str:
        column = self.columns[what][0]
        return self.table.grid.place(number, column, self.heads[column])

    def _row_place(self, number: int) -> str:
        grid = self.table.grid
        if grid.lettered:
            return grid.place(number, self.columns.get(Field.DESCRIPTION, [0])[0])
        return grid.place(number, 0).rpartition(", column")[0]

    def _is_banner(self, number: int, row: Row) -> bool:
        """One cell over the whole row, or words alone where the number stands: a title between the risks."""
        said = {cell.origin or (number, column) for column, cell in enumerate(row) if cell.text}
        if len(said) != 1:
            return False
        (top, left) = said.pop()
        width = sum(cell.text != "" for cell in row)
        is_in_number = left in self.columns.get(Field.NUMBER, []) and not is_number(row[left].text)
        return top == number and (width > 1 or is_in_number)

    def _check_cells(self, number: int, row: Row) -> None:
        used = {column: what for what, columns in self.columns.items() for column in columns}
        for column, cell in enumerate(row):
            place = self.table.grid.place(number, column, self.heads.get(column, ""))
            if cell.fault:
                self.rows.problems[place] = cell.fault
            left = cell.origin[1] if cell.origin else column
            if left != column and cell.text and used.get(left) is not used.get(column):
                both = f"“{self.heads.get(left, '')}” and “{self.heads.get(column, '')}”"
                self.rows.problems[place] = f"This cell is merged over {both}; divide it, so that each has its own"

    def _covered(self, number: int, row: Row, what: Field) -> bool:
        """Whether the cell goes on from a row above."""
        return any(cell.origin and cell.text and cell.origin[0] < number for cell in self._cells(row, what))

    def _is_merged_down(self, number: int, row: Row) -> bool:
        if self.last is None:
            return False
        scored = any(self._text(row, what) and not self._covered(number, row, what) for what in OF_SCORES)
        if self._covered(number, row, Field.DESCRIPTION):
            return True
        return self._covered(number, row, Field.NUMBER) and not scored

    def _goes_on(self, row: Row) -> bool:
        """Whether a row without number and scores goes on with the risk before, as where a page ended in it."""
        if self.last is None or any(self._text(row, what) for what in (Field.NUMBER, *OF_SCORES)):
            return False
        begins = self._text(row, Field.DESCRIPTION)[:1]
        return not begins or not (begins.isupper() or begins.isdigit())

    def _begin(self, number: int, row: Row) -> None:
        risk = RawRisk(self._row_place(number), number, Field.NUMBER in self.columns, is_own=self.table.is_own)
        for what in self.columns:
            risk.words[what] = self._text(row, what)
            risk.places[what] = self._place(number, what)
        scored = any(self._text(row, what) for what in OF_SCORES)
        if risk.has_number and not risk.said(Field.NUMBER) and not scored and self.last is not None:
            self.rows.problems[risk.place] = (
                "This row has no number and no score: give it both if it is a risk, or put its words into the row above"
            )
            return
        self.last = risk
        self.rows.risks.append(risk)

    def _own_words(self, number: int, row: Row) -> Iterator[tuple[Field, str]]:
        for what in self.columns:
            if (words := self._text(row, what)) and not self._covered(number, row, what):
                yield what, words

    def _add_rows_words(self, number: int, row: Row) -> None:
        """More rows of one risk, whose number or description is merged over them."""
        for what, words in self._own_words(number, row):
            self._add(number, what, words, "\n")

    def _join(self, number: int, row: Row) -> None:
        self._last.notes.append(f"{self._row_place(number)} goes on from the row above and was put to it")
        for what, words in self._own_words(number, row):
            self._add(number, what, words, " " if words[:1].islower() or what is Field.OWNER else "\n")

    @property
    def _last(self) -> RawRisk:
        if self.last is None:
            raise LookupError("no risk stands above")
        return self.last

    def _add(self, number: int, what: Field, words: str, between: str) -> None:
        before = self._last.said(what)
        if what in LONG or not before or (between == " " and what is Field.OWNER):
            self._last.words[what] = f"{before}{between}{words}".strip()
        elif " ".join(before.split()) != " ".join(words.split()):
            self.rows.problems[self._place(number, what)] = (
                f"{LABELS[what]} is “{words[:60]}” here and “{before[:60]}” in the row above, for one risk: keep one"
            )
