"""The columns of a plan's table by what they hold, and a row's cells by their column."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from strategy_tracker.transfer.grids import EMPTY, Cell
from strategy_tracker.transfer.heads import Field, Head, Meaning, plain
from strategy_tracker.transfer.tables import PlanTable

SINGLE = (
    *(Field.NUMBER, Field.OBJECTIVE, Field.ACTION, Field.OUTCOME, Field.TIMESCALE, Field.REVISED),
    *(Field.LEAD, Field.OWNER),
)
SEVERAL = (Field.OUTCOME, Field.LEAD, Field.OWNER)
"""What several columns may hold together: a measure and a target, a lead and partners."""
Key = tuple[str | None, dt.date | None]
"""Whose words, and as at which date."""


@dataclass(frozen=True)
class ReportColumn:
    """Where one authority's words as at one date stand; a column is None where the table lacks it.
    `more` are further columns of progress, by hand."""

    authority: str | None
    as_at: dt.date | None
    progress: int | None
    status: int | None
    more: tuple[int, ...] = ()


@dataclass(frozen=True)
class Columns:
    """`more` are the further columns of what several may hold, with their heads. `action_number` is a second column
    of numbers, which are the actions'."""

    single: dict[Field, int]
    reports: tuple[ReportColumn, ...]
    dated_outcome: bool
    more: dict[Field, tuple[Head, ...]] = field(default_factory=dict)
    action_number: int | None = None

    def has(self, what: Field) -> bool:
        return what in self.single

    @property
    def used(self) -> set[int]:
        """The columns whose words are taken."""
        reports = {column for report in self.reports for column in (report.progress, report.status, *report.more)}
        more = {head.column for heads in self.more.values() for head in heads}
        every = {*self.single.values(), *reports, *more, self.action_number}
        return {column for column in every if column is not None}

    @property
    def reported(self) -> set[int]:
        """The columns of progress and of status."""
        every = {column for report in self.reports for column in (report.progress, report.status, *report.more)}
        return {column for column in every if column is not None}

    @property
    def numbers_actions(self) -> bool:
        """Whether plain numbers are the actions': without an objective's column, or to the right of it."""
        if self.action_number is not None:
            return False
        return not self.has(Field.OBJECTIVE) or self.at(Field.NUMBER) > self.at(Field.OBJECTIVE)

    def at(self, what: Field) -> int:
        return self.single.get(what, 0)

    def cell(self, row: tuple[Cell, ...], what: Field) -> Cell:
        return row[self.single[what]] if what in self.single else EMPTY


def columns_of(table: PlanTable, problems: dict[str, str]) -> Columns:
    """Adds to `problems` each head that is not understood and each meaning that two columns claim."""
    single: dict[Field, int] = {}
    more: dict[Field, tuple[Head, ...]] = {}
    reports: list[Head] = []
    action_number: int | None = None
    dated = False
    for head in table.heads:
        place = table.place(table.head_row, head.column)
        if head.meaning is None:
            problems[place] = f"The head “{plain_words(head)}” is not understood; say what the column holds, or none"
        elif head.meaning.field in (Field.PROGRESS, Field.STATUS):
            reports.append(head)
        elif head.meaning.field in single and head.meaning.field in SEVERAL:
            more[head.meaning.field] = (*more.get(head.meaning.field, ()), head)
        elif head.meaning.field is Field.NUMBER and _is_second(single, action_number):
            action_number = head.column
        elif head.meaning.field in single:
            other = next(h for h in table.heads if h.column == single[head.meaning.field])
            both = f"“{plain_words(other)}” and “{plain_words(head)}”"
            problems[place] = f"The heads {both} both seem to be {head.meaning.field}; say which one is"
        elif head.meaning.field in SINGLE:
            single[head.meaning.field] = head.column
            dated = dated or head.meaning.dated
    _check_headless(table, problems)
    if Field.REVISED in single:
        single.setdefault(Field.TIMESCALE, single[Field.REVISED])
    return Columns(
        single,
        _reports(table, reports, problems),
        dated and Field.TIMESCALE not in single,
        more,
        action_number,
    )


def _is_second(single: dict[Field, int], action_number: int | None) -> bool:
    """Whether the objectives have a column of numbers already, to the left of their words."""
    has_objective = Field.OBJECTIVE in single and single.get(Field.NUMBER, -1) <= single[Field.OBJECTIVE]
    return action_number is None and has_objective and Field.NUMBER in single


def remarks_on(table: PlanTable, columns: Columns) -> Iterator[str]:
    """How columns were put together."""
    words = {head.column: plain_words(head) for head in table.heads}
    for what, heads in columns.more.items():
        first, *others = (f"“{words[column]}”" for column in (columns.at(what), *(head.column for head in heads)))
        names = ", ".join((first, *others[:-1])) + f" and {others[-1]}"
        yield f"{table.grid.name}: the columns {names} are taken together as the {what}"
    if columns.has(Field.REVISED) and columns.at(Field.REVISED) != columns.at(Field.TIMESCALE):
        first, revised = words[columns.at(Field.TIMESCALE)], words[columns.at(Field.REVISED)]
        yield (
            f"{table.grid.name}: where “{revised}” is filled in it is the timescale; what “{first}” says stays beside "
            "it in words"
        )
    for report in columns.reports:
        for column in [report.status] if report.status is not None else []:
            if rows := [row + 1 for row, at in sorted(table.grid.coloured) if at == column and row >= table.first_row]:
                numbers = ", ".join(map(str, rows[:10])) + (" and more" if len(rows) > 10 else "")
                yield (
                    f"{table.grid.name}: “{words[column]}” has colours without words in row{'s' * (len(rows) > 1)} "
                    f"{numbers}; colours are not read, so no status is taken from there"
                )


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


def _reports(table: PlanTable, heads: list[Head], problems: dict[str, str]) -> tuple[ReportColumn, ...]:
    """Progress columns, each with the status column of the same authority and date. One of each belong together."""
    progress: dict[Key, int] = {}
    statuses: dict[Key, int] = {}
    more: dict[Key, tuple[int, ...]] = {}
    for head in sorted(heads, key=lambda head: head.by_hand):
        meaning, column = head.meaning or Meaning(Field.PROGRESS), head.column
        columns = progress if meaning.field is Field.PROGRESS else statuses
        key = meaning.authority, meaning.as_at
        if key in columns and columns is progress and head.by_hand:
            more[key] = (*more.get(key, ()), column)
        elif key in columns:
            place = table.place(table.head_row, column)
            problems[place] = f"Two columns are {meaning.code}; say whose each is, or as at which date"
        else:
            columns[key] = column
    if len(progress) == len(statuses) == 1:
        (key,) = progress
        joined = _joined(key, next(iter(statuses)))
        return (ReportColumn(*joined, progress[key], next(iter(statuses.values())), more.get(key, ())),)
    found = [ReportColumn(*key, column, statuses.pop(key, None), more.get(key, ())) for key, column in progress.items()]
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
