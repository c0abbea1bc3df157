"""What may be stored of a plan: timescales and notes, said in words that name the field."""

import datetime as dt
from typing import Any

from strategy_tracker.checks import LONGEST_REASON, Problems
from strategy_tracker.errors import Forbidden
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Status, Timescale, TimescaleKind, why_reason


def require_open(plan: Plan) -> None:
    """Raises Forbidden for a closed plan: nothing in it is written any more."""
    if plan.state == "closed":
        raise Forbidden("This plan is closed. What it says can be read, and no longer be changed.")


def timescale(problems: Problems, given: Timescale) -> dict[str, Any]:
    """The columns of a timescale."""
    words = problems.line("timescale_words", "The condition or rhythm", given.words, required=False)
    if given.kind in (TimescaleKind.CONDITION, TimescaleKind.RECURRING) and not words:
        problems.add("timescale_words", "Say in words what it depends on, or how often")
    if (given.kind is TimescaleKind.DATE) != (given.due_on is not None):
        problems.add("due_on", "Enter the date")
    if given.due_on is not None:
        problems.date("due_on", "The date", given.due_on)
    return {
        "timescale_kind": given.kind.value,
        "due_on": given.due_on,
        "due_precision": given.precision.value if given.due_on is not None and given.precision else "",
        "timescale_words": words,
    }


def note(
    problems: Problems, status: Status | None, text: str, reason: str | None, as_at: dt.date, before: Status | None
) -> dict[str, Any]:
    """The columns of a progress note that follows a report of status `before` (None: none was given).

    `reason` None: the words of the note serve as the reason where one is needed.
    """
    text = problems.text("text", "A progress note", text)
    asks = why_reason(before, status)
    if reason is None:
        reason = text[:LONGEST_REASON] if asks else ""
    reason = problems.text("reason", "The reason", reason, longest=LONGEST_REASON, required=False)
    if asks and not reason:
        problems.add("reason", asks)
    problems.date("as_at", "The as-at date", as_at)
    return {"status": status.value if status else None, "text": text, "reason": reason, "as_at": as_at}
