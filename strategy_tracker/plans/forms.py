"""The forms of a plan. Their fields have the names that a refusal uses."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind, why_reason
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.web.dates import DateRequired, DayMonthYear, PartOfDate
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Tick, Ticks, Words
from strategy_tracker.web.owners import OwnerFields


class ChangeFields(Form):
    """A form that changes what may be agreed: it asks why, and who approved it, where the plan is no draft."""

    beside = ("reason", "approved_by")
    reason = Words("Why does it change?", description="Everybody who reads the plan finds it in the table of versions")
    approved_by = Line(
        "Approved by", description="Such as “Steering group, 12 March 2011”. Leave it empty where nobody had to"
    )

    def ask_why(self, plan: Plan, said: Change) -> None:
        """Leaves out the fields in a draft; fills in what the person said of her last change today."""
        if plan.state == "draft":
            del self.reason, self.approved_by
        elif not self.is_submitted():
            self.reason.data, self.approved_by.data = said.reason, said.approved_by

    @property
    def change(self) -> Change:
        """What was said; no reason where none was asked for."""
        reason, approved_by = ((self[name].data or "") if name in self else "" for name in ("reason", "approved_by"))
        return Change(reason, approved_by)


class PlanForm(ChangeFields):
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


class ConfirmChange(ChangeFields):
    """The same where an agreed plan changes by it."""


class AgreeForm(Form):
    agreed_on = DayMonthYear("Agreed on", [DateRequired("Enter the date on which the plan was agreed")])
    approved_by = Line("Approved by", description="Such as “Steering group, 12 March 2011”")


class LeadForm(ChangeFields):
    """A form that asks for the authority that leads."""

    lead = Choice("Lead authority", description="It owns the words, and its lead may change them")

    def offer(self, authorities: Iterable[Authority]) -> None:
        self.lead.choices = [("", "None")] + [(str(one.id), f"{one.short_name} {one.name}") for one in authorities]

    def chosen_lead(self, authorities: Iterable[Authority]) -> Authority | None:
        return next((one for one in authorities if str(one.id) == self.lead.data), None)


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


class SharesForm(ChangeFields):
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

    def ask_why_it_moves(self, plan: Plan, said: Change) -> None:
        """In a draft, too, a timescale that was set is not changed without a reason."""
        if plan.state != "draft":
            self.ask_why(plan, said)
            return
        del self.approved_by
        self.reason.label.text = "Why does the timescale change?"
        self.reason.description = "Leave it empty where it stays as it is. The old one stays on view beside the new"

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
    reason = Words(
        "Reason",
        description="Asked for where the status turns worse, or work is deferred, carried forward or stopped",
    )
    text = Words("Progress note", [InputRequired("Enter a progress note")])
    as_at = DayMonthYear("As at", [DateRequired("Enter the date that the note speaks of")])

    def __init__(self, *args: Any, before: str | None = None, **kwargs: Any):
        """`before` is the status of the report that this one follows."""
        super().__init__(*args, **kwargs)
        self.before = Status(before) if before else None
        self.status.choices = [("", "Select a status")] + [(one.value, one.value.capitalize()) for one in Status]

    @property
    def reasoned(self) -> frozenset[str]:
        """The statuses beside which a reason is asked for."""
        return frozenset(status.value for status in Status if why_reason(self.before, status))

    def validate_reason(self, field: Any) -> None:
        """Here as well as in the rules, so that everything missing is said at once."""
        asks = why_reason(self.before, self.chosen_status) if self.status.data in set(Status) else ""
        if asks and not (field.data or "").strip():
            raise ValidationError(asks)

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


class AbbreviationForm(Form):
    short = Line("Abbreviation", [InputRequired("Enter the abbreviation")])
    meaning = Line("What it means", [InputRequired("Enter what it means")])


def offer_shares(field: Ticks, authorities: Iterable[Authority]) -> None:
    """The authorities as ticks."""
    field.choices = [(str(one.id), f"{one.short_name} {one.name}") for one in authorities]


def ticked(field: Ticks, authorities: Iterable[Authority]) -> list[Authority]:
    """The authorities that are ticked, in their order."""
    return [one for one in authorities if str(one.id) in (field.data or [])]
