"""The web server: gunicorn with threads, static files by WhiteNoise."""

from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from whitenoise import WhiteNoise

from strategy_tracker.app import create_app
from strategy_tracker.config import Settings

THREADS = 8


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
            "threads": THREADS,
            "timeout": 120,
            "max_requests": 10_000,
            "max_requests_jitter": 1_000,
            "loglevel": "warning",
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
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=app.static_folder, prefix="static/", max_age=3600)  # type: ignore[method-assign]
    return app


def serve(settings: Settings, host: str, port: int) -> None:
    """Serves until stopped. Raises BadSetting before anything listens."""
    settings.signing_key()
    click.echo(f"Serving {settings.base_url} (database {shown(settings.database_url)}, data in {settings.data_dir})")
    Server(settings, host, port).run()


def shown(url: str) -> str:
    """A database address without its password."""
    head, at, tail = url.rpartition("@")
    return f"{head.rsplit(':', 1)[0]}@{tail}" if at and head.count(":") > 1 else url
