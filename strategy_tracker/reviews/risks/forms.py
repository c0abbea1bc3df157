"""The forms that tie risks and registers to plans. Their fields have the names that a refusal uses."""

from collections.abc import Sequence
from textwrap import shorten

from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from strategy_tracker.plans.links.page import plan_named
from strategy_tracker.plans.models import Plan
from strategy_tracker.reviews.risks.page import target_text, target_words
from strategy_tracker.reviews.risks.queries import Target, kind_of
from strategy_tracker.web.forms import Choice, Form

LONGEST_CHOICE = 110
NONE = SelectChoice("", "None")


class RiskLinkForm(Form):
    """What the risk is linked to, of one plan. `plan` is that plan's short address, so that kept words find it."""

    plan = HiddenField()
    what = Choice("Objective or action")

    def offer(self, targets: Sequence[Target], found: Sequence[Target]) -> None:
        """Of a plan's `targets` those that were `found` by words, and the one that was chosen before."""
        chosen = [one for one in targets if one in found or value_of(one) == self.what.data]
        choices = [(value_of(one), _choice(one)) for one in chosen]
        self.what.choices = [("", "Select"), *choices]


class RegisterPlanForm(Form):
    plan = Choice("Plan", description="Its page leads to the register, and the register to it")

    def offer(self, plans: Sequence[Plan]) -> None:
        self.plan.choices = [NONE, *(SelectChoice(plan.slug, plan_named(plan)) for plan in plans)]


def value_of(target: Target) -> str:
    return f"{kind_of(target)}-{target.number}-{target.id}"


def matches(target: Target, words: str) -> bool:
    """Whether every word that was looked for stands in what a target is called, or in its text."""
    said = f"{target_words(target)} {target_text(target)}".casefold()
    return all(word in said for word in words.casefold().split())


def _choice(target: Target) -> str:
    words = target_words(target) if kind_of(target) == "objective" else target.number
    return shorten(f"{words} {target_text(target)}", LONGEST_CHOICE, placeholder=" …")
