"""While a handler runs: the lease is renewed, and a worker that has to stop does not wait for ever."""

import os
import threading
import time
from typing import Any, Protocol

import structlog

from strategy_tracker import db
from strategy_tracker.db import AWAY
from strategy_tracker.jobs import operations
from strategy_tracker.jobs.models import Job

TICK = 0.5
GRACE = 20
"""Seconds that a job may still take once its worker has been told to stop; then it is given back."""
LONGEST = 15 * 60
"""Seconds after which a handler hangs for good: its worker ends, and the lease is let run out."""
log = structlog.get_logger("tracker.jobs")


class Holder(Protocol):
    """Who holds the job."""

    lease: Any
    stopping_since: float | None

    def is_stopping(self) -> bool: ...


class Heartbeat:
    """`with Heartbeat(worker, job):` round the handler. Ends the process where the handler cannot be waited for."""

    def __init__(self, worker: Holder, job: Job):
        self.worker, self.job = worker, job
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self.began = time.monotonic()
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        every = self.worker.lease.total_seconds() / 4
        renews_next = self.began + every
        while not self._over.wait(min(TICK, every)):
            now = time.monotonic()
            if self.worker.is_stopping() and now - (self.worker.stopping_since or now) > GRACE:
                self._leave("job given back", give_back=True)
            if now - self.began > LONGEST:
                self._leave("job hangs", give_back=False)
            if now >= renews_next:
                renews_next = now + every
                self._renew()

    def _renew(self) -> None:
        """A beat that fails is made up for by the next: the lease lasts for four."""
        try:
            with db.database.obj.connection_context():
                held = operations.renew(self.job, self.worker.lease)
        except AWAY as error:
            log.warning("lease not renewed", job=self.job.id, error=type(error).__name__)
            return
        if not held:
            log.warning("lease lost", job=self.job.id, kind=self.job.kind)

    def _leave(self, event: str, *, give_back: bool) -> None:
        log.error(event, job=self.job.id, kind=self.job.kind)
        if give_back:
            try:
                with db.database.obj.connection_context():
                    operations.give_back(self.job)
            except AWAY:
                log.warning("job not given back", job=self.job.id)
        os._exit(1)
