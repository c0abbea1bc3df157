"""Three ways: the plan as it went out, the file as it came back, the plan as it is now.

What changed on one side alone stands. What changed on both, and differently, is a clash that a person settles.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from strategy_tracker.checks import LONGEST_REASON
from strategy_tracker.clock import long_date
from strategy_tracker.owners import Owner
from strategy_tracker.transfer.back.added import Adding, Standing, add_rows
from strategy_tracker.transfer.back.cells import said_shortly
from strategy_tracker.transfer.back.clashes import Clashes
from strategy_tracker.transfer.back.edits import FIELDS, Edit, Edits, edits_in
from strategy_tracker.transfer.back.order import Order, orders
from strategy_tracker.transfer.back.own import OwnFile
from strategy_tracker.transfer.back.taken_out import Gone, taken_out
from strategy_tracker.transfer.back.tree import ActionNode, ObjectiveNode, OutcomeNode, Part, Tree
from strategy_tracker.transfer.draft import ActionDraft, NoteDraft, ObjectiveDraft, PlanDraft
from strategy_tracker.transfer.heads import Known
from strategy_tracker.transfer.out.layout import Column, rows_of
from strategy_tracker.transfer.snapshot import Snapshot

REMOVED = "No longer in the plan"


class Merging:
    def __init__(
        self,
        file: OwnFile,
        base: Snapshot,
        now: Snapshot,
        authorities: Sequence[Known],
        chosen: Mapping[str, str],
        *,
        latest: Snapshot | None = None,
        notes: bool = False,
    ) -> None:
        """`now` has the reports up to the date that `base` has, `latest` all of them."""
        self.file, self.base, self.now, self.authorities = file, base, now, authorities
        self.shorts = {known.slug: known.short_name for known in authorities}
        self.problems = dict(file.problems)
        self.clashes = Clashes(chosen)
        self.before, self.after = parts_of(base.plan), parts_of(now.plan)
        self.latest = parts_of((latest or now).plan)
        self.numbers = {**_numbers(base.plan), **_numbers(now.plan)}
        self.tree = Tree.of(now.plan, notes=notes)
        self.nodes = self.tree.known()

    def merged(self) -> Tree:
        """The plan as it should be. `problems` and `clashes` say what stands in the way."""
        edits = self._edits()
        for gone in self._gone(edits):
            self._take_out(gone)
        for (part, column), edit in edits.parts.items():
            self._part(part, column, edit)
        for (action, authority), edit in edits.owners.items():
            self._owner(action, authority, edit)
        for (outcome, authority), edit in edits.notes.items():
            if edit.value is not None:
                self._note(("outcome", outcome), authority, edit)
        for order in self._orders(edits):
            told = ", ".join(map(str, order.file)), ", ".join(map(str, order.plan))
            if not order.clashes or self.clashes.takes_file("order", "of rows", "", "", *told):
                order.apply(self.tree, self.nodes)
        self._add(edits)
        return self.tree

    def _edits(self) -> Edits:
        return edits_in(self.file, self.base, self.authorities, self.problems)

    def _gone(self, edits: Edits) -> Iterator[Gone]:
        return taken_out(self.file, self.base, edits)

    def _orders(self, edits: Edits) -> Iterator[Order]:
        return orders(self.file, edits, self.base.plan, self.now.plan)

    def _add(self, edits: Edits) -> None:
        standing: dict[str, Standing] = {
            mark: (
                self.nodes.get(("objective", row.objective.row or 0)),
                self.nodes.get(("action", row.action.row or 0)) if row.action else None,
                self.nodes.get(("outcome", row.outcome.row or 0)) if row.outcome else None,
            )
            for mark, row in edits.rows.items()
        }
        add_rows(self.file, Adding(self.tree, self.authorities, self.problems), standing)

    def _part(self, part: Part, column: Column, edit: Edit) -> None:
        field, aspect = FIELDS[column], column.value.lower()
        before, after = getattr(self.before[part], field), self.after.get(part)
        if after is None:
            words = f"{column}: {edit.words}"
            if self._settled(part, "removed meanwhile", edit.before, words, REMOVED, edit.place):
                setattr(self._revived(part), field, edit.value)
            return
        if column is Column.OBJECTIVE_NUMBER and self._is_of_another(part, edit):
            return
        now = getattr(after, field)
        is_clash = now not in (before, edit.value)
        if is_clash and not self._settled(part, aspect, edit.before, edit.words, self._shown(part, column), edit.place):
            return
        if part in self.nodes:
            setattr(self.nodes[part], field, edit.value)
            self.nodes[part].place = edit.place

    def _settled(self, part: Part, aspect: str, before: str, file: str, plan: str, place: str) -> bool:
        """Whether a person chose the file's words."""
        label = self.numbers.get(part, "")
        return self.clashes.takes_file(part[0], label, aspect, before, file, plan, place)

    def _shown(self, part: Part, column: Column) -> str:
        rows = rows_of(self.now.plan, self.shorts)
        drafts = ((getattr(row, part[0]), row) for row in rows)
        return next(row.shown(column) for draft, row in drafts if draft is not None and draft.row == part[1])

    def _is_of_another(self, part: Part, edit: Edit) -> bool:
        """The number of another objective on a row means to move its action there, which a file cannot."""
        other = next((row for row in self.now.plan.objectives if row.number == edit.value), None)
        if other is None or other.row == part[1]:
            return False
        self.problems[edit.place] = (
            f"Objective {edit.value} is there already; a file cannot move an action to another objective"
        )
        return True

    def _owner(self, action: int, authority: str, edit: Edit) -> None:
        part = ("action", action)
        node: ActionNode | None = self.nodes.get(part)
        if node is None or node.shares is None or authority not in node.shares:
            return
        before, now = _owners(self.before[part])[authority], node.shares[authority]
        aspect = f"owner in {self.shorts[authority]}"
        if now in (before, edit.value) or self._settled(part, aspect, edit.before, edit.words, now.name, edit.place):
            node.shares[authority] = edit.value

    def _note(self, part: Part, authority: str, edit: Edit) -> None:
        found = [_said(parts.get(part), authority) for parts in (self.after, self.latest)]
        if any(_words(note) == _words(edit.value) for note in found):
            return
        meanwhile = [note for note in found if note is not None and (note.row or 0) > self.base.last_note]
        aspect = f"report of {self.shorts[authority]}"
        if part not in self.after:
            if self._settled(part, aspect, edit.before, edit.words, REMOVED, edit.place):
                self._revived(part).notes[authority] = edit.value
            return
        if meanwhile:
            plan = shown_note(meanwhile[-1])
            if not self._settled(part, aspect, edit.before, edit.words, plan, edit.place):
                return
        if part in self.nodes:
            self.nodes[part].notes[authority] = edit.value

    def _take_out(self, gone: Gone) -> None:
        """Out of the plan; where somebody worked on it meanwhile, only if a person says so again."""
        before, after = (_part_of(found.get(gone.part), gone.authority) for found in (self.before, self.after))
        if after is None:
            return
        aspect = f"part of {self.shorts[gone.authority]}" if gone.authority else "deleted"
        if before != after and not self._settled(
            gone.part, aspect, "", "Deleted from the file", "Changed in the plan", ""
        ):
            return
        node = self.nodes.get(gone.part)
        if gone.authority and node is not None and node.shares is not None:
            node.shares.pop(gone.authority, None)
        elif node is not None:
            self.tree.drop(node)
            self.nodes = self.tree.known()

    def _revived(self, part: Part) -> Any:
        """A part that was taken out of the plan meanwhile, as a new one with the words that it had."""
        if part in self.nodes:
            return self.nodes[part]
        whole = self.before[part]
        node: Any
        if isinstance(whole, ObjectiveDraft):
            node = ObjectiveNode(None, whole.number, whole.title, whole.lead)
            self.tree.objectives.append(node)
        elif isinstance(whole, ActionDraft):
            owner = whole.owner or Owner()
            node = ActionNode(None, whole.number, whole.text, whole.lead, owner, _owners(whole))
            self._revived(self._container(part)).actions.append(node)
        else:
            node = OutcomeNode(None, whole.text, whole.timescale, whole.lead)
            self._revived(self._container(part)).outcomes.append(node)
        self.nodes[part] = node
        return node

    def _container(self, part: Part) -> Part:
        for objective in self.base.plan.objectives:
            for action in objective.actions:
                if part == ("action", action.row):
                    return "objective", objective.row or 0
                if part in [("outcome", outcome.row) for outcome in action.outcomes]:
                    return "action", action.row or 0
        raise LookupError(part)


def parts_of(plan: PlanDraft) -> dict[Part, Any]:
    """The parts that have an id, by kind and id."""
    found: dict[Part, Any] = {}
    for objective in plan.objectives:
        found["objective", objective.row or 0] = objective
        for action in objective.actions:
            found["action", action.row or 0] = action
            for outcome in action.outcomes:
                found["outcome", outcome.row or 0] = outcome
    return found


def _numbers(plan: PlanDraft) -> dict[Part, str]:
    """What people call a part; an outcome by its action, and by its words where the action has several."""
    found: dict[Part, str] = {}
    for objective in plan.objectives:
        found["objective", objective.row or 0] = objective.number
        for action in objective.actions:
            found["action", action.row or 0] = action.number
            for outcome in action.outcomes:
                words = f" “{_short(outcome.text)}”" if outcome.text and len(action.outcomes) > 1 else ""
                found["outcome", outcome.row or 0] = f"of {action.number}{words}"
    return found


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else line[:59] + "…"


def _owners(action: ActionDraft) -> dict[str, Owner]:
    return {share.authority: share.owner for share in action.shares or ()}


def _said(outcome: Any, authority: str) -> NoteDraft | None:
    notes: tuple[NoteDraft, ...] = outcome.notes if outcome is not None else ()
    return next((note for note in notes if note.authority == authority), None)


def _words(note: NoteDraft | None) -> tuple[Any, ...]:
    """What a report says; how its lines break is no difference, nor are its words again as its reason."""
    if note is None:
        return ()
    reason = "" if note.reason == note.text[:LONGEST_REASON] else note.reason
    return note.status, note.text.split(), reason.split(), note.as_at


def shown_note(note: NoteDraft | None) -> str:
    if note is None:
        return "No report"
    return said_shortly(note.status or "", note.text, note.reason, long_date(note.as_at) if note.as_at else "")


def _part_of(draft: Any, authority: str) -> Any:
    """A part with all below it; or, of an action, what is one authority's in it."""
    if draft is None or not authority:
        return draft
    owners = _owners(draft)
    if authority not in owners:
        return None
    return owners[authority], [_said(outcome, authority) for outcome in draft.outcomes]
