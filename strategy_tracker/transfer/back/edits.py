"""What was changed in a file since it went out: cell by cell, gathered by the part of the plan that each is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from strategy_tracker.clock import long_date
from strategy_tracker.transfer.back.cells import NotUnderstoodError, alike, note_said, shown_note, value_of
from strategy_tracker.transfer.back.own import FileRow, OwnFile
from strategy_tracker.transfer.back.tree import Part
from strategy_tracker.transfer.heads import Known
from strategy_tracker.transfer.out.layout import (
    OF_ACTION,
    OF_NOTE,
    OF_OBJECTIVE,
    OF_OUTCOME,
    Column,
    Row,
    rows_of,
)
from strategy_tracker.transfer.snapshot import Snapshot

FIELDS: dict[Column, str] = {
    Column.OBJECTIVE_NUMBER: "number",
    Column.OBJECTIVE: "title",
    Column.OBJECTIVE_LEAD: "lead",
    Column.ACTION_NUMBER: "number",
    Column.ACTION: "text",
    Column.LEAD: "lead",
    Column.OWNER: "owner",
    Column.OUTCOME: "text",
    Column.OUTCOME_LEAD: "lead",
    Column.TIMESCALE: "timescale",
    Column.SHARE_OWNER: "owner",
}
"""The fields of the parts that the columns are about."""
NEEDED = (Column.OBJECTIVE, Column.ACTION)
BEGINS = {"objective": "p", "action": "a", "outcome": "o"}


@dataclass(frozen=True)
class Edit:
    """One thing that the file says otherwise than the plan did when it went out. `words` and `before` as shown."""

    value: Any
    words: str
    before: str
    place: str


@dataclass
class Edits:
    """By part and field; of a share, by (action, authority); of what was said, by (outcome, authority)."""

    parts: dict[tuple[Part, Column], Edit] = field(default_factory=dict)
    owners: dict[tuple[int, str], Edit] = field(default_factory=dict)
    notes: dict[tuple[int, str], Edit] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    """The rows that went out, by their marks without the export's name."""

    @property
    def paths(self) -> dict[str, tuple[int, ...]]:
        """The ids of the objective, action and outcome of each row."""
        return {
            mark: tuple(part.row or 0 for part in (row.objective, row.action, row.outcome) if part is not None)
            for mark, row in self.rows.items()
        }


def mark_of(row: Row) -> str:
    return row.key("").removeprefix(".")


def edits_in(file: OwnFile, base: Snapshot, authorities: Sequence[Known], problems: dict[str, str]) -> Edits:
    """Adds to `problems` what cannot be understood, and cells that contradict each other."""
    shorts = {known.slug: known.short_name for known in authorities}
    edits = Edits(rows={mark_of(row): row for row in rows_of(base.plan, shorts)})
    for row in file.rows:
        if row.key is None:
            continue
        known = edits.rows.get(row.mark)
        if known is None:
            problems[row.place(Column.ROW)] = "This mark is none of the file that went out; leave the cell empty"
            continue
        _Row(row, known, file.gathers, edits, authorities, problems).read()
    return edits


class _Row:
    """One row that went out, and what it says now."""

    def __init__(
        self,
        row: FileRow,
        known: Row,
        gathers: bool,
        edits: Edits,
        authorities: Sequence[Known],
        problems: dict[str, str],
    ) -> None:
        self.row, self.known, self.gathers = row, known, gathers
        self.edits, self.authorities, self.problems = edits, authorities, problems

    def read(self) -> None:
        for kind, columns in (("objective", OF_OBJECTIVE), ("action", OF_ACTION), ("outcome", OF_OUTCOME)):
            part = getattr(self.known, kind)
            if part is not None and part.row is not None and not (kind == "objective" and self._same_heading()):
                for column in columns:
                    self._part((kind, part.row), column)
        self._share()

    def _same_heading(self) -> bool:
        """A heading is one line, of which number and words cannot always be told apart."""
        mine, theirs = (
            ": ".join(" ".join(words.split()) for words in pair)
            for pair in (
                (self.row.cells.get(Column.OBJECTIVE_NUMBER, ""), self.row.cells.get(Column.OBJECTIVE, "")),
                (self.known.shown(Column.OBJECTIVE_NUMBER), self.known.shown(Column.OBJECTIVE)),
            )
        )
        lead = self.row.cells.get(Column.OBJECTIVE_LEAD, ""), self.known.shown(Column.OBJECTIVE_LEAD)
        return self.gathers and mine == theirs and alike(Column.OBJECTIVE_LEAD, *lead)

    def _before(self, column: Column, kind: str = "") -> str:
        """What the cell held when it went out: in Word, words that go on from above are not said again."""
        goes_on = self.gathers and kind in ("action", "outcome") and BEGINS[kind] not in self.known.begins
        return "" if goes_on else self.known.shown(column)

    def _changed(self, column: Column, kind: str = "") -> bool:
        cell = self.row.cells.get(column)
        return cell is not None and not alike(column, cell, self._before(column, kind))

    def _part(self, part: Part, column: Column) -> None:
        if self._changed(column, part[0]) and (edit := self._edit(column)):
            if column in NEEDED and not edit.words:
                if not self.gathers:
                    self.problems[edit.place] = f"{column} is empty; to take it out, delete its rows"
                return
            self._keep(self.edits.parts, (part, column), edit)

    def _edit(self, column: Column) -> Edit | None:
        words, place = self.row.cells[column], self.row.place(column)
        try:
            value = value_of(column, words, self.authorities)
        except NotUnderstoodError as fault:
            self.problems[place] = str(fault)
            return None
        return Edit(value, words, self.known.shown(column), place)

    def _keep(self, found: dict[Any, Edit], key: Any, edit: Edit) -> None:
        """What stands on several rows may be changed on one of them, or on all in the same way."""
        other = found.setdefault(key, edit)
        if " ".join(other.words.split()) != " ".join(edit.words.split()):
            self.problems[edit.place] = (
                f"Here it says “{_short(edit.words)}”, and at {other.place} “{_short(other.words)}”; make the two alike"
            )

    def _share(self) -> None:
        share, action, outcome = self.known.share, self.known.action, self.known.outcome
        if share is None or action is None or action.row is None:
            return
        if self._changed(Column.AUTHORITY):
            self.problems[self.row.place(Column.AUTHORITY)] = (
                "The authority of a row stays; for another authority add a row, and leave its mark empty"
            )
            return
        if self._changed(Column.SHARE_OWNER) and (edit := self._edit(Column.SHARE_OWNER)):
            self._keep(self.edits.owners, (action.row, share.authority), edit)
        if outcome is not None and outcome.row is not None and any(self._changed(column) for column in OF_NOTE):
            whole = FileRow(
                {column: self.row.cells.get(column, self.known.shown(column)) for column in OF_NOTE},
                self.row.key,
                self.row.places,
                self.row.where,
            )
            note = note_said(whole, share.authority, self.problems)
            before = FileRow({column: self.known.shown(column) for column in OF_NOTE})
            if note is not None and note.as_at is not None:
                whole.cells[Column.AS_AT] = long_date(note.as_at)
            edit = Edit(note, shown_note(whole), shown_note(before), self.row.place(Column.PROGRESS))
            self.edits.notes[outcome.row, share.authority] = edit


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"
