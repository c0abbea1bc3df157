"""A copy of a plan that came back as JSON, three ways: as it went out, as it came back, as the plan is now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from strategy_tracker.checks import LONGEST_REASON
from strategy_tracker.clock import long_date
from strategy_tracker.owners import Owner
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.transfer.back.edits import Edit, Edits
from strategy_tracker.transfer.back.merge import REMOVED, Merging, shown_note
from strategy_tracker.transfer.back.order import Order, orders_of
from strategy_tracker.transfer.back.own import OwnFile
from strategy_tracker.transfer.back.pairing import paired
from strategy_tracker.transfer.back.taken_out import Gone
from strategy_tracker.transfer.back.tree import ActionNode, ObjectiveNode, OutcomeNode, Part
from strategy_tracker.transfer.draft import (
    AbbreviationDraft,
    ActionDraft,
    NoteDraft,
    ObjectiveDraft,
    OutcomeDraft,
    PlanDraft,
)
from strategy_tracker.transfer.heads import Known
from strategy_tracker.transfer.out.layout import Column, shown_owner
from strategy_tracker.transfer.snapshot import Snapshot

COLUMNS: dict[str, dict[str, Column]] = {
    "objective": {"number": Column.OBJECTIVE_NUMBER, "title": Column.OBJECTIVE, "lead": Column.OBJECTIVE_LEAD},
    "action": {
        "number": Column.ACTION_NUMBER,
        "text": Column.ACTION,
        "lead": Column.LEAD,
        "owner": Column.OWNER,
    },
    "outcome": {"text": Column.OUTCOME, "timescale": Column.TIMESCALE, "lead": Column.OUTCOME_LEAD},
}
HEAD = {"title": "title", "strategy": "strategy", "period_from": "first day", "period_to": "last day"}
NO_FILE = OwnFile((), False, (), {})


class CopyMerging(Merging):
    """`base` and `now` are snapshots with every report. Of an extract nothing is taken out."""

    def __init__(
        self,
        copy: PlanDraft,
        base: Snapshot,
        now: Snapshot,
        authorities: Sequence[Known],
        chosen: Mapping[str, str],
        *,
        latest: Snapshot,
    ) -> None:
        super().__init__(NO_FILE, base, now, authorities, chosen, latest=latest)
        self.copy, self.paired = copy, paired(base.plan, copy)

    def draft(self) -> PlanDraft:
        """What the plan should say."""
        tree = self.merged()
        head = {name: self._head(name, label) for name, label in HEAD.items()}
        return PlanDraft(
            tree.drafts(),
            glossary=tuple(self._glossary()),
            **head,
            is_exact=True,
            as_at=None if self.copy.as_at == self.base.until else self.copy.as_at,
            problems=self.problems,
            returned=True,
            clashes=tuple(self.clashes.found),
        )

    def _edits(self) -> Edits:
        edits = Edits()
        for part, before, given in self.paired.pairs:
            for name, column in COLUMNS[part[0]].items():
                old, new = _of(before, name), _of(given, name)
                if old != new and not (name == "timescale" and given.timescale is None):
                    words = self._words(new), self._words(old)
                    edits.parts[part, column] = Edit(new, *words, given.place)
            if isinstance(given, ActionDraft):
                owners = {share.authority: share.owner for share in before.shares or ()}
                for share in given.shares or ():
                    old = owners.get(share.authority)
                    if old is not None and old != share.owner:
                        edit = Edit(share.owner, self._words(share.owner), self._words(old), given.place)
                        edits.owners[part[1], share.authority] = edit
        return edits

    def _words(self, value: Any) -> str:
        if isinstance(value, Owner):
            return shown_owner(value)
        if isinstance(value, Timescale):
            return value.words or value.shown
        return self.shorts.get(value, str(value)) if value else ""

    def _gone(self, edits: Edits) -> Iterator[Gone]:
        if self.base.authority:
            return
        yield from (Gone(part) for part in self.paired.gone)
        for part, before, given in self.paired.pairs:
            if isinstance(given, ActionDraft) and given.shares is not None:
                stays = {share.authority for share in given.shares}
                for share in before.shares or ():
                    if share.authority not in stays:
                        yield Gone(part, share.authority)

    def _orders(self, edits: Edits) -> Iterator[Order]:
        return orders_of(self.paired.paths, self.base.plan, self.now.plan)

    def _add(self, edits: Edits) -> None:
        for part, before, given in self.paired.pairs:
            if isinstance(given, ActionDraft):
                self._add_shares(part, before, given)
            if isinstance(given, OutcomeDraft):
                self._notes(part, before, given)
        for within, above, new in reversed(self.paired.new):
            self._new(within, above, new)

    def _add_shares(self, part: Part, before: ActionDraft, given: ActionDraft) -> None:
        there = {share.authority for share in before.shares or ()}
        node = self.nodes.get(part)
        for share in given.shares or ():
            if node is not None and node.shares is not None and share.authority not in there:
                node.shares.setdefault(share.authority, share.owner)

    def _new(self, within: Part | None, above: Part | None, new: Any) -> None:
        siblings: list[Any] = self.tree.objectives
        if within is not None:
            parent = self.nodes.get(within)
            if parent is None:
                words = getattr(new, "text", "") or "A new outcome"
                if not self._settled(within, "removed meanwhile", "", words, REMOVED, new.place):
                    return
                parent = self._revived(within)
            siblings = parent.actions if within[0] == "objective" else parent.outcomes
        last = self.nodes.get(above) if above else None
        after = next((at for at, sibling in enumerate(siblings, 1) if sibling is last), len(siblings))
        _join(siblings, after if above else 0, node_of(new))

    def _notes(self, part: Part, before: OutcomeDraft, given: OutcomeDraft) -> None:
        was, is_now = _by_key(before), _by_key(self.latest.get(part))
        for key, said in _by_key(given).items():
            old, now = was.get(key), is_now.get(key)
            note = replace(said, reason_place=f"{said.place}.reason")
            if _same(old, note) or _same(now, note):
                continue
            edit = Edit(note, shown_note(note), shown_note(old), note.place)
            if part not in self.after:
                if self._settled(part, f"report of {self._whose(note)}", edit.before, edit.words, REMOVED, edit.place):
                    self._revived(part).notes[repr(key)] = note
                continue
            if not _same(now, old):
                aspect = f"report of {self._whose(note)}"
                if not self._settled(part, aspect, edit.before, edit.words, shown_note(now), edit.place):
                    continue
            if part in self.nodes:
                self.nodes[part].notes[repr(key)] = note

    def _whose(self, note: NoteDraft) -> str:
        return self.shorts.get(note.authority or "", note.authority or "nobody named")

    def _head(self, name: str, label: str) -> Any:
        """What the copy says at its head, where it was changed in it."""
        before, given, now = (getattr(plan, name) for plan in (self.base.plan, self.copy, self.now.plan))
        if given in (before, now) or not given:
            return now
        if now == before:
            return given
        told = (str(long_date(value) if name.startswith("period") else value) for value in (before, given, now))
        return given if self.clashes.takes_file("plan", "", label, *told) else now

    def _glossary(self) -> Iterator[AbbreviationDraft]:
        was, is_now = ({one.short: one.meaning for one in plan.glossary} for plan in (self.base.plan, self.now.plan))
        for entry in self.copy.glossary:
            before, now = was.get(entry.short), is_now.get(entry.short)
            if entry.meaning in (before, now):
                continue
            told = before or "", entry.meaning, now or ""
            if now == before or self.clashes.takes_file("abbreviation", entry.short, "meaning", *told, entry.place):
                yield entry


def _join(siblings: list[Any], at: int, new: Any) -> None:
    """Puts a new part in, unless it is there already since the copy was brought in before."""
    known = next((one for one in siblings if _says_the_same(one, new)), None)
    if known is None:
        siblings.insert(at, new)
    elif isinstance(new, OutcomeNode):
        known.notes |= new.notes
    else:
        below = "actions" if isinstance(new, ObjectiveNode) else "outcomes"
        for part in getattr(new, below):
            _join(getattr(known, below), len(getattr(known, below)), part)


def _says_the_same(one: Any, new: Any) -> bool:
    if isinstance(new, OutcomeNode):
        return (one.text, one.timescale or Timescale()) == (new.text, new.timescale or Timescale())
    words = "title" if isinstance(new, ObjectiveNode) else "text"
    return all(getattr(one, name) == getattr(new, name) for name in ("number", words))


def _of(part: Any, name: str) -> Any:
    """A field, with what stands for nothing where it is not given."""
    nothing = {"owner": Owner(), "timescale": Timescale()}.get(name)
    found = getattr(part, name)
    return nothing if found is None else found


def _key(note: NoteDraft) -> tuple[Any, ...]:
    return note.authority, note.as_at


def _by_key(outcome: OutcomeDraft | None) -> dict[tuple[Any, ...], NoteDraft]:
    return {_key(note): note for note in outcome.notes} if outcome else {}


def _same(one: NoteDraft | None, other: NoteDraft | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.status, one.text, _reason(one)) == (other.status, other.text, _reason(other))


def _reason(note: NoteDraft) -> str:
    """Without words that are those of the report again."""
    return "" if note.reason == note.text[:LONGEST_REASON] else note.reason


def node_of(part: Any) -> Any:
    """A part of the copy that is new, with all that is in it."""
    if isinstance(part, ObjectiveDraft):
        actions = [node_of(action) for action in part.actions]
        return ObjectiveNode(None, part.number, part.title, part.lead, actions, part.place)
    if isinstance(part, ActionDraft):
        shares = None if part.shares is None else {share.authority: share.owner for share in part.shares}
        outcomes = [node_of(outcome) for outcome in part.outcomes]
        owner = part.owner or Owner()
        return ActionNode(None, part.number, part.text, part.lead, owner, shares, outcomes, part.place)
    notes: dict[str | None, NoteDraft] = {repr(_key(note)): note for note in part.notes}
    return OutcomeNode(None, part.text, part.timescale, part.lead, part.place, notes)
