"""How a risk is managed, out of one cell: "Tolerate – in line ... Treat – where possible ..." is two responses. Pure.

No word is lost: the labels and the texts, one after the other, say what the cell says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from strategy_tracker.risks.rules import ResponseKind

KIND = "|".join(ResponseKind)
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
LABEL = re.compile(
    rf"(?P<mark>(?m:^){GAP}(?:{BULLET}[^\S\n]{{1,8}})?)?"
    rf"(?:[(\[](?P<inside>{KIND})[)\]](?:{AFTER})?"
    rf"|(?<![\w/&-])(?P<word>{KIND})(?:[^\S\n]{{1,3}}(?:the|this)[^\S\n]{{1,3}}risk)?"
    rf"(?:{AFTER}|(?P<alone>{GAP}\.?{GAP}(?m:$))))",
    re.IGNORECASE,
)
ENDED = re.compile(r"[.;:!?)\]][\"'\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]?\s*\Z")
GOES_ON = re.compile(r"\b(?:to|not|either|than|a|an|the)\s*\Z", re.IGNORECASE)
BEFORE = 24
"""How far back it is looked whether a word begins a response or stands in a sentence."""
EMPTY_LABEL = "“{}” says how, and not what is done"
NO_KIND = "the text names no kind of response (treat, tolerate, transfer, terminate): it is taken as “treat”"
NO_KIND_BEFORE = "the words before the first kind of response are taken as “treat”"


@dataclass(frozen=True)
class Said:
    """One response as the cell says it. `label` is what names its kind, as written; empty where nothing does."""

    kind: ResponseKind
    text: str
    label: str = ""


@dataclass(frozen=True)
class Responses:
    """`notes` say what a person should look at before it is taken."""

    said: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()


def responses_in(text: str, kind: ResponseKind | None = None) -> Responses:
    """The responses that a cell holds, in its order. `kind` is that of words that name none, if known."""
    labels = list(_labels(text))
    if not labels:
        words = _trimmed(text)
        if not words:
            return Responses()
        return Responses((Said(kind or ResponseKind.TREAT, words),), () if kind else (NO_KIND,))
    said, notes = [], []
    if before := _trimmed(text[: labels[0].start()]):
        said.append(Said(kind or ResponseKind.TREAT, before))
        notes += [] if kind else [NO_KIND_BEFORE]
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        found = Said(_kind_of(label), _trimmed(text[label.end() : end]), label[0].strip())
        if not found.text:
            word = label["word"] or label["inside"]
            notes.append(EMPTY_LABEL.format(word))
            found = replace(found, text=found.label, label="")
        said.append(found)
    return Responses(tuple(said), tuple(notes))


def kinds_in(text: str) -> tuple[ResponseKind, ...]:
    """The kinds that a cell of kinds alone names ("Treat", "Tolerate / Treat"); empty where it says something else."""
    words = re.findall(r"\w+", text.casefold())
    kinds = [word for word in words if word in set(ResponseKind)]
    return tuple(map(ResponseKind, kinds)) if words and len(kinds) == len([w for w in words if w != "and"]) else ()


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Where a response begins: on a line of its own, after a sentence, or with a capital in the run of words."""
    for match in LABEL.finditer(text):
        if match["mark"] is not None or match.start() == 0 or _begins(text, match):
            yield match


def _begins(text: str, match: re.Match[str]) -> bool:
    word, before = match["word"] or match["inside"], text[max(0, match.start() - BEFORE) : match.start()]
    if match["alone"] is not None or not before[-1:].isspace():
        return False
    return ENDED.search(before) is not None or (word[0].isupper() and GOES_ON.search(before) is None)


def _kind_of(match: re.Match[str]) -> ResponseKind:
    return ResponseKind((match["word"] or match["inside"]).casefold())


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
