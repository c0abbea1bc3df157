"""The form of the reminder days."""

from wtforms.validators import InputRequired, ValidationError

from strategy_tracker.reviews.reminders.stages import problem_with_days
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Form, Line, Words


class ReminderRuleForm(Form):
    since = DayMonthYear("Holds from", [DateRequired("Enter the date from which it holds")])
    days_before = Line(
        "Days before the due date",
        [InputRequired("Enter days before the due date, such as 21, 14, 7, 0")],
        description="With commas between them. 0 is the day itself",
    )
    days_after = Line("Days after the due date", description="Empty: nobody is reminded after the due date")
    reason = Words("Why do the days change?", [InputRequired("Say why the days change")])

    def validate_days_before(self, field: Line) -> None:
        _check(field, least=0)

    def validate_days_after(self, field: Line) -> None:
        _check(field, least=1)


def _check(field: Line, *, least: int) -> None:
    if problem := problem_with_days(field.data or "", least=least):
        raise ValidationError(f"{field.label.text}: {problem[:1].lower()}{problem[1:]}")
