"""A risk with all that may hang on it, for the tests that walk through every address."""

from typing import Any

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Control, Escalation, Register, Response, Risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.transfer.risks_in.operations import keep_import
from tests import builders
from tests.cast import person
from tests.risk_ties.making import a_risk_link
from tests.risks.making import a_register, a_risk, a_scheme, put_forward

OFFICERS = {"tmbc": "officer", "sdc": "other officer", "twbc": "third officer", "marsh": "outsider"}
CANARY = "Canary of {}"
"""What a risk is called that nobody outside its authority may read: the words are nowhere for others."""
TOO_HIGH = (3, 5)
"""The worst cell of the scheme, which is above every tolerance."""


def of_a_risk(home: str, whose: str, *, shared: bool = True, inside: bool = False, parts: int = 1) -> dict[str, Any]:
    """A register of an authority with its own scheme, and in it a risk above tolerance that stands at the next level.

    `inside`: that is another register of the authority, so that nobody else reads it; else the partnership's. The
    response and the control are the last of so many `parts`, and their number is that.
    """
    count = Register.select().count()
    scheme = a_scheme(f"{whose}-scheme-{count}", of=home, whose=whose)
    goes_to = a_register(whose, f"{whose}-corporate", of=home) if inside else a_register("", of=home)
    register = a_register(whose, f"{whose}-register-{count}", of=home, scheme=scheme, goes_to=goes_to)
    words = CANARY.format(whose) if inside else f"What may happen to {whose} {count}"
    risk = a_risk(register, words, score=TOO_HIGH, shared=shared)
    escalation = put_forward(risk)
    return {
        "register": register,
        "scheme": scheme,
        "risk": Risk.get_by_id(risk.id),
        "escalation": Escalation.get_by_id(escalation.id),
        "risk_link": a_risk_link(risk, builders.action("1.1", of=home)),
        "incoming": keep_import(person(OFFICERS[whose]), register, "risks.csv", b"Risk,Impact,Likelihood\nFire,1,1\n"),
        **_parts(risk, parts),
    }


def _parts(risk: Risk, count: int) -> dict[str, Response | Control]:
    for number in range(1, count + 1):
        response = add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text=f"Do the {number}th thing")
        control = add_control(OPERATOR, risk, text=f"The {number}th thing is in place")
    return {"response": response, "control": control}
