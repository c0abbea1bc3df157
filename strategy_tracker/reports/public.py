"""What everybody may read: a copy without exempt passages, without the names of people, and without mail addresses.

It works on the whole tree of a report's plain values before any template sees them, and refuses what it does not know.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from strategy_tracker.text import without_exempt

LEFT_OUT = "[name left out]"
ADDRESS_LEFT_OUT = "[address left out]"
MAIL_ADDRESS = re.compile(r"[\w.+'’-]+@[\w-]+(?:\.[\w-]+)+")
TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Sir|Dame|Lord|Lady|Prof|Professor|Rev)\.?"
BETWEEN = r"[\s,.]+"
SEVERAL = re.compile(r"\s*(?:[/,;&]|\band\b)\s*")
SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "\u00a0": " "})

Clean = Callable[[Any], Any]


def cleaner(people: Iterable[str]) -> Clean:
    """What takes out of a tree of plain values all that a public copy may not say; `people` are names.

    It raises TypeError for a value that is neither text, a number, a list nor a mapping: nothing passes unread.
    """
    pattern = _pattern(people)

    def clean(tree: Any) -> Any:
        if isinstance(tree, str):
            return _clean_text(tree, pattern)
        if tree is None or isinstance(tree, bool | int | float):
            return tree
        if isinstance(tree, Mapping):
            return {_clean_text(key, pattern): clean(value) for key, value in tree.items()}
        if isinstance(tree, list | tuple):
            return [clean(value) for value in tree]
        raise TypeError(f"a public copy cannot hold a {type(tree).__name__}")

    return clean


def may_be_names(words: str, people: Iterable[str]) -> list[tuple[str, int]]:
    """Given names and surnames that stand alone in a public copy, and how often: whether one names somebody, only a
    person can tell ("Will", "May").
    """
    named = [name.split() for name in people]
    tokens = {token for name in named if len(name) > 1 and all(one[:1].isupper() for one in name) for token in name}
    found = Counter(re.findall(r"\b\w[\w'’-]*\b", words))
    return sorted((token, found[token]) for token in tokens if len(token) > 2 and found[token])


def _clean_text(text: str, pattern: re.Pattern[str] | None) -> str:
    text = MAIL_ADDRESS.sub(ADDRESS_LEFT_OUT, without_exempt(text))
    if pattern is None:
        return text
    plain, kept, end = _plain(text), "", 0
    for found in pattern.finditer(plain):
        kept += text[end : found.start()] + LEFT_OUT
        end = found.end()
    return kept + text[end:]


def _plain(text: str) -> str:
    """The text letter for letter, without accents and with one kind of apostrophe, hyphen and space."""
    bare = (unicodedata.normalize("NFD", letter)[0] for letter in text)
    return "".join(bare).translate(SAME)


def _pattern(people: Iterable[str]) -> re.Pattern[str] | None:
    """Longer forms before the shorter ones that they begin with."""
    forms = {form for name in people for one in _each(name) for form in _forms(one)}
    if not forms:
        return None
    either = "|".join(sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _each(name: str) -> Iterator[str]:
    """A name, and where it holds several ("Jane Smith / John Brown") each of them."""
    yield name
    parts = SEVERAL.split(name)
    if len(parts) > 1:
        yield from (part for part in parts if len(part.split()) > 1)


def _forms(name: str) -> Iterator[str]:
    """The ways in which a person is written: in full with or without initials, turned round, by initial, by title.

    In full it is found in capitals and small letters alike; the shorter ways as they are written, so that "A lead
    officer" is not taken for Anna Lead.
    """
    tokens = [re.escape(token.strip(".,")) for token in _plain(name).split() if token.strip(".,")]
    if not tokens:
        return
    if len(tokens) == 1:
        yield tokens[0]
        return
    given, surname, initial = tokens[0], tokens[-1], re.escape(_plain(name).split()[0][0])
    yield f"(?i:{BETWEEN.join(tokens)})"
    yield f"(?i:{given}(?:{BETWEEN}\\w\\b){{0,3}}{BETWEEN}{surname})"
    yield f"(?i:{surname}\\s*,\\s*{given})"
    yield f"{initial}\\.?(?:\\s*\\w\\.)*\\s*{surname}"
    yield f"{surname},?\\s+{initial}\\b\\.?"
    yield f"{TITLES}\\s+(?:\\w+\\.?\\s+)?{surname}"
