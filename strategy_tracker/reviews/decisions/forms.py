"""The forms of a decision. Their fields have the names that a refusal uses."""

from collections.abc import Iterable, Sequence

from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.links.page import plan_named
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Precision, Timescale
from strategy_tracker.reviews.decisions.owners import Answerable, Candidate
from strategy_tracker.reviews.decisions.rules import NAMES, Kind
from strategy_tracker.web.dates import DateRequired, DayMonthYear, PartOfDate
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Tick, Words

EXPLAINED: dict[Kind, str] = {
    Kind.ACCEPT: "Accept what was reported",
    Kind.ASK_AGAIN: "Ask again: an authority is to report more, or otherwise",
    Kind.CHANGE: "Change a target or a date: it can be applied to the plan",
    Kind.DEFER: "Defer an action: it can be applied to the plan",
    Kind.CARRY_FORWARD: "Carry an action forward: it can be applied to the plan",
    Kind.ESCALATE: "Escalate to a board or a cabinet",
    Kind.OTHER: "Something else",
}
WHAT, WHO, ABOUT, CHANGE = (
    ("words", "kind"),
    ("owner", "owner_words", "due_on"),
    ("plan", "number", "whose", "outcome"),
    ("new_due_on", "is_quarter", "new_text"),
)
"""The fields under each of the form's headings."""


class DecisionForm(Form):
    order: tuple[str, ...] = (*WHAT, *WHO, *ABOUT, *CHANGE)
    item = HiddenField()
    kind = OneOf("What is decided", choices=[SelectChoice(kind.value, EXPLAINED[kind]) for kind in NAMES])
    words = Words(
        "The decision",
        [InputRequired("Enter the decision")],
        description="What stands between [exempt] and [/exempt] reaches no public copy and no plan",
    )
    owner = Choice("Who sees to it", description="A person finds it in her work; an authority’s is found by its lead")
    owner_words = Line(
        "Or a post, in words", description="Such as Housing Options Manager, of the authority chosen above"
    )
    due_on = DayMonthYear("By when", [DateRequired("Enter the date by which it is to be done")])
    plan = Choice("Plan")
    number = Line("Number of the action", description="Such as 5.1. Leave it empty where it is about no action")
    whose = Choice("Whose part of it")
    outcome = Line("Which outcome", description="Such as 2 for the second. Leave it empty where there is only one")
    new_due_on = PartOfDate("New date", description="Leave the day empty for a month, and day and month for a year")
    is_quarter = Tick("Any time in the quarter that ends with this month")
    new_text = Words("New target", description="The outcome’s new words; leave it empty where they stay")

    def offer(self, candidates: Iterable[Candidate], authorities: Sequence[Authority], plans: Iterable[Plan]) -> None:
        people = [(f"person-{one.person.id}", one.label) for one in candidates]
        named = [(f"authority-{one.id}", f"{one.short_name} {one.name}") for one in authorities]
        self.owner.choices = [("", "Nobody of this list"), *people, *named]
        self.plan.choices = [(str(plan.id), plan_named(plan)) for plan in plans] or [("", "There is no plan yet")]
        self.whose.choices = [
            ("", "Every authority that takes part"),
            *((str(one.id), one.short_name) for one in authorities),
        ]

    def answerable(self, candidates: Iterable[Candidate], authorities: Iterable[Authority]) -> Answerable:
        chosen = self.owner.data
        return Answerable(
            next((one.person for one in candidates if f"person-{one.person.id}" == chosen), None),
            next((one for one in authorities if f"authority-{one.id}" == chosen), None),
            self.owner_words.data or "",
        )

    @property
    def chosen_kind(self) -> Kind:
        return Kind(self.kind.data)

    @property
    def new_due(self) -> Timescale:
        if self.new_due_on.data is None:
            return Timescale()
        return Timescale.by(self.new_due_on.data, self._precision())

    def show_precision(self, precision: str) -> None:
        """Leaves empty what a stored date does not say. Before the form is shown for the first time."""
        self.new_due_on.has_day = precision in ("", Precision.DAY)
        self.new_due_on.has_month = precision != Precision.YEAR

    def _precision(self) -> Precision:
        if not self.new_due_on.has_month:
            return Precision.YEAR
        if self.is_quarter.data:
            return Precision.QUARTER
        return Precision.DAY if self.new_due_on.has_day else Precision.MONTH


class EditDecisionForm(DecisionForm):
    beside = ("reason",)
    reason = Words(
        "Why does it change?", description="Needed once the minutes of the meeting are approved. What it said stays"
    )


class AnswerForm(Form):
    answer = Words(
        "What came of it",
        [InputRequired("Say what came of it")],
        description="The steering group reads it, and the report of the quarter has it",
    )


class DropForm(Form):
    answer = Words("Why it is dropped", [InputRequired("Say why it is dropped")])


class ApplyForm(Form):
    """The button, with what the page showed when it was pressed."""

    seen = HiddenField()
