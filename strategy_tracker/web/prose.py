"""What people wrote, as HTML: paragraphs and bullet lists, with what is exempt marked so, and nothing else.

No Markdown: "3*4*5" would turn italic, and the bullets that Word leaves behind would be no lists.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from strategy_tracker.text import EXEMPT, exempt_parts, line_by_line

BULLET = re.compile(r"^\s*(?:[•●▪◦‣·–*-])\s+(?=\S)")
MARKED = Markup('<span class="exempt"><b class="exempt__word">Exempt</b> {}</span>')
OPEN = "[exempt]"


def prose(text: str) -> Markup:
    """Paragraphs for lines, a list for lines that begin with a bullet; "" for nothing."""
    if EXEMPT.search(text):
        text = line_by_line(text)
    if "\n" not in text and not BULLET.match(text):
        return Markup("<p>{}</p>").format(_line(text)) if text else Markup("")
    return Markup("").join(_blocks(text))


def inline(text: str) -> Markup:
    """One run of words, with what is exempt marked so."""
    return _line(line_by_line(text)) if EXEMPT.search(text) else escape(text)


def _blocks(text: str) -> Iterator[Markup]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for is_bullet, group in groupby(lines, key=lambda line: bool(BULLET.match(line.removeprefix(OPEN)))):
        if is_bullet:
            yield Markup("<ul>") + Markup("").join(Markup("<li>{}</li>").format(_item(line)) for line in group)
            yield Markup("</ul>")
        else:
            yield Markup("").join(Markup("<p>{}</p>").format(_line(line)) for line in group)


def _item(line: str) -> Markup:
    """A bullet's words: the bullet may stand within the mark of what is exempt."""
    mark = OPEN if line.startswith(OPEN) else ""
    return _line(mark + BULLET.sub("", line.removeprefix(mark)))


def _line(line: str) -> Markup:
    if OPEN not in line:
        return escape(line)
    parts = exempt_parts(line)
    return Markup("").join(MARKED.format(piece) if is_exempt else escape(piece) for is_exempt, piece in parts)
