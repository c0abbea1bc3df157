"""What people type, as marked-up text: paragraphs, line breaks and lists, in the forms that PDF/UA allows.

What is exempt from publication is marked with that word.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from strategy_tracker.text import EXEMPT, exempt_parts, line_by_line

BULLET = re.compile(r"[ \t]*[•·▪▫◦‣●○–—*-][ \t]+(?=\S)")
LONG_WORD = re.compile(r"\S{41}")
EVERY = re.compile(r"\S{1,30}\s*|\s+")
#: Letters beyond which a bulleted line stays text: a list item must not be split over pages.
LONGEST_ITEM = 1200
MARKED = Markup('<span class="exempt"><b class="exempt__word">Exempt</b> {}</span>')
OPEN = "[exempt]"


def prose(text: str) -> Markup:
    """Lines that begin with a bullet become a list; a blank line parts paragraphs; tabs become spaces.

    Text of one paragraph comes without an element round it. Right-to-left paragraphs say so.
    """
    if EXEMPT.search(text):
        text = line_by_line(text)
    blocks = list(_blocks(text))
    if len(blocks) == 1 and blocks[0][0] == "text":
        return _lines(blocks[0][1])
    whole = Markup("")
    for position, (kind, lines) in enumerate(blocks):
        if kind == "list":
            whole += (
                Markup("<ul>")
                + Markup("").join(Markup("<li>{}</li>").format(_marked(line)) for line in lines)
                + Markup("</ul>")
            )
        elif position == 0 and not _is_right_to_left(lines[0]):
            whole += _lines(lines)
        else:
            whole += Markup("<p>{}</p>").format(_lines(lines))
    return whole


def inline(text: str) -> Markup:
    """One run of words."""
    return _directed(line_by_line(text) if EXEMPT.search(text) else text)


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    for kind, lines in groupby(text.expandtabs(1).split("\n"), key=_kind):
        if kind == "list":
            yield kind, [_item(line) for line in lines]
        elif kind == "text":
            yield kind, [line.strip() for line in lines]


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    return "list" if BULLET.match(line.removeprefix(OPEN)) and len(line) <= LONGEST_ITEM else "text"


def _item(line: str) -> str:
    """A bullet's words: the bullet may stand within the mark of what is exempt."""
    mark = OPEN if line.startswith(OPEN) else ""
    return mark + BULLET.sub("", line.removeprefix(mark), count=1).strip()


def _lines(lines: list[str]) -> Markup:
    return Markup("<br/>").join(_directed(line) for line in lines)


def _directed(line: str) -> Markup:
    if _is_right_to_left(line.removeprefix(OPEN)):
        return Markup('<span dir="rtl" class="rtl">{}</span>').format(_marked(line))
    return _marked(line)


def _marked(line: str) -> Markup:
    if OPEN not in line:
        return _broken(line)
    parts = exempt_parts(line)
    return Markup("").join(MARKED.format(_broken(piece)) if is_exempt else _broken(piece) for is_exempt, piece in parts)


def _broken(line: str) -> Markup:
    return _breakable(line) if LONG_WORD.search(line) else escape(line)


def _breakable(line: str) -> Markup:
    """A word too long for a column may break, after every 30 letters."""
    return Markup("<wbr/>").join(EVERY.findall(line))


def _is_right_to_left(line: str) -> bool:
    """By its first strong character, as the Unicode bidirectional algorithm's rule P2 has it."""
    for character in line:
        strong = unicodedata.bidirectional(character)
        if strong in ("L", "R", "AL"):
            return strong != "L"
    return False
