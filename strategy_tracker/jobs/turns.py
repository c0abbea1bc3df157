"""Whose turn it is to look for what is due: a row that every worker sees says when it was looked for last."""

import datetime as dt

from strategy_tracker import clock
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.rules import JobState

SWEEP_EVERY = dt.timedelta(minutes=1)
SWEEP = "sweep"
"""Kind and key of that row. It is always `done`, so no worker takes it for a job; `run_after` is the next turn."""


def take_turn(now: dt.datetime) -> bool:
    """Whether this worker looks now; for the next minute it is nobody else's turn."""
    Job.insert(
        kind=SWEEP, key=SWEEP, state=JobState.DONE, run_after=now, created_at=now, finished_at=now
    ).on_conflict_ignore().execute()
    turn = Job.update(run_after=now + SWEEP_EVERY, version=Job.version + 1)
    return bool(turn.where(Job.key == SWEEP, Job.run_after <= now).execute())


def note_sweep(error: str) -> None:
    """Looked through, with what failed; "" where nothing did."""
    Job.update(finished_at=clock.now(), error=error).where(Job.key == SWEEP).execute()
