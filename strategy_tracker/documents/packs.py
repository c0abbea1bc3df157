"""A pack: several documents in one, each with the very words and the layout that it has alone.

A cover with contents stands before them. The parts' pages are numbered through, and no id of one part is another's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from markupsafe import Markup

from strategy_tracker.documents.glyphs import PLACE
from strategy_tracker.documents.templates import page

BODY = re.compile(r'<body(?: class="([^"]*)")?>(.*)</body>', re.DOTALL)
RUNNING = re.compile(r'<div class="running"[^>]*></div>')
ISSUE = re.compile(r'data-issue="([^"]*)"')
STATE = re.compile(r'data-state="([^"]*)"')
TAG = re.compile(r"<[a-zA-Z][^>]*>")
NAMES = re.compile(r'(\s(?:id|for|headers|aria-labelledby|aria-describedby))="([^"]*)"')
LINK = re.compile(r'(\s(?:xlink:)?href)="#([^"]*)"')
PAINT = re.compile(r"url\(#([^)]*)\)")
HEADING = re.compile(r"<h2\b([^>]*)>(.*?)</h2>", re.DOTALL)
ID = re.compile(r'\sid="')
FOUND = re.compile(r'<h2\b[^>]*\sid="([^"]*)"[^>]*>(.*?)</h2>', re.DOTALL)
ASIDE = re.compile(r'<span class="lead">.*?</span>|<[^>]*>', re.DOTALL)
"""In a heading, what its line in the contents leaves out."""
MOST_HEADINGS = 20
"""Headings of a part beyond which the pack's contents name the part alone: such a part has contents of its own."""
LONGEST_HEAD, LONGEST_WIDE_HEAD = 60, 92
"""Letters of a running head in portrait and in landscape, beyond which it is cut."""
WIDE = frozenset({"wide", "draft"})
"""The classes of a part in landscape."""
AIRY = 16
"""Lines of contents up to which the cover has room for a wide space above its title."""


@dataclass(frozen=True)
class Cover:
    """What stands before the parts, in words. What is "" is left out."""

    partnership: str
    title: str
    for_whom: str = ""
    meeting: str = ""
    as_at: str = ""
    edition: str = ""
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackPart:
    """One document of a pack; `page` is the whole page that becomes its PDF where it stands alone."""

    title: str
    standing: str
    page: str


@dataclass(frozen=True)
class Entry:
    """A part as the template takes it; `headings` are (id, words)."""

    number: int
    title: str
    standing: str
    key: str
    classes: str
    issue: Markup
    state: Markup
    headings: tuple[tuple[str, Markup], ...]
    body: Markup

    @property
    def head(self) -> str:
        """What stands at the top of each of its pages but the first."""
        whole = f"{self.number}. {self.title}"
        longest = LONGEST_WIDE_HEAD if WIDE & set(self.classes.split()) else LONGEST_HEAD
        return whole if len(whole) <= longest else f"{whole[: longest - 1].rstrip()}…"


def pack_page(cover: Cover, parts: Sequence[PackPart]) -> str:
    """The whole page that becomes the PDF of a pack. Raises ValueError for a part that is no page of ours."""
    entries = [_entry(number, part) for number, part in enumerate(parts, start=1)]
    lines = sum(2 + len(entry.headings) for entry in entries)
    return page("board-pack.html", cover=cover, parts=entries, is_airy=lines <= AIRY)


def _entry(number: int, part: PackPart) -> Entry:
    try:
        ElementTree.fromstring(part.page)
    except ElementTree.ParseError as error:
        raise ValueError(f"{part.title} is not well-formed: {error}") from error
    found = BODY.search(part.page)
    running = RUNNING.search(found[2]) if found else None
    if found is None or running is None:
        raise ValueError(f"{part.title} is not one of our documents")
    key = f"part-{number}"
    body = _with_ids(_apart(RUNNING.sub("", found[2], count=1).replace(PLACE, ""), key), key)
    return Entry(
        number,
        part.title,
        part.standing,
        key,
        found[1] or "",
        _attribute(ISSUE, running[0]),
        _attribute(STATE, running[0]),
        tuple(_headings(body)),
        Markup(body),  # noqa: S704 our own page of the part, escaped when it was made
    )


def _attribute(pattern: re.Pattern[str], tag: str) -> Markup:
    found = pattern.search(tag)
    return Markup(found[1] if found else "")  # noqa: S704 escaped when it was made


def _apart(body: str, key: str) -> str:
    """The part with its ids, and all that names one of them, under its own key. Quotes in text are escaped, so that
    nothing but attributes has them."""

    def names(found: re.Match[str]) -> str:
        return f'{found[1]}="{" ".join(f"{key}-{name}" for name in found[2].split())}"'

    def tag(found: re.Match[str]) -> str:
        mine = LINK.sub(rf'\1="#{key}-\2"', NAMES.sub(names, found[0]))
        return PAINT.sub(rf"url(#{key}-\1)", mine)

    return TAG.sub(tag, body)


def _with_ids(body: str, key: str) -> str:
    """Each heading can be found from the contents."""
    numbers = iter(range(1, body.count("<h2") + 1))

    def heading(found: re.Match[str]) -> str:
        number = next(numbers)
        return found[0] if ID.search(found[1]) else f'<h2 id="{key}-heading-{number}"{found[1]}>{found[2]}</h2>'

    return HEADING.sub(heading, body)


def _headings(body: str) -> Iterator[tuple[str, Markup]]:
    found = FOUND.findall(body)
    if len(found) <= MOST_HEADINGS:
        for name, words in found:
            yield name, Markup(" ".join(ASIDE.sub(" ", words).split()))  # noqa: S704 text of an escaped page
