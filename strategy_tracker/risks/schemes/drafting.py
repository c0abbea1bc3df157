"""A scheme as a person types it: levels, bands and categories one on a line, and the table that they propose. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from strategy_tracker.risks.schemes.rules import Band, Cell, Level, Scheme, Tone, points

MARK = re.compile(r"[A-Z]{0,3}[0-9]{1,4}|[A-Z]{1,2}|[IVX]{1,5}|[<>≤≥]?-?[0-9]{1,4}(?:[.,][0-9]{1,3})?%?")
LEVEL = re.compile(r"(?P<mark>\S+?)[.)]?\s+(?:[-–]\s+)?(?P<name>.*)")
FROM = re.compile(r"(?P<name>.*?)\s*(?:[:,]?\s+from|:)\s*(?P<start>-?\d{1,6})\b.*", re.IGNORECASE)
SPAN = re.compile(r"(?P<name>.*?)\s+(?P<start>-?\d{1,6})\s*(?:to|–|-)\s*-?\d{1,6}", re.IGNORECASE)

Starts = tuple[int | None, ...]
Place = tuple[int, int]


@dataclass(frozen=True)
class Lines:
    """What a table is made of: levels, the bands' names with the values from which they begin, categories.

    A start of None: the band has no value from which it begins.
    """

    impact: tuple[Level, ...]
    likelihood: tuple[Level, ...]
    bands: tuple[str, ...]
    starts: Starts
    categories: tuple[str, ...]

    @property
    def has_numbers(self) -> bool:
        return any(start is not None for start in self.starts)


@dataclass(frozen=True)
class Choices:
    """What is chosen below the lines: by place, bands as places; None where nothing is."""

    cells: Mapping[Place, Cell]
    tones: tuple[Tone, ...]
    tolerated: int | None
    tolerated_in: tuple[int | None, ...]


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def parsed(impact: str, likelihood: str, bands: str, categories: str) -> Lines:
    named = [_band(line) for line in lines_of(bands)]
    return Lines(
        levels_in(impact),
        levels_in(likelihood),
        tuple(name for name, _ in named),
        tuple(start for _, start in named),
        tuple(lines_of(categories)),
    )


def levels_in(text: str) -> tuple[Level, ...]:
    """ "4 Critical: people are hurt", one on a line, or three columns as Word and Excel give them.

    A line without a mark gets its place as one, from 1.
    """
    return tuple(_level(line, place) for place, line in enumerate(lines_of(text), start=1))


def _level(line: str, place: int) -> Level:
    columns = [column.strip() for column in line.split("\t") if column.strip()]
    if len(columns) > 1 and _is_mark(columns[0]):
        return Level(columns[0], columns[1], " ".join(columns[2:]))
    line = " ".join(columns)
    head, _, description = line.partition(":")
    mark, bar, name = head.partition("|")
    if bar:
        return Level(mark.strip(), name.strip(), description.strip())
    found = LEVEL.fullmatch(head.strip())
    if found and _is_mark(found["mark"]):
        return Level(found["mark"], found["name"].strip(), description.strip())
    return Level(str(place), head.strip(), description.strip())


def _is_mark(word: str) -> bool:
    return MARK.fullmatch(word) is not None


def level_line(level: Level) -> str:
    """The line from which the level is read again."""
    gap = " " if _is_mark(level.mark) else " | "
    said = " ".join(level.description.split())
    return f"{level.mark}{gap}{level.name}" + (f": {said}" if said else "")


def _band(line: str) -> tuple[str, int | None]:
    """ "High from 10", "High: 10 to 14", "High 10 to 14", "High"."""
    found = FROM.fullmatch(line) or SPAN.fullmatch(line)
    return (found["name"].strip(), int(found["start"])) if found else (line.rstrip(":").strip(), None)


def band_line(name: str, start: int | None) -> str:
    return name if start is None else f"{name} from {start}"


def written(scheme: Scheme) -> Lines:
    """The lines of a scheme that is there; a band begins with the least value of its cells.

    None does where those do not rise from band to band, so that such a scheme can be changed as any other.
    """
    spans = [scheme.values_of(place) for place in range(len(scheme.bands))]
    lines = Lines(
        scheme.impact,
        scheme.likelihood,
        tuple(band.name for band in scheme.bands),
        tuple(span[0] if span else None for span in spans),
        tuple(one.name for one in scheme.categories),
    )
    return replace(lines, starts=(None,) * len(spans)) if problems_with_starts(lines) else lines


def problems_with_starts(lines: Lines) -> str:
    """Why the bands' values cannot be used; "" where they can, or where there are none."""
    said = [(name, start) for name, start in zip(lines.bands, lines.starts, strict=True) if start is not None]
    for (name, start), (later, other) in pairwise(said):
        if other <= start:
            return f"The values must rise from band to band: {later} from {other} comes after {name} from {start}"
    missing = [name for name, start in list(zip(lines.bands, lines.starts, strict=True))[1:] if start is None]
    if said and missing:
        return f"Say from which value {missing[0]} begins, such as: {missing[0]} from 10; or leave out every value"
    return ""


def proposed_cells(lines: Lines) -> dict[Place, Cell]:
    """The product of the marks in the band in which it lies; without values the bands in even steps, and no number."""
    return {(i, j): _proposed(lines, i, j) for i in range(len(lines.impact)) for j in range(len(lines.likelihood))}


def _proposed(lines: Lines, impact: int, likelihood: int) -> Cell:
    if not lines.has_numbers:
        most = len(lines.impact) + len(lines.likelihood) - 2
        return Cell((impact + likelihood) * (len(lines.bands) - 1) // most if most else 0)
    value = points(impact, lines.impact[impact]) * points(likelihood, lines.likelihood[likelihood])
    reached = [place for place, start in enumerate(lines.starts) if start is not None and value >= start]
    return Cell(reached[-1] if reached else 0, value)


def proposed_tones(bands: Sequence[str]) -> tuple[Tone, ...]:
    """By the bands' names where those are the product's own, else in even steps."""
    names = {tone.words: tone for tone in Tone}
    known = [names.get(name.casefold()) for name in bands]
    found = [tone for tone in known if tone is not None]
    if len(found) == len(bands) and found == sorted(found):
        return tuple(found)
    steps = max(len(bands) - 1, 1)
    return tuple(Tone(1 + place * 3 // steps) for place in range(len(bands)))


def proposed(lines: Lines) -> Choices:
    """What is chosen before anybody chose: the middle of the bands is tolerated."""
    middle = max((len(lines.bands) - 1) // 2, 0) if lines.bands else None
    return Choices(proposed_cells(lines), proposed_tones(lines.bands), middle, (middle,) * len(lines.categories))


def chosen_in(scheme: Scheme) -> Choices:
    cells = {(i, j): cell for i, row in enumerate(scheme.cells) for j, cell in enumerate(row)}
    tolerated = tuple(one.tolerated for one in scheme.categories)
    return Choices(cells, tuple(band.tone for band in scheme.bands), scheme.tolerated, tolerated)


def carried(old: Lines, new: Lines, chosen: Choices) -> Choices:
    """What was chosen for the old lines, as far as the new ones have a place for it; the rest is proposed anew.

    A cell that stands as it was proposed follows the new proposal; one that somebody changed stays as she left it.
    """
    fresh, was = proposed(new), proposed_cells(old)
    bands = _places(old.bands, new.bands)
    rows = _places([one.name for one in old.impact], [one.name for one in new.impact])
    columns = _places([one.name for one in old.likelihood], [one.name for one in new.likelihood])
    cells = dict(fresh.cells)
    for (i, j), cell in chosen.cells.items():
        new_cell, band = (rows.get(i, -1), columns.get(j, -1)), bands.get(cell.band)
        if cell != was.get((i, j)) and new_cell in cells and band is not None:
            cells[new_cell] = Cell(band, cell.value)
    tones = list(fresh.tones)
    for place, tone in enumerate(chosen.tones):
        if place in bands:
            tones[bands[place]] = tone
    tolerated = chosen.tolerated if chosen.tolerated is None else bands.get(chosen.tolerated, fresh.tolerated)
    return Choices(cells, tuple(tones), tolerated, _tolerances(old, new, chosen, bands, tolerated))


def _tolerances(
    old: Lines, new: Lines, chosen: Choices, bands: Mapping[int, int], tolerated: int | None
) -> tuple[int | None, ...]:
    places = {later: before for before, later in _places(old.categories, new.categories, by_name=True).items()}

    def one(place: int) -> int | None:
        if place not in places:
            return tolerated
        before = chosen.tolerated_in[places[place]]
        return None if before is None else bands.get(before, tolerated)

    return tuple(one(place) for place in range(len(new.categories)))


def _places(before: Sequence[str], after: Sequence[str], *, by_name: bool = False) -> dict[int, int]:
    """Old places to new ones: by the name; where as many are there as before, what was renamed keeps its place."""
    names = {name.casefold(): place for place, name in enumerate(after)}
    found = {place: names[name.casefold()] for place, name in enumerate(before) if name.casefold() in names}
    if not by_name and len(before) == len(after):
        taken = set(found.values())
        found |= {place: place for place in range(len(before)) if place not in found and place not in taken}
    return found


def falling(scheme: Scheme) -> tuple[str, ...]:
    """Each cell that is one level worse than another, and yet in a milder band or of a smaller value."""
    return tuple(
        f"{_cell_name(scheme, worse)} is {_content(scheme, worse)}, but {_cell_name(scheme, milder)}, one level "
        f"milder, is {_content(scheme, milder)}"
        for milder, worse in _steps(scheme)
        if _falls(scheme.cell(*milder), scheme.cell(*worse))
    )


def _steps(scheme: Scheme) -> Iterator[tuple[Place, Place]]:
    for i in range(len(scheme.impact)):
        for j in range(len(scheme.likelihood)):
            if i:
                yield (i - 1, j), (i, j)
            if j:
                yield (i, j - 1), (i, j)


def _falls(milder: Cell, worse: Cell) -> bool:
    has_values = milder.value is not None and worse.value is not None
    return worse.band < milder.band or (has_values and (worse.value or 0) < (milder.value or 0))


def _cell_name(scheme: Scheme, place: Place) -> str:
    return f"{scheme.impact[place[0]].words} by {scheme.likelihood[place[1]].words}"


def _content(scheme: Scheme, place: Place) -> str:
    value = scheme.cell(*place).value
    return scheme.band(*place).name + ("" if value is None else f" {value}")


def bands_of(lines: Lines, tones: Iterable[Tone]) -> tuple[Band, ...]:
    return tuple(Band(name, tone) for name, tone in zip(lines.bands, tones, strict=True))
