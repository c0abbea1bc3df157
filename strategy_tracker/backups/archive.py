"""A backup is a zip of two files: the database's own dump, and a manifest that knows the dump by its SHA-256."""

import errno
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from strategy_tracker.errors import Invalid

FORMAT = 1
PRODUCT = "Strategy Tracker"
MANIFEST = "manifest.json"
DUMP = "database"
LARGEST_MANIFEST = 1024 * 1024
PIECE = 1024 * 1024

UNREADABLE = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, AttributeError, RuntimeError, OSError)
"""What the readers of zip and JSON raise over what is not what they expect; of the system's errors EINVAL alone."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `counts` are rows by table, as at the instant of the dump; `size` is its bytes."""

    database: str
    migrations: list[str]
    counts: dict[str, int]
    made_at: str
    made_by: str
    sha256: str
    size: int
    product: str = PRODUCT
    format: int = FORMAT
    left_out: str = "TRACKER_SECRET_KEY and the other settings"

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


def write(file: Path, dump: Path, **about: Any) -> Manifest:
    """Makes the backup of a dump. The file is there in full or not at all, and read back before it takes its name."""
    with dump.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    manifest = Manifest(sha256=digest, size=dump.stat().st_size, **about)
    with _whole(file) as part:
        with ZipFile(part, "w", ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=2))
            archive.write(dump, DUMP)
        check(Path(part.name))
    return manifest


def check(file: Path) -> Manifest:
    """The manifest of a backup whose dump has the digest it should have. Raises Invalid where it has not."""
    with _opened(file) as (archive, manifest):
        _copy(archive, manifest, None)
    return manifest


def unpack(file: Path, dump: Path) -> None:
    """Writes the backup's dump to a file. Raises Invalid where its digest is wrong."""
    with _opened(file) as (archive, manifest), dump.open("wb") as out:
        _copy(archive, manifest, out)


def _copy(archive: ZipFile, manifest: Manifest, out: IO[bytes] | None) -> None:
    digest, size = hashlib.sha256(), 0
    if archive.getinfo(DUMP).compress_type != ZIP_DEFLATED:
        raise BadZipFile("its contents are packed in a way that no backup uses")
    with archive.open(DUMP) as packed:
        while size <= manifest.size and (piece := packed.read(PIECE)):
            digest.update(piece)
            size += len(piece)
            if out is not None:
                out.write(piece)
    if size != manifest.size or digest.hexdigest() != manifest.sha256:
        raise BadZipFile("its contents are not what its manifest says")


@contextmanager
def _opened(file: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    if not file.is_file():
        raise Invalid({"file": f"There is no file {file}"})
    try:
        with ZipFile(file) as archive:
            yield archive, _manifest(archive)
    except UNREADABLE as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        raise Invalid({"file": f"{file} is damaged or no backup of {PRODUCT}: {_line(error)}"}) from None


def _manifest(archive: ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise ValueError("its manifest is too large")
    given = json.loads(archive.read(MANIFEST))
    if given.get("product") != PRODUCT:
        raise ValueError("its manifest names another product")
    if given.get("format") != FORMAT:
        raise Invalid({"file": f"The backup has format {given.get('format')}, which this version cannot read"})
    return Manifest(**given)


def _line(error: Exception) -> str:
    words = " ".join(str(error.args[0] if error.args else "").split())
    return words or type(error).__name__


@contextmanager
def _whole(file: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name, readable by its owner alone, once all of it is on the disk."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as part:
        try:
            yield part
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(file)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
