"""The rules of links between actions: pure functions of values."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum


class LinkKind(StrEnum):
    """What an action has to do with another, as the action says it."""

    DEPENDS_ON = "depends on"
    CONTRIBUTES_TO = "contributes to"
    SEE_ALSO = "see also"


INVERSE = {
    LinkKind.DEPENDS_ON: "needed by",
    LinkKind.CONTRIBUTES_TO: "helped by",
    LinkKind.SEE_ALSO: "see also",
}
"""The same link as the other action says it."""
MUTUAL = frozenset({LinkKind.SEE_ALSO})
"""Kinds that say the same from both ends, so that one link is enough."""

Edge = tuple[int, int]


def goes_round(edges: Iterable[Edge], first: int, last: int) -> bool:
    """Whether `first` depending on `last` would make an action depend on itself, directly or through others."""
    following: dict[int, set[int]] = defaultdict(set)
    for start, end in edges:
        following[start].add(end)
    seen, waiting = {last}, [last]
    while waiting:
        here = waiting.pop()
        if here == first:
            return True
        waiting += following[here] - seen
        seen |= following[here]
    return False
