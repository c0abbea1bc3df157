"""The form of the roll-up's rule."""

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, Words

OVERDUE_AS = [
    SelectChoice("off track", "Off track"),
    SelectChoice("at risk", "At risk"),
    SelectChoice("", "What was reported"),
]


class RuleForm(Form):
    since = DayMonthYear("Holds from", [DateRequired("Enter the date from which it holds")])
    grace = Line("Days of grace", [InputRequired("Enter the days of grace, or 0")])
    overdue_as = Choice("An overdue share counts as", choices=OVERDUE_AS)
    worst_first = Words("From the worst to the best, a status a line", [InputRequired("Enter the statuses")])
    reason = Words("Why does the rule change?", [InputRequired("Say why the rule changes")])

    def validate_grace(self, field: Line) -> None:
        given = (field.data or "").strip()
        if not (given.isascii() and given.isdecimal() and len(given) <= 3):
            raise ValidationError("The days of grace must be a whole number, such as 0 or 14")

    @property
    def days(self) -> int:
        return int((self.grace.data or "0").strip())
