"""A backup that is not whole, or not of this product, or not for this database, is refused, and nothing changes."""

import dataclasses
import json
import os
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from strategy_tracker import db
from strategy_tracker.backups import archive, operations
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.models import Objective, Plan, ProgressNote
from tests import builders
from tests.databases import using

SQLITE_ONLY = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Change = Callable[[bytes], bytes]


@pytest.fixture
def kept(database_url: str, client_programs: None, tmp_path: Path) -> Path:
    """A backup, after which something was written that a restore would take away."""
    file = tmp_path / "tracker.backup"
    with using(database_url):
        operations.backup(file)
        builders.an_objective(builders.plan(), "Written after the backup")
    return file


def refusal(url: str, file: Path, **options: bool) -> str:
    """The one line with which a restore is refused; what stands in the database is the same afterwards."""
    with using(url):
        before = operations._counts()
        with pytest.raises(Invalid) as refused:
            operations.restore(file, **{"replace": True, **options})
        assert operations._counts() == before
        assert db.pending_migrations() == []
    line = str(refused.value)
    assert line
    assert "\n" not in line
    return line


def repacked(file: Path, change: Callable[[dict], None] | None = None, dump: Change | None = None) -> Path:
    """The backup with another manifest or dump, its zip sound."""
    with ZipFile(file) as before:
        manifest, content = json.loads(before.read(archive.MANIFEST)), before.read(archive.DUMP)
    if change is not None:
        change(manifest)
    with ZipFile(file, "w", ZIP_DEFLATED) as after:
        after.writestr(archive.MANIFEST, json.dumps(manifest))
        after.writestr(archive.DUMP, dump(content) if dump is not None else content)
    return file


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content[len(content) // 3 :],
        lambda content: content[:3000] + bytes(64) + content[3064:],
        lambda content: b"",
        lambda content: b"SQLite format 3\0" + bytes(4096),
        lambda content: "Ein Brief".encode("utf-16"),
    ],
)
def test_a_damaged_or_foreign_file(kept: Path, database_url: str, change: Change) -> None:
    kept.write_bytes(change(kept.read_bytes()))
    assert "damaged or no backup" in refusal(database_url, kept)


@SQLITE_ONLY
def test_whatever_byte_is_changed_the_same_comes_back_or_nothing(kept: Path, database_url: str) -> None:
    whole, chance = kept.read_bytes(), random.Random(7)
    places = sorted({*range(200), *range(len(whole) - 300, len(whole)), *chance.sample(range(len(whole)), 300)})
    sound, refused = archive.check(kept), 0
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        kept.write_bytes(changed)
        try:
            assert dataclasses.asdict(archive.check(kept)) == dataclasses.asdict(sound)
        except Invalid:
            refused += 1
    assert refused > 300


def test_a_file_that_is_not_there(database_url: str, client_programs: None, tmp_path: Path) -> None:
    assert "There is no file" in refusal(database_url, tmp_path / "nothing")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("sha256", "0" * 64, "damaged"),
        ("size", 17, "damaged"),
        ("format", 2, "format 2"),
        ("product", "Another", "another product"),
        ("migrations", ["0001_first_schema", "9999_of_tomorrow"], "later version (9999_of_tomorrow)"),
        ("database", "mysql", "is of mysql"),
        ("counts", {"plan": 1}, "does not hold the rows"),
    ],
)
def test_a_manifest_that_does_not_fit(kept: Path, database_url: str, name: str, value: object, words: str) -> None:
    assert words in refusal(database_url, repacked(kept, lambda manifest: manifest.update({name: value})))


@pytest.mark.parametrize(
    "manifest", [b"[]", b"{", b"{}", b'{"product": "Strategy Tracker", "format": 1, "x": 1}', b"\xff"]
)
def test_a_manifest_that_is_none(database_url: str, client_programs: None, tmp_path: Path, manifest: bytes) -> None:
    file = tmp_path / "tracker.backup"
    with ZipFile(file, "w") as package:
        package.writestr(archive.MANIFEST, manifest)
        package.writestr(archive.DUMP, b"")
    assert "damaged or no backup" in refusal(database_url, file)


@SQLITE_ONLY
def test_a_history_that_was_changed_in_the_backup(kept: Path, database_url: str, tmp_path: Path) -> None:
    def changed(content: bytes) -> bytes:
        other = tmp_path / "other.db"
        other.write_bytes(content)
        with sqlite3.connect(other) as connection:
            connection.execute("drop trigger event_refuses_update")
            connection.execute("update event set verb = 'other' where sequence = 1 and chain = 'partnership-1'")
        connection.close()
        return other.read_bytes()

    repacked(kept, dump=changed)
    content = changed_manifest(kept)
    assert "history partnership-1: event 1 was changed" in refusal(database_url, content)
    with using(database_url):
        operations.restore(content, replace=True, despite_faults=True)
        assert not Objective.select().where(Objective.title == "Written after the backup").exists()


def changed_manifest(file: Path) -> Path:
    """The backup with the digest that its dump has now: what somebody would do who changed it on purpose."""
    with ZipFile(file) as package:
        dump = file.with_suffix(".dump")
        dump.write_bytes(package.read(archive.DUMP))
        told = json.loads(package.read(archive.MANIFEST))
    about = {name: told[name] for name in ("database", "migrations", "counts", "made_at", "made_by")}
    archive.write(file, dump, **about)
    return file


def test_a_backup_that_cannot_be_written_leaves_the_one_before(database_url: str, kept: Path, monkeypatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = kept.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with using(database_url), pytest.raises(OSError, match="No space"):
        operations.backup(kept)
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_backed_up_of_a_database_that_is_empty(empty_database_url: str, tmp_path: Path) -> None:
    with using(empty_database_url), pytest.raises(Invalid, match="nothing in the database"):
        operations.backup(tmp_path / "tracker.backup")
    assert not (tmp_path / "tracker.backup").exists()


def test_a_restore_that_fails_midway_changes_nothing(kept: Path, database_url: str, monkeypatch) -> None:
    def failing() -> list[str]:
        assert ProgressNote.select().exists(), "it was restored by now"
        assert Plan.select().exists()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(db, "migrate", failing)
    with using(database_url):
        before = operations._counts()
        with pytest.raises(OSError, match="No space"):
            operations.restore(kept, replace=True)
        assert operations._counts() == before


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_postgresqls_own_programs_one_line_says_what_to_install(
    database_url: str, kept: Path, tmp_path: Path, monkeypatch
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    assert refusal(database_url, kept).startswith("pg_restore is not there: install PostgreSQL's client programs")
    old = folder / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    with using(database_url), pytest.raises(Invalid, match=r"pg_dump is too old .*9\.6\.24.*version 18, are needed"):
        operations.backup(tmp_path / "new.backup")
    assert not (tmp_path / "new.backup").exists()
