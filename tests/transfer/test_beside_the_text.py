"""What a file holds beside its plain cells: changes, comments, hidden parts, colours."""

import datetime as dt

import docx
import xlsxwriter
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.transfer.files import csv_file, opendocument_file, part, repacked, saved
from tests.transfer.laid_out import (
    TRACKED,
    add_table,
    cell,
    deleted,
    inserted,
    outline,
    paragraph,
    raw_row,
    read,
    row,
    table_of,
    whens,
    word_body,
    workbook,
)

HEADS = ("No", "Objective", "Action", "By when", "Progress June 2024")


def test_tracked_changes_count_as_accepted() -> None:
    gone = f"<w:del {TRACKED}/>"
    moved = f"<w:moveFrom {TRACKED}><w:r><w:t>OLD</w:t></w:r></w:moveFrom>"
    moved += f"<w:moveTo {TRACKED}><w:r><w:t> home</w:t></w:r></w:moveTo>"
    visit = f"<w:p><w:r><w:t xml:space='preserve'>Visit </w:t></w:r>{deleted('no')}{inserted('each')}{moved}</w:p>"
    draft = read(
        word_body(
            table_of(
                row(*HEADS),
                row("9", "Gone", "Nope", "Mar-25", "x", properties=gone),
                raw_row(*(cell(f"<w:p>{deleted(words)}</w:p>") for words in "2abcd")),
                raw_row(
                    *(cell(paragraph(words)) for words in ("1", "Warmer")),
                    cell(f"{visit}<w:p>{deleted('a paragraph')}</w:p>"),
                    cell(paragraph("TBC")),
                    cell(paragraph("gone"), f"<w:cellDel {TRACKED}/>"),
                    properties=f"<w:ins {TRACKED}/>",
                ),
            )
        )
    )
    assert outline(draft) == ["1 Warmer: 1.1 Visit each home"]
    assert (draft.notes(), draft.problems) == ((), {})


def test_content_controls_around_rows_cells_and_words() -> None:
    def control(inner: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    prompt = control(paragraph("Click or tap to enter a date."), "<w:showingPlcHdr/>")
    draft = read(
        word_body(
            table_of(
                control(row(*HEADS)),
                raw_row(
                    control(cell(paragraph("1"))),
                    cell(control(paragraph("Fewer"))),
                    cell(paragraph("Do:") + table_of(row("Step 1", "Call"), row("Step 2", "Write"))),
                    cell(prompt),
                    control(cell(paragraph("Choose an item.")), "<w:showingPlcHdr/>"),
                ),
            )
        )
    )
    assert outline(draft) == ["1 Fewer: 1.1 Do:\nStep 1; Call\nStep 2; Write"]
    assert (whens(draft), draft.notes()) == ([""], ())


def test_hidden_words_and_field_codes_are_no_text() -> None:
    field = "<w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:t>31 March 2025</w:t></w:r>"
    secret = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:br/><w:t>erbyn yr haf – tŷ</w:t></w:r>"
    cells = (paragraph("1"), paragraph("Fewer"), f"<w:p>{secret}</w:p>", f"<w:p>{field}</w:p>", "<w:p/>")
    draft = read(word_body(table_of(row(*HEADS), raw_row(*map(cell, cells)))))
    assert (outline(draft), whens(draft)) == (["1 Fewer: 1.1 erbyn yr haf – tŷ"], ["31 March 2025"])


def test_comments_and_footnotes_are_said_not_to_be_read() -> None:
    document = docx.Document()
    table = add_table(document, [("Objective", "Action"), ("Fewer", "Write")])
    document.add_comment(table.rows[1].cells[1].paragraphs[0].runs, "Is this so?", author="x")
    assert read(saved(document)).remarks == ("The file has 1 comment, which is not read",)

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Plan")
        page.write_row(0, 0, ("Objective", "Action"))
        page.write_row(1, 0, ("Fewer", "Write"))
        page.write_comment(1, 0, "Why?")
        page.write_comment(1, 1, "Ask")

    draft = read(workbook(fill))
    assert draft.remarks == ("The file has 2 comments, which are not read",)
    assert outline(draft) == ["1 Fewer: 1.1 Write"]


def test_hidden_columns_are_named_and_hidden_rows_are_read() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Plan")
        page.write_row(0, 0, ("Objective", "Action", "Internal cost", "By when"))
        page.write_row(1, 0, ("Fewer", "Write", "99", "Mar-25"))
        page.write_row(2, 0, ("", "Call", "99", "TBC"))
        page.set_column(2, 2, None, None, {"hidden": True})
        page.set_row(2, None, None, {"hidden": True})
        page.autofilter(0, 0, 2, 3)

    draft = read(workbook(fill))
    assert outline(draft) == ["1 Fewer: 1.1 Write; 1.2 Call"]
    assert draft.passed_over == ("Plan!C (Internal cost; a hidden column)",)
    assert draft.remarks == ("Plan: hidden rows, as a filter leaves them, are read too (row 3)",)
    assert draft.problems == {}


def test_a_status_that_is_only_a_colour_is_said_to_be_missing() -> None:
    rows = [("Objective", "Action", "RAG"), ("Fewer", "Write", ""), ("", "Call", "Green")]
    document = docx.Document()
    table = add_table(document, rows)
    for number in (1, 2):
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="00B050"/>')
        table.rows[number].cells[2]._tc.get_or_add_tcPr().append(shade)

    def fill(book: xlsxwriter.Workbook) -> None:
        page, red = book.add_worksheet("Table 1"), book.add_format({"bg_color": "#FF0000"})
        page.write_row(0, 0, rows[0], red)
        page.write_row(1, 0, ("Fewer", "Write"))
        page.write_blank(1, 2, None, red)

    for content in (saved(document), workbook(fill)):
        assert read(content).remarks == (
            "Table 1: “RAG” has colours without words in row 2; colours are not read, so no status is taken from there",
        )


def test_numbers_of_a_workbook_as_they_are_shown() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("1 Empty homes")
        page.write(0, 0, "Objective 1: Fewer empty homes")
        page.write_row(2, 0, ("Ref", "Action", "Measure", "By when"))
        page.write_number(3, 0, 1.1, book.add_format({"num_format": "0.00"}))
        page.write_formula(3, 1, '="Write "&1', None, "Write 1")
        page.write_number(3, 2, 3_500_000, book.add_format({"num_format": '"£"0.0,,"m"'}))
        page.write_datetime(3, 3, dt.datetime(2025, 3, 1), book.add_format({"num_format": "mmm-yy"}))

    draft = read(workbook(fill))
    assert outline(draft) == ["1 Fewer empty homes: 1.10 Write 1"]
    assert ([outcome.text for outcome in draft.outcomes()], whens(draft)) == (["£3.5m"], ["March 2025"])


def test_an_opendocument_sheet_with_repeats_hidden_parts_and_a_short_date() -> None:
    def sheet_row(*cells: str, attributes: str = "") -> str:
        return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"

    def words(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"

    many = '<table:table-cell table:number-columns-repeated="16000"/>'
    day = 'office:value-type="date" office:date-value="2025-03-01"'
    comment = "<table:table-cell><office:annotation><text:p>secret</text:p></office:annotation><text:p>ok</text:p>"
    table = (
        '<table:table table:name="Plan"><table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/><table:table-column/>'
        + sheet_row(*(words(head) for head in ("Objective", "Action", "By when", "Cost", "Progress June 2024")), many)
        + sheet_row(words("Fewer", 'table:number-rows-spanned="2"'), words("Write"), words("Mar 25", day), many)
        + sheet_row("<table:covered-table-cell/>", words("Call"), words("same", 'table:number-columns-repeated="3"'))
        + sheet_row(many, attributes='table:number-rows-repeated="1000"')
        + sheet_row(
            *(words("Warm"), words("Visit"), '<table:table-cell table:number-columns-repeated="2"/>'),
            comment + "</table:table-cell>",
            attributes='table:visibility="filter"',
        )
        + "</table:table>"
    )
    xml = part(opendocument_file(), "content.xml").decode()
    start = xml.index(">", xml.index("<office:spreadsheet")) + 1
    xml = xml[:start] + table + xml[xml.index("</office:spreadsheet>") :]
    draft = read(repacked(opendocument_file(), **{"content.xml": xml.encode()}))
    assert outline(draft) == ["1 Fewer: 1.1 Write; 1.2 Call", "2 Warm: 2.1 Visit"]
    assert whens(draft) == ["March 2025", "same", ""]
    assert [note.text for note in draft.notes()] == ["same", "ok"]
    assert draft.passed_over == ("Plan!D (Cost; a hidden column)",)
    assert draft.remarks == (
        "The file has 1 comment, which is not read",
        "Plan: hidden rows, as a filter leaves them, are read too (row 1004)",
    )


def test_delimited_files_with_breaks_and_other_signs() -> None:
    text = 'Objective;Action;By when\r\n1. Fewer;"Write\r\nto ""all"" owners; now";Mar-25\r\n;Café – £3.5m;TBC\r\n'
    for content in (b"\xef\xbb\xbf" + text.encode(), text.encode("windows-1252"), b"sep=;\r\n" + text.encode()):
        assert outline(read(content)) == ['1 Fewer: 1.1 Write\nto "all" owners; now; 1.2 Café – £3.5m']
    assert outline(read(csv_file([("Fewer", "Write, call")], ("Objective", "Action"), delimiter=";", titles=False)))


def test_footnotes_are_said_not_to_be_read() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = word_body(table_of(row("Objective", "Action"), row("Fewer", "Write")))
    relations = part(content, "word/_rels/document.xml.rels").decode()
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    notes = '<w:footnote w:type="separator" w:id="-1"/><w:footnote w:id="2"><w:p><w:r><w:t>Agreed</w:t></w:r></w:p>'
    parts = {
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation).encode(),
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{word}">{notes}</w:footnote></w:footnotes>'.encode(),
    }
    assert read(repacked(content, **parts)).remarks == ("The file has 1 footnote, which is not read",)
