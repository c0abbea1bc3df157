"""Who answers for an action, out of a cell such as "SDC / Housing Options Manager" or "All LAs"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.transfer.heads import Known, names_of, plain

SEPARATORS = re.compile(r"\s*[/;,\n+|]\s*|\s+&\s+|\s+and\s+")
EVERYBODY = re.compile(
    r"all(?: (?:las?|local authorities|authorities|councils|partners|districts|three|four|of the above))?",
    re.IGNORECASE,
)
TEAM = re.compile(r"\b(?:team|group|service|services|department|unit|section|board|forum)\b", re.IGNORECASE)
POST = re.compile(
    r"\b(?:officer|manager|head|director|lead|leader|co-?ordinator|advis[eo]r|chief|assistant|supervisor|accountant"
    r"|planner|surveyor)\b",
    re.IGNORECASE,
)
NOBODY = Owner()


@dataclass(frozen=True)
class Answerable:
    """The authorities named (slugs, in the partnership's order) and whoever else the words name."""

    authorities: tuple[str, ...] = ()
    owner: Owner = NOBODY
    leading: str | None = None

    @property
    def lead(self) -> str | None:
        """The authority that leads: the one that is said to, or the only one named."""
        return self.leading or (self.authorities[0] if len(self.authorities) == 1 else None)


def answerable_in(words: str, authorities: Sequence[Known]) -> Answerable:
    """A name that is no authority's is an owner: a team, a post, or else a person."""
    text = " ".join(words.replace("\n", "; ").split())
    if EVERYBODY.fullmatch(plain(text)):
        return Answerable(tuple(known.slug for known in authorities))
    named: set[str] = set()
    pieces = SEPARATORS.split(_without_names(text, authorities, named))
    rest = [_whole(piece) for piece in pieces if piece.strip(" .-–:()&") not in ("", "and")]
    slugs = tuple(known.slug for known in authorities if known.slug in named)
    return Answerable(slugs, owner_of(", ".join(rest)))


def _whole(piece: str) -> str:
    """Without a bracket whose other half went with an authority's name: "Manager (" of "Manager (SDC)"."""
    piece = piece.strip(" -–:")
    if piece.count("(") != piece.count(")"):
        piece = piece.strip(" ()")
    return piece


def _without_names(text: str, authorities: Sequence[Known], named: set[str]) -> str:
    """The words that remain when the authorities' names are taken out; `named` gathers their slugs."""
    every = [(name, known.slug) for known in authorities for name in names_of(known)]
    for name, slug in sorted(every, key=lambda pair: -len(pair[0])):
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if pattern.search(text):
            named.add(slug)
            text = pattern.sub(";", text)
    return text


def owner_of(name: str) -> Owner:
    """A name that is neither a team's nor a post's is taken for a person's, which is the one to be careful with."""
    name = " ".join(name.split())[:200]
    if not name:
        return NOBODY
    if TEAM.search(name):
        return Owner(OwnerKind.TEAM, name)
    return Owner(OwnerKind.POST if POST.search(name) else OwnerKind.PERSON, name)
