"""What the forms share that ask for levels of a scheme."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.rules import Axis, Level
from strategy_tracker.web.forms import Form


class LevelsForm(Form):
    """Asks for places of levels, and carries the version of the scheme that it showed.

    Where another is in force when it comes back, `turn_to` shows that one's levels; then it is not valid, and says why.
    """

    scheme_version = HiddenField()
    is_turned = False

    def choices_on(self, axis: Axis) -> Sequence[Any]:
        """The fields that ask for a level of this axis."""
        raise NotImplementedError

    def began_with(self, now: SchemeVersion) -> bool:
        """Whether its levels are those of this version, as they are in a form that is shown for the first time."""
        if self.scheme_version.raw_data is None:
            self.scheme_version.data = now.key
        return bool(self.scheme_version.data == now.key)

    def turn_to(self, now: SchemeVersion, seen: SchemeVersion | None) -> None:
        """A level that is the same in both versions stays chosen, wherever it stands; any other is chosen anew."""
        for axis in Axis:
            before, after = seen.shape.levels(axis) if seen else (), now.shape.levels(axis)
            for field in (one for one in self.choices_on(axis) if one.data):
                self.is_turned = True
                _turn(field, next((one for place, one in enumerate(before) if str(place) == field.data), None), after)
        self.scheme_version.data = now.key
        if self.is_turned:
            self.refuse({"": now.words_for_change})

    def validate(self, extra_validators: object = None) -> bool:
        return bool(super().validate(extra_validators)) and not self.is_turned


def _turn(field: Any, chosen: Level | None, after: Sequence[Level]) -> None:
    field.data = str(after.index(chosen)) if chosen in after else ""
    if not field.data:
        lost = chosen.words if chosen else "What you chose"
        field.process_errors.append(f"{lost} is gone from the scheme, or means something else now: choose again")
        field.errors = field.process_errors


def level_choices(levels: Iterable[Level], nothing: str) -> list[SelectChoice]:
    """The least severe first, as the scheme has them; the values are the places."""
    return [SelectChoice("", nothing), *(SelectChoice(str(place), one.words) for place, one in enumerate(levels))]
