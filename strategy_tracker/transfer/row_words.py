"""The words of one row of a plan's table, by what they are."""

from dataclasses import replace

from strategy_tracker.owners import Owner
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.plans.timescales import timescale_of
from strategy_tracker.transfer.answerable import Answerable, answerable_in, owner_of
from strategy_tracker.transfer.columns import Columns, ReportColumn, plain_words
from strategy_tracker.transfer.draft import NoteDraft
from strategy_tracker.transfer.grids import Cell
from strategy_tracker.transfer.heads import Field, Known, plain
from strategy_tracker.transfer.statuses import status_in_column, status_said
from strategy_tracker.transfer.tables import PlanTable

NO_REVISION = {"-", "–", "n/a", "na", "none", "no change", "unchanged", "as before"}


class RowWords:
    """`problems` takes what cannot be understood."""

    def __init__(
        self,
        table: PlanTable,
        columns: Columns,
        number: int,
        authorities: tuple[Known, ...],
        problems: dict[str, str],
    ) -> None:
        self.table, self.columns, self.number = table, columns, number
        self.authorities, self.problems = authorities, problems
        self.cells = table.grid.rows[number]

    def _own(self, what: Field) -> str:
        """A cell's words where they begin: not in a cell merged from above, nor from the left."""
        cell = self.columns.cell(self.cells, what)
        return "" if cell.origin and cell.origin[1] != self.columns.at(what) else self._words(cell)

    def _from_above(self, what: Field) -> str:
        """What a cell says that is merged with the one above it."""
        cell = self.columns.cell(self.cells, what)
        return cell.text if cell.origin and cell.origin[1] == self.columns.at(what) else ""

    def _words(self, cell: Cell) -> str:
        return "" if cell.origin and cell.origin[0] < self.number else cell.text

    def _place(self, what: Field) -> str:
        return self.table.place(self.number, self.columns.at(what))

    def _answerable(self) -> Answerable:
        """The first column of a kind says who leads; all say who takes part."""
        leads = [answerable_in(words, self.authorities) for words in self._all(Field.LEAD)]
        owners = [answerable_in(words, self.authorities) for words in self._all(Field.OWNER)]
        slugs = {slug for one in (*leads, *owners) for slug in one.authorities}
        named = tuple(known.slug for known in self.authorities if known.slug in slugs)
        people = [one.owner.name for one in (owners or leads) if one.owner != Owner()] or [
            one.owner.name for one in leads if one.owner != Owner()
        ]
        lead = leads[0].lead if len(leads) > 1 else None
        return Answerable(named, owner_of("; ".join(people)), lead)

    def _all(self, what: Field) -> list[str]:
        """The words of every column of a kind, the first one first."""
        further = (self._words(self.cells[head.column]) for head in self.columns.more.get(what, ()))
        return [self._own(what), *further]

    def _outcome_words(self) -> str:
        """Of several columns each line but the first is led by its head: "Target: 40 homes"."""
        first, *further = self._all(Field.OUTCOME)
        heads = self.columns.more.get(Field.OUTCOME, ())
        lines = [f"{plain_words(head)}: {words}" for head, words in zip(heads, further, strict=True) if words]
        return "\n".join([first] * bool(first) + lines)

    def _when(self) -> str:
        return self._own(Field.TIMESCALE) or (self._own(Field.REVISED) if self.columns.has(Field.REVISED) else "")

    def _timescale(self, when: str) -> Timescale:
        """A revised timescale takes the place of the first, which stays in its words."""
        revised = " ".join(self._own(Field.REVISED).split())
        first = " ".join(when.split())
        if revised in ("", first) or plain(revised) in NO_REVISION:
            return timescale_of(first)
        return replace(timescale_of(revised), words=f"{revised} (was {first})")

    def _notes(self, began: bool) -> tuple[NoteDraft, ...]:
        """`began`: the row begins an action, so that a note merged from above is about this action as well."""
        return tuple(note for report in self.columns.reports if (note := self._note(report, began)))

    def _note(self, report: ReportColumn, began: bool) -> NoteDraft | None:
        text = self._reported(report.progress)
        if began and not text and report.progress is not None:
            cell = self.cells[report.progress]
            text = cell.text if cell.origin and cell.origin[1] in self.columns.reported else ""
        text = "\n".join(filter(None, (text, *map(self._with_head, report.more))))
        said = self._reported(report.status) if self._stands_alone(report.status) else ""
        column = report.progress if report.progress is not None else report.status
        place = self.table.place(self.number, column or 0)
        if report.status is None:
            status = status_said(text)
        else:
            status, understood = status_in_column(said)
            if not understood:
                where = self.table.place(self.number, report.status)
                sentence = f"“{' '.join(said.split())[:60]}” is no status that is known"
                self.problems.setdefault(where, sentence)
        if not text and status is None:
            return None
        said_alone = text or " ".join(said.split())
        return NoteDraft(said_alone, status, report.status is None, report.authority, report.as_at, place=place)

    def _with_head(self, column: int) -> str:
        words = self._words(self.cells[column])
        head = next((plain_words(head) for head in self.table.heads if head.column == column), "")
        return f"{head}: {words}" if words else ""

    def _reported(self, column: int | None) -> str:
        """What a column of progress or status says here; words across several such columns are in each of them."""
        if column is None:
            return ""
        origin = self.cells[column].origin
        return "" if origin and origin[1] not in self.columns.reported else self._words(self.cells[column])

    def _stands_alone(self, column: int | None) -> bool:
        """Whether a status has a cell of its own, and is no part of one that begins in a column of progress."""
        if column is None:
            return False
        origin = self.cells[column].origin
        return origin is None or origin[1] not in {report.progress for report in self.columns.reports}


def continued(before: tuple[NoteDraft, ...], after: tuple[NoteDraft, ...]) -> tuple[NoteDraft, ...]:
    """Words that a page's end cut off go on where they stopped."""
    notes = {(note.authority, note.as_at): note for note in before}
    for note in after:
        key = note.authority, note.as_at
        known = notes.get(key)
        if known is None:
            notes[key] = note
        else:
            joint = "\n" if note.text.startswith("•") else " "
            text = f"{known.text}{joint}{note.text}".strip()
            notes[key] = replace(known, text=text, status=known.status or note.status)
    return tuple(notes.values())
