"""Word documents (.docx): paragraphs and tables as a reader sees them once all changes are accepted."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from strategy_tracker.transfer.containers import main_part, part_tree, parts_of, related
from strategy_tracker.transfer.grids import Document, Grid, GridBuilder, not_read, with_grids

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
BULLET = "• "
NO_COLOUR = {"", "auto", "FFFFFF"}
WRAPPERS = {
    W + name
    for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")
}
BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "noBreakHyphen": "\u2011", W + "softHyphen": ""}


def read_word(content: bytes) -> Document:
    """Inserted text counts; deleted text, hidden text, comments and footnotes do not, and the last two are remarked on.

    List items begin with a bullet or number.
    """
    parts = parts_of(content)
    name = main_part(parts)
    lists = Lists(parts, name)
    root = part_tree(parts, name)
    body = root.find(W + "body") if root is not None else None
    lines: list[str] = []
    above: list[str] = []
    headings: list[str] = []
    grids: list[Grid] = []
    for block in unwrapped(body) if body is not None else ():
        if block.tag == W + "p":
            texts = [line for line in paragraph_text(block, lists).split("\n") if line.strip()]
            above.extend(texts)
            headings.extend(texts if lists.is_heading(block) else ())
        elif block.tag == W + "tbl":
            grid = _table(block, f"Table {len(grids) + 1}", lists)
            grid.above, grid.headings = tuple(above), tuple(headings)
            grids.append(grid.build())
            lines, above, headings = lines + above, [], []
    return with_grids(lines + above, grids, "word", remarks=_beside_the_text(parts, name, root))


def _beside_the_text(parts: dict[str, bytes], name: str, root: etree._Element | None) -> Iterator[str]:
    """Remarks on comments, footnotes and text boxes, whose words are not read."""
    paths = dict(related(parts, name).values())
    for part, tag, one in (
        ("comments", "comment", "comment"),
        ("footnotes", "footnote", "footnote"),
        ("endnotes", "endnote", "endnote"),
    ):
        notes = part_tree(parts, paths.get(part, ""))
        found = notes.iter(W + tag) if notes is not None else ()
        yield from not_read(sum(1 for note in found if note.get(W + "type") is None), one, one + "s")
    boxes = root.iter(W + "txbxContent") if root is not None else ()
    written = [box for box in boxes if not any(above.tag == MC + "Fallback" for above in box.iterancestors())]
    yield from not_read(sum(1 for box in written if "".join(box.itertext()).strip()), "text box", "text boxes")


def unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """Children, with those inside content controls, links and insertions in their place."""
    for child in parent:
        if child.tag == W + "sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            yield from _without_words(child)
        elif child.tag in WRAPPERS:
            yield from unwrapped(child)
        else:
            yield child


def _without_words(control: etree._Element) -> Iterator[etree._Element]:
    """What stands in a content control that nobody filled in: its cells, for their places, and no prompt."""
    for child in unwrapped(control):
        if child.tag == W + "tc":
            yield etree.Element(W + "tc")
        elif child.tag == W + "sdtContent":
            yield from _without_words(child)


def _table(table: etree._Element, name: str, lists: "Lists") -> GridBuilder:
    grid = GridBuilder(name)
    open_merges: dict[int, tuple[int, int, int]] = {}
    row_number = 0
    for row in unwrapped(table):
        if row.tag != W + "tr" or _is_deleted(row):
            continue
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in unwrapped(row):
            if cell.tag == W + "tc":
                width = min(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1_000)
                _place(grid, cell, (row_number, column, width), open_merges, lists)
                column += width
        row_number += 1
    for column, (top, bottom, width) in open_merges.items():
        grid.merge(top, column, bottom, column + width - 1)
    return grid


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _place(
    grid: GridBuilder,
    cell: etree._Element,
    where: tuple[int, int, int],
    open_merges: dict[int, tuple[int, int, int]],
    lists: "Lists",
) -> None:
    """`open_merges` holds, for each column, the (first row, last row, width) of the cell that may still grow down."""
    row, column, width = where
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    continues = merge is not None and merge.get(W + "val", "continue") == "continue"
    if continues and column in open_merges:
        top, _, width_above = open_merges[column]
        open_merges[column] = (top, row, width_above)
        return
    if column in open_merges:
        top, bottom, width_above = open_merges.pop(column)
        grid.merge(top, column, bottom, column + width_above - 1)
    open_merges[column] = (row, row, width)
    fill = cell.find(f"{W}tcPr/{W}shd")
    if fill is not None and fill.get(W + "fill", "") not in NO_COLOUR:
        grid.coloured.add((row, column))
    if cell.find(f"{W}tcPr/{W}cellDel") is None:
        grid.put(row, column, cell_text(cell, lists))


def cell_text(cell: etree._Element, lists: "Lists") -> str:
    """A line for each paragraph; a table inside the cell gives a line for each of its rows."""
    lines = []
    for block in unwrapped(cell):
        if block.tag == W + "p":
            lines.append(paragraph_text(block, lists))
        elif block.tag == W + "tbl":
            for row in (part for part in unwrapped(block) if part.tag == W + "tr" and not _is_deleted(part)):
                texts = [cell_text(inner, lists) for inner in unwrapped(row) if inner.tag == W + "tc"]
                lines.append("; ".join(text for text in texts if text))
    return "\n".join(line for line in lines if line.strip())


def paragraph_text(paragraph: etree._Element, lists: "Lists") -> str:
    text = "".join(_run_texts(paragraph))
    return lists.mark(paragraph) + text if text.strip() else lists.number_alone(paragraph)


def _run_texts(parent: etree._Element) -> Iterator[str]:
    for child in unwrapped(parent):
        if child.tag == W + "r":
            if not _is_on(child.find(f"{W}rPr/{W}vanish")):
                yield from _run_texts(child)
        elif child.tag == W + "t":
            yield child.text or ""
        elif child.tag in BREAKS:
            yield "" if child.get(W + "type") in ("page", "column") else BREAKS[child.tag]


class Lists:
    """Says what mark stands before a paragraph: Word keeps bullets and numbers apart from the text."""

    def __init__(self, parts: dict[str, bytes], document: str) -> None:
        self.formats: dict[tuple[str, str], tuple[str, str]] = {}
        self.styles: dict[str, tuple[str, str]] = {}
        self.style_names: dict[str, str] = {}
        self.counters: Counter[tuple[str, str]] = Counter()
        for kind, path in related(parts, document).values():
            if kind == "numbering":
                self._read_numbering(part_tree(parts, path))
            elif kind == "styles":
                self._read_styles(part_tree(parts, path))

    def _read_numbering(self, root: etree._Element | None) -> None:
        if root is None:
            return
        levels = {
            (abstract.get(W + "abstractNumId", ""), level.get(W + "ilvl", "0")): (
                _value(level.find(W + "numFmt")),
                _value(level.find(W + "lvlText")),
            )
            for abstract in root.iter(W + "abstractNum")
            for level in abstract.iter(W + "lvl")
        }
        for number in root.iter(W + "num"):
            abstract_id = _value(number.find(W + "abstractNumId"))
            for (owner, level), form in levels.items():
                if owner == abstract_id:
                    self.formats[number.get(W + "numId", ""), level] = form

    def _read_styles(self, root: etree._Element | None) -> None:
        for style in root.iter(W + "style") if root is not None else ():
            identifier = style.get(W + "styleId", "")
            self.style_names[identifier] = _value(style.find(W + "name"))
            if found := _list_of(style.find(W + "pPr")):
                self.styles[identifier] = found

    def _list(self, paragraph: etree._Element) -> tuple[str, str] | None:
        properties = paragraph.find(W + "pPr")
        style = _value(properties.find(W + "pStyle")) if properties is not None else ""
        return _list_of(properties) or self.styles.get(style)

    def mark(self, paragraph: etree._Element) -> str:
        """ "• " before a bullet, "3. " before a number, nothing before other paragraphs."""
        found = self._list(paragraph)
        if found is None:
            style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
            return BULLET if self.style_names.get(style, "").lower().startswith("list bullet") else ""
        form, words = self.formats.get(found, ("", ""))
        if found[0] == "0" or form in ("", "none"):
            return ""
        return BULLET if form == "bullet" else self._next_number(found, words) + " "

    def is_heading(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is a heading by its style or its outline level."""
        style = self.style_names.get(_value(paragraph.find(f"{W}pPr/{W}pStyle")), "").lower()
        return style.startswith("heading") or paragraph.find(f"{W}pPr/{W}outlineLvl") is not None

    def number_alone(self, paragraph: etree._Element) -> str:
        """The number of an empty numbered paragraph, as in a column that Word numbers by itself."""
        found = self._list(paragraph)
        form, words = self.formats.get(found, ("", "")) if found else ("", "")
        return self._next_number(found, words) if found and form == "decimal" else ""

    def _next_number(self, found: tuple[str, str], words: str) -> str:
        """The counters of deeper levels begin again."""
        list_id, level = found
        self.counters[found] += 1
        depth = int(level) if level.isdecimal() else 0
        for deeper in range(depth + 1, 10):
            self.counters.pop((list_id, str(deeper)), None)
        for above in range(depth + 1):
            words = words.replace(f"%{above + 1}", str(max(1, self.counters[list_id, str(above)])))
        return words


def _list_of(properties: etree._Element | None) -> tuple[str, str] | None:
    if properties is None or (number := properties.find(f"{W}numPr/{W}numId")) is None:
        return None
    level = properties.find(f"{W}numPr/{W}ilvl")
    return _value(number), _value(level) or "0"


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(W + "val", "true") not in ("0", "false", "off")


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(W + "val", "")


def _number(element: etree._Element | None, otherwise: int) -> int:
    value = _value(element)
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise
