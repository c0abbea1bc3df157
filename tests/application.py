"""The application on a test's own database, and somebody to visit it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from strategy_tracker import db
from strategy_tracker.config import Settings
from tests.databases import forget
from tests.visitor import Visitor

VisitorAs = Callable[..., Visitor]


class Compiled(BytecodeCache):
    """Templates that an earlier test has compiled, by their words: each test has an application of its own."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], object] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = Compiled()
BUILDERS: dict[tuple[Any, ...], Any] = {}
"""What werkzeug compiles of a route in order to build its addresses, by the route's parts: most of what an application
costs."""


@pytest.fixture(scope="session", autouse=True)
def routes_compiled_once() -> Iterator[None]:
    """Each test has an application of its own, with the routes of all others."""
    compiled = Rule._compile_builder

    def remembered(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return compiled(rule, append_unknown)
        parts = (rule.rule, *rule._trace, append_unknown)
        if parts not in BUILDERS:
            BUILDERS[parts] = compiled(rule, append_unknown)
        return BUILDERS[parts]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered)
        yield


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an installation on this machine, with nothing outside the test's own folder and database."""
    return Settings(
        database_url=database_url,
        secret_key="k" * 64,
        mail_url=f"file:{tmp_path / 'outbox'}",
        data_dir=tmp_path / "data",
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The web application, as it is served."""
    from strategy_tracker.app import create_app

    created = create_app(settings)
    created.jinja_env.bytecode_cache = COMPILED
    used = db.database.obj
    forget(used)
    with held_open(settings.database_url):
        yield created
    used.close()
    if hasattr(used, "close_all"):
        used.close_all()


@contextmanager
def held_open(url: str) -> Iterator[None]:
    """Keeps an SQLite file from being tidied up after each request, which the last connection does that is closed."""
    if not url.startswith("sqlite:"):
        yield
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as keeper:
        keeper.execute("select count(*) from sqlite_master").fetchone()
        yield


@pytest.fixture
def visitor_as(app: Flask) -> VisitorAs:
    """`visitor_as("officer")`: one of the cast, signed in; None: nobody. `check=False` where pages are many."""

    def visiting(who: str | None = None, *, check: bool = True) -> Visitor:
        visitor = Visitor(app, check=check)
        return visitor.sign_in(who) if who else visitor

    return visiting
