"""The form of a scheme in two steps, levels then table, and that of how old levels become new ones.

Everything typed in one step is carried through the other, so that nobody types it twice.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from wtforms import HiddenField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from strategy_tracker import slugs
from strategy_tracker.risks.schemes import drafting
from strategy_tracker.risks.schemes.checks import cleaned, problems_with
from strategy_tracker.risks.schemes.drafting import Choices, Lines
from strategy_tracker.risks.schemes.rules import Axis, Category, Cell, LevelMap, Scheme, Tone
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Words, posted_values

LINES = ("impact", "likelihood", "bands", "categories")
STARTS = ("band-", "value-", "tone-", "tolerated")
"""How the names of the fields of the second step begin."""
LONGEST_NUMBER = 6
ONE_LINE_EACH = "One on a line, from the least severe to the most: its mark, its name, and after a colon what it means"
SECOND = frozenset({"again", "save", "levels"})
"""What the buttons of the second step say."""


class SchemeForm(Form):
    """The lines of a scheme are fields of their own; what the second step holds stands in `typed`, by its names.

    `made_*` are the lines from which the table was made, so that a cell that somebody changed is told from one that
    stands as proposed. `step` is the button that was pressed.
    """

    order = (
        "name", "slug", "whose", "impact_word", "impact", "likelihood_word", "likelihood", "bands", "categories",
        "rows", "worst_on_top", "worst_on_right", "reason",
    )  # fmt: skip
    typed: dict[str, str]
    step: str
    wrong: dict[str, str]
    name = Line("Name", [InputRequired("Enter the scheme's name")], description="Such as: Housing, 4 by 6")
    impact_word = Line("What impact is called", description="Impact, severity, consequence")
    impact = Words("Levels of impact", [InputRequired("Enter the levels of impact")], description=ONE_LINE_EACH)
    likelihood_word = Line("What likelihood is called", description="Likelihood, probability")
    likelihood = Words(
        "Levels of likelihood", [InputRequired("Enter the levels of likelihood")], description=ONE_LINE_EACH
    )
    bands = Words(
        "Bands",
        [InputRequired("Enter the bands")],
        description=(
            "What the cells of the table are called, one on a line, from the mildest to the worst, and from which "
            "value: High from 10. Without values the table is filled in by hand"
        ),
    )
    categories = Words(
        "Categories of risks with a tolerance of their own",
        description="One on a line, such as Safety. How much each tolerates you choose beside the table",
    )
    rows = OneOf(
        "Up the side stands",
        choices=[SelectChoice("impact", "Impact"), SelectChoice("likelihood", "Likelihood")],
    )
    worst_on_top = OneOf(
        "The worst row stands", choices=[SelectChoice("yes", "At the top"), SelectChoice("no", "At the bottom")]
    )
    worst_on_right = OneOf(
        "The worst column stands", choices=[SelectChoice("yes", "On the right"), SelectChoice("no", "On the left")]
    )
    made_impact = HiddenField()
    made_likelihood = HiddenField()
    made_bands = HiddenField()
    made_categories = HiddenField()

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        given = self.meta.wrap_formdata(self, formdata)
        posted = given or {}
        self.typed = {name: posted[name] for name in posted if name.startswith(STARTS)}
        self.step = posted.get("step", "")
        self.wrong = {}
        super().process(given, *args, **kwargs)

    @property
    def is_second(self) -> bool:
        return self.step in SECOND

    def fill(self, shape: Scheme, name: str = "") -> None:
        """With a scheme that is there. Before the form is shown for the first time."""
        lines = drafting.written(shape)
        said = {
            "impact": "\n".join(drafting.level_line(level) for level in lines.impact),
            "likelihood": "\n".join(drafting.level_line(level) for level in lines.likelihood),
            "bands": "\n".join(map(drafting.band_line, lines.bands, lines.starts)),
            "categories": "\n".join(lines.categories),
        }
        for field, words in said.items():
            self[field].data = self[f"made_{field}"].data = words
        self.name.data = name
        self.impact_word.data, self.likelihood_word.data = shape.impact_word, shape.likelihood_word
        self.rows.data = shape.rows.value
        self.worst_on_top.data = "yes" if shape.worst_on_top else "no"
        self.worst_on_right.data = "yes" if shape.worst_on_right else "no"
        self.typed = _typed(drafting.chosen_in(shape))

    @property
    def lines(self) -> Lines:
        return drafting.parsed(*(self[name].data or "" for name in LINES))

    def make_table(self, *, afresh: bool = False) -> None:
        """Fills in the table for the lines as they are now: what was chosen before is kept unless `afresh`."""
        old, new = drafting.parsed(*(self[f"made_{name}"].data or "" for name in LINES)), self.lines
        kept = drafting.carried(old, new, self.choices(old)) if self.typed else drafting.proposed(new)
        if afresh:
            kept = Choices(drafting.proposed_cells(new), kept.tones, kept.tolerated, kept.tolerated_in)
        self.wrong = {}
        self.typed = _typed(kept)
        for name in LINES:
            self[f"made_{name}"].data = self[name].data

    def choices(self, lines: Lines) -> Choices:
        """What the second step chose; what is wrong with it then stands in `wrong`, and in its place the proposal."""
        fresh = drafting.proposed(lines)
        cells = {place: self._cell(place, cell, len(lines.bands)) for place, cell in fresh.cells.items()}
        tones = tuple(
            Tone(self._place(f"tone-{k}", 5, int(tone), f"How severe “{band}” is: select one of the list") or 1)
            for k, (tone, band) in enumerate(zip(fresh.tones, lines.bands, strict=True))
        )
        named = {"tolerated": "What is tolerated"}
        named |= {f"tolerated-{k}": f"Tolerated in “{name}”" for k, name in enumerate(lines.categories)}
        tolerated = [self._tolerated(name, len(lines.bands), fresh.tolerated, words) for name, words in named.items()]
        return Choices(cells, tones, tolerated[0], tuple(tolerated[1:]))

    def _cell(self, place: tuple[int, int], cell: Cell, bands: int) -> Cell:
        i, j = place
        value = self.typed.get(f"value-{i}-{j}", "").strip()
        number = _whole(value)
        if value and number is None:
            self.wrong[f"value-{i}-{j}"] = f"{self._named(i, j)}: enter a whole number, or leave it empty"
        words = f"{self._named(i, j)}: select one of the bands"
        return Cell(self._place(f"band-{i}-{j}", bands, cell.band, words), number)

    def _named(self, impact: int, likelihood: int) -> str:
        lines = self.lines
        try:
            return f"{lines.impact[impact].words} by {lines.likelihood[likelihood].words}"
        except IndexError:
            return "A cell"

    def _place(self, name: str, count: int, otherwise: int, refusal: str) -> int:
        number = _whole(self.typed.get(name, ""))
        if number is not None and 0 <= number < count:
            return number
        if self.typed:
            self.wrong[name] = refusal
        return otherwise

    def _tolerated(self, name: str, bands: int, otherwise: int | None, words: str) -> int | None:
        if self.typed.get(name) == "":
            return None
        return self._place(name, bands, otherwise or 0, f"{words}: select one of the bands") if bands else None

    def shape(self) -> Scheme:
        """The scheme as it would be saved. What is wrong in the table stands in `wrong`."""
        lines = self.lines
        return self._shape(lines, self.choices(lines))

    def _shape(self, lines: Lines, chosen: Choices) -> Scheme:
        columns = range(len(lines.likelihood))
        return cleaned(
            Scheme(
                impact=lines.impact,
                likelihood=lines.likelihood,
                bands=drafting.bands_of(lines, chosen.tones),
                cells=tuple(tuple(chosen.cells[i, j] for j in columns) for i in range(len(lines.impact))),
                tolerated=chosen.tolerated,
                categories=tuple(map(Category, lines.categories, chosen.tolerated_in)),
                rows=Axis(self.rows.data or "impact"),
                worst_on_top=self.worst_on_top.data == "yes",
                worst_on_right=self.worst_on_right.data == "yes",
                impact_word=self.impact_word.data or "",
                likelihood_word=self.likelihood_word.data or "",
            )
        )

    def are_lines_sound(self) -> bool:
        """Whether a table can be made; where not, the fields say why."""
        self.validate()
        lines = self.lines
        found = problems_with(self._shape(lines, drafting.proposed(lines))) if self._is_small(lines) else {}
        if words := drafting.problems_with_starts(lines):
            found.setdefault("bands", words)
        below = ("cells", "tolerated")
        self.refuse({name: words for name, words in found.items() if name not in below and not self[name].errors})
        return not any(self.problems())

    def _is_small(self, lines: Lines) -> bool:
        """Whether there are few enough levels to say more about them than that."""
        many = {name: len(getattr(lines, name)) for name in ("impact", "likelihood")}
        self.refuse({name: f"Enter 2 to 10 levels; there are {count}" for name, count in many.items() if count > 10})
        return max(many.values()) <= 10

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Those of the second step stand in `wrong`."""
        below = {name: words for name, words in problems.items() if name in ("cells", "tolerated")}
        self.wrong |= {{"cells": "band-0-0"}.get(name, name): words for name, words in below.items()}
        super().refuse({name: words for name, words in problems.items() if name not in below})

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from super().problems()
        yield from self.wrong.items()

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The lines as hidden fields of the second step."""
        return [(field.name, value) for field in self.asks for value in posted_values(field)]


class NewSchemeForm(SchemeForm):
    slug = Line("Short address", [Optional()], description="Letters, digits and hyphens. Empty: made from the name")
    whose = Choice("Whose scheme", choices=[])

    @property
    def address(self) -> str:
        return (self.slug.data or "").strip() or slugs.made_from(self.name.data or "")

    def validate_slug(self, field: Any) -> None:
        if wrong := slugs.problem_with(self.address):
            raise ValidationError(f"The short address {wrong}")


class ChangedSchemeForm(SchemeForm):
    reason = Words(
        "Reason",
        [InputRequired("Say why the scheme changes: everybody who reads an old score finds it")],
        description="Scores keep the version and the words they were given in",
    )


def _typed(chosen: Choices) -> dict[str, str]:
    cells = {f"band-{i}-{j}": str(cell.band) for (i, j), cell in chosen.cells.items()}
    values = {f"value-{i}-{j}": _said(cell.value) for (i, j), cell in chosen.cells.items()}
    tones = {f"tone-{k}": str(int(tone)) for k, tone in enumerate(chosen.tones)}
    own = {f"tolerated-{k}": _said(place) for k, place in enumerate(chosen.tolerated_in)}
    return cells | values | tones | {"tolerated": _said(chosen.tolerated)} | own


def _said(number: int | None) -> str:
    return "" if number is None else str(number)


def _whole(words: str) -> int | None:
    digits = words.removeprefix("-")
    return int(words) if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER else None


class MappingForm(Form):
    """Made by `mapping_form`, which adds a field for each old level."""

    @property
    def levels(self) -> LevelMap:
        return LevelMap(*(tuple(self._places(axis)) for axis in Axis))

    def _places(self, axis: Axis) -> Iterator[int | None]:
        for field in self:
            if isinstance(field, SelectField) and field.name.startswith(f"{axis.value}_"):
                yield int(field.data) if field.data else None


def mapping_form(old: Scheme, new: Scheme, proposal: LevelMap) -> MappingForm:
    """A select for each old level, as it is proposed."""
    fields: dict[str, Any] = {}
    for axis, places in ((Axis.IMPACT, proposal.impact), (Axis.LIKELIHOOD, proposal.likelihood)):
        choices = [SelectChoice("", "None: choose at the next review")]
        choices += [SelectChoice(str(place), level.words) for place, level in enumerate(new.levels(axis))]
        for place, level in enumerate(old.levels(axis)):
            label = f"{old.word(axis)} {level.words}"
            fields[f"{axis.value}_{place}"] = Choice(label, choices=choices, default=_said(places[place]))
    form: MappingForm = type("MappingForm", (MappingForm,), fields)()
    return form
