"""Layout: lengths and lines that follow from a style alone are worked out once for each style."""

import copy
from collections.abc import Callable
from math import inf
from typing import Any

from weasyprint import draw
from weasyprint.css import targets
from weasyprint.css.functions import check_math
from weasyprint.draw import border
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import (
    absolute,
    background,
    block,
    column,
    flex,
    grid,
    inline,
    page,
    percent,
    preferred,
    replaced,
    table,
)
from weasyprint.layout import float as floats
from weasyprint.text import line_break

USERS = (absolute, background, block, column, flex, floats, grid, inline, page, percent, preferred, replaced, table)
CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
EDGES = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom"))
SIZES = ("width", "height", "min_width", "min_height", "max_width", "max_height")
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))

#: Held by the class of boxes, so that a box of which they are true need not hold them.
DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(CORNERS, (0, 0)),
    **dict.fromkeys(BORDERS, 0),
    "min_width": 0,
    "min_height": 0,
    "max_width": inf,
    "max_height": inf,
    "background": None,
    "first_letter_style": None,
    "first_line_style": None,
    "remove_decoration_sides": frozenset(),
}

slow_percentages = percent.resolve_percentages
slow_radii = percent.resolve_radii_percentages
slow_collisions = floats.avoid_collisions
slow_backgrounds = background.layout_box_backgrounds
slow_border = border.draw_border
slow_strut = line_break.strut


def apply() -> None:
    """Every module that imported a function gets the fast one in its place."""
    _replace("resolve_percentages", resolve_percentages)
    _replace("resolve_radii_percentages", resolve_radii_percentages)
    _replace("avoid_collisions", avoid_collisions)
    _replace("strut", strut)
    background.layout_box_backgrounds = layout_box_backgrounds
    boxes.Box.is_in_normal_flow = is_in_normal_flow
    draw.draw_border = draw_border
    targets.TargetCollector.cache_target_page_counters = cache_target_page_counters
    _slim_boxes()


def _slim_boxes() -> None:
    """What nearly all boxes have in common stands on their class: a box takes half the memory."""
    for name, value in DEFAULTS.items():
        setattr(boxes.Box, name, value)
    boxes.Box.__init__ = new_box
    boxes.ParentBox._reset_spacing = reset_spacing
    boxes.ParentBox.copy_with_children = copy_with_children
    boxes.TableColumnBox.get_cells = property(cells_of_column, hold_cells_of_column)


def hold_cells_of_column(column: Any, cells: Any) -> None:
    """A column knows its table's cells only to paint its background: held without one, no table would ever be freed."""
    if not _is_bare(column.style):
        column.__dict__["_cells"] = cells


def cells_of_column(column: Any) -> Any:
    """What gives the cells."""
    return column.__dict__.get("_cells", list)


def new_box(box: Any, element_tag: str, style: Any, element: Any) -> None:
    """A box with what is its own."""
    box.element_tag, box.element, box.style, box.children = element_tag, element, style, []


def reset_spacing(box: Any, side: str) -> None:
    """Takes margin, padding and border from a side."""
    box.remove_decoration_sides = box.remove_decoration_sides | {side}
    for name in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"):
        setattr(box, name, 0)


def copy_with_children(box: Any, children: Any) -> Any:
    """A copy; the original forgets what was taken from its sides."""
    made = box.copy()
    made.children = children
    box.__dict__.pop("remove_decoration_sides", None)
    return made


def _replace(name: str, fast: Callable[..., Any]) -> None:
    for module in (*USERS, line_break):
        if hasattr(module, name):
            setattr(module, name, fast)


def cache_target_page_counters(
    collector: Any, anchor: str, counters: Any, page_maker_index: int, page_maker: Any
) -> None:
    """The contents: only the entries that point to an anchor hear of its page, not all entries of each."""
    item = collector.target_lookup_items.get(anchor)
    if collector.collecting or not item or item.state != "up-to-date":
        return
    item.page_maker_index = page_maker_index
    if item.cached_page_counter_values == counters:
        return
    item.cached_page_counter_values = copy.deepcopy(counters)
    for entry in _entries_of(collector).get(anchor, ()):
        missing = entry.missing_target_counters.get(anchor)
        if missing is None:
            continue
        if entry.page_maker_index is None or entry.page_maker_index >= len(page_maker):
            entry.pending = True
        elif any(counters.get(name) is not None for name in missing):
            page_maker[entry.page_maker_index][-1]["content_changed"] = True
            entry.parse_again(entry.cached_page_counter_values)


def _entries_of(collector: Any) -> dict[str, list[Any]]:
    """Anchor to the generated contents that want a counter of its page."""
    known = collector.__dict__.get("_entries")
    if known is None or known[0] != len(collector.counter_lookup_items):
        entries: dict[str, list[Any]] = {}
        for (_, use), entry in collector.counter_lookup_items.items():
            for anchor in entry.missing_target_counters if use == "content" else ():
                entries.setdefault(anchor, []).append(entry)
        known = collector.__dict__["_entries"] = (len(collector.counter_lookup_items), entries)
    return known[1]


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Where a style has no percentage and no formula, its lengths are the same in every containing block."""
    known = box.style.__dict__.get("_lengths")
    if known is None:
        known = box.style.__dict__["_lengths"] = _lengths(box.style)
    if known:
        box.__dict__.update(known)
    else:
        slow_percentages(box, containing_block)


def _lengths(style: Any) -> dict[str, Any]:
    """The used values; empty where they depend on the containing block or on collapsed borders."""
    found: dict[str, Any] = {}
    if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
        return {}
    for name in EDGES + SIZES:
        value = style[name]
        if value == "auto":
            found[name] = 0 if name.startswith("min_") else value
        elif check_math(value) or value.unit != "px":
            return {}
        else:
            found[name] = value.value
    found.update((name, style[name]) for name in BORDERS)
    return {name: value for name, value in found.items() if DEFAULTS.get(name) != value} or {"width": found["width"]}


def resolve_radii_percentages(box: Any) -> None:
    """Square corners, which all ours are, need no box."""
    known = box.style.__dict__.get("_square")
    if known is None:
        known = box.style.__dict__["_square"] = all((0, "px") in box.style[corner] for corner in CORNERS)
    if not known:
        slow_radii(box)


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
    """A line where nothing floats takes the whole width."""
    if context.excluded_shapes or outer or containing_block.style["direction"] != "ltr":
        return slow_collisions(context, box, containing_block, outer)
    if not isinstance(box, boxes.LineBox):
        return slow_collisions(context, box, containing_block, outer)
    left = containing_block.content_box_x()
    bound = left + box.margin_left
    position_y = box.position_y + box.margin_top
    available = left + containing_block.width - box.margin_right - bound
    return bound - box.margin_left, position_y - box.margin_top, available


def strut(style: Any) -> Any:
    """Line height and baseline of a style."""
    known = style.__dict__.get("_strut")
    if known is None:
        known = style.__dict__["_strut"] = slow_strut(style)
    return known


def layout_box_backgrounds(
    page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Most boxes have no background."""
    if style is not None or not layout_children:
        slow_backgrounds(page, box, get_image, layout_children, style)
        return
    for child in box.all_children():
        layout_box_backgrounds(page, child, get_image)
    known = box.style.__dict__.get("_bare")
    if known is None:
        known = box.style.__dict__["_bare"] = _is_bare(box.style)
    if not known or box is page:
        slow_backgrounds(page, box, get_image, layout_children=False)
    else:
        resolve_radii_percentages(box)


def _is_bare(style: Any) -> bool:
    images = [style["border_image_source"], style["mask_border_source"], *style["background_image"]]
    is_clear = get_color(style, "background_color").alpha == 0
    return is_clear and not style["box_shadow"] and all(kind == "none" for kind, *_ in images)


def is_in_normal_flow(box: Any) -> bool:
    """Neither floated nor positioned nor running nor a note: all by the style."""
    known = box.style.__dict__.get("_flows")
    if known is None:
        position, floats = box.style["position"], box.style["float"]
        out = position in ("absolute", "fixed") or position[0] in ("running()", "note()")
        known = box.style.__dict__["_flows"] = not out and floats == "none"
    return bool(known)


def draw_border(stream: Any, box: Any) -> None:
    """Most boxes have no border."""
    known = box.style.__dict__.get("_unruled")
    if known is None:
        known = box.style.__dict__["_unruled"] = _is_unruled(box.style)
    if not known:
        slow_border(stream, box)


def _is_unruled(style: Any) -> bool:
    columns = style["column_width"] != "auto" or style["column_count"] != "auto"
    image = style["border_image_source"][0] != "none"
    return not columns and not image and style["border_collapse"] != "collapse" and not any(style[b] for b in BORDERS)
