"""What people wrote, as HTML: paragraphs and bullet lists, and nothing else.

No Markdown: "3*4*5" would turn italic, and the bullets that Word leaves behind would be no lists.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

BULLET = re.compile(r"^\s*(?:[•●▪◦‣·–*-])\s+(?=\S)")


def prose(text: str) -> Markup:
    """Paragraphs for lines, a list for lines that begin with a bullet; "" for nothing."""
    if "\n" not in text and not BULLET.match(text):
        return Markup("<p>") + escape(text) + Markup("</p>") if text else Markup("")
    return Markup("").join(_blocks(text))


def _blocks(text: str) -> Iterator[Markup]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for is_bullet, group in groupby(lines, key=lambda line: bool(BULLET.match(line))):
        if is_bullet:
            items = [Markup("<li>{}</li>").format(BULLET.sub("", line)) for line in group]
            yield Markup("<ul>") + Markup("").join(items) + Markup("</ul>")
        else:
            yield Markup("").join(Markup("<p>{}</p>").format(line) for line in group)
