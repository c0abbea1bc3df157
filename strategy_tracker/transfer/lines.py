"""The changes of an import in lines that people can read and agree to."""

import datetime as dt
from collections.abc import Iterator

from strategy_tracker.clock import long_date
from strategy_tracker.plans.rules import Owner
from strategy_tracker.transfer.changes import (
    ActionChange,
    Change,
    Comparison,
    Kind,
    NoteChange,
    ObjectiveChange,
    OutcomeChange,
    PlanChanges,
    glossary_changes,
    plan_fields,
    shown_status,
)
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.stored import NoteKey, StoredAction, StoredOutcome, StoredPlan, owner_of

FIELD_NAMES = {"period_from": "first day", "period_to": "last day", "as_at": "as at"}


def changes_of(stored: StoredPlan, draft: PlanDraft, choices: Choices) -> PlanChanges:
    """What there is to do to make the plan that is kept say what the draft says."""
    objectives, gone = Comparison(stored, draft, choices).objectives()
    plan = plan_fields(stored, draft, choices)
    glossary = glossary_changes(stored, draft)
    changes = PlanChanges(plan, objectives, gone, glossary)
    lines = tuple(_Lines(stored).of(changes))
    return PlanChanges(plan, objectives, gone, glossary, lines, tuple(_silent(stored, changes, draft, choices)))


class _Lines:
    def __init__(self, stored: StoredPlan) -> None:
        self.stored = stored

    def of(self, changes: PlanChanges) -> Iterator[Change]:
        for name, (old, new) in changes.plan.items():
            yield Change(Kind.CHANGED, "plan", "", FIELD_NAMES.get(name, name), str(old or "none"), str(new))
        for objective in changes.objectives:
            yield from self._objective(objective)
        for gone in changes.gone:
            yield Change(Kind.GONE, "objective", gone.row.number, old=gone.row.title)
            for action in gone.actions:
                yield from _gone_action(action)
        for kept, short, meaning in changes.glossary:
            kind = Kind.CHANGED if kept else Kind.NEW
            yield Change(kind, "abbreviation", short, old=kept.meaning if kept else "", new=meaning)

    def _objective(self, change: ObjectiveChange) -> Iterator[Change]:
        draft, old = change.draft, change.old
        if old is None:
            yield Change(Kind.NEW, "objective", draft.number, new=draft.title, place=draft.place)
        else:
            kept_lead = self.stored.slug_of(old.row.lead_id)
            yield from _changed("objective", draft.number, draft.place, "words", old.row.title, draft.title)
            yield from _changed("objective", draft.number, draft.place, "number", old.row.number, draft.number)
            yield from _changed("objective", draft.number, draft.place, "lead", kept_lead, change.lead)
        for action in change.actions:
            yield from self._action(action)
        for gone in change.gone:
            yield from _gone_action(gone)
        yield from _renumbered(change)

    def _action(self, change: ActionChange) -> Iterator[Change]:
        draft, old = change.draft, change.old
        where = "action", draft.number, draft.place
        if old is None:
            yield Change(Kind.NEW, *where[:2], new=draft.text, place=draft.place)
        else:
            yield from _changed(*where, "words", old.row.text, draft.text)
            yield from _changed(*where, "lead", self.stored.slug_of(old.row.lead_id), change.lead)
            yield from _changed(*where, "owner", _owner(owner_of(old.row)), _owner(change.owner))
            yield from _changed(*where, "authorities", ", ".join(old.shares), ", ".join(change.authorities))
            for share in change.shares:
                kept = old.shares.get(share.authority)
                before = _owner(owner_of(kept)) if kept else ""
                yield from _changed(*where, f"owner in {share.authority}", before, _owner(share.owner))
        for outcome in change.outcomes:
            yield from self._outcome(draft.number, outcome)
        for gone in change.gone:
            yield Change(Kind.GONE, "outcome", f"of {draft.number}", old=gone.row.text or "(blank)")

    def _outcome(self, number: str, change: OutcomeChange) -> Iterator[Change]:
        draft, old = change.draft, change.old
        label = f"of {number}"
        if old is None:
            yield Change(Kind.NEW, "outcome", label, new=draft.text or "(blank)", place=draft.place)
        else:
            where = "outcome", label, draft.place
            yield from _changed(*where, "words", old.row.text, draft.text)
            yield from _changed(*where, "timescale", old.timescale.shown, change.timescale.shown)
            yield from _changed(*where, "lead", self.stored.slug_of(old.row.lead_id), change.lead)
        for note in change.notes:
            yield _note(label, note)


def _renumbered(change: ObjectiveChange) -> Iterator[Change]:
    """One line for an objective: an action put in between moves on all those below it."""
    moved = [
        (action.old.row.number, action.draft.number)
        for action in change.actions
        if action.old is not None and action.old.row.number != action.draft.number
    ]
    if moved:
        old, new = (", ".join(numbers) for numbers in zip(*moved, strict=True))
        number = change.draft.number
        yield Change(Kind.CHANGED, "objective", number, "action numbers", old, new, change.draft.place)


def _note(label: str, change: NoteChange) -> Change:
    whose, when = change.key
    aspect = f"{whose}, as at {long_date(when)}"
    new = f"[{shown_status(change.status)}] {change.text}"
    place = change.draft.place
    if change.old is None:
        return Change(Kind.NEW, "progress", label, aspect, new=new, place=place)
    old = f"[{shown_status(change.old.status)}] {change.old.text}"
    return Change(Kind.CHANGED, "progress", label, aspect, old, new, place)


def _gone_action(action: StoredAction) -> Iterator[Change]:
    yield Change(Kind.GONE, "action", action.row.number, old=action.row.text)


def _changed(what: str, label: str, place: str, aspect: str, old: str | None, new: str | None) -> Iterator[Change]:
    if (old or "") != (new or ""):
        yield Change(Kind.CHANGED, what, label, aspect, old or "none", new or "none", place)


def _owner(owner: Owner) -> str:
    return f"{owner.name} ({owner.kind})" if owner.name else ""


def _silent(stored: StoredPlan, changes: PlanChanges, draft: PlanDraft, choices: Choices) -> Iterator[Change]:
    """Progress that is kept for an authority and date of which the file has a column, where its cell is now blank."""
    covered = {(authority or choices.progress_of, as_at or choices.as_at) for authority, as_at in draft.reports}
    for objective in changes.objectives:
        for action in objective.actions:
            for outcome in action.outcomes:
                if outcome.old is not None:
                    given = {(choices.whose(note), choices.when(note)) for note in outcome.draft.notes}
                    yield from _unsaid(f"of {action.draft.number}", outcome.old, covered - given)


def _unsaid(label: str, outcome: StoredOutcome, keys: set[tuple[str | None, dt.date | None]]) -> Iterator[Change]:
    for key, note in outcome.notes.items():
        if key in keys:
            yield Change(Kind.GONE, "progress", label, _whose(key), old=note.text)


def _whose(key: NoteKey) -> str:
    return f"{key[0]}, as at {long_date(key[1])}"
