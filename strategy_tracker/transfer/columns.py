"""The columns of a plan's table by what they hold, and a row's cells by their column."""

import datetime as dt
from dataclasses import dataclass

from strategy_tracker.transfer.grids import EMPTY, Cell
from strategy_tracker.transfer.heads import Field, Head, Meaning, plain
from strategy_tracker.transfer.tables import PlanTable

SINGLE = (Field.NUMBER, Field.OBJECTIVE, Field.ACTION, Field.OUTCOME, Field.TIMESCALE, Field.LEAD, Field.OWNER)
Key = tuple[str | None, dt.date | None]
"""Whose words, and as at which date."""


@dataclass(frozen=True)
class ReportColumn:
    """Where one authority's words as at one date stand; a column is None where the table lacks it."""

    authority: str | None
    as_at: dt.date | None
    progress: int | None
    status: int | None


@dataclass(frozen=True)
class Columns:
    single: dict[Field, int]
    reports: tuple[ReportColumn, ...]
    dated_outcome: bool

    def has(self, field: Field) -> bool:
        return field in self.single

    @property
    def used(self) -> set[int]:
        """The columns whose words are taken."""
        reports = {column for report in self.reports for column in (report.progress, report.status)}
        return {*self.single.values(), *(column for column in reports if column is not None)}

    @property
    def numbers_actions(self) -> bool:
        """Whether plain numbers are the actions': without an objective's column, or to the right of it."""
        return not self.has(Field.OBJECTIVE) or self.at(Field.NUMBER) > self.at(Field.OBJECTIVE)

    def at(self, field: Field) -> int:
        return self.single.get(field, 0)

    def cell(self, row: tuple[Cell, ...], field: Field) -> Cell:
        return row[self.single[field]] if field in self.single else EMPTY


def columns_of(table: PlanTable, problems: dict[str, str]) -> Columns:
    """Adds to `problems` each head that is not understood and each meaning that two columns claim."""
    single: dict[Field, int] = {}
    reports: list[tuple[int, Meaning]] = []
    dated = False
    for head in table.heads:
        place = table.place(table.head_row, head.column)
        if head.meaning is None:
            problems[place] = f"The head “{plain_words(head)}” is not understood; say what the column holds, or none"
        elif head.meaning.field in (Field.PROGRESS, Field.STATUS):
            reports.append((head.column, head.meaning))
        elif head.meaning.field in single:
            other = next(h for h in table.heads if h.column == single[head.meaning.field])
            both = f"“{plain_words(other)}” and “{plain_words(head)}”"
            problems[place] = f"The heads {both} both seem to be {head.meaning.field}; say which one is"
        elif head.meaning.field in SINGLE:
            single[head.meaning.field] = head.column
            dated = dated or head.meaning.dated
    _check_headless(table, problems)
    return Columns(single, _reports(table, reports, problems), dated and Field.TIMESCALE not in single)


def plain_words(head: Head) -> str:
    return " ".join(head.words.split())


def repeats_heads(table: PlanTable, row: tuple[Cell, ...]) -> bool:
    """Whether a row says the heads again, as tables that cross pages do."""
    heads = table.grid.rows[table.head_row : table.first_row]
    return any([plain(cell.text) for cell in row] == [plain(cell.text) for cell in head] for head in heads)


def _check_headless(table: PlanTable, problems: dict[str, str]) -> None:
    """A column without a head may be empty, but not hold words that nobody can place."""
    headed = {head.column for head in table.heads}
    for number in range(table.first_row, len(table.grid.rows)):
        for column, cell in enumerate(table.grid.rows[number]):
            if cell.text and cell.origin is None and column not in headed:
                headed.add(column)
                place = table.grid.place(number, column)
                problems[place] = "This column has no head; give it one, or take it out"


def _reports(table: PlanTable, heads: list[tuple[int, Meaning]], problems: dict[str, str]) -> tuple[ReportColumn, ...]:
    """Progress columns, each with the status column of the same authority and date. One of each belong together."""
    progress: dict[Key, int] = {}
    statuses: dict[Key, int] = {}
    for column, meaning in heads:
        columns = progress if meaning.field is Field.PROGRESS else statuses
        key = meaning.authority, meaning.as_at
        if key in columns:
            place = table.place(table.head_row, column)
            problems[place] = f"Two columns are {meaning.code}; say whose each is, or as at which date"
        columns[key] = column
    if len(progress) == len(statuses) == 1:
        (key,) = progress
        return (ReportColumn(*_joined(key, next(iter(statuses))), progress[key], next(iter(statuses.values()))),)
    found = [ReportColumn(*key, column, statuses.pop(key, None)) for key, column in progress.items()]
    for key, column in statuses.items():
        place = table.place(table.head_row, column)
        if progress and key == (None, None):
            problems[place] = (
                "It is not clear which progress this status belongs to; say whose it is, or as at which date"
            )
        found.append(ReportColumn(*key, None, column))
    return tuple(found)


def _joined(progress: Key, status: Key) -> Key:
    return progress[0] or status[0], progress[1] or status[1]
