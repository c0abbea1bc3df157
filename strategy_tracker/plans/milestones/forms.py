"""The forms of a milestone. Their fields have the names that a refusal uses."""

from wtforms.validators import InputRequired

from strategy_tracker.plans.attached.forms import WhoseFields
from strategy_tracker.plans.rules import Precision, Timescale
from strategy_tracker.web.dates import DateRequired, DayMonthYear, PartOfDate
from strategy_tracker.web.forms import Form, Line, Tick, Words
from strategy_tracker.web.owners import OwnerFields


class MilestoneForm(OwnerFields):
    order: tuple[str, ...] = ("text", "whose", "due_on", "is_quarter", "owner_kind", "owner_name")
    text = Line(
        "Milestone", [InputRequired("Enter what will be reached")], description="Such as: draft sent to the RSLs"
    )
    due_on = PartOfDate(
        "Due by",
        [DateRequired("Enter the date by which it is due")],
        description="Leave the day empty for a month, and day and month for a year",
    )
    is_quarter = Tick("Any time in the quarter that ends with this month")

    @property
    def due(self) -> Timescale:
        """What was asked for; without a date where none was given, which the rules then refuse."""
        if self.due_on.data is None:
            return Timescale()
        return Timescale.by(self.due_on.data, self._precision())

    def _precision(self) -> Precision:
        if not self.due_on.has_month:
            return Precision.YEAR
        if self.is_quarter.data:
            return Precision.QUARTER
        return Precision.DAY if self.due_on.has_day else Precision.MONTH

    def show_precision(self, precision: str) -> None:
        """Leaves empty what a stored date does not say. Before the form is shown for the first time."""
        self.due_on.has_day = precision == Precision.DAY
        self.due_on.has_month = precision != Precision.YEAR


class EditMilestoneForm(MilestoneForm):
    order = ("text", "due_on", "is_quarter", "reason", "owner_kind", "owner_name")
    reason = Words("Reason", description="Needed where the date moves: the old date stays on view beside the new")


class WholeActionMilestoneForm(WhoseFields, MilestoneForm):
    """Asks besides whose it is."""


class DoneForm(Form):
    done_on = DayMonthYear("Done on", [DateRequired("Enter the day on which it was done")])
