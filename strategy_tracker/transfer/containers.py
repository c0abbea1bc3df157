"""What a file really is, told by its bytes; and the zip files that Office formats are, opened with care."""

import io
import re
import zipfile
import zlib

from lxml import etree

from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.grids import MAX_ROWS, too_many_rows

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 32 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2_000
RATIO_COUNTS_FROM = 1024 * 1024
CHUNK = 256 * 1024

ROW = re.compile(rb"<(?:\w+:)?(?:tr|row)[ />]")
UNREADABLE = {
    b"%PDF": "a PDF; bring it as Word, Excel, OpenDocument or CSV",
    b"\x89PNG": "a picture (PNG), not a document",
    b"\xff\xd8\xff": "a picture (JPEG), not a document",
    b"GIF8": "a picture (GIF), not a document",
    b"{\\rtf": "a Rich Text file; save it as .docx",
    b"Rar!": "an archive, not a document",
    b"7z\xbc\xaf": "an archive, not a document",
    b"\x1f\x8b": "an archive, not a document",
    b"\x7fELF": "a program, not a document",
    b"MZ": "a program, not a document",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
MAIN_PARTS = {
    "wordprocessingml.document.main+xml": "word",
    "ms-word.document.macroEnabled.main+xml": "word",
    "wordprocessingml.template.main+xml": "word",
    "spreadsheetml.sheet.main+xml": "excel",
    "ms-excel.sheet.macroEnabled.main+xml": "excel",
    "spreadsheetml.template.main+xml": "excel",
}


def refuse(why: str) -> Invalid:
    return Invalid({"file": why})


def check_size(content: bytes) -> None:
    if not content.strip():
        raise refuse("The file is empty")
    if len(content) > MAX_BYTES:
        raise refuse(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB")


def kind_of(content: bytes) -> str:
    """word, excel, opendocument or delimited. Raises Invalid for what cannot hold a plan, saying what it is."""
    for start, words in UNREADABLE.items():
        if content.startswith(start):
            raise refuse(f"The file is {words}")
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED_PACKAGE in content:
            raise refuse("The file is protected by a password; take the password off and try again")
        raise refuse("The file is in an old Word or Excel format; save it as .docx or .xlsx")
    if content.startswith(b"PK"):
        return kind_of_package(parts_of(content))
    if content.lstrip()[:1] == b"<":
        raise refuse("The file is a web page or XML, not a Word, Excel, OpenDocument or CSV file")
    return "delimited"


def kind_of_package(parts: dict[str, bytes]) -> str:
    if parts.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument"):
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise refuse("The file is protected by a password; take the password off and try again")
        if b"spreadsheet" not in parts["mimetype"]:
            raise refuse("The file is an OpenDocument file but not a spreadsheet; save it as .ods or .docx")
        return "opendocument"
    types = parts.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    for main, kind in MAIN_PARTS.items():
        if main in types:
            return kind
    raise refuse("The file is neither a Word document nor a spreadsheet")


def parts_of(content: bytes) -> dict[str, bytes]:
    """The XML parts of a package, by name. What is larger unpacked than a plan can be, names outside
    parts (document types, entities) or holds far too many rows is refused before any of it is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _unpack(package, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise refuse("The file is damaged: it cannot be unpacked") from fault


def _unpack(package: zipfile.ZipFile, packed: int) -> dict[str, bytes]:
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        raise refuse("The file has too many parts to be a document")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse("The file is protected by a password; take the password off and try again")
    parts: dict[str, bytes] = {}
    unpacked = 0
    for entry in entries:
        if entry.is_dir() or not _is_read(entry.filename):
            continue
        data = _unpack_part(package, entry, packed, unpacked)
        unpacked += len(data)
        parts[entry.filename] = data
    return parts


def _unpack_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, packed: int, before: int) -> bytes:
    """Counts what really comes out: the sizes that a package states need not be true."""
    data = bytearray()
    rows = 0
    with package.open(entry) as part:
        while chunk := part.read(CHUNK):
            data += chunk
            rows += len(ROW.findall(chunk))
            if rows > MAX_ROWS:
                raise too_many_rows("The file")
            total = before + len(data)
            if total > MAX_UNPACKED or (total > RATIO_COUNTS_FROM and total > packed * MAX_RATIO):
                raise refuse("The file unpacks to far more than a plan or a register can hold")
    _check_xml(entry.filename, bytes(data))
    return bytes(data)


def _check_xml(name: str, data: bytes) -> None:
    plain = data.replace(b"\0", b"") if b"\0" in data[:64] else data
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise refuse(f"The file is refused: its part {name} names entities or outside parts")


def part_tree(parts: dict[str, bytes], name: str) -> etree._Element | None:
    """A part's root, None where the package has no such part."""
    if name not in parts:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(parts[name], parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise refuse(f"The file is damaged: its part {name} cannot be read") from fault


def related(parts: dict[str, bytes], name: str) -> dict[str, tuple[str, str]]:
    """What a part of an Office file points to: relation id to (last word of its type, part name). "" is the package."""
    folder, _, file = name.rpartition("/")
    root = part_tree(parts, f"{folder}/_rels/{file}.rels".lstrip("/"))
    found: dict[str, tuple[str, str]] = {}
    for relation in root if root is not None else ():
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], path)
    return found


def main_part(parts: dict[str, bytes]) -> str:
    """The name of an Office file's document or workbook."""
    for kind, path in related(parts, "").values():
        if kind == "officeDocument" and path in parts:
            return path
    raise refuse("The file is damaged: its main part is missing")


def _is_read(name: str) -> bool:
    return name == "mimetype" or name.endswith((".xml", ".rels"))
