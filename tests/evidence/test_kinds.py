"""What is kept and what is refused, told by the bytes: every kind, hostile files, and a sentence for each refusal."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from strategy_tracker.errors import Invalid
from strategy_tracker.plans.evidence import kinds, pictures
from strategy_tracker.plans.evidence.kinds import LARGEST, checked
from tests.evidence.files import KEPT, MAIN, PDF, a_package, a_picture, a_word, an_excel, an_opendocument, with_place

WORD, PNG, JPEG = a_word(), a_picture("PNG"), a_picture("JPEG")
DOCX = MAIN.format("wordprocessingml.document")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sentence_for(content: bytes, name: str = "file") -> str:
    with pytest.raises(Invalid) as refused:
        checked(content, name)
    assert list(refused.value.problems) == ["file"]
    return refused.value.problems["file"]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int) -> bytes:
    """Says that it is this large; its pixels would be as many."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def with_bomb_of_words() -> bytes:
    words = b"Comment\0\0" + zlib.compress(b"x" * (80 * 1024 * 1024))
    return PNG[:33] + chunk(b"zTXt", words) + PNG[33:]


def stored_with_flag(content: bytes) -> bytes:
    """Marks each entry as encrypted, in both places where a package says so."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(signature, at + 1)
    return bytes(marked)


def with_entry_twice() -> bytes:
    stream = io.BytesIO(WORD)
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", "<other/>")
    return stream.getvalue()


@pytest.mark.parametrize("name", KEPT)
def test_each_kind_is_told_by_its_bytes(name):
    content, words = KEPT[name]
    found = checked(content, name)
    assert found.kind.words == words
    assert found.content == content or words in ("PNG", "JPEG")


@pytest.mark.parametrize("name", KEPT)
def test_a_name_without_an_ending_is_taken_and_one_of_another_kind_is_not(name):
    content, words = KEPT[name]
    assert checked(content, "File").kind.words == words
    assert f"ends in .exe, and its content is {words}" in sentence_for(content, f"{name}.exe")
    assert "give it a name that ends in" in sentence_for(content, "report.pdf" if words != "PDF" else "report.docx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 " + b"x" * LARGEST, "larger than 10 MB"),
        (b"%PDF-1.7\nand no more", "its end is missing"),
        (b" " + PDF, "none of those that are kept"),
        (PDF + a_package(a=b"x" * 50), "two kinds of file at once"),
        (b"GIF89a" + b"\0" * 50, "a GIF picture"),
        (b"II*\0" + b"\0" * 50, "a TIFF picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a WebP picture"),
        (b"\0\0\0\x18ftypheic", "a picture or film of a kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "an SVG picture"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        (b"{\\rtf1 words}", "a Rich Text file"),
        (b"MZ\x90\0", "a program"),
        (b"\x7fELF", "a program"),
        (b"Rar!\x1a\x07", "an archive"),
        (b"Name,Number\nA,1\n", "none of those that are kept"),
        (OLD_OFFICE + b"\0" * 600, "an old Office format"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (a_package(readme_DOT_txt="words"), "an archive, not a document"),
        (a_package(DOCX.replace("wordprocessingml.document", "drawingml.chart")), "an archive, not a document"),
        (a_package(DOCX, mimetype="application/vnd.oasis.opendocument.text"), "two kinds of file at once"),
        (a_package(DOCX, word__vbaProject_DOT_bin=b"\0"), "macros"),
        (a_package(DOCX, word__VBAPROJECT_DOT_BIN=b"\0"), "macros"),
        (a_package(DOCX, word__activeX__activeX1_DOT_bin=b"\0"), "macros"),
        (a_package("application/vnd.ms-word.document.macroEnabled.main+xml", word__document_DOT_xml=""), "macros"),
        (a_package(mimetype="application/vnd.oasis.opendocument.text", Basic__Standard__M_DOT_xml=""), "macros"),
        (a_package(DOCX, ___DOT__DOT___etc__passwd=b"\0"), "names of its parts"),
        (b"PK\x03\x04" + a_package(DOCX), "two kinds of file at once"),
        (b"x" * 40 + WORD, "none of those that are kept"),
        (PDF[:0] + WORD[: len(WORD) // 2], "damaged"),
        (stored_with_flag(WORD), "password"),
        (PNG[:50], "damaged"),
        (JPEG[: len(JPEG) // 2], "damaged"),
        (png_of(60_000, 60_000), "more than 50 million pixels"),
        (png_of(10_000, 9_900), "more than 50 million pixels"),
        (png_of(9_000, 9_000), "more than 50 million pixels"),
        (png_of(200, 200).replace(b"IEND", b"IEMD"), "damaged"),
        (with_bomb_of_words(), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_sentence_says_what_is_wrong(content, words):
    assert words in sentence_for(content)


def test_a_package_with_a_part_twice_is_damaged():
    assert "names of its parts" in sentence_for(with_entry_twice())


def test_a_package_that_follows_something_else_is_two_kinds():
    inside = a_package(a=b"first") + WORD
    assert "two kinds" in sentence_for(inside) or "damaged" in sentence_for(inside)


@pytest.mark.parametrize("size", [64, 300])
def test_a_zip_bomb_is_not_unpacked(size):
    """Megabytes that come out of a few hundred kilobytes, in one part or in several."""
    part = b" " * (size * 1024 * 1024 // 4)
    bomb = a_package(DOCX, **{f"word__{number}": part for number in range(4)})
    assert len(bomb) < 400_000
    assert "unpacks to far more" in sentence_for(bomb)


def test_a_package_that_lies_about_its_sizes_is_counted_as_it_comes_out():
    bomb = bytearray(a_package(DOCX, word__document=b" " * (64 * 1024 * 1024)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.rfind(signature)
        bomb[at + offset : at + offset + 4] = struct.pack("<I", 100)
    words = sentence_for(bytes(bomb))
    assert "unpacks to far more" in words or "damaged" in words


def test_a_spreadsheet_with_many_like_cells_is_no_bomb():
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for row in range(3000):
            sheet.write_row(row, 0, [0] * 30)
    assert checked(stream.getvalue(), "figures.xlsx").kind.words == "Excel"


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_loses_what_its_camera_noted_and_stands_upright(form):
    came = with_place(form)
    assert b"SecretCamera" in came
    kept = checked(came, f"photo.{form.lower()}").content
    for secret in (b"SecretCamera", b"SecretComment", b"Exif", b"2010:07:30"):
        assert secret not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert picture.size == (32, 64)
        assert picture.getpixel((16, 4))[0] < 60 < 200 < picture.getpixel((16, 60))[0]


def test_what_follows_a_picture_is_gone():
    for came, name in ((PNG + WORD, "map.png"), (JPEG + b"<script>alert(1)</script>", "photo.jpg")):
        kept = checked(came, name).content
        assert b"PK\x03\x04" not in kept
        assert b"script" not in kept


@pytest.mark.parametrize(("form", "mode"), [("PNG", mode) for mode in ("1", "L", "LA", "P", "RGBA", "I;16")])
def test_every_mode_of_png_is_kept_as_it_looks(form, mode):
    came = a_picture(form, mode) if mode != "I;16" else _deep()
    kept = checked(came, "map.png").content
    with Image.open(io.BytesIO(came)) as before, Image.open(io.BytesIO(kept)) as after:
        assert after.mode == before.mode
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()


def _deep() -> bytes:
    stream = io.BytesIO()
    Image.new("I;16", (4, 4), 40_000).save(stream, "PNG")
    return stream.getvalue()


def test_a_print_shops_picture_is_kept_as_one_for_screens():
    with Image.open(io.BytesIO(checked(a_picture("JPEG", "CMYK"), "photo.jpg").content)) as picture:
        assert picture.mode == "RGB"


def test_unreadable_notes_of_a_camera_do_not_matter():
    came = with_place("JPEG").replace(b"MM\0*", b"MM\0\xff").replace(b"II*\0", b"II\xff\0")
    assert checked(came, "photo.jpg").kind is kinds.JPEG


def test_only_the_form_that_it_says_is_tried():
    with pytest.raises(Invalid):
        pictures.written_anew(a_picture("GIF", "P"), "PNG")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_broken_in_a_file_it_is_kept_or_refused(data):
    content = bytearray(data.draw(st.sampled_from([content for content, _ in KEPT.values()])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    kept_or_refused(bytes(content[: data.draw(st.integers(1, len(content)))]))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([b"", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04"]), st.binary(max_size=300))
def test_any_bytes_at_all(start, rest):
    kept_or_refused(start + rest)


def kept_or_refused(content: bytes) -> None:
    """Any other exception fails the test."""
    try:
        found = checked(content, "file")
    except Invalid:
        return
    assert found.content


def test_the_kinds_say_their_endings():
    assert ".pdf" in kinds.ENDINGS
    assert {an_excel()[:4], an_opendocument("text")[:4]} == {b"PK\x03\x04"}
