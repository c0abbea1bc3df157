"""The forms of a calendar. Their fields have the names that a refusal uses."""

import calendar

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from strategy_tracker.quarters.rules import MOST_YEARS, DateRule
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, Words

LONGEST_NUMBER = 4
MONTHS = [SelectChoice(str(number), calendar.month_name[number]) for number in range(1, 13)]


def whole(typed: str | None) -> int | None:
    """A whole number, also less than 0; None for anything else."""
    given = (typed or "").strip()
    digits = given.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER):
        return None
    return int(given)


class Number(Line):
    """A whole number, typed."""

    def pre_validate(self, form: Form) -> None:
        if whole(self.data) is None:
            raise ValidationError(f"{self.label.text}: enter a whole number, such as 15")

    @property
    def number(self) -> int:
        """0 where the field was not valid, and nothing is saved."""
        return whole(self.data) or 0


class MakeForm(Form):
    first_month = Choice("First month of the plan year", choices=MONTHS)
    first_year = Number("Year in which the first plan year begins", [InputRequired("Enter a year, such as 2027")])
    years = Number(
        "How many plan years", [InputRequired("Enter how many years")], description=f"From 1 to {MOST_YEARS}"
    )
    opens_after = Number(
        "Returns open so many days after the quarter ends",
        [InputRequired("Enter a number of days")],
        description="With a minus in front: so many days before it ends",
    )
    due_after = Number("Returns are due so many days after the quarter ends", [InputRequired("Enter a number of days")])
    meeting_after = Number(
        "The steering group meets so many days after the quarter ends", [InputRequired("Enter a number of days")]
    )
    reason = Words("Why does the rule change?", description="Needed where quarters were made by another rule before")

    @property
    def rule(self) -> DateRule:
        return DateRule(
            int(self.first_month.data or 0), self.opens_after.number, self.due_after.number, self.meeting_after.number
        )


class WithReturnsForm(Form):
    """Of a quarter that has returns: its period is not asked for."""

    opens_on = DayMonthYear("Returns open on", [DateRequired("Enter the day on which returns open")])
    due_on = DayMonthYear("Returns are due on", [DateRequired("Enter the day on which returns are due")])
    meeting_on = DayMonthYear("The steering group meets on", description="Leave empty where no meeting is planned")
    reason = Words("Why do the dates change?", [InputRequired("Say why the dates change")])


class QuarterForm(WithReturnsForm):
    order = ("opens_on", "due_on", "meeting_on", "period_from", "period_to", "reason")
    period_from = DayMonthYear("The quarter begins on", [DateRequired("Enter the day on which the quarter begins")])
    period_to = DayMonthYear("The quarter ends on", [DateRequired("Enter the day on which the quarter ends")])


class RemoveQuarterForm(Form):
    reason = Words("Why is the quarter removed?", [InputRequired("Say why the quarter is removed")])
