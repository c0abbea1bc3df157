"""Which tables of a file are a register of risks, and row by row what they say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.grids import Cell, Document, Grid
from strategy_tracker.transfer.heads import plain
from strategy_tracker.transfer.json_plan import is_json
from strategy_tracker.transfer.out.words import unguarded
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.risks_in.head_words import BY_CELLS
from strategy_tracker.transfer.risks_in.heads import Field, Head, looks_like_heads, understand
from strategy_tracker.transfer.risks_in.own_sheets import OWN, OwnSheets, Part
from strategy_tracker.transfer.risks_in.responses import kinds_in
from strategy_tracker.transfer.risks_in.rows import RawRisk, Rows
from strategy_tracker.transfer.risks_in.values import is_nothing, number_in, opportunity_in
from strategy_tracker.transfer.risks_out.columns import RECEIVED
from strategy_tracker.transfer.tables import HEADS_WITHIN, hidden_columns, hidden_rows, opening, without_hidden_columns

MOST_HEAD_ROWS = 3
CSV_LACKS = (
    "This CSV file of ours does not hold who does a response, by when and how far it is, nor the day and the reason of "
    "each score: an .xlsx or .ods file does"
)
NO_JSON = (
    "JSON cannot be read back: choose the .xlsx or .ods file of the register, which hold all that an import takes; or a"
    " .csv file, or a table in Word (.docx)"
)
ONLY_RECEIVED = "The file holds no risk but those that others put forward to a register: they stay in their own"
RECEIVED_HEADS = frozenset(plain(head) for head, _ in RECEIVED)
SCHEME = "scheme"
NO_MAPPING: Mapping[str, Field] = {}


@dataclass(frozen=True)
class RiskTable:
    """A table whose heads stand in `depth` rows from `head_row` on."""

    grid: Grid
    head_row: int
    heads: tuple[Head, ...]
    depth: int = 1

    @property
    def first_row(self) -> int:
        return self.head_row + self.depth

    @property
    def is_own(self) -> bool:
        """Whether it is a sheet that we wrote, whatever was done to it since."""
        return {plain(head.words) for head in self.heads} >= OWN

    def repeats_heads(self, row: Sequence[Cell]) -> bool:
        """Whether a row says the heads again, as tables that cross pages do."""
        heads = self.grid.rows[self.head_row : self.first_row]
        words = [plain(cell.text) for cell in row]
        return any(words == [plain(cell.text) for cell in head] for head in heads)


@dataclass(frozen=True)
class RegisterFile:
    """What a file says of risks. `problems` maps a place to what is wrong there; `passed_over` names what is no part
    of the register; `remarks` say what else a person should know of how it was read. `parts` have sheets of their
    own."""

    tables: tuple[RiskTable, ...]
    risks: tuple[RawRisk, ...]
    passed_over: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)
    parts: frozenset[Part] = frozenset()

    @property
    def fields(self) -> frozenset[Field]:
        """What the file has a column for."""
        return frozenset(head.field for table in self.tables for head in table.heads if head.field)


def register_in(content: bytes, mapping: Mapping[str, Field] = NO_MAPPING) -> RegisterFile:
    """Raises Invalid where the file cannot be read, or no table of it is a register."""
    return register_of(document_in(content), mapping)


def document_in(content: bytes) -> Document:
    """Raises Invalid, for the JSON of a register with the files that it can be read from."""
    if is_json(content):
        raise Invalid({"file": NO_JSON})
    return read_document(content)


def register_of(document: Document, mapping: Mapping[str, Field]) -> RegisterFile:
    tables: list[RiskTable] = []
    own = OwnSheets()
    passed_over = [f"{name} (a hidden sheet)" for name in document.hidden]
    remarks = list(document.remarks)
    is_csv = document.kind == "delimited"
    for whole in map(_unguarded, document.grids) if is_csv else document.grids:
        grid = without_hidden_columns(whole)
        if (head_row := own.take(grid)) is not None:
            passed_over.extend(hidden_columns(whole, head_row))
            remarks.extend(hidden_rows(grid))
        elif table := risk_table(grid, mapping):
            tables.append(table)
            passed_over.extend(hidden_columns(whole, table.head_row))
            remarks.extend([*hidden_rows(grid), *([CSV_LACKS] if is_csv and table.is_own else [])])
        else:
            passed_over.append(f"{grid.name} ({opening(grid)})")
    if not tables:
        raise _no_register(document, mapping)
    rows = Rows()
    for table in tables:
        rows.read(table)
    if not rows.risks and not rows.problems:
        rows.problems[tables[0].grid.name] = "The table has the heads of a register but no risk"
    _join(rows, own)
    return RegisterFile(
        tuple(tables),
        tuple(rows.risks),
        (*passed_over, *rows.passed_over),
        (*remarks, *rows.remarks),
        rows.problems,
        frozenset(own.found),
    )


def _join(rows: Rows, own: OwnSheets) -> None:
    """Gives each risk what the further sheets say of it."""
    numbers = {id(risk): number_in(risk.said(Field.NUMBER)) for risk in rows.risks}
    for risk in rows.risks:
        risk.further = own.further_of(numbers[id(risk)])
    for place, words in own.check(set(numbers.values())):
        rows.problems.setdefault(place, words)


def _unguarded(grid: Grid) -> Grid:
    """Our own CSV without the apostrophes that keep a spreadsheet from running its words."""
    if not {plain(cell.text) for row in grid.rows[:1] for cell in row} >= OWN:
        return grid
    return replace(grid, rows=tuple(tuple(replace(one, text=unguarded(one.text)) for one in row) for row in grid.rows))


def risk_table(grid: Grid, mapping: Mapping[str, Field]) -> RiskTable | None:
    """None where no rows near the top read like a register's heads."""
    found = [table for table in _candidates(grid, mapping) if looks_like_heads(table.heads)]
    return _told_by_cells(max(found, key=_likeness)) if found else None


def _told_by_cells(table: RiskTable) -> RiskTable:
    """With the heads settled that may be of the risk or of its responses, and say so by what stands under them; and
    the one whose words mean a scoring scheme in our own files alone."""
    return replace(table, heads=tuple(_settled(table, head) for head in table.heads))


def _settled(table: RiskTable, head: Head) -> Head:
    if table.is_own and not head.by_hand and plain(head.words) == SCHEME:
        return replace(head, field=Field.SCHEME)
    if head.by_hand or plain(head.words) not in BY_CELLS:
        return head
    said = {row[head.column].text for row in table.grid.rows[table.first_row :] if not table.repeats_heads(row)}
    said = {words for words in said if not is_nothing(words)}
    if said and all(kinds_in(words).kinds for words in said):
        return replace(head, field=Field.KIND)
    if said and all(opportunity_in(words) is not None for words in said):
        return replace(head, field=Field.NATURE)
    return replace(head, field=Field.NONE) if head.field is Field.NATURE else head


def nearest_table(document: Document, mapping: Mapping[str, Field]) -> RiskTable:
    """The rows that read most like a register's heads, in a file where none does."""
    return max((table for grid in document.grids for table in _candidates(grid, mapping)), key=_likeness)


def _candidates(grid: Grid, mapping: Mapping[str, Field]) -> Iterator[RiskTable]:
    """Each row near the top as heads, alone and with the rows below that go on with it."""
    for top in range(min(HEADS_WITHIN, len(grid.rows))):
        if not any(cell.text for cell in grid.rows[top]):
            continue
        for depth in range(1, MOST_HEAD_ROWS + 1):
            rows = range(top, min(top + depth, len(grid.rows)))
            if len(rows) < depth:
                break
            heads = understand([_head_words(grid, rows, column) for column in range(len(grid.rows[top]))], mapping)
            if depth > 1 and not _goes_on(grid, top, depth, heads):
                break
            yield RiskTable(grid, top, heads, depth)


def _head_words(grid: Grid, rows: range, column: int) -> str:
    """What stands over a column: each cell once, also where it is merged down or across."""
    cells = {grid.rows[row][column].origin or (row, column): grid.rows[row][column].text for row in rows}
    return " ".join(text for text in cells.values() if text)


def _goes_on(grid: Grid, top: int, depth: int, heads: Sequence[Head]) -> bool:
    """Whether the row at the end of these belongs to the heads ("Impact" / "score") and is no risk yet: it says
    nothing of its own under the number and the description."""
    last = grid.rows[top + depth - 1]
    said = {
        column
        for column, cell in enumerate(last)
        if cell.text and (cell.origin or (top + depth,))[0] >= top + depth - 1
    }
    named = {head.column: head.field for head in heads}
    above = {column for column, cell in enumerate(grid.rows[top]) if cell.text}
    if not said or any(named.get(column) in (Field.NUMBER, Field.DESCRIPTION) and column in above for column in said):
        return False
    return all(named.get(column) is not None for column in said)


def _likeness(table: RiskTable) -> tuple[int, int, int, int]:
    fields = [head.field for head in table.heads if head.field]
    unknown = len(table.heads) - len(fields)
    return len(set(fields) - {Field.NONE}), -unknown, -table.head_row, table.depth


def _no_register(document: Document, mapping: Mapping[str, Field]) -> Invalid:
    for grid in document.grids:
        if {plain(cell.text) for cell in grid.rows[0]} >= RECEIVED_HEADS:
            return Invalid({grid.name: ONLY_RECEIVED})
    nearest = nearest_table(document, mapping)
    where = nearest.grid.place(nearest.head_row, nearest.heads[0].column if nearest.heads else 0)
    unknown = ", ".join(f"“{head.said[:60]}”" for head in nearest.heads if head.field is None)
    sentence = "No table has the columns of a risk register: what may happen, with its impact and likelihood"
    return Invalid({where: f"{sentence}. Heads that are not understood: {unknown}" if unknown else sentence})
