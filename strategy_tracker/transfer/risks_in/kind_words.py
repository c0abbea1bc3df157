"""The words by which a kind of response is known: its own in every form, what others call it, and slips. Pure."""

import re
from collections.abc import Iterator

from strategy_tracker.risks.rules import ResponseKind

OWN: dict[ResponseKind, tuple[str, ...]] = {
    ResponseKind.TREAT: ("treat", "treats", "treated", "treating"),
    ResponseKind.TOLERATE: ("tolerate", "tolerates", "tolerated", "tolerating"),
    ResponseKind.TRANSFER: ("transfer", "transfers", "transferred", "transferring"),
    ResponseKind.TERMINATE: ("terminate", "terminates", "terminated", "terminating"),
}
OTHERS: dict[ResponseKind, tuple[str, ...]] = {
    ResponseKind.TREAT: ("reduce", "reduced", "reducing", "mitigate", "mitigated", "mitigating"),
    ResponseKind.TOLERATE: ("accept", "accepted", "accepting"),
    ResponseKind.TRANSFER: ("share", "shared", "sharing", "insure", "insured", "insuring"),
    ResponseKind.TERMINATE: ("avoid", "avoided", "avoiding"),
}
NO_SLIPS = ("threat", "trent", "tread", "trait", "teat")
"""Words and names of their own that are one letter away."""
_OWN = {word: kind for kind, words in OWN.items() for word in words}
_OTHERS = {word: kind for kind, words in OTHERS.items() for word in words}


def _slips(word: str) -> Iterator[str]:
    """Patterns of a word with one letter wrong, missing, too much or changed with the next; the first is right."""
    for place in range(1, len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        yield f"{before}[a-z]{after}"
        yield f"{before}{after}"
        yield f"{before}[a-z]{letter}{after}"
        if after:
            yield f"{before}{after[0]}{letter}{after[1:]}"


def _any(words: Iterator[str]) -> str:
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word)))


_SLIPS = {kind: _any(slip for word in words if not word.endswith(("s", "ing")) for slip in _slips(word))
          for kind, words in OWN.items()}  # fmt: skip
_COMPILED = {kind: re.compile(slips, re.IGNORECASE) for kind, slips in _SLIPS.items()}
NAME = rf"(?:{_any(iter([*_OWN, *_OTHERS]))}|(?=t)(?!(?:{'|'.join(NO_SLIPS)})\b)(?:{'|'.join(_SLIPS.values())}))(?!\w)"
"""A pattern of every such word, for patterns that ignore case."""


def kind_of(word: str) -> ResponseKind | None:
    """None where the word names no kind."""
    known = _OWN.get(word.casefold()) or _OTHERS.get(word.casefold())
    if known or word.casefold() in NO_SLIPS:
        return known
    return next((kind for kind, slips in _COMPILED.items() if slips.fullmatch(word)), None)


def is_own(word: str) -> bool:
    """Whether it is one of the four words, in whatever form, and no slip."""
    return word.casefold() in _OWN


def is_others(word: str) -> bool:
    """Whether it is a word that others use, which may as well stand in a sentence."""
    return word.casefold() in _OTHERS
