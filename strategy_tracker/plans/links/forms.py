"""The form of a link. Its fields have the names that a refusal uses."""

from collections.abc import Sequence

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from strategy_tracker.plans.links.page import plan_named
from strategy_tracker.plans.links.rules import LinkKind
from strategy_tracker.plans.models import Plan
from strategy_tracker.web.forms import Choice, Form, Line, OneOf


class LinkForm(Form):
    kind = OneOf(
        "This action",
        choices=[
            SelectChoice("depends on", "Depends on another: it cannot be done without it"),
            SelectChoice("contributes to", "Contributes to another: it helps it along"),
            SelectChoice("see also", "Is better read together with another"),
        ],
        default="depends on",
    )
    plan = Choice("Plan of the other action")
    number = Line(
        "Number of the other action", [InputRequired("Enter the number of the other action")], description="Such as 7.2"
    )

    def offer(self, plans: Sequence[Plan]) -> None:
        self.plan.choices = [(str(plan.id), plan_named(plan)) for plan in plans]

    def chosen_plan(self, plans: Sequence[Plan]) -> Plan | None:
        return next((plan for plan in plans if str(plan.id) == self.plan.data), None)

    @property
    def chosen_kind(self) -> LinkKind:
        return LinkKind(self.kind.data)
