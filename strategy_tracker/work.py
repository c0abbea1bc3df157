"""What a worker does: the handler for each kind of job, and what is looked for every minute."""

from strategy_tracker.config import Settings
from strategy_tracker.jobs.worker import Handler, Sweep


def handlers(settings: Settings) -> dict[str, Handler]:
    """By the kind of job. A handler takes the job and returns what its result says, as JSON has it; {"address": "/..."}
    leads the progress page on.

    It must be safe to run twice. What it raises fails the attempt; GiveUp and TryLater say how it goes on.
    """
    return {}


def sweeps(settings: Settings) -> list[Sweep]:
    """Functions of the present instant, called once a minute by one of the workers: each computes from the data what
    is due, and is safe to run twice."""
    return []
