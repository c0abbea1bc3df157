"""The order of risks: threats, the worst first, and then opportunities, whose high scores are welcome. Pure."""

from collections.abc import Iterable, Sequence

from strategy_tracker.risks.rules import worst_first
from strategy_tracker.risks.standing import RiskLine


def is_mixed(lines: Iterable[RiskLine]) -> bool:
    """Whether scores stand under more than one scheme, or under versions that differ, so that numbers say nothing."""
    return len({line.counts_under for line in lines if line.current}) > 1


def by_severity(lines: Iterable[RiskLine]) -> tuple[RiskLine, ...]:
    """Threats, then opportunities, of each the highest score first; where scores are mixed the band alone decides."""
    found = list(lines)
    mixed = is_mixed(found)

    def key(line: RiskLine) -> tuple[bool, tuple[int, ...]]:
        return line.is_opportunity, worst_first(line.current.mark if line.current else None, is_mixed=mixed)

    return tuple(sorted(found, key=key))


def order_words(lines: Sequence[RiskLine]) -> str:
    """ "highest score first, opportunities after the threats": what `by_severity` does with these."""
    kinds = {line.is_opportunity for line in lines}
    has_numbers = any(line.current and line.current.value is not None for line in lines)
    first = "highest score first" if has_numbers and not is_mixed(lines) else "most severe band first"
    return f"{first}, opportunities after the threats" if len(kinds) > 1 else first
