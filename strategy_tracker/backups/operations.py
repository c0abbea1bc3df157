"""Making a backup, and going back to one."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from peewee import SQL, DatabaseError, Table, fn

from strategy_tracker import clock, db
from strategy_tracker.accounts.models import Session
from strategy_tracker.backups import archive, postgresql, sqlite
from strategy_tracker.backups.archive import Manifest
from strategy_tracker.calendars.operations import revoke_all
from strategy_tracker.errors import Invalid
from strategy_tracker.verification import faults


def backup(file: Path) -> Manifest:
    """Writes all of the database, as at one instant, to a file; others go on writing meanwhile."""
    if not db.applied_migrations():
        raise Invalid({"": "There is nothing in the database yet"})
    if not file.absolute().parent.is_dir():
        raise Invalid({"file": f"There is no folder {file.absolute().parent}"})
    name, means = _means()
    with means.scratch() as folder:
        dump = folder / archive.DUMP
        with means.dumped(dump):
            about = {"migrations": db.applied_migrations(), "counts": _counts()}
        made = {"made_at": f"{clock.now().isoformat(timespec='seconds')}Z", "made_by": version("strategy-tracker")}
        return archive.write(file, dump, database=name, **about, **made)


def restore(file: Path, *, replace: bool = False, despite_faults: bool = False) -> Manifest:
    """Puts a backup in the place of what is in the database: all of it, found whole and brought up to date, or nothing.

    Everybody must sign in again, and make the address of her calendar anew. Raises Invalid for a file that is damaged,
    of another database or of a later version, for contents that `verify` faults (unless `despite_faults`), and where
    the database is not empty (unless `replace`).
    """
    manifest = archive.check(file)
    name, means = _means()
    if manifest.database != name:
        raise Invalid({"": f"The backup is of {manifest.database}, and TRACKER_DATABASE_URL names {name}"})
    unknown = set(manifest.migrations) - set(db.migrations())
    if unknown:
        raise Invalid({"": f"The backup is of a later version ({max(unknown)}): upgrade first"})
    if not replace and not _is_empty():
        raise Invalid({"": "The database is not empty: --replace puts the backup in its place"})
    with means.scratch() as folder:
        dump = folder / archive.DUMP
        archive.unpack(file, dump)
        means.put_back(dump, _settling(manifest, despite_faults))
    return manifest


def _settling(manifest: Manifest, despite_faults: bool) -> Callable[[], None]:
    def settle() -> None:
        if _counts() != manifest.counts:
            raise Invalid({"": "The backup does not hold the rows that its manifest counts"})
        db.migrate()
        found = [] if despite_faults else list(faults())
        if found:
            raise Invalid({"": f"The backup is not whole, and was not taken ({len(found)} faults): {found[0]}"})
        revoke_all()
        Session.update(ended_at=clock.now(), data="{}").where(Session.ended_at.is_null()).execute()

    return settle


def _means() -> tuple[str, ModuleType]:
    return ("postgresql", postgresql) if db.is_postgresql() else ("sqlite", sqlite)


def _counts() -> dict[str, int]:
    return {
        name: Table(name).bind(db.database).select(fn.COUNT(SQL("*"))).scalar() for name in db.database.get_tables()
    }


def _is_empty() -> bool:
    try:
        return not any(rows for table, rows in _counts().items() if table != db.HISTORY)
    except DatabaseError as error:
        raise Invalid({"": f"The database cannot be read ({error}): move it away first"}) from error
