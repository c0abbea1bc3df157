"""A worker: takes one job after another, holds it while its handler runs, and says how it ended.

It may be killed at any moment: what it held comes back when the lease runs out, and is begun again.
"""

import datetime as dt
import json
import os
import queue
import secrets
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog

from strategy_tracker import clock, db
from strategy_tracker.db import AWAY
from strategy_tracker.errors import DomainError
from strategy_tracker.jobs import operations
from strategy_tracker.jobs.heartbeat import Heartbeat
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.rules import MOST_ATTEMPTS, PATIENT, GiveUp, TryLater
from strategy_tracker.jobs.turns import SWEEP_EVERY, note_sweep, take_turn

Handler = Callable[[Job], dict[str, Any]]
Sweep = Callable[[dt.datetime], object]
LEASE = dt.timedelta(seconds=30)
POLL = 1.0
"""Seconds between looks where nothing waits."""
ENDINGS = (signal.SIGTERM, signal.SIGINT)
log = structlog.get_logger("tracker.jobs")


def own_name() -> str:
    """Another one for each process, on whichever machine."""
    return f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(4)}"


@dataclass
class Worker:
    """`beside` is the process that started it, with which it ends; None: it stands alone."""

    handlers: Mapping[str, Handler]
    sweeps: Sequence[Sweep] = ()
    lease: dt.timedelta = LEASE
    poll: float = POLL
    beside: int | None = None
    name: str = field(default_factory=own_name)
    stopping_since: float | None = None

    def __post_init__(self) -> None:
        self._wake: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._looks_next = 0.0

    def run(self) -> None:
        """Until it is told to stop. Where the database is away, it waits and goes on."""
        log.info("worker begun", worker=self.name)
        away = False
        with self._stopping_on(ENDINGS):
            while not self.is_stopping():
                try:
                    with connected():
                        worked, away = self.step(), False
                except AWAY as error:
                    if not away:
                        log.warning("database away", worker=self.name, error=type(error).__name__)
                    db.let_go(db.database.obj)
                    worked, away = False, True
                if not worked:
                    self._rest()
        log.info("worker ended", worker=self.name)

    def step(self) -> bool:
        """Looks for what is due, and does the job that has waited longest; False where none waits."""
        self._sweep()
        for lost in operations.return_lost():
            log.error("job failed", **facts(lost), error="the worker ended")
        job = operations.claim(self.name, self.lease)
        if job is not None:
            self._do(job)
        return job is not None

    def until_idle(self) -> int:
        """Does every job that is due now; returns how many it began."""
        done = 0
        while self.step():
            done += 1
        return done

    def stop(self) -> None:
        if self.stopping_since is None:
            self.stopping_since = time.monotonic()
        self._wake.put_nowait(0)

    def is_stopping(self) -> bool:
        """Told to stop, or left behind by the process that it works for."""
        if self.beside is not None and os.getppid() != self.beside:
            self.stop()
        return self.stopping_since is not None

    def _do(self, job: Job) -> None:
        log.info("job begun", **facts(job))
        began = time.monotonic()
        with Heartbeat(self, job):
            settle, told = self._outcome(job)
        seconds = round(time.monotonic() - began, 3)
        if self._settled(settle):
            (log.error if "error" in told else log.info)(told.pop("event"), **facts(job), **told, seconds=seconds)
        else:
            log.warning("job lost", **facts(job), seconds=seconds)

    def _outcome(self, job: Job) -> tuple[Callable[[], bool], dict[str, str]]:
        """How the attempt went: what is to be written of it, and what the log says."""
        try:
            handler = self.handlers.get(job.kind)
            if handler is None:
                raise TryLater(f"This worker knows no job of the kind {job.kind}")
            result = json.dumps(handler(job), ensure_ascii=False)
        except Exception as error:
            if self.is_stopping():
                return lambda: operations.give_back(job), {"event": "job given back", "error": type(error).__name__}
            words, most = _in_words(error, job)
            event = "job failed" if job.attempts >= most else "job put off"
            if not isinstance(error, GiveUp | TryLater | DomainError):
                log.error("handler broke", **facts(job), exc_info=error)
            return lambda: operations.fail(job, words, most), {"event": event, "error": type(error).__name__}
        return lambda: operations.finish(job, result), {"event": "job done"}

    def _settled(self, write: Callable[[], bool]) -> bool:
        """Writes the outcome, for as long as the lease may last where the database is away."""
        until = time.monotonic() + self.lease.total_seconds()
        while True:
            try:
                with connected():
                    return write()
            except AWAY:
                db.let_go(db.database.obj)
                if time.monotonic() > until or self.is_stopping():
                    return False
                time.sleep(0.2)

    def _sweep(self) -> None:
        if time.monotonic() < self._looks_next:
            return
        self._looks_next = time.monotonic() + SWEEP_EVERY.total_seconds()
        now = clock.now()
        if not take_turn(now):
            return
        failed = []
        for sweep in self.sweeps:
            try:
                sweep(now)
            except AWAY:
                raise
            except Exception as error:
                failed.append(type(error).__name__)
                log.error("sweep failed", sweep=_name(sweep), exc_info=error)
        note_sweep("; ".join(failed))

    def _rest(self) -> None:
        try:
            self._wake.get(timeout=self.poll)
        except queue.Empty:
            return

    @contextmanager
    def _stopping_on(self, signals: Sequence[signal.Signals]) -> Iterator[None]:
        before = {one: signal.signal(one, lambda *_: self.stop()) for one in signals}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


@contextmanager
def connected() -> Iterator[None]:
    """A connection to the database, closed again where it was not open before."""
    opened = db.database.obj.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened and not db.database.obj.is_closed():
            db.database.obj.close()


def facts(job: Job) -> dict[str, Any]:
    """What the log says of a job: numbers and kinds, no words that people typed."""
    return {"job": job.id, "kind": job.kind, "attempt": job.attempts, "person": job.person_id}


def _name(sweep: Sweep) -> str:
    return str(getattr(getattr(sweep, "func", sweep), "__qualname__", sweep))


def _in_words(error: Exception, job: Job) -> tuple[str, int]:
    """Why the attempt failed, for people, and how many attempts are made in all."""
    if isinstance(error, GiveUp):
        return str(error), 0
    if isinstance(error, TryLater):
        return str(error), error.most
    if isinstance(error, AWAY):
        return "The database did not answer in time", PATIENT
    if isinstance(error, DomainError):
        return str(error) or type(error).__name__, MOST_ATTEMPTS
    return f"Something went wrong inside the tracker ({type(error).__name__}); the log says more at job {job.id}", (
        MOST_ATTEMPTS
    )
