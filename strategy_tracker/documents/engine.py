"""WeasyPrint itself: HTML to PDF/UA-1 bytes. Runs in the child process alone."""

import contextlib
import gc
import logging
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import cssselect2
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from strategy_tracker.documents import assets, faster, glyphs, tags
from strategy_tracker.documents.fetcher import LocalAssets

BASE = "asset:"
FALLBACK_FACE = "@font-face {{ font-family: {0}; src: url(asset:{0}.ttf) }}\n"


class Page(HTML):
    """A page that is well-formed XML, as our templates are, read by the fast parser; any other by the HTML parser."""

    def __init__(self, html: str, fetcher: LocalAssets) -> None:
        try:
            root = ElementTree.fromstring(html)
        except ElementTree.ParseError:
            super().__init__(string=html, base_url=BASE, url_fetcher=fetcher)
            return
        self.base_url, self.url_fetcher, self.media_type = BASE, fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def render(html: str, fonts: Path = assets.FONTS) -> bytes:
    """PDF/UA-1 of a page. Characters that no font has are named in words, and the page says so."""
    faster.apply()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    files = assets.load(fonts)
    html, fallbacks = glyphs.settle(
        html, {name.removesuffix(".ttf"): data for name, (data, kind) in files.items() if kind == "font/ttf"}
    )
    fetcher, configuration = LocalAssets(files), FontConfiguration()
    with no_garbage_collection():
        sheet = CSS(string=_styles(fallbacks), url_fetcher=fetcher, font_config=configuration, base_url=BASE)
        page = Page(html, fetcher)
        del html
        document = page.render(stylesheets=[sheet], font_config=configuration, pdf_variant="pdf/ua-1")
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1", finisher=tags.complete))


def _styles(fallbacks: list[str]) -> str:
    css = assets.styles()
    if not fallbacks:
        return css
    faces = "".join(FALLBACK_FACE.format(face) for face in fallbacks)
    return faces + css.replace("font-family: Source }", f"font-family: Source, {', '.join(fallbacks)} }}")


@contextlib.contextmanager
def no_garbage_collection() -> Iterator[None]:
    """One document makes millions of objects that all live to its end; looking for dead ones only costs time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
