"""What may be stored: lengths, dates, short addresses, owners and reasons, said in words that name the field."""

import datetime as dt
from typing import Any

from peewee import Check

from strategy_tracker import slugs
from strategy_tracker.errors import Invalid
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.text import normalise, one_line, problem_with_marks

LONGEST_TEXT = 10_000
LONGEST_TITLE = 300
LONGEST_NAME = 200
LONGEST_REASON = 2_000
FIRST_YEAR, LAST_YEAR = 1990, 2100


OWNER_KINDS = Check("owner_kind in ('', 'post', 'person', 'team')")
"""The constraint of a table whose rows have an owner."""


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


def checked_slug(problems: Problems, value: str) -> str:
    value = value.strip()
    wrong = slugs.problem_with(value)
    if wrong:
        problems.add("slug", f"The short address {wrong}")
    return value


def checked_owner(problems: Problems, given: Owner) -> dict[str, Any]:
    """The columns of an owner."""
    name = problems.line("owner_name", "The owner's name", given.name, longest=LONGEST_NAME, required=False)
    if name and given.kind is OwnerKind.NOBODY:
        problems.add("owner_kind", "Say whether the owner is a post, a person or a team")
    if given.kind is not OwnerKind.NOBODY and not name:
        problems.add("owner_name", "Enter the owner's name")
    return {"owner_kind": given.kind.value, "owner_name": name}


def checked_reason(given: str, without: str) -> str:
    """The reason as it is stored. Raises Invalid with the sentence `without` where there is none."""
    problems = Problems()
    reason = problems.text("reason", "The reason", given, longest=LONGEST_REASON, required=False)
    if not reason:
        problems.add("reason", without)
    problems.raise_if_any()
    return reason
