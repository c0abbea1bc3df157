"""What the forms share that keep something with an action."""

from collections.abc import Iterable

from strategy_tracker.plans.models import Share
from strategy_tracker.web.forms import Choice, Form


class WhoseFields(Form):
    """A form that asks whether something is of the whole action or of one authority's share."""

    whose = Choice("Whose", description="What is an authority’s own, its officers change")

    def offer_shares(self, shares: Iterable[Share]) -> None:
        named = [(str(share.id), f"{share.authority.short_name} {share.authority.name}") for share in shares]
        self.whose.choices = [("", "The whole action"), *named]

    def chosen_share(self, shares: Iterable[Share]) -> Share | None:
        return next((share for share in shares if str(share.id) == self.whose.data), None)
