"""The web server: gunicorn with threads, static files by WhiteNoise."""

import logging
import socket
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from whitenoise import WhiteNoise

from strategy_tracker import db
from strategy_tracker.app import create_app
from strategy_tracker.config import BadSetting, Settings
from strategy_tracker.web import logs

THREADS = 8


class ServerLog(Logger):
    """What the server itself has to say, in the same JSON lines as the requests."""

    def _set_handler(self, log: Any, output: Any, fmt: logging.Formatter, stream: Any = None) -> None:
        super()._set_handler(log, output, logs.formatter(), stream)


class Server(BaseApplication):
    """Gunicorn with settings from code; it reads no configuration file."""

    def __init__(self, settings: Settings, host: str, port: int):
        self.settings, self.host, self.port = settings, host, port
        super().__init__()

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


def serve(settings: Settings, host: str, port: int) -> None:
    """Serves until stopped. Raises BadSetting before anything listens.

    The application is made once and shared by the workers, so no connection to the database may be open by then.
    """
    settings.signing_key()
    refuse_taken(host, port)
    db.let_go(db.database.obj)
    click.echo(f"Serving {settings.base_url} (database {shown(settings.database_url)}, data in {settings.data_dir})")
    click.echo("Stop with Ctrl+C")
    Server(settings, host, port).run()


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
