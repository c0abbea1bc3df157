"""The templates of documents. They are well-formed XML, which is read many times faster than HTML."""

from functools import lru_cache
from pathlib import Path

import jinja2

from strategy_tracker.documents.prose import prose

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
    made.filters["mark"] = lambda status: status.replace(" ", "-")
    made.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
    return made


def page(template: str, **content: object) -> str:
    """A document's whole HTML page."""
    return environment().get_template(template).render(content)
