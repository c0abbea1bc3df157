"""The forms of lineage. Their fields have the names that a refusal uses."""

from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from strategy_tracker.plans.lineage.pages import Group
from strategy_tracker.plans.lineage.rules import Kind, months_between, next_period, next_words
from strategy_tracker.plans.models import Action, Objective, Plan
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Tick, Ticks, Words

KINDS = [
    SelectChoice(Kind.SUCCESSOR.value, "The plan that follows: actions are carried forward, and both ends are linked"),
    SelectChoice(Kind.TEMPLATE.value, "A copy of its structure: nothing is linked but the two plans"),
]
DATES = (
    "In the plan that follows dates stay as they are, since work that is late is late there too. "
    "In a copy they move with the period"
)


class DescendantForm(Form):
    """A new plan from an old one."""

    kind = OneOf("What the new plan is", description=DATES, choices=KINDS, default=Kind.SUCCESSOR.value)
    title = Line("Title", [InputRequired("Enter the plan's title")])
    slug = Line(
        "Short address",
        [InputRequired("Enter a short address")],
        description="Small letters, digits and hyphens, such as 2010-11. It cannot be changed later",
    )
    strategy = Line("Strategy", description="The strategy that the plan carries out, with its years")
    period_from = DayMonthYear("First day of the period", [DateRequired("Enter the first day of the period")])
    period_to = DayMonthYear("Last day of the period", [DateRequired("Enter the last day of the period")])
    actions = Ticks("Actions that go on")
    tell = Tick("Report each unfinished part as carried forward")
    reason = Words("Reason", description="Each report of “carried forward” gives it")

    def offer(self, groups: Iterable[Group]) -> None:
        self.actions.choices = [(str(one.id), one.number) for group in groups for one in group.choices]

    def offer_copy_alone(self) -> None:
        """For a plan that has a successor. One that is asked for all the same the operation refuses."""
        self.kind.choices = KINDS[1:]

    def retick(self, wish: str, groups: Sequence[Group]) -> None:
        """What a button asks for: "all", "none", "unfinished", or an objective: "all-12", "none-12"."""
        which, _, objective = wish.partition("-")
        ticked = set(self.actions.data or [])
        for group in groups:
            if objective in ("", str(group.id)):
                for one in group.choices:
                    is_wanted = which == "all" or (which == "unfinished" and one.is_unfinished)
                    (ticked.add if is_wanted else ticked.discard)(str(one.id))
        self.actions.data = [value for value, _ in self.actions.choices if value in ticked]

    def validate_reason(self, field: Any) -> None:
        if self.is_told and not (field.data or "").strip():
            raise ValidationError("Enter a reason: the parts are reported as carried forward")

    @property
    def said(self) -> dict[str, Any]:
        """The head of the new plan as the operation takes it."""
        words = {name: self[name].data or "" for name in ("slug", "title", "strategy")}
        return words | {name: self[name].data for name in ("period_from", "period_to")}

    @property
    def is_told(self) -> bool:
        """Whether the old plan is reported on; a copy leaves it alone."""
        return bool("tell" in self and self.tell.data and self.kind.data == Kind.SUCCESSOR)


def suggested(plan: Plan, groups: Iterable[Group], *, is_followed: bool) -> dict[str, Any]:
    """What the form begins with: the next period, the words with the years moved on, and what is unfinished."""
    first, last = next_period(plan.period_from, plan.period_to)
    years = max(1, months_between(plan.period_from, first) // 12)
    return {
        "kind": (Kind.TEMPLATE if is_followed else Kind.SUCCESSOR).value,
        "title": next_words(plan.title, years),
        "slug": next_words(plan.slug, years),
        "strategy": plan.strategy,
        "period_from": first,
        "period_to": last,
        "actions": [str(one.id) for group in groups for one in group.choices if one.is_unfinished],
    }


class CarryForm(Form):
    """One action that goes on in the plan that follows."""

    order = ("into", "tell", "reason")
    into = Choice("It goes on as", [InputRequired("Select what it goes on as")])
    tell = Tick("Report each unfinished part as carried forward")
    reason = Words("Reason")

    def offer(self, plan: Plan, objectives: Iterable[Objective], actions: Iterable[Action], title: str) -> None:
        """Lists where the action may go: new in an objective, new in a new objective, or one that is there."""
        by_objective: dict[int, list[Action]] = {}
        for action in actions:
            by_objective.setdefault(action.objective_id, []).append(action)
        self.into.choices = [("", "Select")]
        for objective in objectives:
            self.into.choices.append((f"objective-{objective.id}", f"A new action of {_short(objective)}"))
            for action in by_objective.get(objective.id, []):
                self.into.choices.append((f"action-{action.id}", f"Action {action.number}, {_cut(action.text)}"))
        self.into.choices.append((f"plan-{plan.id}", f"A new action of a new objective, {_cut(title)}"))

    @property
    def chosen(self) -> tuple[str, int]:
        """The kind of row and its id."""
        kind, _, number = (self.into.data or "").partition("-")
        return kind, int(number)


class PredecessorForm(Form):
    predecessor = Choice("The plan before it", [InputRequired("Select a plan")])

    def offer(self, plans: Iterable[Plan]) -> None:
        self.predecessor.choices = [("", "Select")] + [(str(one.id), f"{one.title}, {one.slug}") for one in plans]


def _short(objective: Objective) -> str:
    return f"objective {objective.number}, {_cut(objective.title)}"


def _cut(words: str) -> str:
    return shorten(words, 70, placeholder="…")
