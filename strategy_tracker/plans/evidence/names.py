"""Names of files as they are kept and sent: one line, no path, no sign that a machine or a header reads otherwise."""

import re
import unicodedata
from pathlib import PureWindowsPath
from urllib.parse import quote

from strategy_tracker.text import one_line

LONGEST = 100
UNSAFE = re.compile(r'[<>:"/\\|?*;%]+')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def kept_name(given: str, ending: str) -> str:
    """The last part of whatever path a browser sends, made safe, with an ending of its kind."""
    name = one_line(PureWindowsPath(given.replace("\0", "")).name)
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Co", "Cn"))
    stem, dot, last = name.rpartition(".")
    stem, last = (stem, last.lower()) if dot else (name, ending)
    stem = " ".join(UNSAFE.sub("-", stem).split()).strip(". ")
    if RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem[: LONGEST - len(last) - 1].rstrip('. ') or 'file'}.{last}"


def title_of(given: str) -> str:
    """What a file is called where nobody says: its name without the ending."""
    stem, _, _ = kept_name(given, "x").rpartition(".")
    return stem.replace("_", " ")


def disposition(name: str) -> str:
    """Content-Disposition of a download (RFC 6266): a plain name for old readers, the whole name for all others."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()-]+", "-", plain)
    if plain.startswith("."):
        plain = f"file{plain}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
