"""The templates of documents. They are well-formed XML, which is read many times faster than HTML."""

from functools import lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from strategy_tracker.documents.prose import inline, prose
from strategy_tracker.text import compared

FOLDER = Path(__file__).parents[2] / "templates" / "documents"


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Needs no request and no web framework."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["prose"] = prose
    made.filters["inline"] = inline
    made.filters["differing"] = differing
    made.filters["mark"] = lambda status: status.replace(" ", "-")
    made.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
    return made


def page(template: str, **content: object) -> str:
    """A document's whole HTML page."""
    return environment().get_template(template).render(content)


def differing(old: str, new: str) -> tuple[Markup, Markup]:
    """Both texts with the words that stand in one of them only in bold."""
    sides = Markup(""), Markup("")
    for is_same, *pieces in compared(old, new):
        marked = (
            escape(piece) if is_same or not piece.strip() else Markup('<b class="only">{}</b>').format(piece)
            for piece in pieces
        )
        sides = sides[0] + next(marked), sides[1] + next(marked)
    return sides
