"""Excel workbooks (.xlsx): each cell's words as the sheet shows them; of a formula, its last value."""

import re
from collections.abc import Iterator

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from strategy_tracker.transfer.containers import main_part, part_tree, parts_of, related
from strategy_tracker.transfer.grids import MAX_COLUMNS, Document, Grid, GridBuilder, not_read, with_grids
from strategy_tracker.transfer.number_formats import shown_number

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_R_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
TRUE = ("1", "true")
COMMENTS = re.compile(r"xl/(?:.*/)?comments[^/]*\.xml")
WHITE = {"FFFFFFFF", "00FFFFFF"}
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a workbook writes what XML cannot hold, and an underscore before what would be taken for that."""


def read_excel(content: bytes) -> Document:
    parts = parts_of(content)
    name = main_part(parts)
    book = Workbook(parts, name)
    return with_grids((), book.grids(), "excel", book.hidden(), not_read(book.comments(), "comment", "comments"))


class Workbook:
    """What the cells of a workbook share: strings, number formats and the day its calendar begins."""

    def __init__(self, parts: dict[str, bytes], name: str) -> None:
        self.parts = {key: value.replace(STRICT, S[1:-1].encode()) for key, value in parts.items()}
        self.relations = related(parts, name)
        self.root = part_tree(self.parts, name)
        paths = dict(self.relations.values())
        self.strings = list(_shared_strings(part_tree(self.parts, paths.get("sharedStrings", ""))))
        styles = part_tree(self.parts, paths.get("styles", ""))
        self.formats = list(_formats(styles))
        self.coloured = list(_coloured(styles))
        properties = self.root.find(S + "workbookPr") if self.root is not None else None
        mac = properties is not None and properties.get("date1904") in ("1", "true")
        self.epoch = CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900

    def hidden(self) -> Iterator[str]:
        """The names of the sheets that are kept out of sight."""
        for sheet in self.root.iter(S + "sheet") if self.root is not None else ():
            if sheet.get("state", "visible") != "visible":
                yield sheet.get("name", "")

    def comments(self) -> int:
        """How many comments stand at cells of the workbook."""
        roots = (part_tree(self.parts, name) for name in self.parts if COMMENTS.fullmatch(name))
        return sum(1 for root in roots if root is not None for _ in root.iter(S + "comment"))

    def grids(self) -> Iterator[Grid]:
        """The sheets in the order of their tabs, without those hidden."""
        for number, sheet in enumerate(self.root.iter(S + "sheet") if self.root is not None else (), 1):
            _, path = self.relations.get(sheet.get(R_ID) or sheet.get(STRICT_R_ID, ""), ("", ""))
            root = part_tree(self.parts, path)
            if root is not None and sheet.get("state", "visible") == "visible":
                yield self._grid(root, sheet.get("name") or f"Sheet {number}")

    def _grid(self, root: etree._Element, name: str) -> Grid:
        grid = GridBuilder(name, lettered=True)
        row_number = 0
        for row in root.iter(S + "row"):
            row_number = _number(row.get("r"), row_number + 1)
            if row.get("hidden") in TRUE:
                grid.hidden_rows.add(row_number - 1)
            column = 0
            for cell in row.iter(S + "c"):
                column = _column(cell.get("r"), column + 1)
                grid.put(row_number - 1, column - 1, *self._shown(cell))
                style = _number(cell.get("s"), 0)
                if style < len(self.coloured) and self.coloured[style]:
                    grid.coloured.add((row_number - 1, column - 1))
        for columns in root.iterfind(f"{S}cols/{S}col"):
            if columns.get("hidden") in TRUE:
                first, last = _number(columns.get("min"), 1), _number(columns.get("max"), 0)
                grid.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))
        for merged in root.iter(S + "mergeCell"):
            left, top, right, bottom = _bounds(merged.get("ref", ""))
            grid.merge(top - 1, left - 1, bottom - 1, right - 1)
        return grid.build()

    def _shown(self, cell: etree._Element) -> tuple[str, str]:
        """The words, and why they cannot be taken: a formula without its last value, or with an error for one."""
        words, kind = self._words(cell), cell.get("t", "n")
        formula = cell.findtext(S + "f")
        if kind == "e":
            return words, f"The cell shows the error {words}"
        if formula and not words and kind != "str":
            return f"={formula}", "The formula in this cell has no value yet; open the file, save it and try again"
        return words, ""

    def _words(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(cell.find(S + "is"))
        value = cell.findtext(S + "v") or ""
        if kind == "s":
            return self.strings[int(value)] if value.isdecimal() and int(value) < len(self.strings) else ""
        if kind == "b":
            return "Yes" if value == "1" else "No"
        if kind == "d":
            return value
        if kind != "n" or not value:
            return value
        style = _number(cell.get("s"), 0)
        return shown_number(value, self.formats[style] if style < len(self.formats) else "", self.epoch)


def _shared_strings(root: etree._Element | None) -> Iterator[str]:
    for entry in root.iter(S + "si") if root is not None else ():
        yield _rich_text(entry)


def _rich_text(entry: etree._Element | None) -> str:
    """Runs of differing looks are one text; phonetic readings are none of it."""
    if entry is None:
        return ""
    runs = entry.findall(f"{S}r/{S}t") or entry.findall(S + "t")
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(run.text or "" for run in runs))


def _formats(root: etree._Element | None) -> Iterator[str]:
    """The number format of each cell style, by its index."""
    if root is None:
        return
    own = {_number(form.get("numFmtId"), 0): form.get("formatCode", "") for form in root.iter(S + "numFmt")}
    for style in root.iterfind(f"{S}cellXfs/{S}xf"):
        identifier = _number(style.get("numFmtId"), 0)
        yield own.get(identifier) or BUILTIN_FORMATS.get(identifier, "")


def _coloured(root: etree._Element | None) -> Iterator[bool]:
    """Whether a cell style fills its cell with a colour, by its index."""
    if root is None:
        return
    fills = []
    for fill in root.iterfind(f"{S}fills/{S}fill/{S}patternFill"):
        colour = fill.find(S + "fgColor")
        is_white = colour is None or colour.get("rgb") in WHITE or colour.get("theme") == "0"
        fills.append(fill.get("patternType") == "solid" and not is_white)
    for style in root.iterfind(f"{S}cellXfs/{S}xf"):
        identifier = _number(style.get("fillId"), 0)
        yield identifier < len(fills) and fills[identifier]


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 10 else otherwise


def _column(reference: str | None, otherwise: int) -> int:
    try:
        return coordinate_to_tuple(reference)[1] if reference else otherwise
    except (ValueError, IndexError, KeyError):
        return otherwise


def _bounds(reference: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom, counted from 1; one cell where the words are no range."""
    try:
        left, top, right, bottom = range_boundaries(reference)
        return left or 1, top or 1, right or 1, bottom or 1
    except (ValueError, TypeError):
        return 1, 1, 1, 1
