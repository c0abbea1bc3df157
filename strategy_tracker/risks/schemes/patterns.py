"""Schemes to begin from: what councils and funds use. Nothing else knows them. Pure."""

from collections.abc import Sequence

from strategy_tracker.risks.schemes.rules import Axis, Band, Level, Scheme, Tone, product_cells

FOUR_BANDS = tuple(Band(tone.words.capitalize(), tone) for tone in Tone)


def _levels(*said: str) -> tuple[Level, ...]:
    names = [words.partition(": ") for words in said]
    return tuple(Level(str(mark), name, description) for mark, (name, _, description) in enumerate(names, start=1))


def _pattern(
    impact: Sequence[Level], likelihood: Sequence[Level], starts: Sequence[int], rows: Axis = Axis.IMPACT
) -> Scheme:
    cells = product_cells(impact, likelihood, starts)
    return Scheme(tuple(impact), tuple(likelihood), FOUR_BANDS, cells, tolerated=1, rows=rows)


IMPACT_OF_FOUR = _levels(
    "Negligible: hardly felt; dealt with in a day’s work",
    "Marginal: some delay or cost, inside the budget",
    "Critical: a service fails some people, or money must be found",
    "Catastrophic: a service stops, or people come to harm",
)
IMPACT_OF_FIVE = _levels(
    "Insignificant: no difference to the service",
    "Minor: a short interruption, a small cost",
    "Moderate: a target is missed, people complain",
    "Major: a service is lost for some time, or a large sum",
    "Severe: harm to people, or the aim itself is lost",
)
PATTERNS: dict[str, tuple[str, Scheme]] = {
    "4-by-6": (
        "4 by 6, as Copeland",
        _pattern(
            IMPACT_OF_FOUR,
            _levels("Almost impossible", "Very low", "Low", "Significant", "High", "Very high"),
            (5, 10, 15),
        ),
    ),
    "5-by-5": (
        "5 by 5, as many councils",
        _pattern(
            IMPACT_OF_FIVE,
            _levels(
                "Rare: not in ten years",
                "Unlikely: once in five years",
                "Possible: once in two years",
                "Likely: once a year",
                "Almost certain: several times a year",
            ),
            (5, 10, 17),
        ),
    ),
    "6-by-4": (
        "6 by 4, likelihood up the side",
        _pattern(
            _levels("Trivial", "Small", "Medium", "Large", "Very large", "Critical"),
            _levels("Unlikely", "Possible", "Probable", "Expected"),
            (5, 10, 16),
            Axis.LIKELIHOOD,
        ),
    ),
    "3-by-3": (
        "3 by 3, the simplest",
        _pattern(_levels("Low", "Medium", "High"), _levels("Unlikely", "Possible", "Likely"), (2, 4, 9)),
    ),
}
