"""The one normaliser: what people type becomes text that both databases, Word, Excel and PDF can hold.

And where two texts differ, word by word.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator

LINE_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})
NOT_HELD = dict.fromkeys((0xFFFE, 0xFFFF))
"""What XML, and so Word and Excel, cannot hold though it is no control character."""
ISOLATES = "\u2066\u2067\u2068"
EMBEDDINGS = "\u202a\u202b\u202d\u202e"
POP_ISOLATE, POP_EMBEDDING = "\u2069", "\u202c"


def normalise(value: str) -> str:
    """NFC, `\\n` line ends, no control characters but newline and tab, no lone surrogates, no white space around.

    A bidirectional override or isolate that a line leaves open is closed at the line's end, so that it
    cannot turn round the words that follow it on a page.
    """
    value = value.encode("utf-8", "replace").decode("utf-8")
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").translate(LINE_BREAKS))
    kept = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = kept.translate(NOT_HELD)
    return "\n".join(_close_direction(line) for line in kept.split("\n")).strip()


def one_line(value: str) -> str:
    """Normalised, with any run of white space as one space."""
    return " ".join(normalise(value).split())


def _close_direction(line: str) -> str:
    if not any(mark in line for mark in ISOLATES + EMBEDDINGS + POP_ISOLATE + POP_EMBEDDING):
        return line
    open_marks: list[str] = []
    kept: list[str] = []
    for character in line:
        if character in ISOLATES:
            open_marks.append(POP_ISOLATE)
        elif character in EMBEDDINGS:
            open_marks.append(POP_EMBEDDING)
        elif character in (POP_ISOLATE, POP_EMBEDDING):
            if not open_marks or open_marks[-1] != character:
                continue
            open_marks.pop()
        kept.append(character)
    return "".join(kept) + "".join(reversed(open_marks))


TOKENS = re.compile(r"\s+|[^\s]+")
MOST_COMPARED = 4000
"""Words and spaces beyond which two texts are not compared word by word: comparing is quadratic."""


def compared(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Both texts cut where they differ: whether a piece is the same in both, and what it says in each."""
    one, two = TOKENS.findall(old), TOKENS.findall(new)
    if len(one) + len(two) > MOST_COMPARED:
        yield True, old, new
        return
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        yield kind == "equal", "".join(one[a:b]), "".join(two[c:d])
