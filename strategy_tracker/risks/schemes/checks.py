"""What a scheme must be before it can be used, said in words that name the field. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from strategy_tracker.risks.schemes.rules import Axis, Band, Category, Level, Scheme
from strategy_tracker.text import normalise, one_line

FEWEST_LEVELS, MOST_LEVELS = 2, 10
MOST_BANDS, MOST_CATEGORIES = 8, 30
LONGEST_MARK, LONGEST_NAME, LONGEST_DESCRIPTION = 10, 60, 1_000
LARGEST_VALUE = 10_000
SMALLEST_VALUE = -LARGEST_VALUE


def cleaned(scheme: Scheme) -> Scheme:
    """The scheme with its words as they may be stored."""

    def levels(given: Sequence[Level]) -> tuple[Level, ...]:
        return tuple(Level(one_line(one.mark), one_line(one.name), normalise(one.description)) for one in given)

    return replace(
        scheme,
        impact=levels(scheme.impact),
        likelihood=levels(scheme.likelihood),
        bands=tuple(replace(one, name=one_line(one.name)) for one in scheme.bands),
        categories=tuple(replace(one, name=one_line(one.name)) for one in scheme.categories),
        impact_word=one_line(scheme.impact_word) or "Impact",
        likelihood_word=one_line(scheme.likelihood_word) or "Likelihood",
    )


def problems_with(scheme: Scheme) -> dict[str, str]:
    """What is wrong, by the field of the form: impact, likelihood, bands, cells, categories, tolerated."""
    found: dict[str, str] = {}
    for field, words in _problems(scheme):
        found.setdefault(field, words)
    return found


def _problems(scheme: Scheme) -> Iterator[tuple[str, str]]:
    for axis in Axis:
        for words in _level_problems(scheme.levels(axis)):
            yield axis.value, words
    yield from _band_problems(scheme.bands)
    shape = (len(scheme.impact), len(scheme.likelihood))
    if (len(scheme.cells), *{len(row) for row in scheme.cells}) != shape:
        yield "cells", f"The table must have {shape[0]} by {shape[1]} cells"
    places = range(len(scheme.bands))
    for cell in (cell for row in scheme.cells for cell in row):
        if cell.band not in places:
            yield "cells", "Choose a band for every cell"
        if cell.value is not None and not SMALLEST_VALUE <= cell.value <= LARGEST_VALUE:
            yield "cells", f"A cell's value must be between {SMALLEST_VALUE:,} and {LARGEST_VALUE:,}"
    if scheme.tolerated is not None and scheme.tolerated not in places:
        yield "tolerated", "Choose one of the scheme's bands"
    yield from _category_problems(scheme.categories, places)
    for axis in Axis:
        if len(scheme.word(axis)) > LONGEST_NAME:
            yield f"{axis.value}_word", f"The name of an axis must have at most {LONGEST_NAME} characters"


def problem_with_size(levels: Sequence[Level]) -> str:
    """ "" where an axis has as many levels as it may."""
    is_sound = FEWEST_LEVELS <= len(levels) <= MOST_LEVELS
    return "" if is_sound else f"Enter {FEWEST_LEVELS} to {MOST_LEVELS} levels; there are {len(levels)}"


def _level_problems(levels: Sequence[Level]) -> Iterator[str]:
    if words := problem_with_size(levels):
        yield words
    for level in levels:
        if not level.mark or not level.name:
            yield f"Each level needs a mark and a name, such as 1 Negligible; not {level.words.strip()!r}"
        if len(level.mark) > LONGEST_MARK or len(level.name) > LONGEST_NAME:
            yield f"{level.words!r}: a mark has at most {LONGEST_MARK} characters, a name at most {LONGEST_NAME}"
        if len(level.description) > LONGEST_DESCRIPTION:
            yield f"What {level.words!r} means must have at most {LONGEST_DESCRIPTION:,} characters"
    for what, said in (("mark", [one.mark for one in levels]), ("name", [one.name for one in levels])):
        if twice := _twice(said):
            yield f"Two levels have the same {what}: {twice}"


def _band_problems(bands: Sequence[Band]) -> Iterator[tuple[str, str]]:
    if not 1 <= len(bands) <= MOST_BANDS:
        yield "bands", f"Enter 1 to {MOST_BANDS} bands; there are {len(bands)}"
    if any(not band.name or len(band.name) > LONGEST_NAME for band in bands):
        yield "bands", f"Each band needs a name of at most {LONGEST_NAME} characters"
    if twice := _twice([band.name for band in bands]):
        yield "bands", f"Two bands are called {twice}"
    if any(later.tone < earlier.tone for earlier, later in pairwise(bands)):
        yield "bands", "List the bands from the least severe to the most: a later one cannot be drawn as a milder one"


def _category_problems(categories: Sequence[Category], bands: range) -> Iterator[tuple[str, str]]:
    if len(categories) > MOST_CATEGORIES:
        yield "categories", f"Enter at most {MOST_CATEGORIES} categories"
    if any(not one.name or len(one.name) > LONGEST_NAME for one in categories):
        yield "categories", f"Each category needs a name of at most {LONGEST_NAME} characters"
    if twice := _twice([one.name for one in categories]):
        yield "categories", f"Two categories are called {twice}"
    for one in categories:
        if one.tolerated is not None and one.tolerated not in bands:
            yield "categories", f"{one.name}: choose one of the scheme's bands"


def _twice(names: Sequence[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            return name
        seen.add(name.casefold())
    return ""
