"""Everything that is wrong with a draft, each with its place, before any of it is applied."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker.checks import FIRST_YEAR, LAST_YEAR, LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE
from strategy_tracker.plans.rules import Status, why_reason
from strategy_tracker.transfer.draft import AbbreviationDraft, ActionDraft, NoteDraft, ObjectiveDraft, PlanDraft
from strategy_tracker.transfer.stored import StoredOutcome, StoredPlan

LONGEST_NUMBER, LONGEST_OBJECTIVE, LONGEST_SHORT, LONGEST_REASON = 20, 1000, 40, 2000
Problem = tuple[str, str]


@dataclass(frozen=True)
class Choices:
    """What the file cannot say and a person does. `progress_of` and `shares` are slugs of authorities.

    `shares` None: an action of which the file names nobody is for every authority of the partnership. `reason` says
    why an agreed plan, or a timescale, changes.
    """

    title: str = ""
    progress_of: str | None = None
    as_at: dt.date | None = None
    period: tuple[dt.date, dt.date] | None = None
    shares: tuple[str, ...] | None = None
    reason: str = "Imported from a file"

    def whose(self, note: NoteDraft) -> str | None:
        return note.authority or self.progress_of

    def when(self, note: NoteDraft) -> dt.date | None:
        return note.as_at or self.as_at


def problems_of(draft: PlanDraft, stored: StoredPlan, choices: Choices) -> dict[str, str]:
    """Place to sentence, in the order of the file; empty where all can be applied."""
    found = dict(draft.problems)
    for place, sentence in (
        *_of_choices(draft, stored, choices),
        *_of_objectives(draft),
        *(problem for action in draft.actions() for problem in _of_action(action, stored)),
        *_of_notes(draft, stored, choices),
        *_without_reason(draft, stored, choices),
        *_of_glossary(draft.glossary),
    ):
        found.setdefault(place, sentence)
    return found


def _of_choices(draft: PlanDraft, stored: StoredPlan, choices: Choices) -> Iterator[Problem]:
    there = ", ".join(stored.authorities)
    if choices.progress_of and choices.progress_of not in stored.authorities:
        yield "progress of", f"There is no authority {choices.progress_of} in this partnership; there are {there}"
    for slug in choices.shares or ():
        if slug not in stored.authorities:
            yield "shares", f"There is no authority {slug} in this partnership; there are {there}"
    if stored.row is not None and stored.row.state == "closed":
        yield "plan", "This plan is closed: nothing can be imported into it any more"
    if not stored.authorities:
        yield "file", "The partnership has no authorities yet; add them first"
    if not draft.objectives and not draft.problems:
        yield "file", "The file has the heads of a plan but no objective"


def _of_objectives(draft: PlanDraft) -> Iterator[Problem]:
    for objective in draft.objectives:
        yield from _bounded(objective.place, "The number", objective.number, LONGEST_NUMBER)
        yield from _bounded(objective.place, "The objective", objective.title, LONGEST_OBJECTIVE)
        if not objective.title:
            yield objective.place, f"Objective {objective.number} has no title"
    twice = tuple(_repeated(draft.objectives, "Objective"))
    yield from twice or _repeated(draft.actions(), "Action")


def _repeated(parts: tuple[ObjectiveDraft, ...] | tuple[ActionDraft, ...], noun: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for part in parts:
        if part.number in first:
            yield part.place, f"{noun} {part.number} is there twice; the other is at {first[part.number]}"
        first.setdefault(part.number, part.place)


def _of_action(action: ActionDraft, stored: StoredPlan) -> Iterator[Problem]:
    yield from _bounded(action.place, "The number", action.number, LONGEST_NUMBER)
    yield from _bounded(action.place, "The action", action.text, LONGEST_TEXT)
    if not action.text:
        yield action.place, f"Action {action.number} has no words"
    yield from _bounded(action.place, "The owner", action.owner.name if action.owner else "", LONGEST_NAME)
    named = [action.lead, *(share.authority for share in action.shares or ())]
    named += [outcome.lead for outcome in action.outcomes]
    for slug in named:
        if slug is not None and slug not in stored.authorities:
            yield action.place, f"There is no authority {slug} in this partnership"
    for outcome in action.outcomes:
        yield from _bounded(outcome.place, "The outcome", outcome.text, LONGEST_TEXT)
        if outcome.timescale is not None:
            yield from _bounded(outcome.place, "The timescale", outcome.timescale.words, LONGEST_TITLE)
            yield from _real(outcome.place, "The timescale", outcome.timescale.due_on)


def _of_notes(draft: PlanDraft, stored: StoredPlan, choices: Choices) -> Iterator[Problem]:
    short_of_authority = short_of_date = False
    for note in draft.notes():
        whose, when = choices.whose(note), choices.when(note)
        short_of_authority = short_of_authority or whose is None
        short_of_date = short_of_date or when is None
        if whose is not None and whose not in stored.authorities:
            yield note.place, f"There is no authority {whose} in this partnership"
        yield from _bounded(note.place, "The progress", note.text, LONGEST_TEXT)
        yield from _bounded(note.place, "The reason", note.reason, LONGEST_REASON)
        yield from _real(note.place, "The as-at date", when)
        if not note.text:
            yield note.place, "This report has no words"
    if short_of_authority:
        there = ", ".join(stored.authorities)
        yield "progress of", f"The file has progress; say whose it is: one of {there}"
    if short_of_date:
        yield "as at", "The file has progress but no head says as at which date; say so"


def _without_reason(draft: PlanDraft, stored: StoredPlan, choices: Choices) -> Iterator[Problem]:
    """Reports that turn worse, or set the work aside, and leave the cell for the reason empty."""
    kept = {outcome.row.id: outcome for part in stored.objectives for one in part.actions for outcome in one.outcomes}
    for outcome in draft.outcomes():
        known = kept.get(outcome.row) if outcome.row else None
        for note in outcome.notes:
            if not note.reason_place or note.reason:
                continue
            whose, when = choices.whose(note), choices.when(note)
            if whose is None or when is None:
                continue
            same = known.notes.get((whose, when)) if known else None
            if same is not None and (same.text, same.status) == (note.text, note.status):
                continue
            before = same.status if same is not None else _status_before(known, whose, when)
            if why := why_reason(Status(before) if before else None, note.status):
                yield note.reason_place, why


def _status_before(known: StoredOutcome | None, whose: str, when: dt.date) -> str | None:
    """The status that an authority gave last before a date."""
    found = [
        (as_at, note.status)
        for (slug, as_at), note in (known.notes.items() if known else ())
        if slug == whose and as_at < when and note.status
    ]
    return max(found)[1] if found else None


def _of_glossary(glossary: tuple[AbbreviationDraft, ...]) -> Iterator[Problem]:
    first: dict[str, AbbreviationDraft] = {}
    for entry in glossary:
        yield from _bounded(entry.place, "The abbreviation", entry.short, LONGEST_SHORT)
        yield from _bounded(entry.place, "The meaning", entry.meaning, LONGEST_TITLE)
        other = first.setdefault(entry.short, entry)
        if other.meaning != entry.meaning:
            yield entry.place, f"{entry.short} is explained twice; the other is at {other.place}"


def _bounded(place: str, what: str, words: str, longest: int) -> Iterator[Problem]:
    if len(words) > longest:
        yield place, f"{what} must be {longest:,} characters or fewer; it has {len(words):,}"


def _real(place: str, what: str, day: dt.date | None) -> Iterator[Problem]:
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        yield place, f"{what} must be between {FIRST_YEAR} and {LAST_YEAR}"
