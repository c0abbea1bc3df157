"""What may be stored: lengths, numbers and dates, said in words that name the field."""

import datetime as dt
from typing import Any

from strategy_tracker import slugs
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Owner, OwnerKind, Status, Timescale, TimescaleKind, why_reason
from strategy_tracker.text import normalise, one_line, problem_with_marks

LONGEST_TEXT = 10_000
LONGEST_TITLE = 300
LONGEST_NAME = 200
LONGEST_REASON = 2_000
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Problems:
    """Gathers everything wrong with what was given, so that all of it is said at once."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def add(self, field: str, sentence: str) -> None:
        self.found.setdefault(field, sentence)

    def text(self, field: str, label: str, value: str, *, longest: int = LONGEST_TEXT, required: bool = True) -> str:
        """The normalised text; `longest` counts characters."""
        return self._bounded(field, label, normalise(value), longest, required)

    def line(self, field: str, label: str, value: str, *, longest: int = LONGEST_TITLE, required: bool = True) -> str:
        """The same for what stands on one line."""
        return self._bounded(field, label, one_line(value), longest, required)

    def date(self, field: str, label: str, value: dt.date) -> None:
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.add(field, f"{label} must be between {FIRST_YEAR} and {LAST_YEAR}")

    def marks(self, **words: str) -> None:
        """What is wrong with the marks of exempt passages in words that are typed, by their fields."""
        for field, said in words.items():
            if wrong := problem_with_marks(said):
                self.add(field, wrong)

    def raise_if_any(self) -> None:
        """Raises Invalid with everything found."""
        if self.found:
            raise Invalid(self.found)

    def _bounded(self, field: str, label: str, value: str, longest: int, required: bool) -> str:
        if required and not value:
            self.add(field, f"Enter {label[:1].lower() + label[1:]}")
        if len(value) > longest:
            self.add(field, f"{label} must be {longest:,} characters or fewer; it has {len(value):,}")
        return value


def require_open(plan: Plan) -> None:
    """Raises Forbidden for a closed plan: nothing in it is written any more."""
    if plan.state == "closed":
        raise Forbidden("This plan is closed. What it says can be read, and no longer be changed.")


def slug(problems: Problems, value: str) -> str:
    value = value.strip()
    wrong = slugs.problem_with(value)
    if wrong:
        problems.add("slug", f"The short address {wrong}")
    return value


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


def owner(problems: Problems, given: Owner) -> dict[str, Any]:
    """The columns of an owner."""
    name = problems.line("owner_name", "The owner's name", given.name, longest=LONGEST_NAME, required=False)
    if name and given.kind is OwnerKind.NOBODY:
        problems.add("owner_kind", "Say whether the owner is a post, a person or a team")
    if given.kind is not OwnerKind.NOBODY and not name:
        problems.add("owner_name", "Enter the owner's name")
    return {"owner_kind": given.kind.value, "owner_name": name}


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
