"""What a draft would change in the plan that is kept: new, changed with old and new words, gone."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from strategy_tracker.owners import Owner
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.rules import NOT_GIVEN, Status, Timescale
from strategy_tracker.plans.timescales import timescale_within
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.draft import ActionDraft, NoteDraft, ObjectiveDraft, OutcomeDraft, PlanDraft, ShareDraft
from strategy_tracker.transfer.matching import Pairing, pair_actions, pair_objectives, pair_outcomes
from strategy_tracker.transfer.statuses import status_said
from strategy_tracker.transfer.stored import (
    NoteKey,
    StoredAction,
    StoredObjective,
    StoredOutcome,
    StoredPlan,
    owner_of,
)


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One line of a preview. `what` is the kind of thing ("action"), `label` which one ("1.2"), `aspect` what of it."""

    kind: Kind
    what: str
    label: str
    aspect: str = ""
    old: str = ""
    new: str = ""
    place: str = ""


@dataclass(frozen=True)
class NoteChange:
    """`old` None: a new note; otherwise a correction of it."""

    key: NoteKey
    text: str
    status: Status | None
    draft: NoteDraft
    old: ProgressNote | None = None


@dataclass(frozen=True)
class OutcomeChange:
    """The columns that an outcome should have; `differs` where one of them is not yet so."""

    old: StoredOutcome | None
    draft: OutcomeDraft
    timescale: Timescale
    lead: str | None
    differs: bool
    notes: tuple[NoteChange, ...] = ()


@dataclass(frozen=True)
class ActionChange:
    old: StoredAction | None
    draft: ActionDraft
    lead: str | None
    owner: Owner
    differs: bool
    authorities: tuple[str, ...]
    shares: tuple[ShareDraft, ...]
    """Those whose owner changes."""
    outcomes: tuple[OutcomeChange, ...]
    gone: tuple[StoredOutcome, ...]


@dataclass(frozen=True)
class ObjectiveChange:
    old: StoredObjective | None
    draft: ObjectiveDraft
    lead: str | None
    differs: bool
    actions: tuple[ActionChange, ...]
    gone: tuple[StoredAction, ...]


@dataclass(frozen=True)
class PlanChanges:
    """All that there is to do, in the plan's shape, and the same in lines for people."""

    plan: dict[str, tuple[Any, Any]]
    objectives: tuple[ObjectiveChange, ...]
    gone: tuple[StoredObjective, ...]
    glossary: tuple[tuple[Any, str, str], ...]
    """(the entry that is kept or None, short, meaning)."""
    lines: tuple[Change, ...] = ()
    silent: tuple[Change, ...] = field(default=())
    """Progress that the file no longer has. Notes are never deleted, so this is only said."""

    @property
    def is_nothing(self) -> bool:
        return not self.lines

    def count(self, kind: Kind) -> int:
        return sum(line.kind is kind for line in self.lines)


class Comparison:
    """Compares a draft with the plan that is kept. Pure once `stored` is read."""

    def __init__(self, stored: StoredPlan, draft: PlanDraft, choices: Choices) -> None:
        self.stored, self.draft, self.choices = stored, draft, choices

    def objectives(self) -> tuple[tuple[ObjectiveChange, ...], tuple[StoredObjective, ...]]:
        pairing = pair_objectives(self.stored.objectives, self.draft.objectives)
        return tuple(self._objective(old, new) for old, new in pairing.pairs), pairing.gone

    def _objective(self, old: StoredObjective | None, new: ObjectiveDraft) -> ObjectiveChange:
        pairing: Pairing[StoredAction, ActionDraft] = pair_actions(old.actions if old else (), new.actions)
        kept_lead = self.stored.slug_of(old.row.lead_id) if old else None
        lead = new.lead if new.row else new.lead or kept_lead
        differs = old is not None and (old.row.title, old.row.number, kept_lead) != (new.title, new.number, lead)
        actions = tuple(self._action(kept, given) for kept, given in pairing.pairs)
        return ObjectiveChange(old, new, lead, differs, actions, pairing.gone)

    def _action(self, old: StoredAction | None, new: ActionDraft) -> ActionChange:
        pairing: Pairing[StoredOutcome, OutcomeDraft] = pair_outcomes(old.outcomes if old else (), new.outcomes)
        kept_lead = self.stored.slug_of(old.row.lead_id) if old else None
        kept_owner = owner_of(old.row) if old else Owner()
        lead, owner = new.lead or kept_lead, new.owner or kept_owner
        if new.row:
            lead, owner = new.lead, new.owner or Owner()
        differs = old is not None and (old.row.text, old.row.number, kept_lead, kept_owner) != (
            new.text,
            new.number,
            lead,
            owner,
        )
        return ActionChange(
            old,
            new,
            lead,
            owner,
            differs,
            self._authorities(old, new),
            tuple(self._changed_shares(old, new)),
            tuple(self._outcome(kept, given) for kept, given in pairing.pairs),
            pairing.gone,
        )

    def _authorities(self, old: StoredAction | None, new: ActionDraft) -> tuple[str, ...]:
        """Whoever the file names; else as it was, or for a new action all; and whoever reports in any case."""
        if new.shares is not None:
            wanted = {share.authority for share in new.shares}
        elif old is not None:
            wanted = set(old.shares)
        else:
            wanted = set(self.choices.shares or self.stored.standing)
        wanted |= {slug for outcome in new.outcomes for note in outcome.notes if (slug := self.choices.whose(note))}
        return tuple(slug for slug in self.stored.authorities if slug in wanted)

    def _changed_shares(self, old: StoredAction | None, new: ActionDraft) -> Iterator[ShareDraft]:
        for share in new.shares or ():
            kept = old.shares.get(share.authority) if old else None
            if (share.owner.name or new.row) and share.owner != (owner_of(kept) if kept else Owner()):
                yield share

    def _outcome(self, old: StoredOutcome | None, new: OutcomeDraft) -> OutcomeChange:
        kept_lead = self.stored.slug_of(old.row.lead_id) if old else None
        lead = new.lead if new.row else new.lead or kept_lead
        timescale = _timescale(old, new)
        if old and self.draft.returned and new.row is None and timescale.shown == old.timescale.shown:
            timescale = old.timescale
        differs = old is not None and (old.row.text, old.timescale, kept_lead) != (new.text, timescale, lead)
        notes = tuple(change for note in new.notes if (change := self._note(old, note)))
        return OutcomeChange(old, new, timescale, lead, differs, notes)

    def _note(self, old: StoredOutcome | None, new: NoteDraft) -> NoteChange | None:
        """None where the note is there already, or its authority or date is still to be asked."""
        whose, when = self.choices.whose(new), self.choices.when(new)
        if whose is None or when is None:
            return None
        kept = old.notes.get((whose, when)) if old else None
        if kept is None:
            return NoteChange((whose, when), new.text, new.status, new)
        kept_status = Status(kept.status) if kept.status else None
        status = new.status
        if new.inferred and kept_status is not status_said(kept.text):
            status = kept_status
        same_reason = new.reason in ("", kept.reason)
        if kept.text == new.text and (new.inferred or (kept_status is status and same_reason)):
            return None
        return NoteChange((whose, when), new.text, status, new, kept)


def _timescale(old: StoredOutcome | None, new: OutcomeDraft) -> Timescale:
    """What was read out of an outcome's own words gives way to what people set."""
    if old is None or not new.inferred:
        return new.timescale or (old.timescale if old else Timescale())
    if old.timescale != timescale_within(old.row.text):
        return old.timescale
    return new.timescale or old.timescale


def plan_fields(stored: StoredPlan, draft: PlanDraft, choices: Choices) -> dict[str, tuple[Any, Any]]:
    """(old, new) of what changes at the head of the plan. A kept title gives way only to one that is sure."""
    plan = stored.row
    if plan is None:
        return {}
    first, last = choices.period or (draft.period_from, draft.period_to)
    wanted: dict[str, Any] = {
        "title": choices.title or (draft.title if draft.is_exact else "") or plan.title,
        "strategy": draft.strategy or plan.strategy,
        "period_from": first or plan.period_from,
        "period_to": last or plan.period_to,
        "as_at": _later(plan.as_at, draft.as_at or choices.as_at),
    }
    return {name: (getattr(plan, name), value) for name, value in wanted.items() if getattr(plan, name) != value}


def _later(kept: dt.date | None, given: dt.date | None) -> dt.date | None:
    """A plan without a date of its own shows today, which no import changes."""
    return max(kept, given) if kept and given else kept


def glossary_changes(stored: StoredPlan, draft: PlanDraft) -> tuple[tuple[Any, str, str], ...]:
    """What is new and what means something else. The glossary is the partnership's: nothing in it goes."""
    return tuple(
        (kept, entry.short, entry.meaning)
        for entry in {entry.short: entry for entry in draft.glossary}.values()
        if (kept := stored.glossary.get(entry.short)) is None or kept.meaning != entry.meaning
    )


def shown_status(status: str | None) -> str:
    return status or NOT_GIVEN
