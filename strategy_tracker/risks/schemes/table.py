"""The table of a scheme as a form carries it: what is chosen for each cell, band and category, by names. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from strategy_tracker.numbers import whole_number
from strategy_tracker.risks.schemes import drafting
from strategy_tracker.risks.schemes.drafting import Choices, Lines, Place
from strategy_tracker.risks.schemes.rules import Cell, Tone

STARTS = ("band-", "value-", "tone-", "tolerated")
"""How the names begin."""


def as_typed(chosen: Choices) -> dict[str, str]:
    """The names with what stands in them."""
    cells = {f"band-{i}-{j}": str(cell.band) for (i, j), cell in chosen.cells.items()}
    values = {f"value-{i}-{j}": words_of(cell.value) for (i, j), cell in chosen.cells.items()}
    tones = {f"tone-{k}": str(int(tone)) for k, tone in enumerate(chosen.tones)}
    own = {f"tolerated-{k}": words_of(place) for k, place in enumerate(chosen.tolerated_in)}
    return cells | values | tones | {"tolerated": words_of(chosen.tolerated)} | own


def words_of(number: int | None) -> str:
    return "" if number is None else str(number)


def read(lines: Lines, typed: Mapping[str, str]) -> tuple[Choices, dict[str, str]]:
    """What was chosen for these lines, and what is wrong with it by its name.

    What is wrong stands as it is proposed, and so does everything before anything is typed.
    """
    fresh = drafting.proposed(lines)
    if not typed:
        return fresh, {}
    reader = _Reader(lines, typed)
    cells = {place: reader.cell(place, cell) for place, cell in fresh.cells.items()}
    tones = tuple(reader.tone(k, tone) for k, tone in enumerate(fresh.tones))
    named = {"tolerated": "What is tolerated"}
    named |= {f"tolerated-{k}": f"Tolerated in “{name}”" for k, name in enumerate(lines.categories)}
    tolerated, *own = [reader.tolerated(name, words, fresh.tolerated) for name, words in named.items()]
    return Choices(cells, tones, tolerated, tuple(own)), reader.wrong


@dataclass(frozen=True)
class _Reader:
    lines: Lines
    typed: Mapping[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    def cell(self, place: Place, proposed: Cell) -> Cell:
        i, j = place
        named = f"{self.lines.impact[i].words} by {self.lines.likelihood[j].words}"
        value = self.typed.get(f"value-{i}-{j}", "").strip()
        number = whole_number(value)
        if value and number is None:
            self.wrong[f"value-{i}-{j}"] = f"{named}: enter a whole number, or leave it empty"
        band = self._one_of(f"band-{i}-{j}", self._bands, proposed.band, f"{named}: select one of the bands")
        return Cell(band, number)

    def tone(self, place: int, proposed: Tone) -> Tone:
        words = f"How severe “{self.lines.bands[place]}” is: select one of the list"
        return Tone(self._one_of(f"tone-{place}", range(Tone.LOW, Tone.VERY_HIGH + 1), proposed, words))

    def tolerated(self, name: str, named: str, proposed: int | None) -> int | None:
        if proposed is None or self.typed.get(name) == "":
            return None
        return self._one_of(name, self._bands, proposed, f"{named}: select one of the bands")

    @property
    def _bands(self) -> range:
        return range(len(self.lines.bands))

    def _one_of(self, name: str, places: range, proposed: int, refusal: str) -> int:
        number = whole_number(self.typed.get(name))
        if number is not None and number in places:
            return number
        self.wrong[name] = refusal
        return proposed
