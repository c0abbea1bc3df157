"""The rules of jobs: pure functions of values."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

MOST_ATTEMPTS = 3
"""How often a job is begun before it has failed."""
PATIENT = 10
"""The same where only what it needs from elsewhere is away: some seven hours."""
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=1)

SILENT_FOR = dt.timedelta(minutes=3)
"""How long no worker need be seen before the pages say that none is there."""
OFTEN, SELDOM = 3, 15
"""Seconds after which the page of a job looks again by itself."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class GiveUp(Exception):
    """Raised by a handler, with a sentence for people: another attempt would do no good, or harm."""


class TryLater(Exception):
    """Raised by a handler, with a sentence for people: what it needs is away. `most` attempts are made in all."""

    def __init__(self, words: str, most: int = PATIENT):
        self.most = most
        super().__init__(words)


def pause_after(attempts: int) -> dt.timedelta:
    """How long a job rests after so many attempts: 1, 4, 16 minutes, then an hour each time."""
    return min(FIRST_PAUSE * 4 ** min(attempts - 1, 10), LONGEST_PAUSE)


def looks_again_after(age: dt.timedelta) -> int | None:
    """Seconds until the page of a job this old looks again; None: it no longer does so by itself.

    A page that is left open must not keep a session alive for ever.
    """
    if age < dt.timedelta(minutes=2):
        return OFTEN
    return SELDOM if age < dt.timedelta(minutes=20) else None


def own_address(result: Mapping[str, object]) -> str:
    """Where a job's result says to go on; "" where it says nothing, or leads to another site."""
    address = result.get("address")
    if not isinstance(address, str) or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return ""
    return address
