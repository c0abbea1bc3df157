"""What differs between two states of a plan: pure functions of the parts as they were kept."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from strategy_tracker.plans.rules import Precision, shown_date

Columns = dict[str, Any]
States = Mapping[tuple[str, int], Columns]


class Kind(StrEnum):
    """How a part differs."""

    NEW = "new"
    CHANGED = "changed"
    DATE = "date moved"
    PLACE = "moved"
    CLOSED = "taken out"
    SUCCEEDED = "goes on with another authority"


@dataclass(frozen=True)
class FieldChange:
    """What one field said before and says now; either may be empty."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """One part that differs. `label` names it ("Action 7.2"), `words` are its own, of the later state where it stands.

    `action_id` is the action that it is, or is held by; None for what stands above the actions.
    """

    kind: Kind
    what: str
    row_id: int
    label: str
    words: str
    changes: tuple[FieldChange, ...] = ()
    action_id: int | None = None


WORDS = {
    "title": "Title",
    "strategy": "Strategy",
    "period_from": "First day of the period",
    "period_to": "Last day of the period",
    "text": "Words",
    "lead_id": "Lead authority",
    "owner_name": "Owner",
}
"""The fields whose change is told, and what each is called. Places and timescales are told in a way of their own."""
TIMESCALE = ("timescale_kind", "due_on", "due_precision", "timescale_words")
ORDER = ("plan", "objective", "action", "outcome", "share")


def differences(before: States, after: States, names: Mapping[int, str]) -> list[Difference]:
    """Every difference, in the order of the plan: of `after`, then of what only `before` had.

    `names` are the short names of the authorities. What goes or comes with the part that holds it is not told again.
    """
    old, new = standing(before), standing(after)
    told = [one for key in _sorted(new) for one in _differs(key, old, new, names)]
    gone = [key for key in _sorted(old) if key not in new and not _goes_with_another(key, old, new)]
    told += [_told(Kind.CLOSED, key, old, names) for key in gone]
    return told


def standing(states: States) -> States:
    """The parts that stand: what hangs on something that was taken away does not."""
    objectives = {key for key in states if key[0] == "objective"}
    actions = {
        key for key, row in states.items() if key[0] == "action" and ("objective", row["objective_id"]) in objectives
    }
    held = {
        key for key, row in states.items() if key[0] in ("outcome", "share") and ("action", row["action_id"]) in actions
    }
    return {
        key: row
        for key, row in states.items()
        if key[0] == "plan" or key in objectives or key in actions or key in held
    }


def _differs(key: tuple[str, int], old: States, new: States, names: Mapping[int, str]) -> Iterator[Difference]:
    if key not in old:
        if not _goes_with_another(key, new, old):
            yield _told(Kind.NEW, key, new, names)
        return
    was, now = old[key], new[key]
    words = tuple(
        FieldChange(label, _shown(name, was[name], names), _shown(name, now[name], names))
        for name, label in WORDS.items()
        if name in now and was.get(name) != now[name]
    )
    if words:
        yield _told(Kind.CHANGED, key, new, names, words)
    if any(was.get(name) != now.get(name) for name in TIMESCALE):
        moved = FieldChange("Timescale", timescale_words(was), timescale_words(now))
        yield _told(Kind.DATE, key, new, names, (moved,))
    if _has_moved(key[0], was, now):
        place = FieldChange("Place", _label(key, old, names), _label(key, new, names))
        yield _told(Kind.PLACE, key, new, names, (place,))


def _has_moved(kind: str, was: Columns, now: Columns) -> bool:
    """Whether people would cite it otherwise. Its position alone says nothing that a number does not."""
    names = ("number", "objective_id") if kind in ("objective", "action") else ()
    return any(was.get(name) != now.get(name) for name in names)


def _told(
    kind: Kind, key: tuple[str, int], states: States, names: Mapping[int, str], changes: tuple[FieldChange, ...] = ()
) -> Difference:
    row = states[key]
    words = row.get("text") or row.get("title") or ""
    action_id = key[1] if key[0] == "action" else row.get("action_id")
    return Difference(kind, key[0], key[1], _label(key, states, names), words, changes, action_id)


def _label(key: tuple[str, int], states: States, names: Mapping[int, str]) -> str:
    kind, row = key[0], states[key]
    match kind:
        case "plan":
            return "The plan"
        case "objective" | "action":
            return f"{kind.capitalize()} {row['number']}"
    number = states["action", row["action_id"]]["number"]
    if kind == "share":
        return f"{names.get(row['authority_id'], 'An authority')}’s part in action {number}"
    return f"Outcome of action {number}"


def _goes_with_another(key: tuple[str, int], here: States, there: States) -> bool:
    """Whether the part that holds it came, or went, as well."""
    row = here[key]
    for holder in ("action", "objective"):
        held_by = row.get(f"{holder}_id")
        if held_by is not None and (holder, held_by) not in there:
            return True
    return False


def timescale_words(row: Columns) -> str:
    """December 2010; subject to funding; "none"."""
    if row.get("due_on"):
        day = row["due_on"] if isinstance(row["due_on"], dt.date) else dt.date.fromisoformat(row["due_on"])
        return shown_date(day, Precision(row["due_precision"] or "day"))
    return row.get("timescale_words") or "none"


def _shown(name: str, value: Any, names: Mapping[int, str]) -> str:
    if value in (None, ""):
        return ""
    if name == "lead_id":
        return names.get(value, "")
    if name.startswith("period"):
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        return shown_date(day, Precision.DAY)
    return str(value)


def _sorted(states: States) -> list[tuple[str, int]]:
    """The keys in the order of the plan, each part before what it holds."""

    def place(key: tuple[str, int]) -> tuple[Any, ...]:
        path: list[tuple[int, Any, int]] = []
        kind, row_id = key
        while (kind, row_id) in states:
            row = states[kind, row_id]
            path.append((ORDER.index(kind), row.get("position", row.get("authority_id", 0)), row_id))
            if kind == "action":
                kind, row_id = "objective", row["objective_id"]
            elif kind in ("outcome", "share"):
                kind, row_id = "action", row["action_id"]
            else:
                break
        return tuple(reversed(path))

    return sorted(states, key=place)
