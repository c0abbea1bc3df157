"""The forms of a register: how it is kept."""

from collections.abc import Sequence
from typing import Any

from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from strategy_tracker import slugs
from strategy_tracker.numbers import whole_number
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.operations.registers import MOST_MONTHS, MOST_TOP, RegisterTerms
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.web.dates import DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line


class RegisterForm(Form):
    """`offer` says what can be chosen."""

    order = ("title", "slug", "whose", "scheme", "body", "goes_to", "top", "review_months", "as_at")
    title = Line(
        "Title", [InputRequired("Enter the register's title")], description="Such as: Operational risks, housing"
    )
    scheme = Choice("Scoring scheme", choices=[])
    body = Line("Who looks at it", description="A body, such as: Corporate leadership team")
    goes_to = Choice(
        "Next level",
        choices=[],
        description="The register to which its top risks are put forward, if there is one. What was put forward before"
        " stays where it stands",
    )
    top = Line(
        "How many may be put forward at a time",
        [InputRequired(f"Enter a number between 1 and {MOST_TOP}")],
        default="3",
        description="3 for a top three",
    )
    review_months = Line(
        "Months from one review to the next",
        [InputRequired(f"Enter a number of months between 1 and {MOST_MONTHS}")],
        default="3",
        description="1 for every month. A risk can have a rhythm of its own",
    )
    as_at = DayMonthYear("Show the register as at", description="Leave it empty: today")

    def offer(self, schemes: Sequence[ScoringScheme], registers: Sequence[Register]) -> None:
        """The schemes and the next levels from which one may choose."""
        self.scheme.choices = [SelectChoice(one.slug, _named(one, one.name)) for one in schemes]
        levels = [SelectChoice(one.slug, _named(one, one.title)) for one in registers]
        self.goes_to.choices = [SelectChoice("", "None"), *levels]

    def fill(self, register: Register) -> None:
        """Before the form is shown for the first time."""
        self.title.data, self.body.data = register.title, register.body
        self.scheme.data, self.goes_to.data = register.scheme.slug, register.goes_to.slug if register.goes_to else ""
        self.top.data, self.review_months.data = str(register.top), str(register.review_months)
        self.as_at.data = register.as_at
        self.version.data = str(register.version)

    def validate_top(self, field: Any) -> None:
        _check_number(field, MOST_TOP)

    def validate_review_months(self, field: Any) -> None:
        _check_number(field, MOST_MONTHS)

    def terms(self, schemes: Sequence[ScoringScheme], registers: Sequence[Register]) -> RegisterTerms:
        """What was asked for, out of what was offered."""
        return RegisterTerms(
            title=self.title.data or "",
            scheme=next(one for one in schemes if one.slug == self.scheme.data),
            body=self.body.data or "",
            goes_to=next((one for one in registers if one.slug == self.goes_to.data), None),
            top=int(self.top.data or 0),
            review_months=int(self.review_months.data or 0),
            as_at=self.as_at.data if "as_at" in self else None,
        )


class NewRegisterForm(RegisterForm):
    slug = Line("Short address", [Optional()], description="Letters, digits and hyphens. Empty: made from the title")
    whose = Choice("Whose register", choices=[])

    @property
    def address(self) -> str:
        return (self.slug.data or "").strip() or slugs.made_from(self.title.data or "")


def _named(row: ScoringScheme | Register, name: str) -> str:
    return f"{name} ({row.authority.short_name})" if row.authority_id else f"{name} (the partnership)"


def _check_number(field: Any, most: int) -> None:
    if not 1 <= (whole_number(field.data) or 0) <= most:
        raise ValidationError(f"{field.label.text}: enter a whole number between 1 and {most}")
