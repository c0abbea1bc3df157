"""The risks of a register on its heat map, and in words those that have no place there."""

from collections.abc import Callable, Iterable

from strategy_tracker.risks.heat import HeatMap, Spot, heat_map
from strategy_tracker.risks.rows import version_words, was_of
from strategy_tracker.risks.schemes.rules import Scheme
from strategy_tracker.risks.standing import RiskLine


def map_of(scheme: Scheme, lines: Iterable[RiskLine], since: str, address: Callable[[RiskLine], str]) -> HeatMap:
    """`scheme` is the version in force, `since` as for `heat_map`; `address` says where the number of a risk leads."""
    found = sorted(lines, key=lambda line: line.number)
    spots = [
        Spot(line.ref, *place, line.moved, was_of(line), address(line), is_opportunity=line.is_opportunity)
        for line in found
        if (place := line.place) is not None
    ]
    return heat_map(scheme, spots, since, elsewhere(found), [line.ref for line in found if line.current is None])


def elsewhere(lines: Iterable[RiskLine]) -> dict[str, list[str]]:
    """The numbers of those with a score and no place on the map, by the version under which it was given."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.current and line.is_under_old_version:
            found.setdefault(version_words(line.current), []).append(line.ref)
    return found
