"""The form of a scheme in two steps, levels then table, and that of how old levels become new ones.

Everything typed in one step is carried through the other, so that nobody types it twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wtforms import HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from strategy_tracker import slugs
from strategy_tracker.risks.schemes import drafting, table
from strategy_tracker.risks.schemes.checks import MOST_LEVELS, cleaned, problem_with_size, problems_with
from strategy_tracker.risks.schemes.drafting import Choices, Lines
from strategy_tracker.risks.schemes.level_forms import LevelsForm, level_choices
from strategy_tracker.risks.schemes.rules import Axis, Category, LevelMap, Scheme
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Words, posted_values

LINES = ("impact", "likelihood", "bands", "categories")
BELOW = (*table.STARTS, "cells")
"""How the names of what is wrong in the second step begin."""
FIRST_CELL = "band-0-0"
"""Where that stands which is wrong with the table as a whole."""
ONE_LINE_EACH = "One on a line, from the least severe to the most: its mark, its name, and after a colon what it means"
SECOND = frozenset({"again", "save", "levels"})
"""What the buttons of the second step say."""


class SchemeForm(Form):
    """The lines of a scheme are fields of their own; what the second step holds stands in `typed`, by its names.

    `made_*` are the lines from which the table was made, so that a cell that somebody changed is told from one that
    stands as proposed. `step` is the button that was pressed, `wrong` what was refused in the second step, by name.
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
        self.typed = {name: posted[name] for name in posted if name.startswith(table.STARTS)}
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
        self.typed = table.as_typed(drafting.chosen_in(shape))

    @property
    def lines(self) -> Lines:
        return drafting.parsed(*(self[name].data or "" for name in LINES))

    def make_table(self, *, afresh: bool = False) -> None:
        """Fills in the table for the lines as they are now: what was chosen before is kept unless `afresh`."""
        old, new = drafting.parsed(*(self[f"made_{name}"].data or "" for name in LINES)), self.lines
        has_table = bool(self.typed) and not _are_too_many(old)
        kept = drafting.carried(old, new, table.read(old, self.typed)[0]) if has_table else drafting.proposed(new)
        if afresh:
            kept = replace(kept, cells=drafting.proposed_cells(new))
        self.typed = table.as_typed(kept)
        for name in LINES:
            self[f"made_{name}"].data = self[name].data

    def given(self) -> tuple[Scheme, dict[str, str]]:
        """The scheme as it would be saved, and what is wrong in its table, by the names of the second step.

        What is wrong stands in the scheme as it is proposed.
        """
        lines = self.lines
        chosen, problems = table.read(lines, self.typed)
        return self._scheme(lines, chosen), problems

    def _scheme(self, lines: Lines, chosen: Choices) -> Scheme:
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
        found = self._problems_with_lines()
        self.refuse({name: words for name, words in found.items() if not self[name].errors})
        return not any(self.problems())

    def _problems_with_lines(self) -> dict[str, str]:
        """By field. Where the levels are too many, no table of them is made to find more."""
        lines = self.lines
        if _are_too_many(lines):
            sizes = {"impact": problem_with_size(lines.impact), "likelihood": problem_with_size(lines.likelihood)}
            return {name: words for name, words in sizes.items() if words}
        found = problems_with(self._scheme(lines, drafting.proposed(lines)))
        if words := drafting.problems_with_starts(lines):
            found.setdefault("bands", words)
        return {name: words for name, words in found.items() if name not in BELOW}

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Those of the second step stand in `wrong`."""
        below = {name: words for name, words in problems.items() if name.startswith(BELOW)}
        self.wrong |= {FIRST_CELL if name == "cells" else name: words for name, words in below.items()}
        super().refuse({name: words for name, words in problems.items() if name not in below})

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from super().problems()
        yield from self.wrong.items()

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The lines as hidden fields of the second step."""
        return [(field.name, value) for field in self.asks for value in posted_values(field)]


def _are_too_many(lines: Lines) -> bool:
    return max(len(lines.impact), len(lines.likelihood)) > MOST_LEVELS


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


class MappingForm(LevelsForm):
    """Made by `mapping_form`, which adds a field for each old level."""

    @property
    def levels(self) -> LevelMap:
        return LevelMap(*(tuple(int(one.data) if one.data else None for one in self.choices_on(axis)) for axis in Axis))

    def choices_on(self, axis: Axis) -> Sequence[Any]:
        return [field for field in self.asks if field.name.startswith(f"{axis.value}_")]


def mapping_form(old: Scheme, new: Scheme, proposal: LevelMap) -> MappingForm:
    """A select for each old level, as it is proposed."""
    fields: dict[str, Any] = {}
    for axis, places in ((Axis.IMPACT, proposal.impact), (Axis.LIKELIHOOD, proposal.likelihood)):
        choices = level_choices(new.levels(axis), "None: choose at the next review")
        for place, level in enumerate(old.levels(axis)):
            label = f"{old.word(axis)} {level.words}"
            fields[f"{axis.value}_{place}"] = Choice(label, choices=choices, default=table.words_of(places[place]))
    form: MappingForm = type("MappingForm", (MappingForm,), fields)()
    return form
