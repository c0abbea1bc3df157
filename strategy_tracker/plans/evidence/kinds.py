"""What a file really is, told by its bytes, and whether it may be kept."""

import re
from dataclasses import dataclass

from strategy_tracker.errors import Invalid
from strategy_tracker.plans.evidence import packages, pictures
from strategy_tracker.plans.evidence.packages import refuse

LARGEST = 10 * 1024 * 1024
LARGEST_KEPT = 20 * 1024 * 1024
"""Bytes that a picture may have once it is written anew, which can be more than it had."""
TAKEN = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods, .odp), PNG or JPEG"


@dataclass(frozen=True)
class Kind:
    """A kind of file that is kept: what people call it, its media type, and the endings its name may have."""

    words: str
    media_type: str
    endings: tuple[str, ...]


OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
PDF = Kind("PDF", "application/pdf", ("pdf",))
PNG = Kind("PNG", "image/png", ("png",))
JPEG = Kind("JPEG", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
OFFICE = {
    f"{OPEN_XML}wordprocessingml.document": Kind("Word", f"{OPEN_XML}wordprocessingml.document", ("docx",)),
    f"{OPEN_XML}spreadsheetml.sheet": Kind("Excel", f"{OPEN_XML}spreadsheetml.sheet", ("xlsx",)),
    f"{OPEN_XML}presentationml.presentation": Kind("PowerPoint", f"{OPEN_XML}presentationml.presentation", ("pptx",)),
}
OPEN = {
    f"{OPEN_DOCUMENT}text": Kind("ODT", f"{OPEN_DOCUMENT}text", ("odt",)),
    f"{OPEN_DOCUMENT}spreadsheet": Kind("ODS", f"{OPEN_DOCUMENT}spreadsheet", ("ods",)),
    f"{OPEN_DOCUMENT}presentation": Kind("ODP", f"{OPEN_DOCUMENT}presentation", ("odp",)),
}
KINDS = {kind.media_type: kind for kind in (PDF, PNG, JPEG, *OFFICE.values(), *OPEN.values())}
ENDINGS = tuple(f".{ending}" for kind in KINDS.values() for ending in kind.endings)

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
REFUSED = {
    b"GIF8": "a GIF picture; save it as PNG",
    b"II*\0": "a TIFF picture; save it as PDF, PNG or JPEG",
    b"MM\0*": "a TIFF picture; save it as PDF, PNG or JPEG",
    b"BM": "a bitmap picture; save it as PNG",
    b"{\\rtf": "a Rich Text file; save it as .docx or PDF",
    b"Rar!": "an archive; add the files in it one by one",
    b"7z\xbc\xaf": "an archive; add the files in it one by one",
    b"\x1f\x8b": "an archive; add the files in it one by one",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
PDF_ENDS_WITHIN = 2048
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its kind, and the bytes to keep, which for a picture are not those that came."""

    kind: Kind
    content: bytes


def checked(content: bytes, filename: str) -> Checked:
    """Raises Invalid at "file", in words, for what is not kept."""
    if not content:
        raise refuse("The file is empty")
    if len(content) > LARGEST:
        raise refuse(f"The file is larger than {LARGEST // 1024 // 1024} MB")
    kind = kind_of(content)
    _refuse_other_ending(kind, filename)
    if kind in (PNG, JPEG):
        content = pictures.written_anew(content, kind.words)
        if len(content) > LARGEST_KEPT:
            raise refuse("The picture is too large once it is unpacked; make it smaller")
    return Checked(kind, content)


def kind_of(content: bytes) -> Kind:
    """Raises Invalid for what is not kept, saying what it is."""
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK\x03\x04"):
        return _office(packages.opened(content))
    raise _other(content)


def _pdf(content: bytes) -> Kind:
    if b"%%EOF" not in content[-PDF_ENDS_WITHIN:]:
        raise refuse("The PDF is damaged: its end is missing")
    if packages.is_package_too(content):
        raise refuse("The file is two kinds of file at once")
    return PDF


def _office(package: packages.Package) -> Kind:
    if any("macroenabled" in each.lower() for each in package.main_types):
        raise refuse("The file holds macros; save it without them (.docx, .xlsx or .pptx) or as a PDF")
    found = [kind for kind in (OPEN.get(package.mimetype), *_of_types(package.main_types)) if kind]
    if len(found) > 1 or (found and package.mimetype and package.main_types):
        raise refuse("The file is two kinds of file at once")
    if not found:
        raise refuse(f"The file is an archive, not a document. Add {TAKEN}")
    return found[0]


def _of_types(types: frozenset[str]) -> list[Kind | None]:
    return [OFFICE.get(each.removesuffix(".main+xml")) for each in sorted(types)]


def _other(content: bytes) -> Invalid:
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED_PACKAGE in content:
            return refuse("The file is protected by a password; take the password off and try again")
        return refuse(
            "The file is in an old Office format (.doc, .xls or .ppt), which can hold macros; save it as .docx, "
            ".xlsx or .pptx, or as a PDF"
        )
    for start, words in REFUSED.items():
        if content.startswith(start):
            return refuse(f"The file is {words}")
    if content[4:8] == b"ftyp":
        return refuse("The file is a picture or film of a kind that is not kept; save a picture as JPEG")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return refuse("The file is a WebP picture; save it as PNG or JPEG")
    if re.match(rb"\s*<", content.removeprefix(BOM)):
        return refuse("The file is a web page, XML or an SVG picture; save it as a PDF")
    return refuse(f"The content of the file is none of those that are kept: {TAKEN}")


def _refuse_other_ending(kind: Kind, filename: str) -> None:
    _, dot, ending = filename.rpartition(".")
    if dot and ending.lower() not in kind.endings:
        raise refuse(
            f"The file’s name ends in .{ending[:20]}, and its content is {kind.words}: give it a name that ends "
            f"in .{kind.endings[0]}"
        )
