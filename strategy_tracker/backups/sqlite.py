"""SQLite: dumped by VACUUM INTO, put back by the backup API, which other processes see as one transaction."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from strategy_tracker import db
from strategy_tracker.errors import Invalid

PATIENCE = 30
"""Seconds to wait for others to let the database go."""


@contextmanager
def dumped(dump: Path) -> Iterator[None]:
    """Writes the database to a file. Inside, the product looks at that copy, and not at what was written since."""
    db.database.execute_sql("vacuum into ?", (str(dump),))
    with _looking_at(dump):
        yield


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the database's own disk."""
    with TemporaryDirectory(dir=Path(db.database.database).parent, prefix=".backup-") as folder:
        yield Path(folder)


def put_back(dump: Path, settle: Callable[[], None]) -> None:
    """Replaces the database by a dump, which `settle` brings up to date and finds whole; if it raises, by nothing."""
    with _looking_at(dump):
        settle()
        db.database.execute_sql("pragma wal_checkpoint(truncate)")
    source = sqlite3.connect(dump)
    try:
        source.backup(db.database.connection(), progress=_patience())
    except sqlite3.Error as error:
        raise Invalid({"": f"The database cannot be replaced: {error}"}) from error
    finally:
        source.close()


def _patience() -> Callable[[int, int, int], None]:
    """Ends a copy that others keep waiting: the reader of the dump would try for ever."""
    until = time.monotonic() + PATIENCE

    def progress(status: int, _: int, __: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise Invalid({"": f"The database is in use: stop the server, then try again (waited {PATIENCE} seconds)"})

    return progress


@contextmanager
def _looking_at(file: Path) -> Iterator[Any]:
    own = db.database.obj
    other = db.use(f"sqlite:///{file}")
    try:
        with other.connection_context():
            yield other
    finally:
        db.let_go(other)
        db.database.initialize(own)
