"""Text: each line is shaped once. WeasyPrint shapes it to find its end, again to measure it and again to draw it.

What Pango said of a line's glyphs is kept with the line and drawn from there. Anything unusual (right-to-left runs,
letter spacing, hyphenation, shifted or missing glyphs, underlines, ellipses) takes WeasyPrint's own way.
"""

from array import array
from functools import lru_cache
from math import inf
from typing import Any, NamedTuple

from weasyprint import draw
from weasyprint.draw import draw_text as slow_draw_text
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

slow_setup = line_break.Layout.setup
slow_split = line_break.split_first_line
#: Larger numbers are Pango's signs for a glyph that is missing or empty.
LARGEST_GLYPH = 0xFFFF
OLDEST_PANGO = 14802
#: Characters that surely fill a line, in font sizes of width: WeasyPrint's own measure.
RATIO = 4
#: Values that leave the quick way of finding a line's end open.
PLAIN = {
    "white_space": "normal",
    "letter_spacing": "normal",
    "word_spacing": 0,
    "overflow_wrap": "normal",
    "word_break": "normal",
    "hyphens": "manual",
    "direction": "ltr",
}


class Run(NamedTuple):
    """A line's glyphs in one font; `offset` and `length` count bytes of the line's text.

    `clusters` says where in the text each glyph begins; None where each stands for one byte.
    """

    font: Any
    glyphs: "array[int]"
    widths: "array[int]"
    clusters: "array[int] | None"
    offset: int
    length: int


def apply() -> None:
    """Layouts remember their glyphs, and drawing uses them. Older Pango gives other font sizes (its issue 530)."""
    if pango.pango_version() < OLDEST_PANGO:
        return
    line_break.Layout.setup = setup
    line_break.first_line_metrics = first_line_metrics
    for module in (line_break, inline, preferred):
        module.split_first_line = split_first_line
    draw.draw_text = draw_text


def setup(layout: Any, style: Any) -> None:
    """A Pango layout from a context and a font description that are made once for each style."""
    known = style.__dict__.get("_pango")
    if known is None:
        known = style.__dict__["_pango"] = _context_of(style)
    if not known:
        slow_setup(layout, style)
        return
    context, layout.language, description = known
    layout.style = style
    layout.first_line_direction = 0
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)


def _context_of(style: Any) -> tuple[Any, ...]:
    """Context, language and font description; empty where the style asks for more than a plain font."""
    features = font_features(
        style["font_kerning"],
        style["font_variant_ligatures"],
        style["font_variant_position"],
        style["font_variant_caps"],
        style["font_variant_numeric"],
        style["font_variant_alternates"],
        style["font_variant_east_asian"],
        style["font_feature_settings"],
    )
    unusual = features or style["text_decoration_line"] != "none" or style["font_language_override"] != "normal"
    if unusual or not style["lang"]:
        return ()
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    pointer, _ = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(pointer)
    pango.pango_context_set_language(context, language)
    return context, language, get_font_description(style)


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: Any,
    justification_spacing: Any,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """Where Pango breaks a plain line at a space, that is the line's end."""
    found = None
    if max_width is not None and max_width != inf and not minimum and "\xad" not in text and _is_plain(style):
        found = _quick_split(text, style, context, max_width, justification_spacing)
    return found or slow_split(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _is_plain(style: Any) -> bool:
    known = style.__dict__.get("_plain")
    if known is None:
        known = style.__dict__["_plain"] = all(style[name] == value for name, value in PLAIN.items())
    return bool(known)


def _quick_split(text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any) -> Any:
    """What split_first_line gives; None where the line does not end at a space or is too long."""
    size = style["font_size"]
    if not size or size * RATIO > max_width:
        return None
    start = text[: int(max_width / size * RATIO)]
    layout = line_break.create_layout(start, style, context, max_width, justification_spacing)
    line, resume_at = layout.get_first_line()
    if resume_at is None and start != text:
        layout.set_text(text)
        line, resume_at = layout.get_first_line()
    width, height = line_break.line_size(line, style)
    if width > max_width:
        return None
    length = line.length
    if resume_at is not None:
        shown = layout.text.encode()[:resume_at]
        if not shown.endswith(b" ") or b"\n" in shown:
            return None
        shown = shown.rstrip(b" ")
        layout.text, length = shown.decode(), len(shown)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    return _kept_line(layout, _runs_of(layout, line, length)), length, resume_at, width, height, baseline


def first_line_metrics(
    first_line: Any,
    text: str,
    layout: Any,
    resume_at: int | None,
    space_collapse: bool,
    style: Any,
    hyphenated: bool = False,
    hyphenation_character: str | None = None,
) -> Any:
    """WeasyPrint's own, except that the glyphs are kept."""
    length = first_line.length
    if hyphenated:
        length -= len((hyphenation_character or "").encode())
    elif resume_at:
        pango.pango_layout_set_width(layout.layout, -1)
        first_line_text = text.encode()[:length].decode()
        if space_collapse:
            first_line_text = first_line_text.rstrip(" ")
        layout.set_text(first_line_text)
        first_line, _ = layout.get_first_line()
        length = first_line.length if first_line is not None else 0
    width, height = line_break.line_size(first_line, style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    spaced = style["letter_spacing"] != "normal" or style["word_spacing"]
    kept = _kept_line(layout, None if spaced else _runs_of(layout, first_line))
    return kept, length, resume_at, width, height, baseline


def _kept_line(layout: Any, runs: tuple[Run, ...] | None) -> Any:
    """The layout as its line needs it from now on, in a third of the memory."""
    kept = line_break.Layout.__new__(line_break.Layout)
    kept.text, kept.runs, kept.max_width = layout.text, runs, layout.max_width
    kept.justification_spacing, kept.first_line_direction = layout.justification_spacing, layout.first_line_direction
    return kept


def _runs_of(layout: Any, line: Any, length: int | None = None) -> tuple[Run, ...] | None:
    """The glyphs of a line, up to `length` bytes; None where one is shifted, missing or in a right-to-left run."""
    runs = []
    link = line.runs[0] if line.runs else ffi.NULL
    while link != ffi.NULL:
        item, string = link.data.item, link.data.glyphs
        link = link.next
        count = string.num_glyphs
        numbers: array[int] = array("i", bytes(ffi.buffer(string.glyphs, count * 20)))
        clusters: array[int] = array("i", bytes(ffi.buffer(string.log_clusters, count * 4)))
        glyphs, widths, item_length = numbers[0::5], numbers[1::5], item.length
        if item.analysis.level % 2 or any(numbers[2::5]) or any(numbers[3::5]):
            return None
        if length is not None and item.offset + item_length > length:
            item_length = max(0, length - item.offset)
            kept = sum(cluster < item_length for cluster in clusters)
            glyphs, widths, clusters = glyphs[:kept], widths[:kept], clusters[:kept]
        if max(glyphs, default=0) > LARGEST_GLYPH:
            return None
        font, kept_clusters = _kept(item.analysis.font, layout), None if clusters == _steps(item_length) else clusters
        runs.append(Run(font, array("H", glyphs), widths, kept_clusters, item.offset, item_length))
    return tuple(runs)


@lru_cache(maxsize=512)
def _steps(length: int) -> "array[int]":
    return array("i", range(length))


#: Address to font and to a layout that holds it: lines outlast their layouts.
_fonts: dict[int, tuple[Any, Any]] = {}
#: The fonts of the document being written and how their glyphs are written.
_written: list[Any] = [None, {}]


def _kept(font: Any, layout: Any) -> Any:
    address = int(ffi.cast("uintptr_t", font))
    if address not in _fonts:
        _fonts[address] = (font, layout.layout)
    return _fonts[address][0]


def draw_text(stream: Any, textbox: Any, offset_x: Any, text_overflow: str, block_ellipsis: str) -> None:
    """Draws the glyphs that were kept."""
    style, layout = textbox.style, textbox.pango_layout
    runs = getattr(layout, "runs", None)
    usual = text_overflow == "clip" and block_ellipsis == "none" and style["visibility"] == "visible"
    if runs is None or not usual or style["text_decoration_line"] != "none" or layout.justification_spacing:
        slow_draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
        return
    stream.set_color(style["color"])
    stream.begin_text()
    if textbox.text.strip():
        stream.set_text_matrix(1, 0, 0, -1, textbox.position_x, textbox.position_y + textbox.baseline)
        _draw_runs(stream, runs, layout.text)
    stream.end_text()


def _draw_runs(stream: Any, runs: tuple[Run, ...], text: str) -> None:
    previous, shown = None, ""
    for run in runs:
        font, size, pieces = _font_of(stream, run.font)
        if run.font is not previous:
            previous = run.font
            if shown:
                stream.show_text(shown)
            shown = ""
            stream.set_font_size(font.hash, size)
        pairs = zip(run.glyphs, run.widths, strict=True)
        try:
            glyphs = "".join([pieces[pair] for pair in pairs])
        except KeyError:
            _learn(stream, run, text, font, size, pieces)
            glyphs = "".join([pieces[pair] for pair in zip(run.glyphs, run.widths, strict=True)])
        shown += f"<{glyphs}>".removesuffix("<>")
    stream.show_text(shown)


def _font_of(stream: Any, pango_font: Any) -> tuple[Any, float, dict[tuple[int, int], str]]:
    """The document's font, its size, and how each glyph of each width is written; looked up once."""
    if _written[0] is not stream._fonts:
        _written[:] = [stream._fonts, {}]
    known = _written[1].get(pango_font)
    if known is None:
        known = _written[1][pango_font] = (*stream.add_font(pango_font), {})
    return known


def _learn(stream: Any, run: Run, text: str, font: Any, size: float, pieces: dict[tuple[int, int], str]) -> None:
    """Writes down the glyphs of a run that were not met before, as draw_first_line would."""
    encoded = text.encode()
    for place, (glyph, width) in enumerate(zip(run.glyphs, run.widths, strict=True)):
        if glyph not in font.to_unicode:
            clusters = run.clusters or _steps(run.length)
            start = clusters[place]
            end = clusters[place + 1] if place + 1 < len(clusters) else run.length
            font.to_unicode[glyph] = encoded[run.offset + start : run.offset + end].decode()
        if glyph not in font.widths:
            pango.pango_font_get_glyph_extents(run.font, glyph, stream.ink_rect, stream.logical_rect)
            font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        kerning = font.widths[glyph] - width * 1000 * FROM_UNITS / size
        pieces[glyph, width] = f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"
