"""Which tables of a file are the plan, which the glossary, and which neither; and where the plan's heads stand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.draft import AbbreviationDraft
from strategy_tracker.transfer.grids import EMPTY, Document, Grid, letters
from strategy_tracker.transfer.headings import is_named_heading
from strategy_tracker.transfer.heads import (
    Field,
    Head,
    Known,
    Meaning,
    looks_like_heads,
    meaning_of,
    plain,
    understand,
)

HEADS_WITHIN = 40
NO_HEAD = "(no head)"
ABBREVIATION = re.compile(r"(?=(?:.*[A-Z0-9]){2})[A-Z0-9][A-Za-z0-9&/.+'-]{1,14}")
LONGEST_SHORT = 40
SHORT_HEADS = {"abbreviation", "abbreviations", "acronym", "acronyms", "term", "initials", "short"}
LONG_HEADS = {"meaning", "definition", "in full", "stands for", "description", "full name", "explanation"}


@dataclass(frozen=True)
class PlanTable:
    """A table whose heads stand in row `head_row`, and in as many rows below as `depth` says."""

    grid: Grid
    head_row: int
    heads: tuple[Head, ...]
    depth: int = 1

    @property
    def first_row(self) -> int:
        return self.head_row + self.depth

    @property
    def titles(self) -> tuple[str, ...]:
        """The lines above the heads, in the table itself."""
        rows = self.grid.rows[: self.head_row]
        return tuple(" ".join(dict.fromkeys(cell.text for cell in row if cell.text)) for row in rows)

    def place(self, row: int, column: int) -> str:
        words = next((head.words for head in self.heads if head.column == column), "")
        return self.grid.place(row, column, " ".join(words.split()))


@dataclass(frozen=True)
class Sorted:
    """The tables of a file, told apart. `lines` are the words above and outside the tables."""

    plan: tuple[PlanTable, ...]
    glossary: tuple[AbbreviationDraft, ...]
    passed_over: tuple[str, ...]
    lines: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def sort_tables(document: Document, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> Sorted:
    """Raises Invalid where no table is a plan."""
    plan: list[PlanTable] = []
    glossary: list[AbbreviationDraft] = []
    passed_over = [f"{name} (a hidden sheet)" for name in document.hidden]
    lines = list(document.lines)
    remarks: list[str] = []
    for whole in document.grids:
        grid = without_hidden_columns(whole)
        if table := plan_table(grid, authorities, mapping):
            plan.append(table)
            lines.extend(table.titles)
            passed_over.extend(hidden_columns(whole, table.head_row))
            remarks.extend(hidden_rows(grid))
        elif entries := abbreviations_in(grid):
            glossary.extend(entries)
        else:
            passed_over.append(f"{grid.name} ({opening(grid)})")
    if not plan:
        raise _no_plan(document, authorities, mapping)
    return Sorted(tuple(plan), tuple(glossary), tuple(passed_over), tuple(lines), tuple(remarks))


def without_hidden_columns(grid: Grid) -> Grid:
    if not grid.hidden_columns:
        return grid
    rows = (
        tuple(EMPTY if column in grid.hidden_columns else cell for column, cell in enumerate(row)) for row in grid.rows
    )
    return replace(grid, rows=tuple(rows))


def hidden_columns(grid: Grid, head_row: int) -> Iterator[str]:
    """The names of those that hold words, whose heads stand in `head_row`."""
    for column in sorted(grid.hidden_columns):
        if any(row[column].text for row in grid.rows):
            head = " ".join(grid.rows[head_row][column].text.split()) or "no head"
            yield f"{grid.name}!{letters(column)} ({head}; a hidden column)"


def hidden_rows(grid: Grid) -> Iterator[str]:
    numbers = [str(row + 1) for row in sorted(grid.hidden_rows)]
    if numbers:
        shown = ", ".join(numbers[:10]) + (" and more" if len(numbers) > 10 else "")
        yield f"{grid.name}: hidden rows, as a filter leaves them, are read too (row{'s' * (len(numbers) > 1)} {shown})"


def plan_table(grid: Grid, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> PlanTable | None:
    """None where no row near the top reads like a plan's heads."""
    for number, row in enumerate(grid.rows[:HEADS_WITHIN]):
        heads = understand([cell.text for cell in row], authorities, mapping)
        if looks_like_heads(heads, authorities):
            heads = _with_row_above(grid, number, authorities, mapping)
            below = _second_row(grid, number)
            if below is None:
                return PlanTable(grid, number, _with_headless_headings(grid, heads, number + 1))
            words = [f"{cell.text} {more}".strip() for cell, more in zip(row, below, strict=True)]
            return PlanTable(grid, number, understand(words, authorities, mapping), 2)
    return None


def _with_headless_headings(grid: Grid, heads: tuple[Head, ...], first_row: int) -> tuple[Head, ...]:
    """A first column without a head that names a priority beside its actions holds the objectives."""
    if not heads or heads[0].column == 0 or any(h.meaning and h.meaning.field is Field.OBJECTIVE for h in heads):
        return heads
    words = [row[0].text for row in grid.rows[first_row:] if row[0].text and row[0].origin is None]
    beside = [row for row in grid.rows[first_row:] if row[0].text and any(cell.text for cell in row[1:])]
    if not beside or not all(map(is_named_heading, words)):
        return heads
    return (Head(0, NO_HEAD, Meaning(Field.OBJECTIVE)), *heads)


def _with_row_above(
    grid: Grid, number: int, authorities: Sequence[Known], mapping: Mapping[str, Meaning]
) -> tuple[Head, ...]:
    """The heads of a row, led by the words of a merged head over some of them: "Progress" over "Q1" to "Q4"."""
    words = [cell.text for cell in grid.rows[number]]
    above = grid.rows[number - 1] if number else ()
    origins = [cell.origin or (number - 1, column) for column, cell in enumerate(above)]
    wide = {origin for origin in origins if origin[0] == number - 1 and 1 < origins.count(origin) < len(words)}
    for column, origin in enumerate(origins):
        if origin in wide and words[column] and meaning_of(words[column], authorities) is None:
            words[column] = f"{above[column].text} {words[column]}".strip()
    return understand(words, authorities, mapping)


def _second_row(grid: Grid, number: int) -> list[str] | None:
    """The words of a second row of heads, which divides a merged head ("Progress": "SDC", "TMBC"); None without one."""
    if number + 1 >= len(grid.rows):
        return None
    above, below = grid.rows[number], grid.rows[number + 1]
    wide = {cell.origin for cell in above if cell.origin and cell.origin[0] == number}
    divided = {column for column, cell in enumerate(above) if (cell.origin or (number, column)) in wide}
    alone = {column for column, cell in enumerate(below) if cell.text and cell.origin is None}
    if not divided or not alone or not alone <= divided:
        return None
    return [cell.text if column in alone else "" for column, cell in enumerate(below)]


def abbreviations_in(grid: Grid) -> list[AbbreviationDraft]:
    """The pairs of a glossary, read across: short, meaning, short, meaning. Empty where the table is none."""
    rows = [[cell.text for cell in row] for row in grid.rows]
    headed = bool(rows) and plain(rows[0][0]) in SHORT_HEADS and any(plain(text) in LONG_HEADS for text in rows[0])
    entries = []
    for number, row in enumerate(rows[1:] if headed else rows, int(headed)):
        for column in range(0, len(row) - 1, 2):
            short, meaning = row[column].strip(), " ".join(row[column + 1].split())
            if not short and not meaning:
                continue
            if not meaning or not _is_short(short, headed):
                return []
            entries.append(AbbreviationDraft(short, meaning, grid.place(number, column)))
    return entries


def _is_short(words: str, headed: bool) -> bool:
    return 0 < len(words) <= LONGEST_SHORT and (headed or ABBREVIATION.fullmatch(words) is not None)


def opening(grid: Grid) -> str:
    words = "; ".join(" ".join(cell.text.split()) for cell in grid.rows[0] if cell.text)
    return words if len(words) <= 80 else words[:79] + "…"


def _no_plan(document: Document, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> Invalid:
    nearest = nearest_heads(document, authorities, mapping)
    unknown = [" ".join(head.words.split())[:60] for head in nearest.heads if head.meaning is None]
    where = nearest.grid.place(nearest.head_row, nearest.heads[0].column if nearest.heads else 0)
    sentence = "No table has a column of actions"
    if unknown:
        sentence += f". Heads that are not understood: {', '.join(f'“{words}”' for words in unknown)}"
    return Invalid({where: sentence})


def nearest_heads(document: Document, authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> PlanTable:
    """The row that reads most like a plan's heads, in a file where none is."""

    def understood(row: tuple[Head, ...]) -> int:
        return len({head.meaning.field for head in row if head.meaning and head.meaning.field is not Field.NONE})

    candidates = [
        PlanTable(grid, number, understand([cell.text for cell in row], authorities, mapping))
        for grid in document.grids
        for number, row in enumerate(grid.rows[:HEADS_WITHIN])
    ]
    return max(candidates, key=lambda candidate: (understood(candidate.heads), len(candidate.heads)))
