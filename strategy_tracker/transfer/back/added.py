"""Rows that a person added to a file, and the rows of a file whose export is not known here."""

from collections.abc import Sequence
from typing import Any

from strategy_tracker.owners import Owner
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.transfer.answerable import answerable_in
from strategy_tracker.transfer.back.cells import NotUnderstoodError, note_said, value_of
from strategy_tracker.transfer.back.own import FileRow, OwnFile
from strategy_tracker.transfer.back.tree import ActionNode, ObjectiveNode, OutcomeNode, Tree
from strategy_tracker.transfer.heads import Known, plain
from strategy_tracker.transfer.out.layout import OF_ACTION, OF_NOTE, OF_OBJECTIVE, OF_OUTCOME, Column

Standing = tuple[ObjectiveNode | None, ActionNode | None, OutcomeNode | None]
"""Where the row above belongs: what is blank goes on from there."""


class Adding:
    """Puts rows into a plan: below the objective and the action that they name, else below those of the row above."""

    def __init__(self, tree: Tree, authorities: Sequence[Known], problems: dict[str, str]) -> None:
        self.tree, self.authorities, self.problems = tree, authorities, problems
        self.marked: dict[str, OutcomeNode] = {}

    def row(self, row: FileRow, above: Standing) -> Standing:
        objective = self._objective(row, above[0])
        if objective is None:
            return above
        before = above if objective is above[0] else (objective, None, None)
        if row.key is not None and row.key.part == "p":
            return objective, None, None
        action = self._action(row, objective, before[1])
        if action is None:
            if row.said(*OF_ACTION, *OF_OUTCOME, *OF_NOTE):
                self.problems[row.place(Column.ACTION)] = "This row says of no action what it is"
            return objective, None, None
        named = self._shares(row, action)
        outcome = self._outcome(row, action, before[2] if action is before[1] else None)
        if outcome is not None:
            self._note(row, outcome, named)
        return objective, action, outcome

    def _value(self, row: FileRow, column: Column) -> Any:
        """What a cell says; nothing where it is not understood, which is a problem."""
        try:
            return value_of(column, row.cells.get(column, ""), self.authorities)
        except NotUnderstoodError as fault:
            self.problems[row.place(column)] = str(fault)
            return None

    def _objective(self, row: FileRow, above: ObjectiveNode | None) -> ObjectiveNode | None:
        number, title = (self._value(row, column) for column in OF_OBJECTIVE[:2])
        if not number and not title:
            if above is None:
                self.problems[row.place(Column.OBJECTIVE)] = "This row belongs to no objective"
            return above
        for known in self.tree.objectives:
            if (known.number == number if number else plain(known.title) == plain(title)) and (
                not title or plain(known.title) == plain(title)
            ):
                return known
        if any(known.number == number for known in self.tree.objectives):
            self.problems[row.place(Column.OBJECTIVE)] = f"Objective {number} is there with other words"
            return None
        lead = self._value(row, Column.OBJECTIVE_LEAD)
        added = ObjectiveNode(None, number or self._next(), title, lead, place=row.place(Column.OBJECTIVE))
        at = self.tree.objectives.index(above) + 1 if above in self.tree.objectives else len(self.tree.objectives)
        self.tree.objectives.insert(at, added)
        return added

    def _next(self) -> str:
        used = [int(known.number) for known in self.tree.objectives if known.number.isdecimal()]
        return str(max(used, default=0) + 1)

    def _action(self, row: FileRow, objective: ObjectiveNode, above: ActionNode | None) -> ActionNode | None:
        number, text = (self._value(row, column) for column in OF_ACTION[:2])
        if not number and not text:
            return above
        for known in objective.actions:
            if (known.number == number if number else plain(known.text) == plain(text)) and (
                not text or plain(known.text) == plain(text)
            ):
                return known
        if not text:
            self.problems[row.place(Column.ACTION)] = f"Action {number} has no words"
            return None
        lead, owner = self._value(row, Column.LEAD), self._value(row, Column.OWNER)
        shown = number or self._number_in(objective)
        added = ActionNode(None, shown, text, lead, owner or Owner(), place=row.place(Column.ACTION))
        places = [at for at, known in enumerate(objective.actions) if known is above]
        objective.actions.insert(places[0] + 1 if places else len(objective.actions), added)
        return added

    def _number_in(self, objective: ObjectiveNode) -> str:
        prefix = f"{objective.number}."
        used = [known.number.removeprefix(prefix) for known in objective.actions]
        return f"{prefix}{max((int(number) for number in used if number.isdecimal()), default=0) + 1}"

    def _shares(self, row: FileRow, action: ActionNode) -> tuple[str, ...]:
        """The authorities that the row names; they take part in the action."""
        words = row.cells.get(Column.AUTHORITY, "")
        named = answerable_in(words, self.authorities)
        if words and (not named.authorities or named.owner.name):
            self.problems[row.place(Column.AUTHORITY)] = f"“{' '.join(words.split())[:60]}” is no authority"
        owner = self._value(row, Column.SHARE_OWNER) or Owner()
        for slug in named.authorities:
            action.shares = action.shares if action.shares is not None else {}
            if owner.name or slug not in action.shares:
                action.shares[slug] = owner
        return named.authorities

    def _outcome(self, row: FileRow, action: ActionNode, above: OutcomeNode | None) -> OutcomeNode | None:
        if row.key is not None and row.key.part == "a":
            return None
        mark = row.mark.rpartition(".")[0] or row.mark if row.key else ""
        if mark in self.marked:
            return self.marked[mark]
        text = row.cells.get(Column.OUTCOME, "")
        timescale = self._value(row, Column.TIMESCALE) or Timescale()
        if row.key is None and (known := self._known(action, text, timescale, above)):
            return known
        lead = self._value(row, Column.OUTCOME_LEAD)
        added = OutcomeNode(None, text, timescale, lead, row.place(Column.OUTCOME))
        if mark:
            self.marked[mark] = added
        action.outcomes.append(added)
        return added

    def _known(
        self, action: ActionNode, text: str, timescale: Timescale, above: OutcomeNode | None
    ) -> OutcomeNode | None:
        """The outcome of which a row gives one more authority."""
        if not text and timescale == Timescale():
            return above or next(iter(action.outcomes), None)
        for known in action.outcomes:
            if plain(known.text) == plain(text) and timescale in (Timescale(), known.timescale):
                return known
        return None

    def _note(self, row: FileRow, outcome: OutcomeNode, named: tuple[str, ...]) -> None:
        if len(named) > 1 and row.said(*OF_NOTE):
            self.problems[row.place(Column.AUTHORITY)] = "A report is one authority’s; give each a row of its own"
            return
        authority = named[0] if named else None
        if note := note_said(row, authority, self.problems):
            outcome.notes[authority] = note


def add_rows(file: OwnFile, adding: Adding, standing: dict[str, Standing]) -> None:
    """Adds what has no mark, or one that is not in `standing`, which says where the rows that went out stand."""
    above: Standing = (None, None, None)
    for row in file.rows:
        known = standing.get(row.mark) if row.key else None
        above = known or adding.row(row, above)
