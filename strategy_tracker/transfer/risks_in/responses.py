"""How a risk is managed, out of one cell: "Tolerate – in line ... Treat – where possible ..." is two responses. Pure.

No word is lost: the labels and the texts, one after the other, say what the cell says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.transfer.risks_in.kind_words import NAME, is_others, is_own, kind_of

LONG_DASHES = "\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
DASHES = f"-\N{HYPHEN}\N{NON-BREAKING HYPHEN}{LONG_DASHES}"
DASH = f"[{DASHES}]"
LOOSE = " \t\n\N{NO-BREAK SPACE},;•◦▪●·"
"""What may be left of a bullet or a list at the end of a response."""
BULLET = rf"(?:[•◦▪●·*o\N{{WHITE BULLET}}]|{DASH}{{1,2}}|\(?\d{{1,2}}[.)]|\(?[a-z]\))"
GAP = r"[^\S\n]{0,8}"
"""Bounded, so that a cell full of blanks is no work."""
AFTER = rf"{GAP}(?::{GAP}(?:{DASH}{{1,3}}(?=\s))?|{DASH}{{1,3}}(?=\s|$)|(?<=\s){DASH}{{1,3}}|[{LONG_DASHES}])"
"""What parts a label from its words: a colon, or a dash that is no hyphen of a compound."""
JOIN = rf"(?:{GAP}[/&+,]{GAP}|[^\S\n]{{1,3}}(?:and/or|and|or)[^\S\n]{{1,3}})"
NAMES = rf"{NAME}(?:{JOIN}{NAME}){{0,3}}"
ASIDE = rf"{GAP}(?=[(\[][^()\[\]\n]{{1,120}}[)\]]{AFTER})"
"""Before a bracket that says by whom or by when: it stays in the words."""
LABEL = re.compile(
    rf"(?P<mark>(?m:^){GAP}(?:{BULLET}[^\S\n]{{1,8}})?)?"
    rf"(?:[(\[](?P<inside>{NAMES})[)\]](?:{AFTER})?"
    rf"|(?<![\w/&-])(?P<word>{NAMES})(?:[^\S\n]{{1,3}}(?:the|this)[^\S\n]{{1,3}}risk)?"
    rf"(?:{AFTER}|{ASIDE}|(?P<alone>{GAP}\.?{GAP}(?m:$))))",
    re.IGNORECASE,
)
FIRST = re.compile(r"(\w+)\s+(?=\S)")
ENDED = re.compile(r"[.;:!?)\]][\"'\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]?\s*\Z")
GOES_ON = re.compile(r"\b(?:to|not|either|than|a|an|the)\s*\Z", re.IGNORECASE)
BEFORE = 24
"""How far back it is looked whether a word begins a response or stands in a sentence."""
EMPTY_LABEL = "“{}” says how, and not what is done"
NO_KIND = "the text names no kind of response (treat, tolerate, transfer, terminate): it is taken as “treat”"
BEGINS = "the words that begin with “{}” are taken as “{}”"
NO_KIND_BEFORE = "the words before the first kind of response are taken as “treat”"
TAKEN = "“{}” is taken as “{}”"
BOTH = "“{}” names several kinds for the same words: it becomes one response of each"
OPEN = "“{}” leaves open how it is managed: it is taken as “treat”"


@dataclass(frozen=True)
class Said:
    """One response as the cell says it. `label` is what names its kind, as written; empty where nothing does.

    `is_twin`: the words of the one before, under another kind that its label names too.
    """

    kind: ResponseKind
    text: str
    label: str = ""
    is_twin: bool = False


@dataclass(frozen=True)
class Responses:
    """`notes` say what a person should look at before it is taken."""

    said: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kinds:
    """The kinds that some words name, each once; `notes` as above."""

    kinds: tuple[ResponseKind, ...] = ()
    notes: tuple[str, ...] = ()


def responses_in(text: str, kinds: Sequence[ResponseKind] = ()) -> Responses:
    """The responses that a cell holds, in its order. `kinds` are those of words that name none, if known."""
    labels = list(_labels(text))
    if not labels:
        return _unlabelled(_trimmed(text), kinds)
    said: list[Said] = []
    notes: list[str] = []
    before = _trimmed(text[: labels[0].start()])
    if leading := _leading(before):
        said.append(Said(leading.kind, before[len(leading.label) :].strip(), leading.label))
        notes.append(BEGINS.format(leading.label, leading.kind))
    elif before:
        named = {kind for label in labels for kind in _named(_words_of(label)).kinds}
        said += _each([kind for kind in kinds if kind not in named][:1] or kinds[:1], before)
        notes += [] if kinds else [NO_KIND_BEFORE]
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        found = _response(label, text, end)
        said += found.said
        notes += found.notes
    return Responses(tuple(said), tuple(dict.fromkeys(notes)))


def _unlabelled(words: str, kinds: Sequence[ResponseKind]) -> Responses:
    """Of a cell that labels nothing: of the kinds known, or of the one that its first word names."""
    if not words:
        return Responses()
    if leading := None if kinds else _leading(words):
        return Responses((Said(leading.kind, words),), (BEGINS.format(leading.label, leading.kind),))
    return Responses(tuple(_each(kinds, words)), () if kinds else (NO_KIND,))


def _leading(words: str) -> Said | None:
    """The kind that words begin with and go on from, as in "Tolerate until May"."""
    first = FIRST.match(words)
    kind = kind_of(first[1]) if first and is_own(first[1]) else None
    return Said(kind, words, first[1]) if first and kind else None


def kinds_in(text: str) -> Kinds:
    """The kinds that a cell of kinds alone names ("Treat", "Tolerate / Accept"); none where it says something else."""
    if text.strip() == "T":
        return Kinds((ResponseKind.TREAT,), (OPEN.format("T"),))
    words = [word for word in re.findall(r"\w+", text) if word.casefold() not in ("and", "or")]
    return _named(text) if words and all(map(kind_of, words)) else Kinds()


def _named(words: str) -> Kinds:
    """What "Treat & Tolerate" names; "Treat or tolerate" names nothing for certain."""
    said = [(word, kind) for word in re.findall(r"\w+", words) if (kind := kind_of(word))]
    kinds = tuple(dict.fromkeys(kind for _, kind in said))
    if len(kinds) > 1 and re.search(r"\bor\b", words, re.IGNORECASE):
        return Kinds((ResponseKind.TREAT,), (OPEN.format(" ".join(words.split())),))
    return Kinds(kinds, tuple(TAKEN.format(word, kind) for word, kind in said if not is_own(word)))


def _each(kinds: Sequence[ResponseKind], text: str, label: str = "") -> Iterator[Said]:
    for place, kind in enumerate(kinds or (ResponseKind.TREAT,)):
        yield Said(kind, text, "" if place else label, place > 0)


def _response(label: re.Match[str], text: str, end: int) -> Responses:
    """What a label and the words up to the next one say: a response of each kind that it names."""
    words, mark = _words_of(label), label["mark"] or ""
    named, rest = _named(words), _trimmed(text[label.end() : end])
    notes = list(named.notes)
    if notes == [OPEN.format(" ".join(words.split()))]:
        # What names nothing for certain stays among the words.
        whole = _trimmed(text[label.start() + len(mark) : end])
        return Responses((Said(ResponseKind.TREAT, whole, mark.strip()),), tuple(notes))
    if len(named.kinds) > 1:
        notes.append(BOTH.format(" ".join(words.split())))
    if not rest:
        notes.append(EMPTY_LABEL.format(words))
    said = _each(named.kinds, rest, label[0].strip()) if rest else _each(named.kinds, label[0].strip())
    return Responses(tuple(said), tuple(notes))


def _words_of(label: re.Match[str]) -> str:
    words: str = label["word"] or label["inside"]
    return words


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Where a response begins: on a line of its own, after a sentence, or with a capital in the run of words.

    A word that only others use for a kind may begin in the run where the cell begins with one as well.
    """
    is_theirs = False
    for match in LABEL.finditer(text):
        words = re.findall(r"\w+", _words_of(match))
        others = all(is_others(word) for word in words if kind_of(word))
        at_start = match["mark"] is not None or match.start() == 0
        is_theirs = is_theirs or (others and not text[: match.start()].strip())
        if at_start or _begins(text, match, in_run=is_theirs or not others):
            yield match


def _begins(text: str, match: re.Match[str], *, in_run: bool) -> bool:
    word, before = _words_of(match), text[max(0, match.start() - BEFORE) : match.start()]
    if match["alone"] is not None or not before[-1:].isspace():
        return False
    return ENDED.search(before) is not None or (in_run and word[0].isupper() and GOES_ON.search(before) is None)


def _trimmed(words: str) -> str:
    """Without the marks that parted it from the next: blanks, a comma or semicolon at its end, a bullet alone."""
    lines = [line.rstrip() for line in words.strip().split("\n")]
    while lines and not re.search(r"\w", lines[-1]):
        lines.pop()
    while lines and not re.search(r"\w", lines[0]):
        lines.pop(0)
    text = "\n".join(lines).strip().rstrip(LOOSE)
    rest = text.rstrip(DASHES)
    return rest.rstrip(LOOSE) if rest[-1:].isspace() else text
