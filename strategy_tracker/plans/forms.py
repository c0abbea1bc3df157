"""The forms of a plan. Their fields have the names that a refusal uses."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.rules import SET_ASIDE, Owner, OwnerKind, Precision, Status, Timescale, TimescaleKind
from strategy_tracker.web.dates import DateRequired, DayMonthYear, PartOfDate
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Tick, Ticks, Words

OWNER_KINDS = [
    SelectChoice("", "Nobody yet"),
    SelectChoice("post", "A post"),
    SelectChoice("person", "A person"),
    SelectChoice("team", "A team"),
]


class PlanForm(Form):
    title = Line("Title", [InputRequired("Enter the plan's title")])
    strategy = Line("Strategy", description="The strategy that the plan carries out, with its years")
    period_from = DayMonthYear("First day of the period", [DateRequired("Enter the first day of the period")])
    period_to = DayMonthYear("Last day of the period", [DateRequired("Enter the last day of the period")])
    as_at = DayMonthYear("Show progress as at", description="Leave it empty to show the plan as at today")


class NewPlanForm(PlanForm):
    order = ("title", "slug", "strategy", "period_from", "period_to", "as_at")
    slug = Line(
        "Short address",
        [InputRequired("Enter a short address")],
        description="Small letters, digits and hyphens, such as 2010-11. It cannot be changed later",
    )


class Confirm(Form):
    """Nothing but the version that was read, and the form's key."""


class LeadForm(Form):
    """A form that asks for the authority that leads."""

    lead = Choice("Lead authority", description="It owns the words, and its lead may change them")

    def offer(self, authorities: Iterable[Authority]) -> None:
        self.lead.choices = [("", "None")] + [(str(one.id), f"{one.short_name} {one.name}") for one in authorities]

    def chosen_lead(self, authorities: Iterable[Authority]) -> Authority | None:
        return next((one for one in authorities if str(one.id) == self.lead.data), None)


class OwnerFields(Form):
    """A form that asks who answers for something."""

    owner_kind = Choice("Owner", choices=OWNER_KINDS)
    owner_name = Line("Name of the owner", description="A post, such as Housing Advice Manager, outlives its holder")

    @property
    def owner(self) -> Owner:
        return Owner(OwnerKind(self.owner_kind.data or ""), self.owner_name.data or "")


class ObjectiveForm(LeadForm):
    order = ("number", "title", "lead")
    number = Line("Number", description="Leave it empty for the next number")
    title = Words("Objective", [InputRequired("Enter the objective")])


class ActionForm(LeadForm, OwnerFields):
    order = ("number", "text", "authorities", "lead", "owner_kind", "owner_name")
    number = Line("Number", description="Leave it empty for the next number")
    text = Words("What will be done", [InputRequired("Enter what will be done")])


class NewActionForm(ActionForm):
    authorities = Ticks("Authorities that take part", description="Each gets a share of its own, with its own progress")

    def offer(self, authorities: Iterable[Authority]) -> None:
        super().offer(authorities)
        offer_shares(self.authorities, authorities)


class SharesForm(Form):
    authorities = Ticks(
        "Authorities that take part", description="One that leaves keeps its notes, and finds them again"
    )


class ShareForm(OwnerFields):
    pass


class OutcomeForm(LeadForm):
    order = ("text", "timescale_kind", "due_on", "is_quarter", "timescale_words", "lead")
    text = Words("Measurable outcome", description="It may be left empty where a timescale says it all")
    timescale_kind = OneOf(
        "Timescale",
        choices=[
            SelectChoice("none", "None"),
            SelectChoice("date", "By a date"),
            SelectChoice("condition", "On a condition, such as “subject to funding”"),
            SelectChoice("recurring", "Again and again, such as “every quarter”"),
        ],
        default="none",
    )
    due_on = PartOfDate("Date", description="Leave the day empty for a month, and day and month for a year")
    is_quarter = Tick("Any time in the quarter that ends with this month")
    timescale_words = Line("Condition or rhythm, in words")

    @property
    def timescale(self) -> Timescale:
        """What was asked for; without a date where none was given, which the rules then refuse."""
        kind = TimescaleKind(self.timescale_kind.data)
        words = self.timescale_words.data or ""
        if kind is TimescaleKind.NONE:
            return Timescale()
        if kind is not TimescaleKind.DATE or self.due_on.data is None:
            return Timescale(kind, words=words)
        return Timescale.by(self.due_on.data, self._precision(), words)

    def _precision(self) -> Precision:
        if not self.due_on.has_month:
            return Precision.YEAR
        if self.is_quarter.data:
            return Precision.QUARTER
        return Precision.DAY if self.due_on.has_day else Precision.MONTH

    def show_precision(self, precision: str) -> None:
        """Leaves empty what a stored date does not say. Before the form is shown for the first time."""
        self.due_on.has_day = precision in ("", Precision.DAY)
        self.due_on.has_month = precision != Precision.YEAR


class ProgressForm(Form):
    """What an authority says about an outcome. `version` is the last note that the writer was shown (0: none)."""

    status = Choice("Status", [InputRequired("Select a status")])
    reason = Words("Reason", description="Asked for where work is deferred, carried forward or stopped")
    text = Words("Progress note", [InputRequired("Enter a progress note")])
    as_at = DayMonthYear("As at", [DateRequired("Enter the date that the note speaks of")])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.status.choices = [("", "Select a status")] + [(one.value, one.value.capitalize()) for one in Status]

    def validate_reason(self, field: Any) -> None:
        """Here as well as in the rules, so that everything missing is said at once."""
        if self.status.data in REASONED and not (field.data or "").strip():
            raise ValidationError(f"Enter a reason: the status is {self.status.data}")

    @property
    def chosen_status(self) -> Status:
        return Status(self.status.data)

    @property
    def said(self) -> dict[str, Any]:
        """The words of the note as the operations take them."""
        as_at: dt.date | None = self.as_at.data
        return {
            "status": self.chosen_status,
            "text": self.text.data or "",
            "reason": self.reason.data or "",
            "as_at": as_at,
        }


REASONED = frozenset(status.value for status in SET_ASIDE)
"""The statuses beside which the form asks for a reason."""


class AbbreviationForm(Form):
    short = Line("Abbreviation", [InputRequired("Enter the abbreviation")])
    meaning = Line("What it means", [InputRequired("Enter what it means")])


def offer_shares(field: Ticks, authorities: Iterable[Authority]) -> None:
    """The authorities as ticks."""
    field.choices = [(str(one.id), f"{one.short_name} {one.name}") for one in authorities]


def ticked(field: Ticks, authorities: Iterable[Authority]) -> list[Authority]:
    """The authorities that are ticked, in their order."""
    return [one for one in authorities if str(one.id) in (field.data or [])]
