"""What the rows of a plan's table are that are no action: a heading, a sum, the key below the plan."""

import re

from strategy_tracker.transfer.columns import Columns
from strategy_tracker.transfer.grids import Cell
from strategy_tracker.transfer.headings import is_named_heading
from strategy_tracker.transfer.heads import Field, plain

SUM = re.compile(
    r"(?:(?:grand|sub)[ -]?)?totals?(?: (?:number|no))?(?: (?:of )?(?:actions?|objectives?|items?|outcomes?))?"
    r"\s*[:=]?\s*[\d,.]*|cyfanswm\s*[\d,.]*",
    re.IGNORECASE,
)
AFTER_THE_PLAN = re.compile(
    r"(?:key|legend|notes?|rag key|key to .{1,40}|rag (?:definitions?|ratings?)|status key|signed(?: off)?(?: by)?"
    r"|sign[ -]?off|approved by|document control|allwedd)\s*(?::.*)?",
    re.IGNORECASE | re.DOTALL,
)
CONTINUED = re.compile(r"[\s–-]*[\[(]?\s*\b(?:continued|cont['’]?d|cont\b\.?|parhad)\.?\s*[\])]?\s*$", re.IGNORECASE)
LONGEST_NUMBER = 12


def without_continued(words: str) -> str:
    """ "Fewer empty homes (continued)" is the same as before the page's end."""
    return CONTINUED.sub("", words) or words


def own_cells(row: tuple[Cell, ...]) -> list[int]:
    """The columns in which a row has words of its own."""
    return [column for column, cell in enumerate(row) if cell.text and cell.origin is None]


def heading_in(row: tuple[Cell, ...], number: int, columns: Columns) -> str:
    """The words of a row that is an objective's heading: merged across the table, or alone in their row."""
    own = own_cells(row)
    if len(own) != 1:
        return ""
    column = own[0]
    words = row[column].text
    spread = [cell for cell in row if cell.origin == (number, column)]
    if spread and (is_named_heading(words) or (column == 0 and 2 * len(spread) >= len(row))):
        return words
    if columns.has(Field.OBJECTIVE) and column == columns.at(Field.OBJECTIVE):
        return ""
    if is_named_heading(words) and not (columns.has(Field.ACTION) and column > columns.at(Field.ACTION)):
        return words
    in_numbers = columns.has(Field.NUMBER) and column == columns.at(Field.NUMBER) and not columns.has(Field.OBJECTIVE)
    return words if in_numbers and (" " in words.strip() and len(words) > LONGEST_NUMBER) else ""


def is_sum(row: tuple[Cell, ...]) -> bool:
    own = own_cells(row)
    return bool(own) and SUM.fullmatch(plain(row[own[0]].text)) is not None


def ends_the_plan(row: tuple[Cell, ...]) -> bool:
    """Whether a key, notes or a sign-off begin here."""
    own = own_cells(row)
    return bool(own) and len(own) <= 3 and AFTER_THE_PLAN.fullmatch(row[own[0]].text.strip()) is not None
