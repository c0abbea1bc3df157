"""The forms of authorities. Their fields have the names that a refusal uses."""

from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import Any

from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from strategy_tracker.authorities.models import Authority, Nation
from strategy_tracker.successions.operations import Choices
from strategy_tracker.successions.pages import Estate
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Choice, Form, Line, Words

STAYS = "stays"
LONGEST_LABEL = 160
AS_ABOVE = SelectChoice("", "As chosen above")


class AuthorityForm(Form):
    order = ("name", "short", "slug", "nation")
    name = Line("Name", [InputRequired("Enter the name"), Length(max=200)])
    short = Line("Short name", [InputRequired("Enter a short name"), Length(max=20)], description="Such as TMBC")
    slug = Line(
        "Short address",
        [InputRequired("Enter a short address")],
        description="Small letters, digits and hyphens, such as tmbc. It cannot be changed later",
    )
    nation = Choice(
        "Nation",
        description="Bank holidays differ",
        choices=[SelectChoice(one.value, one.value.replace("-", " ").title()) for one in Nation],
    )


class SuccessionForm(Form):
    """Who goes on with what an authority had; `made_for` adds a list for each part and each person."""

    successor = Choice("Goes on as", [InputRequired("Select an authority")])
    on = DayMonthYear(
        "Its first day",
        [DateRequired("Enter the first day")],
        description="Today or earlier. A day to come is recorded on the day itself: nothing moves by itself",
    )
    reason = Words(
        "Reason", [InputRequired("Enter the reason")], description="It stands in the versions of each agreed plan"
    )
    approved_by = Line("Approved by", description="Such as “Steering group, 12 March 2011”")

    def choices_made(self, estate: Estate, authorities: Sequence[Authority]) -> Choices:
        """What was chosen, for a form that is valid."""
        by_id = {str(one.id): one for one in authorities}
        shares, people = {}, {}
        for part in estate.parts if estate.sees_parts else ():
            if chosen := self[part.field].data:
                shares[int(part.field.partition("-")[2])] = by_id[chosen]
        for holder in estate.people:
            if chosen := self[holder.field].data:
                people[int(holder.field.partition("-")[2])] = None if chosen == STAYS else by_id[chosen]
        return Choices(by_id[self.successor.data or ""], shares, people)


def succession_form(estate: Estate, authorities: Iterable[Authority], **values: Any) -> SuccessionForm:
    """The form for what an authority has; `authorities` are those that may go on with it."""
    offered = [SelectChoice(str(one.id), f"{one.short_name} {one.name}") for one in authorities]
    lists: dict[str, Any] = {}
    for part in estate.parts if estate.sees_parts else ():
        words = shorten(part.text, LONGEST_LABEL, placeholder="…")
        lists[part.field] = Choice(f"{part.number} {words}", choices=[AS_ABOVE, *offered])
    for holder in estate.people:
        choices = [AS_ABOVE, SelectChoice(STAYS, "Stays where she or he is"), *offered]
        lists[holder.field] = Choice(f"{holder.name}, {holder.role}, goes to", choices=choices)
    form: SuccessionForm = type("SuccessionFormOfAll", (SuccessionForm,), lists)(data=values)
    form.successor.choices = [SelectChoice("", "Select"), *offered]
    return form
