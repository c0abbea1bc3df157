"""What a search gives, ready for its page: frozen, and built without a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from strategy_tracker.access.policy import Acting
from strategy_tracker.search.kinds import KINDS, Entry, Kind
from strategy_tracker.search.rules import (
    LONGEST_QUERY,
    Piece,
    Term,
    excerpt,
    folded_words,
    matches,
    may_match,
    places,
    terms_of,
)
from strategy_tracker.text import one_line

ON_A_PAGE = 20
LONGEST_LABEL = 160
LONGEST_EXCERPT = 240


@dataclass(frozen=True)
class Match:
    """An entry that has every word; the smaller `rank` stands first."""

    kind: Kind
    entry: Entry
    rank: tuple[Any, ...]


@dataclass(frozen=True)
class Hit:
    """A match as it is shown; `excerpt` is empty where the label says it all."""

    kind: str
    address: str
    label: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    facts: str


@dataclass(frozen=True)
class Results:
    """`problem` says why nothing was looked for, or is empty. `counts` are (kind, how many) of all that was found.

    `kind` is the one kind that is shown ("": all), `found` how many there are of it.
    """

    problem: str = ""
    total: int = 0
    kind: str = ""
    counts: tuple[tuple[Kind, int], ...] = ()
    hits: tuple[Hit, ...] = ()
    found: int = 0
    page: int = 1
    pages: int = 1

    @property
    def first(self) -> int:
        """The number of the first hit on the page."""
        return (self.page - 1) * ON_A_PAGE + 1


def search(person: Acting, query: str, *, home: int | None = None, kind: str = "", page: int = 1) -> Results:
    """Everything that the person may see and that has every word of the query.

    `home` is a partnership's id (None: all), `kind` a kind's name; one of which nothing was found is passed over.
    A page after the last is the last.
    """
    terms = terms_of(query)
    if len(query) > LONGEST_QUERY:
        return Results(problem=f"Search for {LONGEST_QUERY} characters or fewer")
    if not terms:
        return Results(problem="Enter a word or a number to search for" if query else "")
    found = {one: _matching(one, person, home, terms) for one in KINDS}
    kind = next((one.name for one, rows in found.items() if rows and one.name == kind), "")
    chosen = [match for one, rows in found.items() for match in rows if kind in ("", one.name)]
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    shown = chosen[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Results(
        total=sum(map(len, found.values())),
        kind=kind,
        counts=tuple((one, len(rows)) for one, rows in found.items() if rows),
        hits=tuple(_hit(match, terms) for match in shown),
        found=len(chosen),
        page=page,
        pages=pages,
    )


def _matching(kind: Kind, person: Acting, home: int | None, terms: Sequence[Term]) -> list[Match]:
    """The matches of a kind: more of the words in the label first, then more often anywhere, then in their order."""
    rows = (_match(kind, entry, terms) for entry in kind.entries(person, home))
    return sorted((row for row in rows if row is not None), key=lambda match: match.rank)


def _match(kind: Kind, entry: Entry, terms: Sequence[Term]) -> Match | None:
    if not may_match(terms, (*entry.searched, *entry.context)):
        return None
    own = [matches(terms, folded_words(text)) for text in entry.searched]
    helping = [matches(terms, folded_words(text)) for text in entry.context]
    own_terms = {term for one in own for term in one}
    if not own_terms or own_terms | {term for one in helping for term in one} != set(terms):
        return None
    in_label = len(own[0]) if entry.label_is_own else 0
    often = sum(len(ends) for one in own for ends in one.values())
    return Match(kind, entry, (-in_label, -often, *entry.order))


def _hit(match: Match, terms: Sequence[Term]) -> Hit:
    entry = match.entry
    label = one_line(entry.label)
    texts = [one_line(text) for text in entry.own]
    best = max(texts, key=lambda text: len(matches(terms, folded_words(text))), default="")
    marked = places(terms, best)
    return Hit(
        kind=match.kind.one,
        address=entry.address,
        label=excerpt(label, places(terms, label) if entry.label_is_own else [], LONGEST_LABEL),
        excerpt=excerpt(best, marked, LONGEST_EXCERPT) if marked else (),
        facts=entry.facts,
    )
