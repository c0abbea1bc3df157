"""The rules of jobs: pure functions of values."""

import datetime as dt
from enum import StrEnum

MOST_ATTEMPTS = 3
"""How often a job is begun before it has failed."""
PATIENT = 10
"""The same where only what it needs from elsewhere is away: some seven hours."""
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=1)


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
