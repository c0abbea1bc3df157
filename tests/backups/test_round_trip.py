"""A backup holds everything that was saved, and gives it back."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from peewee import Database
from playhouse.migrations import Runner

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.cli import main
from strategy_tracker.history.models import Event
from strategy_tracker.plans import operations
from strategy_tracker.plans.models import Abbreviation
from tests import builders
from tests.cast import partnership
from tests.databases import new_postgres_database, using
from tests.house.first_rows import contents, kept, write_first_rows

Run = Callable[..., Result]
Rows = dict[str, list[tuple[Any, ...]]]
WRITERS = 4


@pytest.fixture
def run(client_programs: None) -> Run:
    def typed(url: str, *words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], env={"TRACKER_DATABASE_URL": url})

    return typed


@pytest.fixture
def elsewhere(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of the same kind in which nothing is."""
    if database_url.startswith("sqlite:"):
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'new.db'}"
        return
    with new_postgres_database(request.getfixturevalue("postgres")) as url:
        yield url


def rows(database: Database) -> Rows:
    """Every table with all of its rows, but for the end of each session, which is the restoring itself."""
    tables = sorted(set(database.get_tables()) - {"session"})
    return {table: sorted(database.execute_sql(f'select * from "{table}"').fetchall(), key=repr) for table in tables}


def rows_at(url: str) -> Rows:
    with using(url) as database:
        return rows(database)


def test_table_by_table_all_comes_back_in_an_empty_database(
    run: Run, database_url: str, elsewhere: str, tmp_path: Path
) -> None:
    before, file = rows_at(database_url), tmp_path / "tracker.backup"
    made = run(database_url, "backup", file)
    assert (made.exit_code, "TRACKER_SECRET_KEY" in made.stdout) == (0, True), made.output
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    done = run(elsewhere, "restore", file)
    assert done.exit_code == 0, done.output
    assert rows_at(elsewhere) == before
    assert before["progress_note"] and before["event"]
    assert run(elsewhere, "verify").exit_code == 0
    with using(elsewhere) as database:
        builders.an_objective(builders.plan(), "Written after the restore")
        with pytest.raises(Exception, match="append-only"):
            database.execute_sql("update progress_note set text = 'other'")


def test_what_is_there_is_replaced_only_if_that_is_said(run: Run, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "tracker.backup"
    run(database_url, "backup", file)
    before = rows_at(database_url)
    with using(database_url):
        builders.an_objective(builders.plan(), "Written after the backup")
    after = rows_at(database_url)
    refused = run(database_url, "restore", file)
    assert (refused.exit_code, refused.stderr.count("\n"), "--replace" in refused.stderr) == (1, 1, True)
    assert rows_at(database_url) == after != before
    assert run(database_url, "restore", file, "--replace").exit_code == 0
    assert rows_at(database_url) == before


def test_everybody_signs_in_again(visitor_as: Any, client_programs: None, database_url: str, tmp_path: Path) -> None:
    visitor, file = visitor_as("officer"), tmp_path / "tracker.backup"
    visitor.get("/password")
    assert in_a_process_of_its_own(database_url, "backup", file).returncode == 0
    assert in_a_process_of_its_own(database_url, "restore", file, "--replace").returncode == 0
    assert visitor.get("/password").address.startswith("/sign-in")


def test_a_backup_while_four_people_write_has_all_that_was_saved_before_it(
    run: Run, database_url: str, elsewhere: str, tmp_path: Path
) -> None:
    file, saved, stop = tmp_path / "tracker.backup", [0] * WRITERS, threading.Event()

    def write(number: int, database: Database, home: Partnership) -> None:
        with database.connection_context():
            while not stop.is_set():
                operations.add_abbreviation(OPERATOR, home, short=f"W{number}-{saved[number]}", meaning="Written")
                saved[number] += 1
                stop.wait(0.005)

    with using(database_url) as database, ThreadPoolExecutor(WRITERS) as pool:
        written = [pool.submit(write, number, database, partnership()) for number in range(WRITERS)]
        try:
            while min(saved) < 3 and not any(each.done() for each in written):
                stop.wait(0.01)
            acknowledged = list(saved)
            backed_up = in_a_process_of_its_own(database_url, "backup", file)
        finally:
            stop.set()
        for each in written:
            each.result()
    assert backed_up.returncode == 0, backed_up.stderr
    assert sum(saved) > sum(acknowledged), "nobody wrote meanwhile"
    done = run(elsewhere, "restore", file)
    assert done.exit_code == 0, done.output
    with using(elsewhere):
        kept = {row.short for row in Abbreviation.select().where(Abbreviation.meaning == "Written")}
        told = Event.select().where(Event.verb == "abbreviation added", Event.data.contains("Written")).count()
    assert kept >= {f"W{number}-{turn}" for number in range(WRITERS) for turn in range(acknowledged[number])}
    assert told == len(kept)


def in_a_process_of_its_own(url: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from strategy_tracker.cli import main; main()", *map(str, words)]
    environment = {**os.environ, "TRACKER_DATABASE_URL": url}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_backup_of_the_first_schema_comes_back_in_todays(run: Run, empty_database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "tracker.backup"
    with using(empty_database_url) as database:
        Runner(database, str(db.MIGRATIONS)).up("0001_first_schema")
        write_first_rows(database)
        before = contents(database)
    assert run(empty_database_url, "backup", file).exit_code == 0
    assert run(empty_database_url, "migrate").exit_code == 0
    done = run(empty_database_url, "restore", file, "--replace")
    assert done.exit_code == 0, done.output
    with using(empty_database_url) as database:
        assert db.pending_migrations() == []
        after = contents(database)
    assert after.pop("session")[0]["ended_at"] is not None
    before.pop("session")
    assert kept(before, after)
