"""The forms of a risk and of what is said of it. Their fields have the names that a refusal uses."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from strategy_tracker.numbers import whole_number
from strategy_tracker.owners import OwnerKind
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.rules import Effectiveness, Proximity, ResponseKind, ResponseState, RiskWords
from strategy_tracker.risks.schemes.level_forms import LevelsForm, level_choices
from strategy_tracker.risks.schemes.rules import Axis, Scheme
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, OneOf, Words
from strategy_tracker.web.owners import OwnerFields

NATURES = [SelectChoice("threat", "A threat: it would do harm"), SelectChoice("opportunity", "An opportunity")]
PROXIMITIES = [SelectChoice(one.value, one.value.capitalize() or "Not said") for one in Proximity]
KINDS = [
    SelectChoice("treat", "Treat: make it less likely or less bad"),
    SelectChoice("tolerate", "Tolerate: live with it"),
    SelectChoice("transfer", "Transfer: let somebody else carry it"),
    SelectChoice("terminate", "Terminate: stop what brings it about"),
]
STATES = [SelectChoice(one.value, one.value.capitalize()) for one in ResponseState]
GOODNESS = [SelectChoice(one.value, one.value.capitalize()) for one in Effectiveness]


class NamedOwner(OwnerFields):
    """A name without a kind is taken for a post's."""

    def validate(self, extra_validators: object = None) -> bool:
        if (self.owner_name.data or "").strip() and not self.owner_kind.data:
            self.owner_kind.data = OwnerKind.POST.value
        return bool(super().validate(extra_validators))


class RiskForm(NamedOwner):
    order: tuple[str, ...] = (
        "event",
        "cause",
        "effect",
        "nature",
        "category",
        "proximity",
        "owner_kind",
        "owner_name",
        "impact",
        "likelihood",
        "reason",
        "assumptions",
        "review_months",
    )
    event = Line(
        "What may happen",
        [InputRequired("Enter what may happen")],
        description="In one line, which is its name: partners give less money for grants",
    )
    cause = Words("Cause", description="Why it may happen")
    effect = Words("Effect", description="What it would do to people, to the plan, to money")
    nature = OneOf("Threat or opportunity", choices=NATURES, default="threat")
    category = Choice("Category")
    proximity = Choice("How soon it may happen", choices=PROXIMITIES)
    assumptions = Words("Assumptions", description="What is taken for granted in what stands here")
    review_months = Line("Reviewed every how many months", description="Leave it empty for the register’s own rhythm")

    def offer_categories(self, scheme: Scheme, now: str = "") -> None:
        """Those of the scheme; and the risk's own, where the scheme no longer has it."""
        names = [one.name for one in scheme.categories]
        own = [now] if now and now not in names else []
        self.category.choices = [SelectChoice("", "None"), *(SelectChoice(name, name) for name in [*names, *own])]

    @property
    def words(self) -> RiskWords:
        """As typed; the months are 0, which no rule takes, for what is no whole number."""
        typed = (self.review_months.data or "").strip()
        return RiskWords(
            event=self.event.data or "",
            cause=self.cause.data or "",
            effect=self.effect.data or "",
            category=self.category.data or "",
            owner=self.owner,
            proximity=Proximity(self.proximity.data or ""),
            is_opportunity=self.nature.data == "opportunity",
            assumptions=self.assumptions.data or "",
            review_months=(whole_number(typed) or 0) if typed else None,
        )


def values_of_risk(risk: Risk) -> dict[str, object]:
    """What its form is filled with."""
    names = ("event", "cause", "effect", "category", "owner_kind", "owner_name", "proximity", "assumptions", "version")
    return {name: getattr(risk, name) for name in names} | {
        "nature": "opportunity" if risk.is_opportunity else "threat",
        "review_months": str(risk.review_months or ""),
    }


class SeenForm(Form):
    """Carries the score that its page showed, by its id."""

    score = HiddenField()

    @property
    def seen(self) -> int:
        """0 where there was none, or the field was meddled with."""
        return whole_number(str(self.score.data or "")) or 0


class LevelFields(LevelsForm):
    """Asks where a score stands."""

    impact = Choice("Impact")
    likelihood = Choice("Likelihood")

    def offer_levels(self, scheme: Scheme, nothing: str) -> None:
        """`nothing` is what stands before a level is chosen."""
        for axis in Axis:
            for field in self.choices_on(axis):
                field.label.text = scheme.word(axis)
                field.choices = level_choices(scheme.levels(axis), nothing)

    def choices_on(self, axis: Axis) -> Sequence[Any]:
        return [self[axis.value]]

    @property
    def chosen(self) -> tuple[int, int]:
        """Impact and likelihood, as places from 0; once both are chosen."""
        return int(self.impact.data), int(self.likelihood.data)


class AddRiskForm(LevelFields, RiskForm):
    """With its current score; both levels empty: it is scored later."""

    reason = Words("Why it is scored so", description="What you know that speaks for these levels")

    @property
    def places(self) -> tuple[int, int] | None:
        """None where neither is chosen."""
        return self.chosen if self.impact.data else None

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        missing = [field for field in (self.impact, self.likelihood) if not field.data]
        if len(missing) == 1:
            field = missing[0]
            field.errors = [*field.errors, f"Select {field.label.text.lower()} too, or leave both for later"]
            return False
        return is_valid


class ScoreForm(LevelFields, SeenForm):
    """The score that it carries is the last of the kind that it asks for."""

    order = ("impact", "likelihood", "reason", "scored_on")
    reason = Words("Why", description="What you know that speaks for these levels")
    scored_on = DayMonthYear("Scored on", [DateRequired("Enter the day on which it was scored")])

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        for field in (self.impact, self.likelihood):
            if not field.data and not field.errors:
                field.errors = [f"Select {field.label.text.lower()}"]
                is_valid = False
        return is_valid


class ReviewForm(SeenForm):
    note = Words("Note", description="Leave it empty where there is nothing to say")


class ResponseForm(NamedOwner):
    order = ("kind", "text", "owner_kind", "owner_name", "due_on", "state")
    kind = OneOf("What kind of response it is", [InputRequired("Select what kind of response it is")], choices=KINDS)
    text = Words("What is done", [InputRequired("Enter what is done")])
    due_on = DayMonthYear("Due", description="Leave it empty where it has no date")
    state = OneOf("State", choices=STATES, default=ResponseState.UNDER_WAY.value)

    @property
    def given(self) -> dict[str, object]:
        """What the operations take."""
        return {
            "kind": ResponseKind(self.kind.data),
            "text": self.text.data or "",
            "owner": self.owner,
            "due_on": self.due_on.data,
            "state": ResponseState(self.state.data),
        }


class ControlForm(Form):
    text = Words("What is in place", [InputRequired("Enter what is in place")])
    effectiveness = OneOf("How good it is", choices=GOODNESS, default=Effectiveness.NOT_TESTED.value)

    @property
    def given(self) -> dict[str, object]:
        return {"text": self.text.data or "", "effectiveness": Effectiveness(self.effectiveness.data)}
