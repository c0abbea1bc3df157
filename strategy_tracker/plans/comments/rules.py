"""Whom a comment names: pure functions of its words and of the people who may read it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

AT = re.compile(r"(?<![\w.@])@(?=\w)")
CONTINUES = re.compile(r"\w|-\w|['’](?!s\b)\w")
"""What follows a name that goes on: Ann is not named by @Ann-Marie, and is by @Ann’s."""
PART = re.compile(r"[\w'’-]+")


@dataclass(frozen=True)
class Colleague:
    """Somebody who may read the comments; `place` is where she belongs, such as TMBC."""

    id: int
    name: str
    place: str

    @property
    def label(self) -> str:
        return f"{self.name}, {self.place}"


@dataclass(frozen=True)
class Named:
    """`doubtful` holds each @name that fits several colleagues, `unknown` each that fits nobody."""

    colleagues: tuple[Colleague, ...]
    doubtful: tuple[tuple[str, tuple[Colleague, ...]], ...] = ()
    unknown: tuple[str, ...] = ()


def named_in(text: str, chosen: Collection[int], colleagues: Sequence[Colleague]) -> Named:
    """Who is named by being chosen or by @ and a name: the whole name, or one part of it that fits nobody else.

    A part that fits several names the one among them who was chosen.
    """
    found = {one.id for one in colleagues if one.id in chosen}
    doubtful, unknown = [], []
    for words, fitting in _marked(text, colleagues):
        if len(fitting) == 1:
            found.add(fitting[0].id)
        elif not fitting:
            unknown.append(words)
        elif sum(one.id in chosen for one in fitting) != 1:
            doubtful.append((words, fitting))
    return Named(
        tuple(one for one in colleagues if one.id in found),
        tuple(dict(doubtful).items()),
        tuple(dict.fromkeys(unknown)),
    )


def _marked(text: str, colleagues: Sequence[Colleague]) -> Iterator[tuple[str, tuple[Colleague, ...]]]:
    """Each @name with those whom it fits: by the longest whole name that follows, else by one part of a name."""
    for at in AT.finditer(text):
        rest = text[at.end() :]
        whole = [one for one in colleagues if _begins_with(rest, one.name)]
        if whole:
            longest = max(len(one.name) for one in whole)
            yield f"@{rest[:longest]}", tuple(one for one in whole if len(one.name) == longest)
            continue
        part = PART.match(rest)
        word = part[0].rstrip("'’-") if part else ""
        word = re.sub(r"['’]s$", "", word)
        yield f"@{word}", tuple(one for one in colleagues if word.casefold() in one.name.casefold().split())


def _begins_with(text: str, name: str) -> bool:
    return text[: len(name)].casefold() == name.casefold() and not CONTINUES.match(text[len(name) :])
