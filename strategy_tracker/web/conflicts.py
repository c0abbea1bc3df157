"""Two people wrote at once: both texts side by side, and the second chooses what stays."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup, escape
from wtforms import TextAreaField

from strategy_tracker.web.forms import MINE, Form, posted_values, shown

MARKED = {
    "del": Markup('<del><span class="vh">only here: </span>{}</del>'),
    "ins": Markup('<ins><span class="vh">only here: </span>{}</ins>'),
}
TOKENS = re.compile(r"\s+|[^\s]+")
MOST_COMPARED = 4000
"""Words and spaces beyond which two texts are shown without marking where they differ: comparing is quadratic."""


@dataclass(frozen=True)
class Difference:
    """A field that the two versions do not have alike."""

    label: str
    theirs: Markup
    mine: Markup


def page(mine: Form, theirs: Form, version: int, who: str, **context: Any) -> tuple[str, int]:
    """The page of two versions (409). `theirs` is the form filled from what stands; `who` saved it."""
    pairs = [(field, theirs[field.name]) for field in mine.asks if field.name not in mine.beside]
    different = [(field, other) for field, other in pairs if shown(field) != shown(other)]
    first = [(MINE + field.name, value) for field in mine.asks for value in posted_values(field)]
    for field, other in different:
        if isinstance(field, TextAreaField) and other.data:
            field.data = f"{other.data}\n\n{field.data or ''}".strip()
    mine.version.data = str(version)
    words = render_template(
        "plans/conflict.html",
        form=mine,
        first=first,
        who=who,
        differences=[_difference(dict(first_of(first)), field, other) for field, other in different],
        **context,
    )
    return words, 409


def first_of(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The values as (field, what it held before the texts were joined)."""
    for name, value in pairs:
        yield name.removeprefix(MINE), value


def _difference(first: dict[str, str], field: Any, other: Any) -> Difference:
    own = first.get(field.name, "") if isinstance(field, TextAreaField) else shown(field)
    theirs, mine = marked(shown(other), own)
    return Difference(field.label.text, theirs, mine)


def marked(theirs: str, mine: str) -> tuple[Markup, Markup]:
    """Both texts, with the words that stand in one only marked."""
    one, two = TOKENS.findall(theirs), TOKENS.findall(mine)
    if len(one) + len(two) > MOST_COMPARED:
        return escape(theirs), escape(mine)
    left, right = Markup(""), Markup("")
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        left += _words("del", one[a:b], kind)
        right += _words("ins", two[c:d], kind)
    return left, right


def _words(element: str, tokens: list[str], kind: str) -> Markup:
    text = "".join(tokens)
    if kind == "equal" or not text.strip():
        return escape(text)
    return MARKED[element].format(text)
