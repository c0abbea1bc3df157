"""The history of an action as a reader sees it: notes with their revisions, and each change in words."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from strategy_tracker.authorities.models import Authority
from strategy_tracker.history.queries import events_of
from strategy_tracker.plans import queries
from strategy_tracker.plans.models import Action
from strategy_tracker.plans.rules import NOT_GIVEN, Precision, shown_date

FIELDS = {
    "text": "The words",
    "title": "The title",
    "number": "The number",
    "lead": "The lead authority",
    "owner_name": "The owner",
    "due_on": "The date",
    "timescale_words": "The timescale",
}
"""Which changes are told, and what each is called."""
LABELS = {"Outcome": {"text": "The outcome"}, "Share": {"owner_name": "The owner for {}"}}
"""Where a part other than the action itself has a name of its own for a change."""
AT_ONCE = dt.timedelta(seconds=5)
"""Within this time after an action was added, what the same person did belongs to adding it."""
TAKES_PART = " takes part"
OF_SHARES = {
    "share added": TAKES_PART.strip(),
    "share removed": "no longer takes part",
    "share restored": "takes part again",
    "share edited": "has a new owner",
    "share handed over": "hands its part over",
    "share taken over": "takes the part over",
    "share joined": "takes another part into its own",
}
"""What happened to an authority's part, after its name."""


@dataclass(frozen=True)
class Change:
    """One field that a change touched; either side may be empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Said:
    """A note as it was said, and the id by which it can be corrected (None: it cannot be any more)."""

    status: str
    text: str
    reason: str
    as_at: dt.date
    by: str
    at: dt.datetime
    note_id: int | None = None
    share_id: int | None = None


@dataclass(frozen=True)
class Happening:
    """One thing that happened: a note with what it replaced, or a change. `at` is UTC."""

    heading: str
    by: str
    at: dt.datetime
    said: Said | None = None
    replaced: tuple[Said, ...] = ()
    changes: tuple[Change, ...] = ()
    outcome: str = ""


def happenings(action: Action, notes: Sequence[Any], names: Mapping[int, Authority]) -> tuple[Happening, ...]:
    """Newest first; a correction stands where the note that it corrects stood last."""
    outcomes = queries.every_outcome(action.id)
    texts = outcomes if len(outcomes) > 1 else {}
    told = [*_notes(notes, texts), *_events(action, list(outcomes), names)]
    return tuple(sorted(told, key=lambda one: one.at, reverse=True))


def _notes(notes: Sequence[Any], texts: Mapping[int, str]) -> Iterator[Happening]:
    by_id = {note.id: note for note in notes}
    replaced = {note.replaces_id for note in notes if note.replaces_id}
    for note in notes:
        if note.id in replaced:
            continue
        older = []
        before = by_id.get(note.replaces_id)
        while before is not None:
            older.append(_said(before))
            before = by_id.get(before.replaces_id)
        verb = "corrected its report" if older else "reported no change" if note.confirms_id else "reported"
        yield Happening(
            heading=f"{note.share.authority.short_name} {verb}: {note.status or NOT_GIVEN}",
            by=author_of(note),
            at=note.recorded_at,
            said=_said(note, correctable=True),
            replaced=tuple(older),
            outcome=texts.get(note.outcome_id, ""),
        )


def _said(note: Any, *, correctable: bool = False) -> Said:
    return Said(
        *(note.status or NOT_GIVEN, note.text, note.reason, note.as_at, author_of(note), note.recorded_at),
        note.id if correctable else None,
        note.share_id,
    )


def author_of(note: Any) -> str:
    """Who wrote a note: by name, with whose it is where it was written on an authority's behalf."""
    name = queries.author_name(note)
    if name is None:
        return "Import"
    return f"{name} on behalf of {note.share.authority.short_name}" if note.on_behalf else name


def _events(action: Action, outcomes: list[int], names: Mapping[int, Authority]) -> list[Happening]:
    shares = queries.every_share(action.id)
    told = []
    for kind, ids in (("Action", [action.id]), ("Outcome", outcomes), ("Share", list(shares))):
        for event in events_of(kind, ids):
            data = json.loads(event.data)
            whose = names.get(shares.get(event.subject_id, 0)) if kind == "Share" else None
            changes = (*_changes(data, names, LABELS.get(kind, {}), whose), *_reason(event.verb, data))
            told.append(Happening(_heading(event.verb, whose), event.name or "Import", event.at, changes=changes))
    return _begun_at_once(sorted(told, key=lambda one: one.at))


def _begun_at_once(told: list[Happening]) -> list[Happening]:
    """What was set up together with the action is told as one happening; `told` begins with the action."""
    if not told:
        return []
    first, rest = told[0], told[1:]
    together = [one for one in rest if one.by == first.by and one.at - first.at <= AT_ONCE]
    who = [one.heading.removesuffix(TAKES_PART) for one in together if one.heading.endswith(TAKES_PART)]
    part = (Change("Takes part", "", ", ".join(who)),) if who else ()
    changes = [change for one in together for change in one.changes]
    begun = replace(first, changes=(*first.changes, *part, *changes))
    return [begun, *(one for one in rest if one not in together)]


def _heading(verb: str, whose: Authority | None) -> str:
    if whose is None:
        return verb[:1].upper() + verb[1:]
    return f"{whose.short_name} {OF_SHARES.get(verb, verb)}"


def _changes(
    data: Mapping[str, Any], names: Mapping[int, Authority], labels: Mapping[str, str], whose: Authority | None
) -> Iterator[Change]:
    before, after = data.get("before", {}), data.get("after", {})
    for name, label in FIELDS.items():
        old, new = before.get(name), after.get(name)
        if name not in after or old == new or (not before and name not in ("text", "due_on")):
            continue
        said = labels.get(name, label).format(whose.short_name if whose else "")
        yield Change(said, _shown(name, old, before, names), _shown(name, new, after, names))


def _reason(verb: str, data: Mapping[str, Any]) -> tuple[Change, ...]:
    """Why something that was agreed changed. What was added says so in the plan's versions."""
    asked = verb.endswith((" edited", " removed")) and data.get("reason")
    return (Change("Reason", "", str(asked)),) if asked else ()


def _shown(name: str, value: Any, columns: Mapping[str, Any], names: Mapping[int, Authority]) -> str:
    if value in (None, ""):
        return ""
    if name == "lead":
        return names[value].short_name if value in names else ""
    if name == "due_on":
        return shown_date(dt.date.fromisoformat(value), Precision(columns.get("due_precision") or "day"))
    return str(value)
