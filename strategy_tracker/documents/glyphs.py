"""Characters that the fonts lack: WeasyPrint would print a box that no screen reader can say (ISO 14289-1, 7.21.8).

A symbol becomes its name ("[grinning face]"), a run of letters its script and length ("[12 Arabic letters]"), and
the page gets a sentence that says so, in a pack each part that needs one. Characters without a shape of their own
are left out.
"""

import io
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from fontTools.ttLib import TTFont

from strategy_tracker.documents.assets import FACES

PLACE = "<!--characters-->"
SENTENCE = (
    '<p class="characters">Some characters are not in this document’s fonts. '
    "They are named in square brackets instead: {}.</p>"
)
LISTED = 12


@lru_cache(maxsize=8)
def coverage(font: bytes) -> frozenset[int]:
    """Code points that a font can show."""
    return frozenset(TTFont(io.BytesIO(font), lazy=True).getBestCmap())


def settle(html: str, fonts: Mapping[str, bytes]) -> tuple[str, list[str]]:
    """The page with every character printable, and the names of the fallback fonts it needs."""
    characters = {ord(c) for c in set(html)}
    shown = frozenset.intersection(*(coverage(fonts[face]) for face in FACES)) | {0x0A}
    lacking = characters - shown
    if not lacking:
        return html, []
    fallbacks = []
    for face in fonts:
        letters = {code for code in lacking if unicodedata.category(chr(code))[0] in "LM"}
        if face not in FACES and letters & coverage(fonts[face]):
            fallbacks.append(face)
            lacking -= coverage(fonts[face])
    if not lacking:
        return html, fallbacks
    parts = html.split(PLACE)
    told = [_settled(part, lacking) for part in parts[:-1]]
    return "".join(told) + _settled_end(parts[-1], lacking, is_whole=not told), fallbacks


def _settled(part: str, lacking: set[int]) -> str:
    """A part of the page with the sentence, where it needs one, at its end: a pack has several."""
    named: dict[str, None] = {}
    return _replaced(part, lacking, named) + _sentence(list(named))


def _settled_end(part: str, lacking: set[int], *, is_whole: bool) -> str:
    """What follows the last place. Where there is no place, the sentence ends the body."""
    named: dict[str, None] = {}
    part = _replaced(part, lacking, named)
    return part.replace("</body>", f"{_sentence(list(named))}</body>", 1) if is_whole else part


def _replaced(html: str, lacking: set[int], named: dict[str, None]) -> str:
    one = "[" + "".join(re.escape(chr(code)) for code in sorted(lacking)) + "]"

    def words(found: re.Match[str]) -> str:
        replacement = _in_words(found.group())
        if replacement.startswith("["):
            named.setdefault(replacement)
        return replacement

    return re.sub(f"{one}+(?: {one}+)*", words, html)


def _in_words(run: str) -> str:
    """Symbols by their names, letters counted; a space for space; nothing for what has no shape."""
    letters = [c for c in run if unicodedata.category(c)[0] in "LMN"]
    symbols = [c for c in run if unicodedata.category(c)[0] in "SP"]
    parts = [f"[{unicodedata.name(c, 'unknown character').lower()}]" for c in symbols]
    if letters:
        script = unicodedata.name(letters[0], "unknown").split()[0].capitalize()
        script = "Chinese" if script == "Cjk" else script
        parts.append(f"[{len(letters)} {script} {'letter' if len(letters) == 1 else 'letters'}]")
    if parts:
        return " ".join(parts)
    return " " if any(c.isspace() for c in run) else ""


def _sentence(named: list[str]) -> str:
    if not named:
        return ""
    more = [f"and {len(named) - LISTED} more"] if len(named) > LISTED else []
    return SENTENCE.format(", ".join(named[:LISTED] + more))
