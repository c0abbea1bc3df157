"""Zip packages that Office files are, opened with care: every part is unpacked once, counted and thrown away."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from strategy_tracker.errors import Invalid

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
MAX_PARTS = 5_000
CHUNK = 256 * 1024
LARGEST_TYPES = 1024 * 1024
"""Bytes that the part may have which lists the types of the others."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)

MACROS = re.compile(
    r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|activex/.*|macrosheets/.*)$|^(?:basic|scripts)/.+", re.IGNORECASE
)
"""Parts that hold programs, in Office files and in OpenDocument."""
NO_PATH = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")
MAIN_TYPE = re.compile(
    rb'ContentType\s*=\s*["\'](application/vnd\.(?:openxmlformats-officedocument|ms-)[^"\']*\.main\+xml)["\']'
)


@dataclass(frozen=True)
class Package:
    """What a package says of itself: its part `mimetype`, and the types of main parts in its list of types."""

    mimetype: str
    main_types: frozenset[str]


def refuse(why: str) -> Invalid:
    return Invalid({"file": why})


def opened(content: bytes) -> Package:
    """Unpacks all of it. Raises Invalid for what is damaged, protected, far too large unpacked, or holds a program."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _looked_through(package, len(content))
    except BROKEN as fault:
        raise refuse("The file is damaged: it cannot be unpacked") from fault


def is_package_too(content: bytes) -> bool:
    """Whether a file of another kind can be opened as a package as well."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return bool(package.infolist())
    except BROKEN:
        return False


def _looked_through(package: zipfile.ZipFile, packed: int) -> Package:
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        raise refuse("The file has too many parts to be a document")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse("The file is protected by a password; take the password off and try again")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(NO_PATH.search(name) for name in names):
        raise refuse("The file is damaged: the names of its parts are not those of a document")
    if min((entry.header_offset for entry in entries), default=0) != 0:
        raise refuse("The file is two kinds of file at once")
    if any(MACROS.search(name) for name in names):
        raise refuse("The file holds macros; save it without them (.docx, .xlsx or .pptx) or as a PDF")
    kept = _unpacked(package, entries, packed)
    mimetype = kept.get("mimetype", b"")[:200].decode("ascii", "replace").strip()
    types = kept.get("[Content_Types].xml", b"")
    main = frozenset(found.decode("ascii", "replace") for found in MAIN_TYPE.findall(types))
    _refuse_protected(mimetype, kept.get("META-INF/manifest.xml", b""))
    return Package(mimetype, main)


def _unpacked(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], packed: int) -> dict[str, bytes]:
    """Counts what really comes out (a package need not state it truly); keeps the parts that name types."""
    kept: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        first = b""
        with package.open(entry) as part:
            while chunk := part.read(CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED or (total > RATIO_COUNTS_FROM and total > packed * MAX_RATIO):
                    raise refuse("The file unpacks to far more than a document can hold")
                if len(first) < LARGEST_TYPES:
                    first += chunk
        if entry.filename in ("mimetype", "[Content_Types].xml", "META-INF/manifest.xml"):
            kept[entry.filename] = first
    return kept


def _refuse_protected(mimetype: str, manifest: bytes) -> None:
    if mimetype and b"encryption-data" in manifest:
        raise refuse("The file is protected by a password; take the password off and try again")
