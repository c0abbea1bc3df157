"""What a cell says, and whether two cells say the same."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from strategy_tracker.clock import long_date
from strategy_tracker.plans.rules import Precision
from strategy_tracker.plans.timescales import dates_in
from strategy_tracker.transfer.answerable import answerable_in
from strategy_tracker.transfer.back.own import FileRow
from strategy_tracker.transfer.draft import NoteDraft
from strategy_tracker.transfer.heads import Known, names_of, plain
from strategy_tracker.transfer.out.layout import OF_NOTE, Column, owner_said, timescale_said
from strategy_tracker.transfer.statuses import status_in_column

NUMBERS = (Column.OBJECTIVE_NUMBER, Column.ACTION_NUMBER)
WHEN = (Column.TIMESCALE, Column.AS_AT)
LEADS = (Column.OBJECTIVE_LEAD, Column.LEAD, Column.OUTCOME_LEAD)
OWNERS = (Column.OWNER, Column.SHARE_OWNER)
ONE_LINE = (*NUMBERS, Column.OBJECTIVE)
DECIMAL = re.compile(r"\d+(?:\.\d+)?")
DAY = re.compile(r"(?P<day>\d{1,2})[- ](?P<month>[A-Za-z]{3,9})[- ](?P<year>\d{2}|\d{4})")


class NotUnderstoodError(ValueError):
    """Carries the sentence that says so."""


def alike(column: Column, one: str, other: str) -> bool:
    """Whether two cells say the same, though a program that opened the file may have written one in its own way:
    "1.1" for "1.10", "30/06/2011" for "30 June 2011", "Jun-11" for "June 2011", other spaces and blank lines."""
    one, other = " ".join(one.split()), " ".join(other.split())
    if one == other:
        return True
    if not one or not other:
        return False
    if column in NUMBERS:
        return bool(DECIMAL.fullmatch(one) and DECIMAL.fullmatch(other)) and float(one) == float(other)
    if column in WHEN:
        mine, theirs = _date(one), _date(other)
        return mine is not None and (mine == theirs or long_date(mine[0]) == other)
    return False


def _date(words: str) -> tuple[dt.date, Precision] | None:
    """The date that a cell is, and nothing beside it."""
    words = _long(words)
    try:
        return dt.date.fromisoformat(words), Precision.DAY
    except ValueError:
        found = next(dates_in(words), None)
    return (found.on, found.precision) if found and (found.start, found.end) == (0, len(words)) else None


def _long(words: str) -> str:
    """ "30-Jun-11", as spreadsheets write a day, in words that are read as one."""
    if not (found := DAY.fullmatch(words)):
        return words
    year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
    return f"{found['day']} {found['month']} {year}"


def value_of(column: Column, words: str, authorities: Sequence[Known]) -> Any:
    """What a cell says, in the plan's own terms. Raises NotUnderstoodError."""
    if column in LEADS:
        return authority_said(words, authorities) if words.strip() else None
    if column in OWNERS:
        return owner_said(words)
    if column is Column.TIMESCALE:
        return timescale_said(_long(" ".join(words.split())))
    return " ".join(words.split()) if column in ONE_LINE else words


def authority_said(words: str, authorities: Sequence[Known]) -> str:
    """The slug of the one authority that a cell names."""
    named = [known.slug for known in authorities if plain(words) in names_of(known)]
    if len(named) != 1:
        named = list(answerable_in(words, authorities).authorities)
    if len(named) != 1:
        there = ", ".join(known.short_name for known in authorities)
        raise NotUnderstoodError(f"“{' '.join(words.split())[:60]}” is no one authority; there are {there}")
    return named[0]


def note_said(row: FileRow, authority: str | None, problems: dict[str, str]) -> NoteDraft | None:
    """The report in a row's cells, None where they are blank."""
    if not row.said(*OF_NOTE):
        return None
    status, understood = status_in_column(row.cells.get(Column.STATUS, ""))
    if not understood:
        words = " ".join(row.cells[Column.STATUS].split())
        problems[row.place(Column.STATUS)] = f"“{words[:60]}” is no status that is known"
    as_at: dt.date | None = None
    if words := " ".join(row.cells.get(Column.AS_AT, "").split()):
        found = _date(words)
        if found and found[1] is Precision.DAY:
            as_at = found[0]
        else:
            problems[row.place(Column.AS_AT)] = f"“{words[:60]}” is no date such as 30 June 2011"
    text, reason = row.cells.get(Column.PROGRESS, ""), row.cells.get(Column.REASON, "")
    place, asked_at = row.place(Column.PROGRESS), row.places.get(Column.REASON, "")
    return NoteDraft(text, status, False, authority, as_at, reason, place, reason_place=asked_at)


def shown_note(row: FileRow) -> str:
    """A report's cells as one text, for people to compare."""
    status, text, reason, as_at = (row.cells.get(column, "") for column in OF_NOTE)
    return said_shortly(status, text, reason, as_at)


def said_shortly(status: str, text: str, reason: str, as_at: str) -> str:
    lines = [f"[{status or 'status not given'}] {text}", f"Reason: {reason}" if reason else "", f"As at {as_at}"]
    return "\n".join(line for line in lines if line)
