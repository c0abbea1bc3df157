"""What a risk, its responses and its controls said before: who changed which words, and when."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import JOIN

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.accounts.models import Person
from strategy_tracker.risks.models import Register, Risk, RiskRevision
from strategy_tracker.risks.operations.recording import data_of
from strategy_tracker.risks.queries import is_own
from strategy_tracker.risks.standing import RiskLine

LABELS = {
    "event": "What may happen",
    "cause": "Cause",
    "effect": "Effect",
    "category": "Category",
    "owner_name": "Owner",
    "proximity": "How soon",
    "is_opportunity": "Threat or opportunity",
    "assumptions": "Assumptions",
    "review_months": "Reviewed every",
    "is_shared": "Who may read it",
    "closed_on": "Closed on",
    "closed_why": "Why it was closed",
    "kind": "Kind",
    "text": "Words",
    "due_on": "Due",
    "state": "State",
    "effectiveness": "How good it is",
}
YES = {"is_opportunity": ("A threat", "An opportunity"), "is_shared": ("Its own authority", "The whole partnership")}
ONE_OF = ("kind", "state", "effectiveness", "proximity")
"""Columns that hold one of a few words."""
UNTOLD = ("is_shared", "closed_on", "closed_why")
"""Columns of which nothing is said where a risk is new: they have no words yet."""


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One saving. `changes` are the columns that it changed."""

    heading: str
    who: str
    at: dt.datetime
    changes: tuple[Change, ...]


def entries_of(person: Acting, risk: Risk) -> tuple[Entry, ...]:
    """The latest first. Whoever is not of its authority finds what it said since she could read it."""
    since = told_since(person, risk)
    query = RiskRevision.select(RiskRevision, Person).join(Person, JOIN.LEFT_OUTER).where(RiskRevision.risk == risk)
    found: list[Entry] = []
    before: dict[tuple[str, int], dict[str, Any] | None] = {}
    for row in query.order_by(RiskRevision.id):
        if since is None or row.recorded_at >= since:
            part, data = (row.part, row.number), data_of(row)
            found.append(_entry(risk, row, before.get(part), data))
            before[part] = data
    return tuple(entry for entry in reversed(found) if entry.changes or "taken away" in entry.heading)


def told_since(person: Acting, risk: Risk | RiskLine) -> dt.datetime | None:
    """The instant from which somebody of another authority may know what a risk said; None for those who may know all
    of it.
    """
    return None if is_own(person, risk.register) else risk.told_at or clock.now()


def is_told(row: Any, since: dt.datetime | None) -> bool:
    """Whether what was recorded then may be known in all its words, by whoever may know what was said since."""
    return since is None or bool(row.recorded_at >= since)


def known_words(row: Any, risk: Risk, since: dt.datetime | None) -> tuple[str, str]:
    """Who gave a score, and why; of one from before the reader could read it, only that it is from before."""
    return (
        (who_words(row, risk.register), row.reason)
        if is_told(row, since)
        else (f"given before it was {_told_how(risk)}", "")
    )


def none_reviewed_words(since: dt.datetime | None, risk: Risk) -> str:
    """What is said where there is no review that the reader may know of."""
    return "It has not been reviewed yet." if since is None else f"None since it was {_told_how(risk)}."


def _told_how(risk: Risk) -> str:
    return "shared" if risk.is_shared else "put forward"


def _entry(risk: Risk, row: RiskRevision, before: dict[str, Any] | None, data: dict[str, Any] | None) -> Entry:
    return Entry(
        heading=_heading(row, before, data),
        who=who_words(row, risk.register),
        at=row.recorded_at,
        changes=tuple(_changes(before or {}, data or {})),
    )


def who_words(row: Any, register: Register) -> str:
    """ "Cora Coordinator, on behalf of TMBC"."""
    name = row.person.name if row.person_id else "Command line"
    return f"{name}, on behalf of {register.authority.short_name}" if row.on_behalf else name


def _heading(row: RiskRevision, before: dict[str, Any] | None, data: dict[str, Any] | None) -> str:
    name = "The risk" if row.part == "risk" else f"{row.part.capitalize()} {row.number}"
    if data is None:
        return f"{name} was taken away"
    if before is None:
        return f"{name} as it was written"
    if row.part == "risk" and before.get("closed_on") != data.get("closed_on"):
        return "The risk was closed" if data.get("closed_on") else "The risk was opened again"
    if row.part == "risk" and before.get("is_shared") != data.get("is_shared"):
        return "The risk was shared" if data.get("is_shared") else "The risk was made private"
    return f"{name} was changed"


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for name, label in LABELS.items():
        if name not in after and name not in before:
            continue
        one, other = _said(name, before), _said(name, after)
        if one == other or (not before and name in UNTOLD):
            continue
        yield Change(label, one, other)


def _said(name: str, data: dict[str, Any]) -> str:
    value = data.get(name)
    if name in YES and name in data:
        return YES[name][bool(value)]
    if value is None or value == "":
        return ""
    if name.endswith("_on"):
        return clock.long_date(dt.date.fromisoformat(value))
    if name == "owner_name":
        return f"{value} ({data.get('owner_kind')})"
    if name == "review_months":
        return f"{value} month{'' if value == 1 else 's'}"
    return str(value).capitalize() if name in ONE_OF else str(value)
