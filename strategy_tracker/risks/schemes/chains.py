"""From one version of a scheme to another by way of what people chose between them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

FROM_ANOTHER_SCHEME = 1_000
"""How far two versions lie apart that are of two schemes: farther than any two of one."""


@dataclass(frozen=True, order=True)
class Step:
    """A version as chains need it: which, and the how-manieth of which scheme."""

    scheme: int
    number: int
    version: int


def chain(old: Step, new: Step, chosen: Iterable[tuple[Step, Step]]) -> list[Step]:
    """The versions from `old` to `new`, both included, so that as little as can be is left to a suggestion.

    `chosen` are the pairs between which somebody said what becomes of what. Between two neighbours of the chain that
    are none of them lies a suggestion: from a version to a later one of its scheme, or to `new`.
    """
    pairs = set(chosen)
    known = {old, new, *(step for pair in pairs for step in pair)}
    waiting = [(0, 1, [old])]
    done: set[Step] = set()
    while waiting:
        left, _, steps = heappop(waiting)
        at = steps[-1]
        if at == new:
            return steps
        if at not in done:
            done.add(at)
            for step, more in _next(at, new, pairs, known - done):
                heappush(waiting, (left + more, len(steps) + 1, [*steps, step]))
    return [old, new]


def _next(at: Step, new: Step, pairs: set[tuple[Step, Step]], known: set[Step]) -> Iterator[tuple[Step, int]]:
    """Where one may go from here, and over how many changes nobody said anything."""
    for step in known:
        if (at, step) in pairs:
            yield step, 0
        elif step.scheme == at.scheme and step.number > at.number:
            yield step, step.number - at.number
        elif step == new:
            yield step, FROM_ANOTHER_SCHEME
