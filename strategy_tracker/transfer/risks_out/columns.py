"""The sheets of a register and the heads of their columns: what is written out, and known again on the way back."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from strategy_tracker.transfer.out.words import LONGEST_CELL

Value = str | int | dt.date | None
Columns = tuple[tuple[str, float], ...]
"""(head, width in characters)."""
NARROW, MIDDLE, BROAD = 10.0, 18.0, 44.0

NUMBER, RISK, CAUSE, EFFECT, KIND, OWNER, OWNER_KIND = (
    "Number",
    "Risk",
    "Cause",
    "Effect",
    "Kind",
    "Owner",
    "Owner is a",
)
RESPONSES_HEAD, DONE, DUE, STATE = "Responses", "What is done", "Due", "State"
IN_PLACE, HOW_GOOD = "What is in place", "How good it is"
IMPACT, LIKELIHOOD, WHICH, GIVEN_ON, WHY = "Impact", "Likelihood", "Score", "Given on", "Why"

RISKS: Columns = (
    (NUMBER, NARROW),
    (RISK, BROAD),
    (CAUSE, BROAD),
    (EFFECT, BROAD),
    ("Assumptions", BROAD),
    ("Category", MIDDLE),
    (KIND, NARROW),
    (IMPACT, MIDDLE),
    (LIKELIHOOD, MIDDLE),
    ("Score", NARROW),
    ("Band", NARROW),
    ("Scheme", MIDDLE),
    ("Movement", MIDDLE),
    ("Target impact", MIDDLE),
    ("Target likelihood", MIDDLE),
    ("Target", MIDDLE),
    ("Inherent impact", MIDDLE),
    ("Inherent likelihood", MIDDLE),
    ("Inherent", MIDDLE),
    ("Above tolerance", MIDDLE),
    (RESPONSES_HEAD, BROAD),
    (IN_PLACE, BROAD),
    (OWNER, MIDDLE),
    (OWNER_KIND, NARROW),
    ("How soon", MIDDLE),
    ("Found", MIDDLE),
    ("Reviewed", MIDDLE),
    ("Reviewed every", MIDDLE),
    ("Next review", MIDDLE),
    ("Who may read it", MIDDLE),
    ("Put forward", MIDDLE),
    ("Linked to", BROAD),
)
RESPONSES: Columns = (
    (NUMBER, NARROW),
    (RISK, BROAD),
    ("Response", NARROW),
    (KIND, NARROW),
    (DONE, BROAD),
    (OWNER, MIDDLE),
    (OWNER_KIND, NARROW),
    (DUE, MIDDLE),
    (STATE, MIDDLE),
)
CONTROLS: Columns = (
    (NUMBER, NARROW),
    (RISK, BROAD),
    ("Control", NARROW),
    (IN_PLACE, BROAD),
    (HOW_GOOD, MIDDLE),
)
SCORES: Columns = (
    (NUMBER, NARROW),
    (RISK, BROAD),
    (WHICH, NARROW),
    (IMPACT, MIDDLE),
    (LIKELIHOOD, MIDDLE),
    ("Comes to", MIDDLE),
    ("Scheme", MIDDLE),
    (GIVEN_ON, MIDDLE),
    (WHY, BROAD),
)
RECEIVED: Columns = (
    ("Put forward", BROAD),
    ("From", MIDDLE),
    ("From register", MIDDLE),
    ("Known as", NARROW),
    ("Score then", MIDDLE),
    ("Why put forward", BROAD),
    ("Put forward on", MIDDLE),
    (STATE, MIDDLE),
    ("Since", MIDDLE),
    ("Answer", BROAD),
)
"""Heads of no register, so that nobody reads another register's risks back into this one."""


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: Columns
    rows: tuple[tuple[Value, ...], ...]

    def lines(self) -> Iterator[tuple[Value, ...]]:
        """The rows; what is too long for one of their cells goes on in rows below, which say nothing else."""
        for row in self.rows:
            yield from zip_longest(*(_pieces(value) if isinstance(value, str) else [value] for value in row))


def _pieces(text: str) -> list[str]:
    """Divided between two lines, so that the lines together are the text again."""
    found = [""]
    for line in text.split("\n"):
        if len(found[-1]) + len(line) > LONGEST_CELL:
            found.append(line)
        else:
            found[-1] = f"{found[-1]}\n{line}" if found[-1] else line
    return found


@dataclass(frozen=True)
class Book:
    """`facts` are (label, words) for the sheet About."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    made_at: dt.datetime
