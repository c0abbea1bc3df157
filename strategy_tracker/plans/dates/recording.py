"""Keeping a changed timescale, in the transaction of the change."""

from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.dates.models import DateRevision
from strategy_tracker.plans.models import Outcome
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.text import normalise

COLUMNS = ("timescale_kind", "due_on", "due_precision", "timescale_words")
REVISED = ("kind", "due_on", "precision", "words")


def is_moved(outcome: Outcome, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether a timescale that was set becomes another. A first one is no change; one after a date given up is."""
    if all(before[name] == after[name] for name in COLUMNS):
        return False
    was_set = before["timescale_kind"] != "none"
    return was_set or DateRevision.select().where(DateRevision.outcome == outcome).exists()


def require_reason(change: Change) -> None:
    """Raises Invalid where nobody says why."""
    if not normalise(change.reason):
        raise Invalid({"reason": "Say why the timescale changes: the old one stays on view beside the new"})


def keep_move(
    person: Acting, outcome: Outcome, before: dict[str, Any], after: dict[str, Any], change: Change
) -> DateRevision:
    """Adds the revision; whoever calls holds the lock on the outcome's row."""
    last = (
        DateRevision.select(DateRevision.number)
        .where(DateRevision.outcome == outcome)
        .order_by(DateRevision.number.desc())
        .first()
    )
    columns = {f"old_{new}": before[name] for name, new in zip(COLUMNS, REVISED, strict=True)}
    columns |= {f"new_{new}": after[name] for name, new in zip(COLUMNS, REVISED, strict=True)}
    return DateRevision.create(
        outcome=outcome,
        number=last.number + 1 if last else 1,
        dated_on=change.on or clock.today(),
        recorded_at=clock.now(),
        person=person.id,
        reason=change.reason,
        **columns,
    )
