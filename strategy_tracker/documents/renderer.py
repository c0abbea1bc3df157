"""The caller's side: a page goes in, PDF bytes come out, from the cache or from a child process."""

import logging
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
CRASHED = (-signal.SIGTRAP, -signal.SIGABRT, -signal.SIGSEGV)
PACKAGE_ROOT = Path(__file__).parents[2]
#: Seconds of wall clock before a child is killed; its processor time is limited to 60 s by the child itself.
PATIENCE = 150
#: The same where nobody waits: a job stands back from the pages of the site, and may get little of a busy machine.
UNHURRIED = 1800
#: How often a child is started where it crashed: once in some thousands of documents a library in C did on a page that
#: it rendered before and after. What needs too much memory crashes every time.
TRIES = 2
#: Documents rendered at once by this process; the rest wait, and then are read where they were the same.
AT_ONCE = threading.BoundedSemaphore(2)


log = logging.getLogger(__name__)


class RenderFailed(DomainError):
    """No PDF came out: the page needs too much time or memory, or fonts or Pango are missing. It says which."""


def pdf(html: str, *, folder: Path | None = None, fonts: Path = assets.FONTS, patience: float | None = None) -> bytes:
    """PDF/UA-1 of a whole HTML page that has a language and a title.

    `folder` is where rendered documents are kept; None keeps nothing. The same page gives the same bytes.
    `patience` is in seconds of wall clock; None: PATIENCE. Raises RenderFailed.
    """
    patience = PATIENCE if patience is None else patience
    try:
        key = digest_of(html, assets.digest(fonts), version("weasyprint"))
    except FileNotFoundError as missing:
        raise RenderFailed(str(missing)) from missing
    kept = Cache(folder) if folder else None
    if kept and (data := kept.read(key)):
        return data
    if not AT_ONCE.acquire(timeout=patience):
        raise RenderFailed("too many documents are being made at once; try again in a minute")
    try:
        data = (kept.read(key) if kept else None) or _render(html, fonts, patience)
    finally:
        AT_ONCE.release()
    if kept:
        kept.write(key, data)
    return data


def unhurried(html: str) -> bytes:
    """The PDF for a job, which stands back from everything else on the machine. Raises RenderFailed."""
    return pdf(html, patience=UNHURRIED)


def _render(html: str, fonts: Path, patience: float) -> bytes:
    command = [sys.executable, "-m", "strategy_tracker.documents.child", str(fonts.absolute())]
    for _ in range(TRIES):
        try:
            done = subprocess.run(
                command, input=html.encode(), capture_output=True, env=environment(), timeout=patience, check=False
            )
        except subprocess.TimeoutExpired as late:
            raise RenderFailed(f"the document took more than {patience:g} seconds") from late
        if done.returncode == 0 and done.stdout.startswith(b"%PDF-"):
            return done.stdout
        errors = done.stderr.decode(errors="replace")
        if not _is_crash(done.returncode, errors):
            break
        log.warning("the renderer crashed with status %d: %s", done.returncode, errors[-500:])
    raise RenderFailed(_reason(done.returncode, errors))


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


def _is_crash(code: int, errors: str) -> bool:
    """Libraries in C, told that there is no more memory, abort or crash."""
    return code in CRASHED or _last(errors).startswith(("MemoryError", "SystemError"))


def _reason(code: int, errors: str) -> str:
    if code in OUT_OF_TIME:
        return "the document needs more processor time than one document may have"
    if _is_crash(code, errors):
        return "the document needs more memory than one document may have"
    return _last(errors) or f"the renderer ended with status {code}"


def _last(errors: str) -> str:
    return (errors.strip().splitlines() or [""])[-1]
