"""The one normaliser: what people type becomes text that both databases, Word, Excel and PDF can hold.

And where two texts differ, word by word; what of a text is for no public copy; what a spreadsheet would run.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator

LINE_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n"})
NOT_HELD = dict.fromkeys((0xFFFE, 0xFFFF))
"""What XML, and so Word and Excel, cannot hold though it is no control character."""
ISOLATES = "\u2066\u2067\u2068"
EMBEDDINGS = "\u202a\u202b\u202d\u202e"
POP_ISOLATE, POP_EMBEDDING = "\u2069", "\u202c"
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0")
"""Letters, marks and signs that are drawn as nothing, beside spaces and characters of format."""


def normalise(value: str) -> str:
    """NFC, `\\n` line ends, no control characters but newline and tab, no lone surrogates, no white space around.

    "" for a text of which nothing would be seen. A bidirectional override or isolate that a line leaves open is closed
    at the line's end, so that it cannot turn round the words that follow it on a page.
    """
    value = value.encode("utf-8", "replace").decode("utf-8")
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").translate(LINE_BREAKS))
    kept = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = kept.translate(NOT_HELD)
    if all(map(_is_blank, kept)):
        return ""
    return "\n".join(_close_direction(line) for line in kept.split("\n")).strip()


def _is_blank(character: str) -> bool:
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    kind = unicodedata.category(character)
    return kind in ("Cc", "Cf", "Zs", "Zl", "Zp") or character in BLANKS or is_selector


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


def listed(names: Iterable[str]) -> str:
    """ "SDC", "SDC and TMBC", "SDC, TMBC and TWBC"."""
    found = list(names)
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def guarded(text: str) -> str:
    """What a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{text}" if FORMULA.match(text) else text


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


EXEMPT = re.compile(r"\[\s*(/?)\s*exempt\s*\]", re.IGNORECASE)
"""The marks round a passage that no public copy may have: [exempt] and [/exempt]."""
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
"""Characters that nobody sees, which may part the letters of a mark or of a name."""


def exempt_parts(text: str) -> list[tuple[bool, str]]:
    """The text cut at its marks: whether a piece is exempt, and its words; empty pieces are left out.

    Marks that do not match hide too much rather than too little: one that is left open hides the rest, one that only
    closes hides all before it.
    """
    pieces: list[tuple[bool, str]] = []
    depth = end = 0
    for mark in EXEMPT.finditer(text):
        closes = bool(mark[1])
        pieces.append((depth > 0 or closes, text[end : mark.start()]))
        if closes and not depth:
            pieces = [(True, words) for _, words in pieces]
        depth = max(0, depth - 1) if closes else depth + 1
        end = mark.end()
    pieces.append((depth > 0, text[end:]))
    return [(is_exempt, words) for is_exempt, words in pieces if words]


def line_by_line(text: str) -> str:
    """The same words with each line's exempt parts marked in that line, so that lines can be shown one by one."""
    return "".join(
        "\n".join(f"[exempt]{line}[/exempt]" if is_exempt and line.strip() else line for line in piece.split("\n"))
        for is_exempt, piece in exempt_parts(text)
    )


def without_exempt(text: str) -> str:
    """The text for a public copy: without its exempt passages, their marks, and what nobody sees."""
    text = INVISIBLE.sub("", text)
    if not EXEMPT.search(text):
        return text
    left = ""
    for words in (words for is_exempt, words in exempt_parts(text) if not is_exempt):
        left += words.lstrip() if left[-1:].isspace() else words
    return without_exempt(left.strip())


def problem_with_marks(text: str) -> str | None:
    """What is wrong with the marks of a text's exempt passages; None where each that opens is closed."""
    depth = 0
    for mark in EXEMPT.finditer(INVISIBLE.sub("", text)):
        depth += -1 if mark[1] else 1
        if depth > 1:
            return "End an exempt passage with [/exempt] before the next begins: one cannot stand within another"
        if depth < 0:
            break
    return "Close each exempt passage: it begins with [exempt] and ends with [/exempt]" if depth else None


def has_marks(text: str) -> bool:
    """Whether a passage of the text is marked as exempt, or half marked."""
    return EXEMPT.search(INVISIBLE.sub("", text)) is not None


def abbreviations_in(words: str, glossary: Iterable[str]) -> set[str]:
    """Which of these stand in the words, each as a word of its own or with the s of several."""
    wanted = "|".join(sorted(map(re.escape, glossary), key=len, reverse=True))
    return set(re.findall(rf"(?<!\w)({wanted})(?=s?(?!\w))", words)) if wanted else set()
