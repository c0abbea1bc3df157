"""What happened to an action's milestones, files and links, as its history tells it."""

import datetime as dt
import heapq
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from strategy_tracker.plans.attached.queries import attached_events
from strategy_tracker.plans.changes import Change, Happening
from strategy_tracker.plans.links.rules import INVERSE, LinkKind
from strategy_tracker.plans.models import Action
from strategy_tracker.plans.rules import Precision, shown_date

HEADINGS = {
    "milestone added": "Milestone added",
    "milestone edited": "Milestone edited",
    "milestone moved": "Milestone moved",
    "milestone done": "Milestone done",
    "milestone reopened": "Milestone open again",
    "milestone removed": "Milestone removed",
    "evidence added": "File added",
    "evidence removed": "File removed",
}
LINKED = {"action linked": "Linked", "link removed": "Link removed"}
FIELDS = {"text": "The words", "owner_name": "The owner", "due_on": "Due by", "done_on": "Done on"}


def with_attached(told: Sequence[Happening], action: Action, others: Mapping[int, Action]) -> tuple[Happening, ...]:
    """The history of an action with what was kept with it, newest first.

    `others` are the linked actions that the reader may read: links to anything else are left out.
    """
    events = [(event, json.loads(event.data)) for event in attached_events(action.id)]
    more = [
        Happening(heading, event.name or "Import", event.at, changes=tuple(_changes(data)))
        for event, data in events
        if (heading := _heading(event.verb, data, action, others))
    ]
    return tuple(heapq.merge(told, more, key=lambda one: one.at, reverse=True))


def _heading(verb: str, data: Mapping[str, Any], action: Action, others: Mapping[int, Action]) -> str:
    if verb not in LINKED:
        whose = f" for {data['of']['authority']}" if data["of"]["authority"] else ""
        return f"{HEADINGS[verb]}{whose}: {data['text']}"
    is_own, kind = data["action"] == action.id, LinkKind(data["kind"])
    other = others.get(data["other"] if is_own else data["action"])
    if other is None:
        return ""
    return f"{LINKED[verb]}: {kind.value if is_own else INVERSE[kind]} {other.number} {other.text}"


def _changes(data: Mapping[str, Any]) -> Iterator[Change]:
    before, after = data.get("before", {}), data.get("after", {})
    for name, label in FIELDS.items():
        old, new = _shown(name, before), _shown(name, after)
        if name in after and old != new and (before or name != "text"):
            yield Change(label, old, new)
    if data.get("reason"):
        yield Change("Reason", "", data["reason"])


def _shown(name: str, columns: Mapping[str, Any]) -> str:
    value = columns.get(name) or ""
    if not value or not name.endswith("_on"):
        return str(value)
    precision = columns.get("due_precision", "day") if name == "due_on" else "day"
    return shown_date(dt.date.fromisoformat(value), Precision(precision))
