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
RULES: dict[str, dict[str, Any]] = {}
"""What werkzeug makes of each route in order to match and build its addresses: most of what an application costs."""


@pytest.fixture(scope="session", autouse=True)
def routes_compiled_once() -> Iterator[None]:
    """Each test has an application of its own, with the routes of all others."""
    compiled = Rule.compile
    made = ("_parts", "_trace", "_converters", "arguments")

    def remembered(rule: Rule) -> None:
        known = RULES.get(rule.rule)
        if known is None or rule.defaults:
            compiled(rule)
            RULES.setdefault(rule.rule, {name: getattr(rule, name) for name in made} | _builders(rule))
            return
        vars(rule).update({name: known[name] for name in made})
        rule._build, rule._build_unknown = (known[name].__get__(rule, None) for name in ("build", "build_unknown"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", remembered)
        yield


def _builders(rule: Rule) -> dict[str, Any]:
    return {"build": rule._build.__func__, "build_unknown": rule._build_unknown.__func__}


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
