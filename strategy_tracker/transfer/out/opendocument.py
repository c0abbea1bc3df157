"""The plan as an OpenDocument spreadsheet: a cover sheet and one sheet of rows."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from strategy_tracker.clock import long_date
from strategy_tracker.transfer.grids import letters
from strategy_tracker.transfer.out.export import HOW_TO, Export
from strategy_tracker.transfer.out.kinds import WRITERS
from strategy_tracker.transfer.out.layout import MEANINGS, Column, Value

SHEET, COVER = "Plan", "About"
SPACES = re.compile(r" {2,}|^ | $")
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
SPACE = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "office": f"{NAMES}office:1.0",
        "table": f"{NAMES}table:1.0",
        "text": f"{NAMES}text:1.0",
        "style": f"{NAMES}style:1.0",
        "number": f"{NAMES}datastyle:1.0",
        "config": f"{NAMES}config:1.0",
        "meta": f"{NAMES}meta:1.0",
        "manifest": f"{NAMES}manifest:1.0",
        "fo": f"{NAMES}xsl-fo-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
WIDE: dict[str, tuple[Column, ...]] = {
    "10cm": (Column.PROGRESS,),
    "7cm": (Column.ACTION, Column.OUTCOME, Column.EARLIER),
    "4.5cm": (Column.OBJECTIVE, Column.REASON, Column.OWNER, Column.SHARE_OWNER, Column.ROW),
    "3.2cm": (Column.TIMESCALE, Column.AS_AT, Column.STATUS),
}
NARROW = "2cm"
STYLES = """
<number:text-style style:name="words-form"><number:text-content/></number:text-style>
<number:date-style style:name="day-form"><number:day/><number:text> </number:text>
<number:month number:style="long" number:textual="true"/><number:text> </number:text>
<number:year number:style="long"/></number:date-style>
<style:style style:name="words" style:family="table-cell" style:data-style-name="words-form">
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>
<style:style style:name="day" style:family="table-cell" style:data-style-name="day-form">
<style:table-cell-properties style:vertical-align="top"/>
<style:paragraph-properties fo:text-align="start"/></style:style>
<style:style style:name="head" style:family="table-cell" style:data-style-name="words-form">
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top" fo:background-color="#e6ecf2"
 fo:border-bottom="1pt solid #000000"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="label" style:family="table-cell" style:data-style-name="words-form">
<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="sheet" style:family="table" style:master-page-name="Landscape">
<style:table-properties table:display="true"/></style:style>
<style:style style:name="row" style:family="table-row">
<style:table-row-properties style:use-optimal-row-height="true"/></style:style>
{columns}"""
COLUMN_STYLE = (
    '<style:style style:name="{}" style:family="table-column">'
    '<style:table-column-properties style:column-width="{}"/></style:style>'
)
LANDSCAPE = """
<office:automatic-styles><style:page-layout style:name="landscape"><style:page-layout-properties
 fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.5cm"
 style:scale-to-X="1"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Landscape" style:page-layout-name="landscape"/>
</office:master-styles>"""
DEFAULTS = """
<office:styles><style:default-style style:family="table-cell"><style:text-properties fo:language="en"
 fo:country="GB" fo:font-family="Arial" fo:font-size="10pt"/></style:default-style></office:styles>"""
FREEZE = (
    ("VerticalSplitMode", "short", 2),
    ("VerticalSplitPosition", "int", 1),
    ("ActiveSplitRange", "short", 2),
    ("PositionBottom", "int", 1),
)


def opendocument_file(export: Export) -> bytes:
    return packed(_content(export), export.heading, export.made_at, SHEET)


def packed(content: str, title: str, made_at: dt.datetime, active: str) -> bytes:
    """The file with this content. `active` is the sheet with which it opens, whose first row stays in sight."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        kind = WRITERS["ods"][1]
        package.writestr(zipfile.ZipInfo("mimetype"), kind)
        inside = {
            "content": content,
            "styles": DEFAULTS + LANDSCAPE,
            "settings": _settings(active),
            "meta": _meta(title, made_at),
        }
        for name, content in _parts(inside):
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
        names = "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{media}"/>'
            for name, media in (("/", kind), *((name, "text/xml") for name, _ in _parts_named()))
        )
        manifest = f'<manifest:manifest {SPACE} manifest:version="1.3">{names}</manifest:manifest>'
        package.writestr("META-INF/manifest.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{manifest}')
    return stream.getvalue()


def _parts_named() -> tuple[tuple[str, str], ...]:
    return (("content.xml", "content"), ("styles.xml", "styles"), ("settings.xml", "settings"), ("meta.xml", "meta"))


def _parts(inside: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, kind in _parts_named():
        yield name, f'<office:document-{kind} {SPACE} office:version="1.3">{inside[kind]}</office:document-{kind}>'


def _meta(title: str, made_at: dt.datetime) -> str:
    made = f"{made_at:%Y-%m-%dT%H:%M:%S}Z"
    return (
        f"<office:meta><dc:title>{escape(title)}</dc:title><dc:language>en-GB</dc:language>"
        f"<meta:creation-date>{made}</meta:creation-date></office:meta>"
    )


def _settings(active: str) -> str:
    items = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, kind, value in FREEZE
    )
    return (
        '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item config:name="ActiveTable" config:type="string">{active}</config:config-item>'
        '<config:config-item-map-named config:name="Tables">'
        f"<config:config-item-map-entry config:name={quoteattr(active)}>{items}</config:config-item-map-entry>"
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings>"
    )


def _content(export: Export) -> str:
    columns = export.columns()
    tables = f"{_cover(export)}{''.join(_plan(export, columns))}"
    return body_of(tables, set(WIDE) | {NARROW, "4cm", "20cm"}, SHEET, len(columns), len(export.rows))


def body_of(tables: str, widths: set[str], filtered: str, columns: int, rows: int) -> str:
    """The content of a file with these tables, of which the sheet `filtered` has buttons to filter its rows."""
    styles = STYLES.format(columns="".join(COLUMN_STYLE.format(_width_name(width), width) for width in sorted(widths)))
    range_ = f"${filtered}.$A$1:${filtered}.${letters(columns - 1)}${rows + 1}"
    return (
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        '<table:database-ranges><table:database-range table:name="rows" table:contains-header="true"'
        f' table:display-filter-buttons="true" table:target-range-address={quoteattr(range_)}/>'
        "</table:database-ranges></office:spreadsheet></office:body>"
    )


def _width_name(width: str) -> str:
    return f"wide-{width.replace('.', '-')}"


def _cover(export: Export) -> str:
    lines: list[tuple[str, str]] = [(export.heading, ""), ("", ""), *export.facts, ("", "")]
    lines += [("" if number else "How to use it", sentence) for number, sentence in enumerate(HOW_TO)]
    lines += [("", ""), ("Column", "What it holds")]
    lines += [(column.value, MEANINGS[column]) for column in export.columns()]
    rows = (row_of((cell_of(name, "label"), cell_of(words, "words"))) for name, words in lines)
    return table_of(COVER, ("4cm", "20cm"), rows)


def _plan(export: Export, columns: tuple[Column, ...]) -> Iterator[str]:
    widths = tuple(next((width for width, wide in WIDE.items() if column in wide), NARROW) for column in columns)
    head = row_of(cell_of(column.value, "head") for column in columns)
    yield table_of(SHEET, widths, _rows(export, columns), head)


def _rows(export: Export, columns: tuple[Column, ...]) -> Iterator[str]:
    for row in export.rows:
        cells = row.values | {Column.ROW: row.key(export.stamp)}
        yield row_of(cell_of(cells.get(column, "")) for column in columns)


def table_of(name: str, widths: Iterable[str], rows: Iterable[str], head: str = "") -> str:
    columns = "".join(
        f'<table:table-column table:style-name="{_width_name(width)}" table:default-cell-style-name="words"/>'
        for width in widths
    )
    heads = f"<table:table-header-rows>{head}</table:table-header-rows>" if head else ""
    return f'<table:table table:name="{name}" table:style-name="sheet">{columns}{heads}{"".join(rows)}</table:table>'


def row_of(cells: Iterable[str]) -> str:
    return f'<table:table-row table:style-name="row">{"".join(cells)}</table:table-row>'


def cell_of(value: Value | int | None, style: str = "words") -> str:
    if isinstance(value, dt.date):
        return (
            '<table:table-cell table:style-name="day" office:value-type="date"'
            f' office:date-value="{value.isoformat()}"><text:p>{long_date(value)}</text:p></table:table-cell>'
        )
    if isinstance(value, int):
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    if not value:
        return f'<table:table-cell table:style-name="{style}"/>'
    lines = "".join(f"<text:p>{_words(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _words(line: str) -> str:
    """XML would make one space of several, and a space of a tab."""
    spaced = SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(line))
    return spaced.replace("\t", "<text:tab/>")
