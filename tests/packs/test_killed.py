"""kill -9 of the worker while it renders a pack: it is made once, or it has failed and says so."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from strategy_tracker.jobs.models import Job
from strategy_tracker.reports.packs.models import BoardPack, PackEdition
from strategy_tracker.verification import faults
from tests.databases import using
from tests.packs.making import a_pack, asked

PATIENCE = 60
WORKER = """
import datetime, sys
from strategy_tracker import db
from strategy_tracker.jobs.worker import Worker
from strategy_tracker.reports.packs.making import make_asked
db.use(sys.argv[1])
Worker({"board pack": make_asked}, lease=datetime.timedelta(seconds=1), poll=0.05).run()
"""


@contextmanager
def a_worker(url: str) -> Iterator[int]:
    """A process of its own with a lease of a second, killed at the end however far it is."""
    command = [sys.executable, "-c", WORKER, url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process.pid
        finally:
            os.kill(process.pid, signal.SIGKILL)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"not within {PATIENCE} seconds"
        time.sleep(0.02)


def standing(url: str) -> Job:
    with using(url):
        return Job.get(Job.kind == "board pack")


@pytest.mark.parametrize("kills", [1, 3])
def test_it_is_made_once_or_has_failed_and_says_so(database_url: str, kills: int) -> None:
    with using(database_url):
        pack = a_pack()
        asked(pack)
    for kill in range(1, kills + 1):
        with a_worker(database_url):
            until(lambda kill=kill: (job := standing(database_url)).state == "running" and job.attempts == kill)
            time.sleep(0.2 * kill)
    with a_worker(database_url):
        until(lambda: standing(database_url).state in ("done", "failed"))
    with using(database_url):
        job, made = Job.get(Job.kind == "board pack"), PackEdition.select().count()
        if kills < 3:
            assert (job.state, made) == ("done", 1)
            assert bytes(PackEdition.get().pdf).startswith(b"%PDF-")
        else:
            assert (job.state, made) == ("failed", 0)
            assert job.error == "The worker ended while it was at it, 3 times"
        assert BoardPack.get().asked == 1
        assert list(faults()) == []
