"""Writing: page references are made once, a mark is drawn once for a document, and boxes go when they are done."""

import zlib
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import document as documents
from weasyprint import draw
from weasyprint import pdf as writing
from weasyprint.pdf.stream import Stream

slow_background_image = draw.draw_background_image
slow_paint = documents.Page.paint
slow_tags = writing.add_tags
#: zlib's own default: level 9 takes three times as long for two hundredths less.
PACKING = 6


def apply() -> None:
    """Replaces what each box and each page would do again."""
    pydyf._to_bytes = to_bytes
    pydyf.PDF.page_references = property(page_references)
    pydyf.Stream.data = property(stream_data)
    draw.draw_background_image = draw_background_image
    documents.Page.paint = paint
    writing.add_tags = add_tags


class Consumed(list[Any]):
    """Pages whose boxes are let go as soon as the next page is asked for."""

    def __iter__(self) -> Iterator[Any]:
        for page in super().__iter__():
            yield page
            page._page_box = None


def add_tags(pdf: Any, document: Any, *more: Any) -> None:
    """The last that asks for boxes: the memory of those that are done serves the tags of those to come."""
    document.pages = Consumed(document.pages)
    slow_tags(pdf, document, *more)


def paint(page: Any, stream: Any, scale: float = 1) -> None:
    """A painted page is packed at once: thousands of pieces for each page would wait for the end."""
    slow_paint(page, stream, scale)
    if stream.compress:
        stream.packed = zlib.compress(_joined(stream), PACKING)
        stream.stream = []


def page_references(pdf: Any) -> tuple[bytes, ...]:
    """Tagging asks for all of them for every element."""
    kids = pdf.pages["Kids"]
    known = pdf.__dict__.get("_references")
    if known is None or len(known) * 3 != len(kids):
        known = pdf.__dict__["_references"] = tuple(b"%d 0 R" % number for number in kids[::3])
    return known


def to_bytes(item: Any) -> bytes:
    """As pydyf writes it, asking the commonest types first."""
    kind = type(item)
    if kind is bytes:
        return item
    if kind is str:
        return item.encode("ascii")
    if kind is int:
        return b"%d" % item
    if kind is float:
        return b"%d" % item if item.is_integer() else f"{item:f}".rstrip("0").encode("ascii")
    return item.data if isinstance(item, pydyf.Object) else str(item).encode("ascii")


def stream_data(stream: Any) -> bytes:
    """A content stream, packed."""
    extra = pydyf.Dictionary(dict(stream.extra))
    data = stream.__dict__.get("packed")
    if data is None:
        data = zlib.compress(_joined(stream), PACKING) if stream.compress else _joined(stream)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
    extra["Length"] = len(data)
    return b"\n".join((extra.data, b"stream", data, b"endstream"))


def _joined(stream: Any) -> bytes:
    return b"\n".join([item if type(item) is bytes else to_bytes(item) for item in stream.stream])


def draw_background_image(stream: Any, layer: Any, style: Any) -> None:
    """A mark that stands once is the same group on every page, moved to its place."""
    if layer.image is None or 0 in layer.size or layer.repeat != ("no-repeat", "no-repeat"):
        slow_background_image(stream, layer, style)
        return
    width, height = layer.size
    x, y = layer.position[0] + layer.positioning_area[0], layer.position[1] + layer.positioning_area[1]
    with stream.artifact(), stream.stacked():
        if not layer.unbounded:
            stream.rectangle(*layer.painting_area)
            stream.clip()
            stream.end()
        stream.transform(e=x, f=y)
        stream.draw_x_object(_group_of(stream, layer.image, width, height, style).id)


def _group_of(stream: Stream, image: Any, width: float, height: float, style: Any) -> Any:
    groups = stream._resources.__dict__.setdefault("_marks", {})
    key = (id(image), width, height)
    if key not in groups:
        group = stream.add_group(0, 0, width, height)
        image.draw(group, width, height, style)
        groups[key] = group
    return groups[key]
