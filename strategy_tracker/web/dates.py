"""A date in three boxes, as the GOV.UK Design System asks for it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar

from govuk_frontend_wtf.wtforms_widgets import GovDateInput
from wtforms import DateField
from wtforms.validators import StopValidation

from strategy_tracker import clock

LONGEST = 4
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DateRequired:
    """Refuses three empty boxes, and lets a date that is wrong say what is wrong with it."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, message: str):
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is None and not field.process_errors:
            raise StopValidation(self.message)


class DateBoxes(GovDateInput):
    """The three boxes, whatever was posted: fewer values than boxes, or more, are shown as far as they go."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> Any:
        typed = field.raw_data
        field.raw_data = three(typed) if typed is not None else field.boxes()
        kwargs.pop("required", None)
        kwargs["id"] = field.name
        try:
            return super().map_gov_params(field, **kwargs)
        finally:
            field.raw_data = typed


class DayMonthYear(DateField):
    """A date; None where all three boxes are empty. The error summary leads to the first box."""

    widget = DateBoxes()

    def __init__(self, label: str = "", validators: Any = None, **kwargs: Any):
        super().__init__(label, validators, format="%d %m %Y", **kwargs)
        self.id = f"{self.name}-day"

    def boxes(self) -> list[str]:
        """What stands in the boxes for the date that is held."""
        return [str(self.data.day), str(self.data.month), str(self.data.year)] if self.data else ["", "", ""]

    @property
    def words(self) -> str:
        """The date in words, empty where there is none."""
        return clock.long_date(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        day, month, year = three(valuelist)
        self.data = None
        if not (day or month or year):
            self.raw_data = None
            return
        missing = [name for name in self.missing(day, month, year) if name]
        if missing:
            raise ValueError(f"{self.label.text} must include a {' and '.join(missing)}")
        try:
            self.data = dt.date(number(year), month_number(month or "1"), number(day or "1"))
        except ValueError:
            raise ValueError(f"{self.label.text} must be a real date, such as 30 6 2011") from None

    def missing(self, day: str, month: str, year: str) -> list[str]:
        """The names of the boxes that must still be filled."""
        return [name for name, value in (("day", day), ("month", month), ("year", year)) if not value]


class PartOfDate(DayMonthYear):
    """A day, a month or a year: what is left empty says how exact it is. `has_day` and `has_month` tell which."""

    has_day = True
    has_month = True

    def boxes(self) -> list[str]:
        day, month, year = super().boxes()
        return [day if self.has_day else "", month if self.has_month else "", year]

    @property
    def words(self) -> str:
        """As exact as it was given: "31 October 2010", "October 2010" or "2010"."""
        if self.data is None or self.has_day:
            return super().words
        return f"{self.data:%B %Y}" if self.has_month else f"{self.data:%Y}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        day, month, _ = three(valuelist)
        self.has_day, self.has_month = bool(day), bool(month)
        super().process_formdata(valuelist)

    def missing(self, day: str, month: str, year: str) -> list[str]:
        return ["month" if day and not month else "", "" if year else "year"]


def three(values: Sequence[Any]) -> list[str]:
    """The first three values without white space, with "" for those that are missing."""
    return [str(value or "").strip() for value in [*values, "", "", ""][:3]]


def month_number(typed: str) -> int:
    """6 for "6", "06", "June" and "jun"; raises ValueError for anything else."""
    if typed[:3].casefold() in MONTHS:
        return MONTHS.index(typed[:3].casefold()) + 1
    return number(typed)


def number(typed: str) -> int:
    """Plain digits only, no more than a year has: "+6", "1_0" and other scripts' digits are no dates."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST):
        raise ValueError
    return int(typed)
