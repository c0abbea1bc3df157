"""A letter out of its two templates: the same words as text and as HTML."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jinja2

from strategy_tracker import clock

FOLDER = Path(__file__).parents[2] / "templates" / "mails"


@dataclass(frozen=True)
class Letter:
    """What `mail.write` takes."""

    text: str
    html: str


def letter(template: str, **content: object) -> Letter:
    """From `templates/mails/<template>.txt` and `.html`; the second extends `base.html` there.

    Both have the filters `long_date` and `short_date`, and fail at a name that `content` lacks.
    """
    both = [_environment().get_template(f"{template}{ending}").render(content) for ending in (".txt", ".html")]
    return Letter(*(f"{each.strip()}\n" for each in both))


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=jinja2.select_autoescape(("html",), default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(long_date=clock.long_date, short_date=clock.short_date)
    return made
