"""PostgreSQL: dumped by pg_dump of one snapshot; put back, checked and taken in one transaction."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from strategy_tracker import db
from strategy_tracker.errors import Invalid

PATIENCE = "30s"
COPY = re.compile(rb"(COPY .+ FROM stdin);\n")
OF_THE_SESSION = re.compile(rb"(SET \w+ = |SELECT pg_catalog\.set_config\('search_path'|\\(un)?restrict )")
"""Lines of a script that are for psql, or that a server of another version may not know."""

TABLES = """
    select oid::regclass::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    and oid not in (select objid from pg_depend where deptype = 'e')"""
FUNCTIONS = """
    select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace
    and oid not in (select objid from pg_depend where deptype = 'e')"""


@contextmanager
def dumped(dump: Path) -> Iterator[None]:
    """Writes the database to a file. Inside, the product sees the same snapshot, and not what was written since."""
    with db.transaction():
        db.database.execute_sql("set transaction isolation level repeatable read, read only")
        ((snapshot,),) = db.database.execute_sql("select pg_export_snapshot()").fetchall()
        address, secret = _address()
        words = [
            "--format=custom",
            "--encoding=UTF8",
            f"--snapshot={snapshot}",
            f"--file={dump}",
            f"--dbname={address}",
        ]
        _run("pg_dump", *words, **secret)
        yield


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the dump."""
    with TemporaryDirectory(prefix="strategy-tracker-") as folder:
        yield Path(folder)


def put_back(dump: Path, settle: Callable[[], None]) -> None:
    """Replaces the database by a dump, which `settle` brings up to date and finds whole; if it raises, by nothing."""
    script = dump.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    with db.transaction():
        db.database.execute_sql(f"set local lock_timeout = '{PATIENCE}'")
        db.database.execute_sql("set local check_function_bodies = off")
        _empty()
        _play(script)
        settle()


def _empty() -> None:
    """Drops every table and function of the public schema but those of extensions."""
    for kind, query in (("table", TABLES), ("function", FUNCTIONS)):
        for (name,) in db.database.execute_sql(query).fetchall():
            db.database.execute_sql(f"drop {kind} if exists {name} cascade")


def _play(script: Path) -> None:
    """Runs pg_restore's script on the connection of the transaction, as psql would."""
    cursor, statements = db.database.connection().cursor(), bytearray()
    with script.open("rb") as lines:
        for line in lines:
            rows = COPY.fullmatch(line)
            if rows:
                _execute(cursor, statements)
                with cursor.copy(rows.group(1)) as copy:
                    for row in iter(lambda: next(lines), b"\\.\n"):
                        copy.write(row)
            elif not OF_THE_SESSION.match(line):
                statements += line
    _execute(cursor, statements)


def _execute(cursor: Any, statements: bytearray) -> None:
    cursor.execute(bytes(statements))
    statements.clear()


def _address() -> tuple[str, dict[str, str]]:
    """Where the database is, without its password, which goes by the environment: arguments are seen by all."""
    parts = conninfo_to_dict(db.database.database)
    password = parts.pop("password", None)
    return make_conninfo("", **parts), {"PGPASSWORD": str(password)} if password else {}


def _run(program: str, *words: str, **environment: str) -> None:
    found = shutil.which(program)
    served = db.database.connection().info.server_version // 10000
    if found is None:
        raise Invalid({"": f"{program} is not there: install PostgreSQL's client programs, version {served}"})
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\d+", said)
    if version is None or int(version.group()) < served:
        raise Invalid(
            {"": f"{found} is too old ({said.strip()}): PostgreSQL's client programs, version {served}, are needed"}
        )
    done = subprocess.run(
        [found, *words], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    if done.returncode:
        raise Invalid({"": " ".join(done.stderr.split()) or f"{program} ended with {done.returncode}"})
