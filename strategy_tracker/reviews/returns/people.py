"""Who owes how much of a return: pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from strategy_tracker.reviews.returns.rules import Told

NO_OWNER = "No owner named"


@dataclass(frozen=True)
class PersonFigure:
    """How much of what is due from an owner (a person, a post or a team) is missing."""

    kind: str
    name: str
    missing: int
    due: int

    @property
    def words(self) -> str:
        return self.name or NO_OWNER


def people_of(shares: Iterable[tuple[str, str, Told]]) -> tuple[PersonFigure, ...]:
    """Of each share the owner's kind and name, and what is told of it.

    A name counts in capitals and small letters alike. Most missing first; nobody's last of as many.
    """
    found: dict[tuple[str, str], PersonFigure] = {}
    for kind, name, told in shares:
        if told is not Told.NOTHING_DUE:
            so_far = found.get((kind, name.casefold()), PersonFigure(kind, name, 0, 0))
            missing = so_far.missing + (told is Told.MISSING)
            found[kind, name.casefold()] = PersonFigure(so_far.kind, so_far.name, missing, so_far.due + 1)
    return tuple(sorted(found.values(), key=lambda one: (-one.missing, not one.name, one.name.casefold(), one.kind)))
