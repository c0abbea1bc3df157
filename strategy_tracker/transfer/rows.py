"""Row by row from a plan's table to its objectives, actions and outcomes."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from strategy_tracker.owners import Owner
from strategy_tracker.plans.timescales import timescale_within
from strategy_tracker.transfer.answerable import answerable_in
from strategy_tracker.transfer.columns import Columns, columns_of, remarks_on, repeats_heads
from strategy_tracker.transfer.draft import ActionDraft, NoteDraft, ObjectiveDraft, OutcomeDraft, ShareDraft
from strategy_tracker.transfer.headings import KINDS_OF_OBJECTIVE, is_named_heading
from strategy_tracker.transfer.heads import Field, Known, plain
from strategy_tracker.transfer.row_kinds import (
    ends_the_plan,
    heading_in,
    is_sum,
    own_cells,
    without_continued,
)
from strategy_tracker.transfer.row_words import RowWords, continued
from strategy_tracker.transfer.tables import PlanTable
from strategy_tracker.transfer.titles import PLAN_WORDS, STRATEGY

KIND_ALONE = re.compile(rf"^{KINDS_OF_OBJECTIVE}\s*:\s*(?=\S)", re.IGNORECASE)
ACTION_NUMBER = re.compile(r"(?P<objective>\w+)[.]\d+(?:[.]\d+)*[a-z]?", re.IGNORECASE)
OBJECTIVE_LINE = re.compile(
    rf"(?:{KINDS_OF_OBJECTIVE}\s*(?:no\.?\s*)?)?(?P<number>\d{{1,3}}[a-z]?)\s*[.:)–-]?\s+(?P<title>\S.*)",
    re.IGNORECASE,
)

NUMBERED = re.compile(
    rf"(?:{KINDS_OF_OBJECTIVE}\s*)?(?P<number>\d{{1,3}})\s?[.:)]\s+(?P<title>\S.*)",
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
    by_heading: bool = False
    actions: list[OpenAction] = field(default_factory=list)

    def closed(self) -> ObjectiveDraft:
        actions = tuple(replace(action.draft, outcomes=tuple(action.outcomes)) for action in self.actions)
        return replace(self.draft, actions=actions)


class PlanRows:
    """Reads tables one after the other; an objective or action goes on until the next begins."""

    def __init__(self, authorities: tuple[Known, ...]) -> None:
        self.authorities = authorities
        self.problems: dict[str, str] = {}
        self.passed_over: list[str] = []
        self.remarks: list[str] = []
        self.reports: set[tuple[str | None, dt.date | None]] = set()
        self.objectives: list[OpenObjective] = []
        self.objective: OpenObjective | None = None
        self.action: OpenAction | None = None

    def drafts(self) -> tuple[ObjectiveDraft, ...]:
        return tuple(objective.closed() for objective in self.objectives)

    def read(self, table: PlanTable) -> None:
        columns = columns_of(table, self.problems)
        self.reports.update((report.authority, report.as_at) for report in columns.reports)
        self.remarks.extend(remarks_on(table, columns))
        if (
            not columns.has(Field.OBJECTIVE)
            and not _opens_with_heading(table, columns)
            and (heading := objective_above(table))
        ):
            self._begin_objective(*_number_and_title(heading), table.grid.name)
        for number in range(table.first_row, len(table.grid.rows)):
            cells = table.grid.rows[number]
            if ends_the_plan(cells) and self.action is not None:
                self._pass_over(table, number, len(table.grid.rows) - 1)
                break
            if is_sum(cells):
                self._pass_over(table, number, number)
            elif any(cell.text for cell in cells) and not repeats_heads(table, cells):
                RowReader(self, table, columns, number).read()

    def _pass_over(self, table: PlanTable, first: int, last: int) -> None:
        row = table.grid.rows[first]
        words = "; ".join(" ".join(row[column].text.split()) for column in own_cells(row))
        numbers = table.grid.row_numbers or range(1, len(table.grid.rows) + 1)
        rows = f"row {numbers[first]}" if first == last else f"rows {numbers[first]} to {numbers[last]}"
        self.passed_over.append(f"{table.grid.name}, {rows} ({words if len(words) <= 80 else words[:79] + '…'})")

    def describes_objective(self, words: str) -> bool:
        """Whether a row across the table says more of the objective that the row above it began."""
        if self.objective is None or self.objective.actions or not self.objective.by_heading:
            return False
        return not is_named_heading(words) and NUMBERED.fullmatch(words) is None

    def _begin_objective(self, number: str, title: str, place: str, by_heading: bool = False) -> None:
        """Goes on with the objective of that number, or title where there is no number, if it was begun before."""
        title = without_continued(title)
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
        self.objective = OpenObjective(ObjectiveDraft(shown, title, place=place), bool(number), by_heading)
        self.objectives.append(self.objective)

    def begin_objective(self, number: str, title: str, place: str, by_heading: bool = False) -> None:
        self._begin_objective(number, " ".join(title.split()), place, by_heading)

    def pass_over(self, table: PlanTable, number: int) -> None:
        self._pass_over(table, number, number)


class RowReader(RowWords):
    """One row. What merged cells cover goes on from above; so does what is blank."""

    def __init__(self, plan: PlanRows, table: PlanTable, columns: Columns, number: int) -> None:
        super().__init__(table, columns, number, plan.authorities, plan.problems)
        self.plan = plan

    def read(self) -> None:
        for column in self.columns.used:
            if fault := self.cells[column].fault:
                self.plan.problems[self.table.place(self.number, column)] = fault
        if heading := heading_in(self.cells, self.number, self.columns):
            if self.plan.describes_objective(heading):
                self.plan.pass_over(self.table, self.number)
            else:
                place = self.table.place(self.number, own_cells(self.cells)[0])
                self.plan.begin_objective(*_number_and_title(heading), place, by_heading=True)
            return
        action_number = self._objective()
        began = self._action(action_number)
        self._outcome(began)

    def _objective(self) -> str:
        """Begins an objective where the row has one. Returns the action's number, empty where the row has none."""
        number = self._own(Field.NUMBER).strip().rstrip(".):").strip()
        title = without_continued(" ".join(self._own(Field.OBJECTIVE).split()))
        belongs = ACTION_NUMBER.fullmatch(number)
        action_number = number if belongs or self.columns.numbers_actions else ""
        if action_number:
            number = belongs["objective"] if belongs and title else ""
        if (numbered := NUMBERED.fullmatch(title)) and number in ("", numbered["number"]):
            number, title = numbered["number"], numbered["title"]
        if self.columns.action_number is not None:
            action_number = self._words(self.cells[self.columns.action_number]).strip().rstrip(".):")
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
        if current is not None and plain(without_continued(text)) == plain(current.draft.text):
            text = current.draft.text
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

    def _outcome(self, began: bool) -> None:
        text, when = self._outcome_words(), self._when()
        if began:
            text = text or self._from_above(Field.OUTCOME)
            when = when or self._from_above(Field.TIMESCALE)
        notes = self._notes(began)
        if not (began or text or when or notes):
            return
        action = self.plan.action
        if action is None:
            self._problem(Field.OUTCOME, "These words stand beside no action")
        elif began or text or when:
            if not began:
                self._say_unplaced_owner(action)
            action.outcomes.append(self._outcome_draft(text, when, notes, began))
        else:
            self._say_unplaced_owner(action)
            action.outcomes[-1] = replace(action.outcomes[-1], notes=continued(action.outcomes[-1].notes, notes))

    def _say_unplaced_owner(self, action: OpenAction) -> None:
        words = " ".join(self._own(Field.OWNER).split())
        if words and (action.draft.owner is None or plain(words) != plain(action.draft.owner.name)):
            self.plan.remarks.append(
                f"{self._place(Field.OWNER)}: “{words}” stands beside no new action and is left out"
            )

    def _problem(self, what: Field, sentence: str) -> None:
        self.plan.problems[self._place(what)] = sentence

    def _outcome_draft(self, text: str, when: str, notes: tuple[NoteDraft, ...], began: bool) -> OutcomeDraft:
        place = self._place(Field.OUTCOME) if self.columns.has(Field.OUTCOME) else self._place(Field.ACTION)
        lead = None if began else answerable_in(self._own(Field.LEAD), self.plan.authorities).lead
        if self.columns.has(Field.TIMESCALE):
            return OutcomeDraft(text, self._timescale(when), lead=lead, notes=notes, place=place)
        inferred = timescale_within(text) if self.columns.dated_outcome else None
        return OutcomeDraft(text, inferred, inferred=True, lead=lead, notes=notes, place=place)


def _opens_with_heading(table: PlanTable, columns: Columns) -> bool:
    rows = table.grid.rows
    first = next((at for at in range(table.first_row, len(rows)) if own_cells(rows[at])), None)
    return first is not None and bool(heading_in(rows[first], first, columns))


def objective_above(table: PlanTable) -> str:
    """The heading of a table that is one objective's: the line above it, or the sheet's title, or the sheet's name.

    Empty where that line is the title of the plan or of the strategy.
    """
    lines = [line for line in (*(table.grid.headings or table.grid.above), *table.titles) if line]
    named = [line for line in lines if is_named_heading(line)]
    if named and not PLAN_WORDS.search(named[-1]):
        return named[-1]
    for line in reversed(lines):
        if PLAN_WORDS.search(line) or STRATEGY.search(line):
            break
        return line
    return table.grid.name if table.grid.lettered else ""


def _number_and_title(line: str) -> tuple[str, str]:
    """ "Priority 2: More homes" is objective 2; without a number the whole line is the title."""
    line = KIND_ALONE.sub("", " ".join(line.split()))
    found = OBJECTIVE_LINE.fullmatch(line)
    return (found["number"], found["title"]) if found else ("", line)
