"""Row by row from a plan's table to its objectives, actions and outcomes."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from strategy_tracker.plans.rules import Owner
from strategy_tracker.plans.timescales import timescale_of, timescale_within
from strategy_tracker.transfer.answerable import Answerable, answerable_in
from strategy_tracker.transfer.columns import Columns, ReportColumn, columns_of, repeats_heads
from strategy_tracker.transfer.draft import ActionDraft, NoteDraft, ObjectiveDraft, OutcomeDraft, ShareDraft
from strategy_tracker.transfer.grids import Cell
from strategy_tracker.transfer.heads import Field, Known, plain
from strategy_tracker.transfer.statuses import status_in_column, status_said
from strategy_tracker.transfer.tables import PlanTable
from strategy_tracker.transfer.titles import PLAN_WORDS, STRATEGY

ACTION_NUMBER = re.compile(r"(?P<objective>\w+)[.]\d+(?:[.]\d+)*[a-z]?", re.IGNORECASE)
OBJECTIVE_LINE = re.compile(
    r"(?:(?:strategic )?(?:priority|objective|aim|theme|goal)\s*)?"
    r"(?P<number>\d{1,3}[a-z]?)\s*[.:)–-]?\s+(?P<title>\S.*)",
    re.IGNORECASE,
)

NUMBERED = re.compile(
    r"(?:(?:strategic )?(?:priority|objective|aim|theme|goal)\s*)?(?P<number>\d{1,3})\s?[.:)]\s+(?P<title>\S.*)",
    re.IGNORECASE,
)


@dataclass
class OpenAction:
    draft: ActionDraft
    outcomes: list[OutcomeDraft] = field(default_factory=list)


@dataclass
class OpenObjective:
    draft: ObjectiveDraft
    numbered: bool
    actions: list[OpenAction] = field(default_factory=list)

    def closed(self) -> ObjectiveDraft:
        actions = tuple(replace(action.draft, outcomes=tuple(action.outcomes)) for action in self.actions)
        return replace(self.draft, actions=actions)


class PlanRows:
    """Reads tables one after the other; an objective or action goes on until the next begins."""

    def __init__(self, authorities: tuple[Known, ...]) -> None:
        self.authorities = authorities
        self.problems: dict[str, str] = {}
        self.reports: set[tuple[str | None, dt.date | None]] = set()
        self.objectives: list[OpenObjective] = []
        self.objective: OpenObjective | None = None
        self.action: OpenAction | None = None

    def drafts(self) -> tuple[ObjectiveDraft, ...]:
        return tuple(objective.closed() for objective in self.objectives)

    def read(self, table: PlanTable) -> None:
        columns = columns_of(table, self.problems)
        self.reports.update((report.authority, report.as_at) for report in columns.reports)
        if not columns.has(Field.OBJECTIVE) and (heading := objective_above(table)):
            self._begin_objective(*_number_and_title(heading), table.grid.name)
        for number in range(table.first_row, len(table.grid.rows)):
            cells = table.grid.rows[number]
            if any(cell.text for cell in cells) and not repeats_heads(table, cells):
                RowReader(self, table, columns, number).read()

    def _begin_objective(self, number: str, title: str, place: str) -> None:
        """Goes on with the objective of that number, or title where there is no number, if it was begun before."""
        self.action = None
        for known in self.objectives:
            same_title = plain(known.draft.title) == plain(title)
            if same_title and (not number or known.draft.number == number):
                self.objective = known
                return
            if number and known.draft.number == number:
                other = f"the other is at {known.draft.place}"
                self.problems[place] = f"Objective {number} is there twice with different titles; {other}"
        shown = number or str(len(self.objectives) + 1)
        self.objective = OpenObjective(ObjectiveDraft(shown, title, place=place), bool(number))
        self.objectives.append(self.objective)

    def begin_objective(self, number: str, title: str, place: str) -> None:
        self._begin_objective(number, " ".join(title.split()), place)


class RowReader:
    """One row. What merged cells cover goes on from above; so does what is blank."""

    def __init__(self, plan: PlanRows, table: PlanTable, columns: Columns, number: int) -> None:
        self.plan, self.table, self.columns, self.number = plan, table, columns, number
        self.cells = table.grid.rows[number]

    def read(self) -> None:
        for column in self.columns.used:
            if fault := self.cells[column].fault:
                self.plan.problems[self.table.place(self.number, column)] = fault
        if across := self._across():
            self.plan.begin_objective(*_number_and_title(across), self._place(Field.OBJECTIVE))
            return
        action_number = self._objective()
        began = self._action(action_number)
        self._outcome(began)

    def _own(self, what: Field) -> str:
        """A cell's words where they begin in this row, and not in a cell merged from above."""
        return self._words(self.columns.cell(self.cells, what))

    def _words(self, cell: Cell) -> str:
        return "" if cell.origin and cell.origin[0] < self.number else cell.text

    def _place(self, what: Field) -> str:
        return self.table.place(self.number, self.columns.at(what))

    def _across(self) -> str:
        """The words of a row that is one merged cell, as a priority across the table is."""
        own = [cell for cell in self.cells if cell.origin is None and cell.text]
        spread = [cell for cell in self.cells if cell.origin and cell.origin[0] == self.number]
        return own[0].text if len(own) == 1 and len(spread) >= max(2, len(self.cells) - 1) else ""

    def _objective(self) -> str:
        """Begins an objective where the row has one. Returns the action's number, empty where the row has none."""
        number = self._own(Field.NUMBER).strip().rstrip(".):").strip()
        title = " ".join(self._own(Field.OBJECTIVE).split())
        belongs = ACTION_NUMBER.fullmatch(number)
        action_number = number if belongs or self.columns.numbers_actions else ""
        if action_number:
            number = belongs["objective"] if belongs and title else ""
        if not number and (numbered := NUMBERED.fullmatch(title)):
            number, title = numbered["number"], numbered["title"]
        current = self.plan.objective
        same_number = not number or (current is not None and current.draft.number == number)
        same_title = not title or (current is not None and plain(current.draft.title) == plain(title))
        if current is not None and same_number and same_title:
            return action_number
        if not title and number:
            self._problem(Field.NUMBER, f"Objective {number} has no title")
        elif title and not number and current is not None and current.numbered and self.columns.has(Field.NUMBER):
            self._problem(Field.OBJECTIVE, "This objective has no number, though others have; give it one")
        if title or number:
            place = self._place(Field.OBJECTIVE if title else Field.NUMBER)
            self.plan.begin_objective(number, title, place)
        return action_number

    def _action(self, number: str) -> bool:
        """Begins an action where the row has one, and says whether it did."""
        text = self._own(Field.ACTION)
        current = self.plan.action
        if not text:
            if number:
                self._problem(Field.NUMBER, f"Action {number} has no words")
            return False
        if current is not None and plain(current.draft.text) == plain(text) and number in ("", current.draft.number):
            return False
        if self.plan.objective is None:
            self._problem(Field.ACTION, "This action comes before any objective")
            return False
        answerable = self._answerable()
        shown = number or f"{self.plan.objective.draft.number}.{len(self.plan.objective.actions) + 1}"
        draft = ActionDraft(
            shown,
            text,
            lead=answerable.lead,
            owner=answerable.owner if answerable.owner != Owner() else None,
            shares=tuple(ShareDraft(slug) for slug in answerable.authorities) or None,
            place=self._place(Field.ACTION),
        )
        self.plan.action = OpenAction(draft)
        self.plan.objective.actions.append(self.plan.action)
        return True

    def _answerable(self) -> Answerable:
        lead = answerable_in(self._own(Field.LEAD), self.plan.authorities)
        owner = answerable_in(self._own(Field.OWNER), self.plan.authorities)
        named = tuple(k.slug for k in self.plan.authorities if k.slug in lead.authorities + owner.authorities)
        return Answerable(named, owner.owner if owner.owner != Owner() else lead.owner)

    def _outcome(self, began: bool) -> None:
        text, when = self._own(Field.OUTCOME), self._own(Field.TIMESCALE)
        if began:
            text = text or self.columns.cell(self.cells, Field.OUTCOME).text
            when = when or self.columns.cell(self.cells, Field.TIMESCALE).text
        notes = self._notes()
        if not (began or text or when or notes):
            return
        action = self.plan.action
        if action is None:
            self._problem(Field.OUTCOME, "These words stand beside no action")
        elif began or text or when:
            action.outcomes.append(self._outcome_draft(text, when, notes, began))
        else:
            action.outcomes[-1] = replace(action.outcomes[-1], notes=_continued(action.outcomes[-1].notes, notes))

    def _outcome_draft(self, text: str, when: str, notes: tuple[NoteDraft, ...], began: bool) -> OutcomeDraft:
        place = self._place(Field.OUTCOME) if self.columns.has(Field.OUTCOME) else self._place(Field.ACTION)
        lead = None if began else answerable_in(self._own(Field.LEAD), self.plan.authorities).lead
        if self.columns.has(Field.TIMESCALE):
            return OutcomeDraft(text, timescale_of(when), lead=lead, notes=notes, place=place)
        inferred = timescale_within(text) if self.columns.dated_outcome else None
        return OutcomeDraft(text, inferred, inferred=True, lead=lead, notes=notes, place=place)

    def _notes(self) -> tuple[NoteDraft, ...]:
        return tuple(note for report in self.columns.reports if (note := self._note(report)))

    def _note(self, report: ReportColumn) -> NoteDraft | None:
        text = self._words(self.cells[report.progress]) if report.progress is not None else ""
        said = self._words(self.cells[report.status]) if report.status is not None else ""
        column = report.progress if report.progress is not None else report.status
        place = self.table.place(self.number, column or 0)
        if report.status is None:
            status = status_said(text)
        else:
            status, understood = status_in_column(said)
            if not understood:
                where = self.table.place(self.number, report.status)
                self.plan.problems[where] = f"“{' '.join(said.split())[:60]}” is no status that is known"
        if not text and status is None:
            return None
        said_alone = text or " ".join(said.split())
        return NoteDraft(said_alone, status, report.status is None, report.authority, report.as_at, place=place)

    def _problem(self, what: Field, sentence: str) -> None:
        self.plan.problems[self._place(what)] = sentence


def objective_above(table: PlanTable) -> str:
    """The heading of a table that is one objective's: the line above it, or the sheet's title, or the sheet's name.

    Empty where that line is the title of the plan or of the strategy.
    """
    lines = [line for line in (*table.grid.above, *table.titles) if line]
    for line in reversed(lines):
        if PLAN_WORDS.search(line) or STRATEGY.search(line):
            break
        return line
    return table.grid.name if table.grid.lettered else ""


def _number_and_title(line: str) -> tuple[str, str]:
    """ "Priority 2: More homes" is objective 2; without a number the whole line is the title."""
    line = " ".join(line.split())
    found = OBJECTIVE_LINE.fullmatch(line)
    return (found["number"], found["title"]) if found else ("", line)


def _continued(before: tuple[NoteDraft, ...], after: tuple[NoteDraft, ...]) -> tuple[NoteDraft, ...]:
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
