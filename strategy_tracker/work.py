"""What a worker does: the handler for each kind of job, and what is looked for every minute."""

import os
from functools import partial

from strategy_tracker import db
from strategy_tracker.config import Settings
from strategy_tracker.jobs.operations import MAIL
from strategy_tracker.jobs.sending import send as send_mail
from strategy_tracker.jobs.worker import Handler, Sweep, Worker
from strategy_tracker.reports.packs.making import make_asked
from strategy_tracker.reports.packs.queries import PACK
from strategy_tracker.reports.publishing import publish_asked
from strategy_tracker.reports.queries import PUBLISHING
from strategy_tracker.reviews.reminders.operations import write_due
from strategy_tracker.reviews.returns.closing import end_reopenings
from strategy_tracker.web import logs

KINDNESS = 10
"""How far a worker stands back (nice) where pages are asked for on the same machine."""


def handlers(settings: Settings) -> dict[str, Handler]:
    """By the kind of job. A handler takes the job and returns what its result says, as JSON has it; {"address": "/..."}
    leads the progress page on.

    It must be safe to run twice. What it raises fails the attempt; GiveUp and TryLater say how it goes on.
    """
    return {
        MAIL: partial(send_mail, mail_url=settings.mail_url, base_url=settings.base_url),
        PUBLISHING: publish_asked,
        PACK: make_asked,
    }


def sweeps(settings: Settings) -> list[Sweep]:
    """Functions of the present instant, called once a minute by one of the workers: each computes from the data what
    is due, and is safe to run twice."""
    return [partial(write_due, base_url=settings.base_url), end_reopenings]


def work(settings: Settings, beside: int | None = None) -> None:
    """Works until stopped, or until the process `beside` is gone."""
    logs.configure()
    os.nice(KINDNESS)
    db.let_go(db.database.obj)
    Worker(handlers(settings), sweeps(settings), beside=beside).run()
