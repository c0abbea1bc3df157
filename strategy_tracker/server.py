"""The web server: gunicorn with threads, static files by WhiteNoise, and a job worker beside it."""

import logging
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from whitenoise import WhiteNoise

from strategy_tracker import db
from strategy_tracker.app import create_app
from strategy_tracker.config import BadSetting, Settings
from strategy_tracker.web import logs

THREADS = 8
HEAD_START = 2
"""Seconds by which the pages are ahead of the job worker: its start is no load while they are waited for."""
LONGEST_PAUSE = 60
PATIENCE = 25
"""Seconds in which the job worker may finish what it has begun; it gives it back before they are over."""


class ServerLog(Logger):
    """What the server itself has to say, in the same JSON lines as the requests."""

    def _set_handler(self, log: Any, output: Any, fmt: logging.Formatter, stream: Any = None) -> None:
        super()._set_handler(log, output, logs.formatter(), stream)


class JobWorker:
    """`strategy-tracker work` as a process of its own; another takes its place where it ends."""

    def __init__(self, log: Any):
        self.log, self.process, self.pause = log, None, 1.0
        self.starts_at = time.monotonic() + HEAD_START

    process: "subprocess.Popen[bytes] | None"

    def keep(self) -> None:
        """Sees that it runs. Where it ends again and again, each next one waits longer."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            lived, self.process = now - self.starts_at, None
            self.pause = 1.0 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
            self.starts_at = now + self.pause
            self.log.warning("The job worker ended; another one begins in %d seconds", self.pause)
        if now >= self.starts_at:
            command = [sys.executable, "-m", "strategy_tracker", "work", "--beside", str(os.getpid())]
            self.process, self.starts_at = subprocess.Popen(command), now

    def end(self) -> None:
        """Tells it to stop."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.terminate()

    def wait(self, patience: float) -> None:
        """Until it has ended. Where it takes too long it is killed; what it held comes back by itself."""
        if self.process is not None:
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None


class Master(Arbiter):
    """Gunicorn's own process, which sees to the job worker whenever it sees to those that answer."""

    def __init__(self, app: BaseApplication):
        super().__init__(app)
        self.job_worker = JobWorker(self.log)

    def manage_workers(self) -> None:
        super().manage_workers()
        self.job_worker.keep()

    def stop(self, graceful: bool = True) -> None:
        self.job_worker.end()
        super().stop(graceful)
        self.job_worker.wait(PATIENCE if graceful else 3)


class Server(BaseApplication):
    """Gunicorn with settings from code; it reads no configuration file."""

    def __init__(self, settings: Settings, host: str, port: int, *, with_worker: bool = True):
        self.settings, self.host, self.port, self.with_worker = settings, host, port, with_worker
        super().__init__()

    def run(self) -> None:
        (Master if self.with_worker else Arbiter)(self).run()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"{self.host}:{self.port}",
            "workers": self.settings.workers,
            "worker_class": "gthread",
            "preload_app": True,
            "threads": THREADS,
            "timeout": 120,
            "max_requests": 10_000,
            "max_requests_jitter": 1_000,
            "loglevel": "warning",
            "logger_class": ServerLog,
            "limit_request_line": 8190,
            "control_socket_disable": True,
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return serving(create_app(self.settings))


def serving(app: Flask) -> Flask:
    """The application with its static files served without asking it."""
    vars(app)["wsgi_app"] = WhiteNoise(app.wsgi_app, root=app.static_folder, prefix="static/", max_age=3600)
    return app


def serve(settings: Settings, host: str, port: int, *, with_worker: bool = True) -> None:
    """Serves until stopped, and works on jobs beside it. Raises BadSetting before anything listens.

    The application is made once and shared by the workers, so no connection to the database may be open by then.
    """
    settings.signing_key()
    refuse_taken(host, port)
    db.let_go(db.database.obj)
    click.echo(f"Serving {settings.base_url} (database {shown(settings.database_url)}, data in {settings.data_dir})")
    click.echo("Stop with Ctrl+C")
    Server(settings, host, port, with_worker=with_worker).run()


def refuse_taken(host: str, port: int) -> None:
    """Raises BadSetting where nothing can listen at this address, or somebody else does."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0].lower()
        raise BadSetting(f"TRACKER_PORT {port} on {host} cannot be used: {reason}") from error


def shown(url: str) -> str:
    """A database address without its password."""
    head, at, tail = url.rpartition("@")
    return f"{head.rsplit(':', 1)[0]}@{tail}" if at and head.count(":") > 1 else url
