"""An installation that began with the first schema comes to today's with all that it holds, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from peewee import Database, IntegrityError
from playhouse.migrations import Runner

from strategy_tracker import db, schema
from strategy_tracker.cli import main
from strategy_tracker.verification import faults
from tests.databases import using
from tests.house.first_rows import contents, kept, write_first_rows

NAMES = sorted(path.stem for path in db.MIGRATIONS.glob("[0-9]*.py"))

HALFWAY = """
def up(migrator, db):
    db.execute_sql("create table halfway (id integer)")
    raise ValueError("halfway")
"""


@pytest.fixture
def first(empty_database_url: str) -> Iterator[Database]:
    """A database of the first schema, with a row in every table."""
    with using(empty_database_url) as database:
        Runner(database, str(db.MIGRATIONS)).up(NAMES[0])
        write_first_rows(database)
        yield database


def test_every_table_of_the_first_schema_has_a_row(first: Database) -> None:
    assert db.applied_migrations() == NAMES[:1]
    assert all(contents(first).values())


def test_each_later_migration_keeps_every_row(first: Database) -> None:
    runner, before = Runner(first, str(db.MIGRATIONS)), contents(first)
    for name in NAMES[1:]:
        assert runner.up(name) == [name]
        assert kept(before, contents(first)), name
    assert schema.difference() == ""
    assert list(faults()) == []
    with pytest.raises(Exception, match="append-only"), first.atomic():
        first.execute_sql("update progress_note set text = 'other'")
    with pytest.raises(IntegrityError), first.atomic():
        first.execute_sql(
            "insert into progress_note (share_id, outcome_id, as_at, text) values (1, 99, '2011-06-30', '')"
        )


def test_migrating_twice_changes_nothing(first: Database, empty_database_url: str) -> None:
    environment = {"TRACKER_DATABASE_URL": empty_database_url}
    first.close()
    done = CliRunner().invoke(main, ["migrate"], env=environment)
    assert done.stdout.splitlines() == [f"applied {name}" for name in NAMES[1:]]
    with using(empty_database_url) as database:
        after = contents(database)
    again = CliRunner().invoke(main, ["migrate"], env=environment)
    assert (again.exit_code, again.stdout) == (0, "The database is up to date\n")
    with using(empty_database_url) as database:
        assert contents(database) == after


def test_a_migration_that_fails_leaves_nothing_of_itself(first: Database, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "0002_halfway.py").write_text(HALFWAY)
    monkeypatch.setattr(db, "MIGRATIONS", tmp_path)
    before = contents(first)
    with pytest.raises(ValueError, match="halfway"):
        db.migrate()
    assert contents(first) == before
    assert db.applied_migrations() == NAMES[:1]


def test_a_database_that_is_behind_is_not_served(first: Database, empty_database_url: str) -> None:
    first.close()
    refused = CliRunner().invoke(main, ["serve"], env={"TRACKER_DATABASE_URL": empty_database_url})
    assert (refused.exit_code, refused.stderr) == (1, "The database is behind: run strategy-tracker migrate first\n")
