"""The fields of who answers for something."""

from wtforms.fields.choices import SelectChoice

from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.web.forms import Choice, Form, Line

OWNER_KINDS = [
    SelectChoice("", "Nobody yet"),
    SelectChoice("post", "A post"),
    SelectChoice("person", "A person"),
    SelectChoice("team", "A team"),
]


class OwnerFields(Form):
    """A form that asks who answers for something."""

    owner_kind = Choice("Owner", choices=OWNER_KINDS)
    owner_name = Line("Name of the owner", description="A post, such as Housing Advice Manager, outlives its holder")

    @property
    def owner(self) -> Owner:
        return Owner(OwnerKind(self.owner_kind.data or ""), self.owner_name.data or "")
