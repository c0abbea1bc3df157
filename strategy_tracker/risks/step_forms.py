"""The forms that change where a risk stands: who reads and accepts it, whether it has gone up, whether it is open."""

from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from strategy_tracker.risks.forms import SeenForm
from strategy_tracker.web.dates import DateRequired, DayMonthYear
from strategy_tracker.web.forms import Form, Line, OneOf, ReasonForm, Tick, Words

DECISIONS = [
    SelectChoice("accepted", "Accept it among the top risks here"),
    SelectChoice("declined", "Decline it: it stays with its own register"),
]


class AskedForm(Form):
    """Nothing but whether to do it."""


class PrivateForm(Form):
    reason = Words("Why the others may no longer read it", [InputRequired("Say why the others may no longer read it")])


class InsideNominationForm(Form):
    """To another register of the same authority: nobody else reads it for that.

    `to` is the short address of the register that the page showed as the next level.
    """

    to = HiddenField()
    words = Words(
        "Why it is put forward",
        [InputRequired("Enter why it is put forward")],
        description="What the next level should know or do about it",
    )


class NominationForm(InsideNominationForm):
    """To the partnership's."""

    share = Tick("Share it with the whole partnership too: only shared risks stand in reports")


class WithdrawalForm(ReasonForm):
    """`escalation` is the short address of the one that the page showed."""

    escalation = HiddenField()
    reason = Words(
        "Why it is taken back", [InputRequired("Say why it goes back")], description="The next level reads it"
    )


class AcceptanceForm(SeenForm):
    accepted_by = Line(
        "Who accepts it",
        [InputRequired("Enter who accepts it")],
        description="The person who answers for living with it, such as the Head of Housing",
    )
    until = DayMonthYear("Until", [DateRequired("Enter the day until which it is accepted")])
    reason = Words(
        "Reason", [InputRequired("Enter the reason")], description="Why the risk can be lived with until then"
    )


class ClosureForm(Form):
    reason = Words(
        "Reason",
        [InputRequired("Say why the risk is closed: it leaves every live view")],
        description="Such as: it has passed, it has happened, another risk takes it in",
    )
    closed_on = DayMonthYear("Closed on", [DateRequired("Enter the day on which it was closed")])


class DecisionForm(Form):
    decision = OneOf("Decision", [InputRequired("Select whether it is accepted or declined")], choices=DECISIONS)
    words = Words("Your words", description="Needed where it is declined; its owner reads them")


class ReturnForm(ReasonForm):
    reason = Words("Why it goes back", [InputRequired("Say why it goes back")], description="Its owner reads it")
