"""What is a word, when words match, and which part of a text is shown: pure functions, so equal on every database."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_QUERY = 200
WORD = re.compile(r"\d+(?:\.\d+)+[^\W_]*|(?:[^\W_]|[\u0300-\u036f])+")
"""A run of letters and digits; a number keeps its points, so that 7.2 and 1.2a are one word each."""
ASKED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\s\"“”„«»]+)")
FOREIGN = re.compile(r"[^\x00-\x7f]+")
ACCENTS = dict.fromkeys(range(0x300, 0x370))
PLAIN = ACCENTS | str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


@dataclass(frozen=True)
class Term:
    """Folded words that must follow one another; `is_whole` (in quotes): the last may not go on."""

    words: tuple[str, ...]
    is_whole: bool = False


@dataclass(frozen=True)
class Word:
    """A folded word and where it stands in its text."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A part of a text as it is shown."""

    text: str
    is_match: bool = False


def fold(text: str) -> str:
    """Without capitals and accents: "Tŷ" and "TY" are "ty", "ﬁ" is "fi", "ß" is "ss"."""
    if text.isascii():
        return text.lower()
    return FOREIGN.sub(lambda found: _plain(found[0]), text).lower()


@lru_cache(maxsize=4096)
def _plain(letters: str) -> str:
    """The same for a run of letters beyond ASCII: texts hold few of them, and the same again and again."""
    return unicodedata.normalize("NFKD", letters.casefold()).casefold().translate(PLAIN)


def folded_words(text: str) -> list[str]:
    """The words of a text, to match alone."""
    return WORD.findall(fold(text))


def words_of(text: str) -> list[Word]:
    """The words of a text as it stands, to mark."""
    return [Word(fold(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]


def terms_of(query: str) -> tuple[Term, ...]:
    """What is asked for: phrases in quotes as they stand, everything else word by word. Signs alone ask for nothing."""
    terms = []
    for phrase, word in ASKED.findall(query):
        words = tuple(folded_words(phrase or word))
        if words:
            terms.append(Term(words, is_whole=bool(phrase)))
    return tuple(dict.fromkeys(terms))


def may_match(terms: Sequence[Term], texts: Sequence[str]) -> bool:
    """False where the texts cannot match: a quick look that spares taking most of them apart."""
    folded = fold("\n".join(texts))
    return all(word in folded for term in terms for word in term.words)


def matches(terms: Sequence[Term], words: Sequence[str]) -> dict[Term, list[int]]:
    """At which words each term that matches ends. The beginning of a word matches; of a number the whole."""
    found = ((term, _ends(term, words)) for term in terms)
    return {term: ends for term, ends in found if ends}


def places(terms: Sequence[Term], text: str) -> list[tuple[int, int]]:
    """Where the terms stand in the text, first character and the one after the last."""
    words = words_of(text)
    ends = matches(terms, [word.folded for word in words])
    return [(words[end - len(term.words) + 1].start, words[end].end) for term, every in ends.items() for end in every]


def _ends(term: Term, words: Sequence[str]) -> list[int]:
    *first, last = term.words
    if term.is_whole or any(character.isdigit() for character in last):
        ends = [index for index, word in enumerate(words) if word == last]
    else:
        ends = [index for index, word in enumerate(words) if word.startswith(last)]
    if not first:
        return ends
    before = len(first)
    return [end for end in ends if end >= before and list(words[end - before : end]) == first]


def excerpt(text: str, places: Sequence[tuple[int, int]], longest: int) -> tuple[Piece, ...]:
    """About `longest` characters round the first match, cut between words, with every match in it marked.

    The text must stand on one line.
    """
    start, end = _window(text, min((place[0] for place in places), default=0), longest)
    pieces, at = [Piece("…")] if start else [], start
    for first, last in _merged(places):
        if first < start or last > end:
            continue
        pieces += [Piece(text[at:first]), Piece(text[first:last], is_match=True)]
        at = last
    pieces.append(Piece(text[at:end] + ("…" if end < len(text) else "")))
    return tuple(piece for piece in pieces if piece.text)


def _window(text: str, match: int, longest: int) -> tuple[int, int]:
    if len(text) <= longest:
        return 0, len(text)
    start = max(0, min(match - longest // 4, len(text) - longest))
    if start:
        space = text.find(" ", start, match)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + longest)
    if end < len(text):
        space = text.rfind(" ", max(start, match), end)
        end = space if space > match else end
    return start, end


def _merged(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places in order, those that overlap as one."""
    current: tuple[int, int] | None = None
    for first, last in sorted(places):
        if current is not None and first <= current[1]:
            current = (current[0], max(current[1], last))
            continue
        if current is not None:
            yield current
        current = (first, last)
    if current is not None:
        yield current
