"""The form of a comment."""

from collections.abc import Iterable
from typing import Any

from wtforms.validators import InputRequired

from strategy_tracker.plans.comments.rules import Colleague
from strategy_tracker.web.forms import Form, Ticks, Words


class CommentForm(Form):
    order = ("text", "named")
    text = Words(
        "Comment",
        [InputRequired("Enter a comment")],
        description="Write @ and a name to bring it into a colleague’s work, or choose by name",
    )
    named = Ticks("Who finds it in their work")

    def offer(self, colleagues: Iterable[Colleague]) -> None:
        self.named.choices = [(str(one.id), one.label) for one in colleagues]

    @property
    def chosen(self) -> list[int]:
        """The ids of the colleagues that were ticked."""
        return [int(value) for value in self.named.data or []]


def form_for(colleagues: Iterable[Colleague], *posted: Any, **values: Any) -> CommentForm:
    """The form with the colleagues whom it may name, filled with `values`."""
    form = CommentForm(*posted, data=values)
    form.offer(colleagues)
    return form
