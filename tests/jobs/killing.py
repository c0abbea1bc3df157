"""What the killed workers of a test are: processes of their own that render, and send."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

from strategy_tracker import db
from strategy_tracker.documents.cache import Cache
from strategy_tracker.documents.renderer import pdf
from strategy_tracker.jobs import sending
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.operations import arguments_of
from strategy_tracker.jobs.worker import Worker
from tests.databases import forget

LEASE = dt.timedelta(seconds=1)
PAGE = '<html lang="en"><head><title>{0}</title></head><body><h1>{0}</h1></body></html>'


def work(database_url: str, folder: str, mail_url: str) -> None:
    """A worker until it is killed. It leads a process group, so that its renderer is killed with it."""
    os.setsid()
    forget(db.use(database_url))
    db.let_go(db.database.obj)
    place = Path(folder)

    def render(job: Job) -> dict[str, Any]:
        made = pdf(PAGE.format(job.key))
        Cache(place).write(job.key, made)
        with (place / "made.log").open("a") as made_so_far:
            made_so_far.write(f"{job.key}\n")
        return {"address": f"/{job.key}.pdf"}

    def send(job: Job) -> dict[str, Any]:
        """Every other mail goes into the folder."""
        url = mail_url if arguments_of(job)["mail"] % 2 else f"file:{place / 'outbox'}"
        return sending.send(job, mail_url=url, base_url="https://plans.example")

    Worker({"render": render, "mail": send}, lease=LEASE, poll=0.02).run()
