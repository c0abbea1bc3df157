"""The plan as a Word document: a heading and a table for each objective, to be edited where it stands."""

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from strategy_tracker.transfer.out.export import Export
from strategy_tracker.transfer.out.layout import OF_ACTION, OF_OBJECTIVE, OF_OUTCOME, Column, Row
from strategy_tracker.transfer.out.words import NUMBER, OBJECTIVE_LEAD

WIDTHS: dict[Column, int] = {
    Column.ACTION_NUMBER: 9,
    Column.ACTION: 40,
    Column.LEAD: 14,
    Column.OWNER: 20,
    Column.OUTCOME: 38,
    Column.OUTCOME_LEAD: 14,
    Column.TIMESCALE: 22,
    Column.AUTHORITY: 18,
    Column.SHARE_OWNER: 20,
    Column.STATUS: 19,
    Column.PROGRESS: 60,
    Column.REASON: 24,
    Column.AS_AT: 20,
    Column.EARLIER: 40,
    Column.ROW: 19,
}
"""In millimetres, made to fit the page together."""
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 297, 210, 12
TWIPS = 56.7
"""To a millimetre."""
GREY, SHADE = "505A5F", "E6ECF2"
USE = (
    "Change the words where they stand and bring the file back with Import a plan: what would change is shown first. "
    "Where an action or outcome is for several authorities, its words stand once. For a new action or outcome add a "
    "row, and leave its Row empty. Delete all rows of an action to take it out of the plan."
)


def word_file(export: Export) -> bytes:
    document = docx.Document()
    _set_up(document, export)
    document.add_heading(export.heading, 0)
    document.add_paragraph(f"{export.strategy}. {export.period}. As at {export.as_at}.")
    about = "; ".join(
        f"{name}: {words}" for name, words in export.facts if name in ("Version", "Exported", "Source", "Contact")
    )
    document.add_paragraph(f"{about}.")
    document.add_paragraph(USE)
    columns = tuple(column for column in export.columns(sparing=True) if column not in OF_OBJECTIVE)
    for rows in _by_objective(export.rows):
        objective = rows[0]
        number, title, lead = (objective.shown(column) for column in OF_OBJECTIVE)
        _heading(document, f"Objective {number}: {title}")
        if lead:
            document.add_paragraph(f"{OBJECTIVE_LEAD}{lead}")
        _append(document, _table(rows, columns, export.stamp, f"Objective {number}"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _by_objective(rows: tuple[Row, ...]) -> Iterator[list[Row]]:
    found: list[Row] = []
    for row in rows:
        if found and row.objective is not found[0].objective:
            yield found
            found = []
        found.append(row)
    if found:
        yield found


def _set_up(document: "docx.document.Document", export: Export) -> None:
    """Landscape A4, British English, no author; the page's number at its foot."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title, core.language = export.heading[:255], "en-GB"
    core.created = core.modified = export.made_at.replace(microsecond=0)
    core.revision = 1
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(9)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    foot = section.footer.paragraphs[0]
    foot.text = f"{export.heading[:120]}. As at {export.as_at}. Page "
    for field, between in (("PAGE", " of "), ("NUMPAGES", "")):
        simple = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        foot._p.append(parse_xml(simple))  # noqa: SLF001
        if between:
            foot.add_run(between)


def _heading(document: "docx.document.Document", words: str) -> None:
    document.add_heading(words, 1)


def _append(document: "docx.document.Document", table: str) -> None:
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(table))
    document.add_paragraph()


def _table(rows: list[Row], columns: tuple[Column, ...], stamp: str, name: str) -> str:
    whole = sum(WIDTHS[column] for column in columns)
    share = (PAGE_WIDTH - 2 * MARGIN) / whole * TWIPS
    widths = [round(WIDTHS[column] * share) for column in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = [_line([_head(column) for column in columns], widths, is_head=True)]
    for row in rows:
        cells = [row.key(stamp) if column is Column.ROW else _shown(row, column) for column in columns]
        lines.append(_line(cells, widths, is_head=False))
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="A0A8B0"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/><w:tblCaption w:val={quoteattr(name)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def _head(column: Column) -> str:
    return NUMBER if column is Column.ACTION_NUMBER else column.value


def _shown(row: Row, column: Column) -> str:
    """Words that go on from the row above are not said again."""
    for columns, begins in ((OF_ACTION, "a"), (OF_OUTCOME, "o")):
        if column in columns and begins not in row.begins:
            return ""
    return row.shown(column)


def _line(cells: list[str], widths: list[int], *, is_head: bool) -> str:
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if is_head else ""
    parts = []
    for number, (words, width) in enumerate(zip(cells, widths, strict=True), 1):
        look = "<w:b/>" if is_head else f'<w:color w:val="{GREY}"/>' if number == len(cells) else ""
        size = '<w:sz w:val="14"/>' if number == len(cells) else '<w:sz w:val="16"/>'
        run = f"<w:r><w:rPr>{look}{size}</w:rPr>{_words(words)}</w:r>" if words else ""
        parts.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
            f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr>{run}</w:p></w:tc>'
        )
    return f"<w:tr>{properties}{''.join(parts)}</w:tr>"


def _words(words: str) -> str:
    """Line ends as breaks in one paragraph, so that blank lines come back as they were."""
    text = f'<w:t xml:space="preserve">{escape(words)}</w:t>'
    between = '</w:t>{}<w:t xml:space="preserve">'
    return text.replace("\n", between.format("<w:br/>")).replace("\t", between.format("<w:tab/>"))
