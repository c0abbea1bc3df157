"""Two people wrote at once: both texts side by side, and the second chooses what stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template
from markupsafe import Markup, escape
from wtforms import TextAreaField

from strategy_tracker.text import compared
from strategy_tracker.web.forms import MINE, Form, posted_values, shown

MARKED = {
    "del": Markup('<del><span class="vh">only here: </span>{}</del>'),
    "ins": Markup('<ins><span class="vh">only here: </span>{}</ins>'),
}


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
    left, right = Markup(""), Markup("")
    for is_same, one, two in compared(theirs, mine):
        left += escape(one) if is_same or not one.strip() else MARKED["del"].format(one)
        right += escape(two) if is_same or not two.strip() else MARKED["ins"].format(two)
    return left, right
