"""Damaged, empty, huge and hostile files: one clear sentence, and quickly."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.drafting import draft_of
from strategy_tracker.transfer.reading import read_document
from tests.transfer.files import (
    AUTHORITIES,
    HEADS,
    ROWS,
    csv_file,
    excel_file,
    opendocument_file,
    part,
    repacked,
    word_file,
)

DOCUMENT = "word__document.xml"
SHEET = "xl__worksheets__sheet1.xml"
WORD, EXCEL, OPENDOCUMENT, CSV = word_file(), excel_file(), opendocument_file(), csv_file()


def sentence_for(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        draft_of(content, AUTHORITIES)
    return " ".join(refused.value.problems.values())


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def with_password(content: bytes) -> bytes:
    """Marks each entry as encrypted, in both places where a package says so."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(signature, at + 1)
    return bytes(marked)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture (PNG)"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word or Excel format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (with_password(EXCEL), "password"),
        (WORD[:5000], "damaged"),
        (b"PK\x03\x04", "damaged"),
        (zipped(a=b"nothing"), "neither a Word document nor a spreadsheet"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "not a spreadsheet"),
        (repacked(WORD, word__document__xml=None, **{DOCUMENT: b"<w:document"}), "cannot be read"),
        (repacked(WORD, **{DOCUMENT: None}), "main part is missing"),
        (b"<html><table><tr><td>Action</td></tr></table></html>", "web page"),
        (b"No,Action\0,Objective\n1,a,b\n", "NUL"),
        (b"\x81\x8d\x8f\x90\x9d" * 20, "its bytes are no text"),
        (b'No,Objective,Action\n1,"Fewer,Write\n', "line"),
        (b"Name,Age\nAda,36\n", "Heads that are not understood: “Name”, “Age”"),
        (word_file(rows=(), heads=("a",), titles=False, glossary=False), "Heads that are not understood"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_sentence_says_what_is_wrong(content: bytes, words: str) -> None:
    assert words in sentence_for(content)


def test_a_document_without_a_table() -> None:
    import docx

    from tests.transfer.files import saved

    document = docx.Document()
    document.add_paragraph("Words alone")
    assert "no table" in sentence_for(saved(document))


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = repacked(WORD, **{DOCUMENT: b" " * (64 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert "unpacks to far more" in sentence_for(bomb)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (WORD, "word/document.xml"),
        (EXCEL, "xl/worksheets/sheet1.xml"),
        (OPENDOCUMENT, "content.xml"),
    ],
    ids=["word", "excel", "opendocument"],
)
def test_outside_entities_are_refused(content: bytes, name: str, encoding: str) -> None:
    xml = f"""<?xml version="1.0" encoding="{encoding}"?>
        <!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]><x>&secret;</x>"""
    assert "names entities" in sentence_for(repacked(content, **{name.replace("/", "__"): xml.encode(encoding)}))


def test_a_hundred_thousand_rows_are_too_many() -> None:
    row = b"<row><c t='inlineStr'><is><t>x</t></is></c></row>"
    sheet = part(EXCEL, "xl/worksheets/sheet1.xml").replace(b"<sheetData>", b"<sheetData>" + row * 100_000)
    assert "10,000 rows" in sentence_for(repacked(EXCEL, **{SHEET: sheet}))
    table_row = b"<w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
    document = part(WORD, "word/document.xml").replace(b"</w:tbl>", table_row * 100_000 + b"</w:tbl>", 1)
    assert "10,000 rows" in sentence_for(repacked(WORD, **{DOCUMENT: document}))
    assert "10,000 rows" in sentence_for(csv_file([*ROWS, *[("", "", "x", "", "")] * 100_000]))


def test_a_million_repeated_rows_in_opendocument_are_too_many() -> None:
    content = part(OPENDOCUMENT, "content.xml")
    repeated = content.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">', 1)
    assert repeated != content
    assert "10,000 rows" in sentence_for(repacked(OPENDOCUMENT, **{"content.xml": repeated}))


def test_a_cell_at_the_far_corner_costs_nothing() -> None:
    sheet = part(EXCEL, "xl/worksheets/sheet1.xml")
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    assert "10,000 rows" in sentence_for(repacked(EXCEL, **{SHEET: sheet.replace(b"</sheetData>", far)}))


def test_merged_cells_over_each_other_are_refused() -> None:
    sheet = part(EXCEL, "xl/worksheets/sheet1.xml")
    merges = b'<mergeCell ref="A1:XFD1048576"/>' * 50 + b"</mergeCells>"
    assert "overlap" in sentence_for(repacked(EXCEL, **{SHEET: sheet.replace(b"</mergeCells>", merges)}))


def test_tables_within_tables_within_tables_take_no_time() -> None:
    inner = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    for _ in range(70):
        inner = b"<w:tbl>" + (b"<w:tr><w:tc>" + inner + b"</w:tc></w:tr>") + b"</w:tbl>"
    document = part(WORD, "word/document.xml").replace(b"</w:tc>", inner + b"</w:tc>", 1)
    refused_or_read(repacked(WORD, **{DOCUMENT: document}))


@pytest.mark.parametrize("words", ["to ", "1/1/1/", "aA.", "every ", "1 May ", "(", "SDC and "])
def test_a_very_long_cell_takes_no_time(words: str) -> None:
    long = words * 130_000 if len(words) == 1 else words * (130_000 // len(words))
    heads = ("Objective", "Action", "Lead", "By when", "Outcome", "Progress")
    problems = draft_of(csv_file([("Fewer", "Write", long, long, long, long)], heads), AUTHORITIES).problems
    assert problems == {}


def test_deeply_nested_xml_is_only_damaged() -> None:
    deep = b"<w:body>" * 100_000
    assert "cannot be read" in sentence_for(repacked(WORD, **{DOCUMENT: deep}))


def test_text_that_looks_like_a_formula_is_text() -> None:
    for content in (WORD, EXCEL, OPENDOCUMENT, CSV):
        assert draft_of(content, AUTHORITIES).actions()[-1].text == "=Inspect every house in multiple occupation"


def test_a_formula_gives_its_last_value() -> None:
    sheet = part(EXCEL, "xl/worksheets/sheet1.xml")
    formula = sheet.replace(b'<c r="C10" t="s"><v>', b'<c r="C9" t="str"><f>CMD()</f><v>Last value', 1)
    assert formula != sheet
    assert draft_of(repacked(EXCEL, **{SHEET: formula}), AUTHORITIES).actions()[-1].text.startswith("Last value")


def test_the_kind_is_told_by_the_bytes() -> None:
    kinds = [read_document(content).kind for content in (WORD, EXCEL, OPENDOCUMENT, CSV)]
    assert kinds == ["word", "excel", "opendocument", "delimited"]


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_whatever_is_broken_in_a_file_the_answer_is_a_draft_or_a_refusal(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([WORD, EXCEL, OPENDOCUMENT, CSV])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    refused_or_read(bytes(content))


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_whatever_is_broken_inside_a_part_too(data: st.DataObject) -> None:
    content, name = data.draw(
        st.sampled_from(
            [
                (WORD, "word/document.xml"),
                (EXCEL, "xl/worksheets/sheet1.xml"),
                (EXCEL, "xl/styles.xml"),
                (OPENDOCUMENT, "content.xml"),
            ]
        )
    )
    words = part(content, name).decode()
    at = data.draw(st.integers(0, len(words) - 1))
    broken = words[:at] + data.draw(st.text(max_size=6)) + words[at + data.draw(st.integers(0, 30)) :]
    refused_or_read(repacked(content, **{name.replace("/", "__"): broken.encode("utf-8", "surrogatepass")}))


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all(content: bytes) -> None:
    refused_or_read(content)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=5, max_size=5), max_size=8))
def test_any_cells_below_the_heads(rows: list[list[str]]) -> None:
    cleaned = [[cell.replace("\0", "").encode("utf-8", "replace").decode() for cell in row] for row in rows]
    refused_or_read(csv_file(cleaned, HEADS))


def refused_or_read(content: bytes) -> None:
    """Any other exception fails the test."""
    with suppress(Invalid):
        draft_of(content, AUTHORITIES)
