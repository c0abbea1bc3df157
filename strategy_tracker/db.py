"""The database: one proxy, one base model, one way to write."""

import datetime as dt
import json
import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from peewee import (
    SQL,
    BooleanField,
    Database,
    DatabaseProxy,
    DateField,
    DateTimeField,
    Field,
    IntegerField,
    InterfaceError,
    Model,
    ModelSelect,
    OperationalError,
    SqliteDatabase,
)
from playhouse.migrations import Runner
from playhouse.pool import MaxConnectionsExceeded
from playhouse.postgres_ext import PooledPsycopg3Database

from strategy_tracker.errors import Conflict, Invalid

MIGRATIONS = Path(__file__).parent.parent / "migrations"
HISTORY = "schema_migration"
"""The table of the migrations that a database has had."""

LARGEST_ID = 2**31 - 1
"""PostgreSQL's integer; a larger number in an address names nothing."""

PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": "full", "busy_timeout": 5000}
"""How each connection to SQLite is set up."""

AWAY = (OperationalError, InterfaceError, MaxConnectionsExceeded)
"""What is raised where the database cannot be reached, or does not answer in time."""

CONVERTED: dict[type[Field], Callable[[Any], Any]] = {
    BooleanField: bool,
    DateField: dt.date.fromisoformat,
    DateTimeField: dt.datetime.fromisoformat,
}
"""The fields whose values SQLite gives as texts and numbers, and what makes them what they are."""

database = DatabaseProxy()
log = logging.getLogger(__name__)


class Base(Model):
    """A table. Every class says what a row is; instants are UTC, dates are plain."""

    class Meta:
        database = database
        legacy_table_names = False


class Versioned(Base):
    """A row that people edit: each save must name the version that it started from."""

    version = IntegerField(default=1)


def connect_to(url: str) -> Database:
    """A database for `sqlite:///file` or `postgresql://...`, not yet opened."""
    if url.startswith("sqlite:"):
        path = Path(urlsplit(url).path[1:])
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteDatabase(path, pragmas=PRAGMAS, lock_type="IMMEDIATE")
    return PooledPsycopg3Database(
        url,
        prefer_psycopg3=True,
        max_connections=20,
        stale_timeout=300,
        timeout=10,
        connect_timeout=5,
        keepalives_idle=30,
        tcp_user_timeout=10000,
    )


def use(url: str) -> Database:
    """Points every model at this database and returns it."""
    chosen = connect_to(url)
    database.initialize(chosen)
    return chosen


def let_go(chosen: Database) -> None:
    """Closes every connection of this process to a database."""
    if isinstance(chosen, PooledPsycopg3Database):
        chosen.close_all()
    elif not chosen.is_closed():
        chosen.close()


def transaction() -> AbstractContextManager[Any]:
    """Returning commits, raising rolls back. Inside another transaction it is a savepoint."""
    return database.atomic()


def values(query: ModelSelect, names: Sequence[str]) -> list[Sequence[Any]]:
    """The rows that a select finds, as these columns of its model and in this order.

    Hundreds of rows are read in a third of the time that models need: nothing is converted that both databases give
    as it is.
    """
    fields = [getattr(query.model, name) for name in names]
    rows = database.execute(query.select(*fields))
    converted = [(place, CONVERTED[type(field)]) for place, field in enumerate(fields) if type(field) in CONVERTED]
    if is_postgresql() or not converted:
        return list(rows)
    found: list[Sequence[Any]] = []
    for row in rows:
        columns = list(row)
        for place, convert in converted:
            if columns[place] is not None:
                columns[place] = convert(columns[place])
        found.append(columns)
    return found


def one_of(ids: Collection[int]) -> SQL:
    """What stands after "in": one parameter, since peewee makes, and walks through, an object for each."""
    if is_postgresql():
        return SQL("(select unnest(%s::int[]))", [list(ids)])
    return SQL("(select value from json_each(?))", [json.dumps(list(ids))])


def save_versioned(row: Versioned, version: int, **changes: Any) -> None:
    """Writes `changes` if the row still has `version`; raises Conflict with the row as it stands otherwise."""
    model = type(row)
    changed = (
        model.update(version=model.version + 1, **changes).where(model.id == row.id, model.version == version).execute()
    )
    if not changed:
        raise Conflict(model.get_or_none(model.id == row.id))
    for name, value in changes.items():
        setattr(row, name, value)
    row.version = version + 1


def _runner() -> Runner:
    return Runner(database.obj, str(MIGRATIONS), HISTORY)


def migrate() -> list[str]:
    """Brings the schema up to date; returns the names of the migrations that were applied now."""
    return list(_runner().up())


def migrations() -> list[str]:
    """Names of the migrations that this version knows."""
    return [step.name for step in _runner().migrations()]


def applied_migrations() -> list[str]:
    """Names of the migrations that the database has had, in order."""
    return sorted(_runner().applied())


def pending_migrations() -> list[str]:
    """Names of migrations that this database still lacks."""
    return [step.name for step in _runner().status() if step.path and not step.applied]


def require_migrated() -> None:
    """Raises Invalid where the database has not today's schema."""
    if pending_migrations():
        raise Invalid({"": "The database is behind: run strategy-tracker migrate first"})


def is_postgresql() -> bool:
    return isinstance(database.obj, PooledPsycopg3Database)
