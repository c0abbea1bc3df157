"""What the files that go out are like: plain, harmless, and fit to be worked in."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.transfer.models import PlanExport
from strategy_tracker.transfer.out.export import WHERE_USED
from strategy_tracker.transfer.out.files import file_of
from strategy_tracker.transfer.out.layout import MEANINGS, Column
from tests import builders
from tests.cast import authority, person
from tests.transfer.going_out import KINDS, edited, sent_out, setting
from tests.transfer.test_commands import run

HEADS = [column for column in Column if column not in WHERE_USED]
here = pytest.mark.usefixtures("database")


def dangerous() -> bytes:
    action = builders.action("1.1")
    builders.a_note(action, "twbc", None, '=HYPERLINK("http://evil.example","x")', as_at=dt.date(2011, 6, 30))
    return sent_out("xlsx")


@here
def test_a_workbook_has_a_cover_and_one_sheet_of_rows_with_one_head() -> None:
    book = openpyxl.load_workbook(io.BytesIO(dangerous()))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [("About", "visible"), ("Plan", "visible")]
    assert book.active.title == "Plan"
    sheet = book["Plan"]
    assert [cell.value for cell in sheet[1]] == [column.value for column in HEADS]
    assert (list(sheet.merged_cells.ranges), sheet.freeze_panes, sheet.auto_filter.ref) == ([], "A2", "A1:Q8")
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "d"}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert all(cell.number_format == "@" for row in sheet.iter_rows(min_row=2) for cell in row if cell.data_type == "s")
    cover = {row[0].value: row[1].value for row in book["About"].iter_rows() if row[0].value}
    assert cover["Plan"] == "Action plan 2010-11"
    assert cover["Source"] == "https://tracker.example/p/west-kent/plans/2010-11/"
    assert cover["Contact"] == "Cora Coordinator, coordinator@westkent.example"
    assert set(MEANINGS) == set(Column) and set(HEADS) <= set(cover)
    assert (book.properties.creator, book.properties.lastModifiedBy) == (None, None)


@here
@pytest.mark.parametrize("kind", KINDS)
def test_an_extract_names_no_person_and_a_viewer_learns_no_address(kind: str) -> None:
    plan = builders.plan()
    settings = {"as_at": None, "base_url": "https://tracker.example"}
    for content in (
        sent_out(kind, of="sdc"),
        file_of(kind, person("partnership viewer"), plan, authority=None, **settings),
    ):
        parts = [content]
        if zipfile.is_zipfile(io.BytesIO(content)):
            package = zipfile.ZipFile(io.BytesIO(content))
            parts = [package.read(name) for name in package.namelist()]
        assert not any(b"coordinator@westkent.example" in part for part in parts)
    extract = file_of("csv", OPERATOR, plan, authority=authority("sdc"), **settings).decode()
    assert "The post is vacant" in extract and "12 loans" not in extract and "41 people" not in extract


@here
def test_csv_has_a_byte_order_mark_and_the_line_ends_of_its_standard() -> None:
    dangerous()
    content = sent_out("csv")
    assert content.startswith(b"\xef\xbb\xbfObjective number,Objective,") and content.endswith(b"\r\n")
    assert b"'=HYPERLINK" in content and b",=" not in content and b'"=' not in content
    assert b",2010-07-30," in content


@here
def test_an_opendocument_file_says_what_it_is_and_who_nobody() -> None:
    package = zipfile.ZipFile(io.BytesIO(sent_out("ods")))
    first = package.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    meta = package.read("meta.xml").decode()
    assert "creator" not in meta and "generator" not in meta
    content = package.read("content.xml").decode()
    assert "formula" not in content and "spanned" not in content
    assert '<table:table-header-rows><table:table-row table:style-name="row">' in content
    assert 'office:date-value="2010-07-30"' in content and "display-filter-buttons" in content
    assert re.search(r"VerticalSplitPosition[^>]*>1<", package.read("settings.xml").decode())


@here
def test_a_word_document_has_real_tables_with_repeated_heads() -> None:
    document = docx.Document(io.BytesIO(sent_out("docx")))
    core, section = document.core_properties, document.sections[0]
    assert (core.author, core.last_modified_by, core.comments, core.language) == ("", "", "", "en-GB")
    assert core.title == "Action plan 2010-11"
    assert section.page_width > section.page_height
    languages = {language.get(qn("w:val")) for language in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == ["Objective 1: Prevent homelessness", "Objective 2: Find more homes"]
    assert len(document.tables) == 2
    for table in document.tables:
        assert [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows][
            :2
        ] == [True, False]
    assert "Led by TMBC" in [each.text for each in document.paragraphs]
    fields = [each.get(qn("w:instr")) for each in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert any("As at" in each.text for each in document.paragraphs)


@here
def test_the_same_content_is_kept_once() -> None:
    for kind in KINDS:
        sent_out(kind)
    assert PlanExport.select().count() == 1
    builders.a_note(builders.action("1.1"), "twbc")
    sent_out("csv")
    assert PlanExport.select().count() == 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_line_sends_out_and_brings_back(database_url: str, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"plan.{kind}"
    where = ("--partnership", "west-kent")
    done = run(database_url, "export", "plan", "2010-11", *where, "--format", kind, "-o", file)
    assert (done.exit_code, done.stderr) == (0, "")
    back = run(database_url, "import", "plan", file, *where, "--plan", "2010-11")
    assert back.stdout.splitlines()[-1] == "Nothing to do: the plan says what the file says"
    part = run(database_url, "export", "plan", "2010-11", *where, "--format", kind, "-o", file, "--authority", "sdc")
    assert part.exit_code == 0


def test_the_command_line_refuses_clashes_by_name_unless_it_is_told(database_url: str, tmp_path: Path) -> None:
    where = ("--partnership", "west-kent", "--plan", "2010-11")
    file = tmp_path / "plan.csv"
    run(database_url, "export", "plan", "2010-11", *where[:2], "--format", "csv", "-o", file)
    old, new = (edited("csv", file.read_bytes(), setting("1.1", "SDC", Action=text)) for text in ("Late", "Early"))
    file.write_bytes(new)
    first = run(database_url, "import", "plan", file, *where, "--reason", "Agreed")
    assert (first.exit_code, first.stderr) == (0, "")
    file.write_bytes(old)
    refused = run(database_url, "import", "plan", file, *where)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "Both the file and the plan changed action 1.1 (action): the file says “Late”, the plan “Early”" in (
        refused.stderr
    )
    kept = run(database_url, "import", "plan", file, *where, "--prefer", "plan")
    assert kept.stdout.splitlines()[-1].startswith("Nothing to do")
    taken = run(database_url, "import", "plan", file, *where, "--prefer", "file")
    assert taken.stdout.splitlines()[-1] == "Done: 0 new, 1 changed, 0 gone"
