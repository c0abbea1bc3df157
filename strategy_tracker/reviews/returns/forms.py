"""The forms of a return's steps. Their fields have the names that a refusal uses."""

from collections.abc import Sequence

from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from strategy_tracker.accounts.models import Person
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Words

LONGEST_NUMBER = 9
EVERYBODY = "0"


class StepForm(Form):
    """One button."""


class SeenForm(StepForm):
    """One button, with what its page showed of the return."""

    seen = HiddenField()


class SendBackForm(Form):
    note = Words("What is to be mended")


class TogetherForm(Form):
    """`seen` names the returns that the page showed without an exception: "12.3 14.1" are ids with their versions."""

    seen = HiddenField()

    @property
    def pairs(self) -> frozenset[tuple[int, int]]:
        """What does not read as such is none."""
        found = [word.partition(".")[::2] for word in (self.seen.data or "").split()]
        return frozenset((int(one), int(other)) for one, other in found if _is_number(one) and _is_number(other))


class ReopenForm(Form):
    order = ("who", "until", "reason")
    who = Choice("For whom")
    until = DayMonthYear("Until, that day included", [DateRequired("Enter the last day on which it is open")])
    reason = Words("Why is it open again?")

    def offer(self, name: str, people: Sequence[Person]) -> None:
        self.who.choices = [
            SelectChoice(EVERYBODY, f"Everybody who reports for {name}"),
            *(SelectChoice(str(one.id), one.name) for one in people),
        ]

    def chosen(self, people: Sequence[Person]) -> Person | None:
        """None: everybody."""
        return next((one for one in people if str(one.id) == self.who.data), None)


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= LONGEST_NUMBER
