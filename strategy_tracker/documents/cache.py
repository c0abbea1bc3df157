"""Rendered documents on disk, each under the digest of what made it. All of it can be made again."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

#: Documents kept; the ones longest unread go first.
KEPT = 500


def digest_of(*parts: str) -> str:
    """SHA-256 of the parts, each with its length before it."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode()
        whole.update(b"%d:" % len(data))
        whole.update(data)
    return whole.hexdigest()


class Cache:
    """A folder of finished files; a reader never sees half a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, key: str) -> bytes | None:
        """The bytes, or None where they are not kept."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return data or None

    def write(self, key: str, data: bytes) -> None:
        """Keeps the bytes: temporary file, fsync, rename. A full disk loses the cache, never the document."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".new-")
            new = Path(name)
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(data)
                    out.flush()
                    os.fsync(out.fileno())
                new.replace(self._path(key))
            except BaseException:
                new.unlink()
                raise
            self._forget_oldest()

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.pdf"

    def _forget_oldest(self) -> None:
        files = sorted(self.folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)
