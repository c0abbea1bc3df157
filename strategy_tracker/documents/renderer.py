"""The caller's side: a page goes in, PDF bytes come out, from the cache or from a child process."""

import os
import signal
import subprocess
import sys
import threading
from importlib.metadata import version
from pathlib import Path

from strategy_tracker.documents import assets
from strategy_tracker.documents.cache import Cache, digest_of
from strategy_tracker.errors import DomainError

OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
OUT_OF_MEMORY = (-signal.SIGTRAP, -signal.SIGABRT, -signal.SIGSEGV)
PACKAGE_ROOT = Path(__file__).parents[2]
#: Seconds of wall clock before a child is killed; its processor time is limited to 60 s by the child itself.
PATIENCE = 150
#: Documents rendered at once by this process; the rest wait, and then are read where they were the same.
AT_ONCE = threading.BoundedSemaphore(2)


class RenderFailed(DomainError):
    """No PDF came out: the page needs too much time or memory, or fonts or Pango are missing. It says which."""


def pdf(html: str, *, folder: Path | None = None, fonts: Path = assets.FONTS) -> bytes:
    """PDF/UA-1 of a whole HTML page that has a language and a title.

    `folder` is where rendered documents are kept; None keeps nothing. The same page gives the same bytes.
    Raises RenderFailed.
    """
    try:
        key = digest_of(html, assets.digest(fonts), version("weasyprint"))
    except FileNotFoundError as missing:
        raise RenderFailed(str(missing)) from missing
    kept = Cache(folder) if folder else None
    if kept and (data := kept.read(key)):
        return data
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise RenderFailed("too many documents are being made at once; try again in a minute")
    try:
        data = (kept.read(key) if kept else None) or _render(html, fonts)
    finally:
        AT_ONCE.release()
    if kept:
        kept.write(key, data)
    return data


def _render(html: str, fonts: Path) -> bytes:
    command = [sys.executable, "-m", "strategy_tracker.documents.child", str(fonts.absolute())]
    try:
        done = subprocess.run(
            command, input=html.encode(), capture_output=True, env=environment(), timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise RenderFailed(f"the document took more than {PATIENCE} seconds") from late
    if done.returncode == 0 and done.stdout.startswith(b"%PDF-"):
        return done.stdout
    raise RenderFailed(_reason(done.returncode, done.stderr.decode(errors="replace")))


def environment() -> dict[str, str]:
    """What the child is told: no settings, no secrets, no fonts of the machine, and no clock."""
    inherited = {
        name: os.environ[name]
        for name in ("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
        if name in os.environ
    }
    return inherited | {
        "PYTHONPATH": str(PACKAGE_ROOT),
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": "946684800",
        "FONTCONFIG_FILE": str(assets.HERE / "styles" / "fonts.conf"),
        "LANG": "C.UTF-8",
    }


def _reason(code: int, errors: str) -> str:
    """In words. Libraries in C, told that there is no more memory, abort or crash."""
    last = (errors.strip().splitlines() or [""])[-1]
    if code in OUT_OF_TIME:
        return "the document needs more processor time than one document may have"
    if code in OUT_OF_MEMORY or last.startswith(("MemoryError", "SystemError")):
        return "the document needs more memory than one document may have"
    return last or f"the renderer ended with status {code}"
