"""The changes of an import in lines that people can read and agree to."""

from collections.abc import Iterable, Iterator, Sequence

from strategy_tracker.clock import long_date
from strategy_tracker.owners import Owner
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.transfer.begun import period_for, title_for
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
from strategy_tracker.transfer.stored import (
    NoteKey,
    StoredAction,
    StoredObjective,
    StoredOutcome,
    StoredPlan,
    owner_of,
)

FIELD_NAMES = {"period_from": "first day", "period_to": "last day", "as_at": "as at"}


def changes_of(stored: StoredPlan, draft: PlanDraft, choices: Choices, slug: str) -> PlanChanges:
    """What there is to do to make the plan at this short address say what the draft says."""
    objectives, gone = Comparison(stored, draft, choices).objectives()
    plan = plan_fields(stored, draft, choices)
    glossary = glossary_changes(stored, draft)
    changes = PlanChanges(plan, objectives, gone, glossary)
    begun = () if stored.row else (_new_plan(draft, choices, slug),)
    lines = (*begun, *_Lines(stored).of(changes))
    silent = () if draft.returned else tuple(_silent(stored, changes, draft, choices))
    return PlanChanges(plan, objectives, gone, glossary, lines, silent)


def _new_plan(draft: PlanDraft, choices: Choices, slug: str) -> Change:
    period = period_for(draft, choices, slug)
    covers = f"{long_date(period[0])} to {long_date(period[1])}" if period else "no period"
    return Change(Kind.NEW, "plan", slug, draft.strategy, new=f"{title_for(draft, choices, slug)}, {covers}")


class _Lines:
    def __init__(self, stored: StoredPlan) -> None:
        self.stored = stored

    def of(self, changes: PlanChanges) -> Iterator[Change]:
        for name, (old, new) in changes.plan.items():
            yield Change(Kind.CHANGED, "plan", "", FIELD_NAMES.get(name, name), str(old or "none"), str(new))
        for objective in changes.objectives:
            yield from self._objective(objective)
        yield from _reordered("plan", "its objectives", changes.objectives)
        for gone in changes.gone:
            yield Change(Kind.GONE, "objective", gone.row.number, old=gone.row.title)
            for action in gone.actions:
                yield from _gone_action(action)
        for kept, short, meaning in changes.glossary:
            kind = Kind.CHANGED if kept else Kind.NEW
            yield Change(kind, "abbreviation", short, old=kept.meaning if kept else "", new=meaning)

    def _leads(self, old: StoredObjective | StoredAction | StoredOutcome, new: str | None) -> tuple[str, str]:
        kept = self.stored.slug_of(old.row.lead_id)
        return self._shorts([kept] if kept else []), self._shorts([new] if new else [])

    def _shorts(self, slugs: Iterable[str]) -> str:
        return ", ".join(self.stored.authorities[slug].short_name for slug in slugs)

    def _objective(self, change: ObjectiveChange) -> Iterator[Change]:
        draft, old = change.draft, change.old
        if old is None:
            yield Change(Kind.NEW, "objective", draft.number, new=draft.title, place=draft.place)
        else:
            where = "objective", draft.number, draft.place
            yield from _changed(*where, "words", old.row.title, draft.title)
            yield from _changed(*where, "number", old.row.number, draft.number)
            yield from _changed(*where, "lead", *self._leads(old, change.lead))
        for action in change.actions:
            yield from self._action(action)
        for gone in change.gone:
            yield from _gone_action(gone)
        yield from _renumbered(change)
        yield from _reordered("objective", f"{draft.number}, its actions", change.actions)

    def _action(self, change: ActionChange) -> Iterator[Change]:
        draft, old = change.draft, change.old
        where = "action", draft.number, draft.place
        if old is None:
            aspect = "; ".join(filter(None, (self._shorts(change.authorities), _owner(change.owner))))
            yield Change(Kind.NEW, *where[:2], aspect, new=draft.text, place=draft.place)
        else:
            yield from _changed(*where, "words", old.row.text, draft.text)
            yield from _changed(*where, "lead", *self._leads(old, change.lead))
            yield from _changed(*where, "owner", _owner(owner_of(old.row)), _owner(change.owner))
            yield from _changed(*where, "authorities", self._shorts(old.shares), self._shorts(change.authorities))
            for share in change.shares:
                kept = old.shares.get(share.authority)
                before = _owner(owner_of(kept)) if kept else ""
                yield from _changed(*where, f"owner in {self._shorts([share.authority])}", before, _owner(share.owner))
        for outcome in change.outcomes:
            yield from self._outcome(draft.number, outcome)
        yield from _reordered("action", f"{draft.number}, its outcomes", change.outcomes)
        for gone in change.gone:
            yield Change(Kind.GONE, "outcome", f"of {draft.number}", old=gone.row.text or "(blank)")

    def _outcome(self, number: str, change: OutcomeChange) -> Iterator[Change]:
        draft, old = change.draft, change.old
        label = f"of {number}"
        if old is None:
            when = _with_what_it_was(change.timescale)
            yield Change(Kind.NEW, "outcome", label, when, new=draft.text or "(blank)", place=draft.place)
        else:
            where = "outcome", label, draft.place
            yield from _changed(*where, "words", old.row.text, draft.text)
            yield from _changed(*where, "timescale", *_timescales(old.timescale, change.timescale))
            yield from _changed(*where, "lead", *self._leads(old, change.lead))
        for note in change.notes:
            yield _note(label, _whose(self.stored, note.key), note)


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


def _note(label: str, aspect: str, change: NoteChange) -> Change:
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


def _reordered(
    what: str, label: str, parts: Sequence[ObjectiveChange | ActionChange | OutcomeChange]
) -> Iterator[Change]:
    """Where parts that were there before change places."""
    rows = [part.old.row for part in parts if part.old is not None]
    places = [(row.position, row.id) for row in rows]
    if places != sorted(places):
        now = ", ".join(str(sorted(places).index(place) + 1) for place in places)
        before = ", ".join(str(number) for number in range(1, len(places) + 1))
        yield Change(Kind.CHANGED, what, label, "order", before, now)


def _timescales(old: Timescale, new: Timescale) -> tuple[str, str]:
    """As shown; in their words where nothing else differs; with what each is where the words are the same too."""
    if old.shown != new.shown:
        return old.shown, new.shown
    if old.words != new.words or old == new:
        return old.words, new.words
    return f"{old.shown} ({old.kind})", f"{new.shown} ({new.kind})"


def _with_what_it_was(timescale: Timescale) -> str:
    """A date; in the words of the file where these name an earlier one too."""
    is_moved = timescale.due_on is not None and "(was " in timescale.words
    return timescale.words if is_moved else timescale.shown


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
                    for key, note in outcome.old.notes.items():
                        if key in covered - given:
                            label = f"of {action.draft.number}"
                            yield Change(Kind.GONE, "progress", label, _whose(stored, key), old=note.text)


def _whose(stored: StoredPlan, key: NoteKey) -> str:
    return f"{stored.authorities[key[0]].short_name}, as at {long_date(key[1])}"
