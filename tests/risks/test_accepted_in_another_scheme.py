"""What is accepted stays so when its score becomes, in another scheme, what the product proposes for it."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Acceptance, Register, Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five

pytestmark = pytest.mark.usefixtures("database")


def in_four_by_six(place: tuple[int, int]) -> Risk:
    """A risk that was accepted under five by five, and whose register changed to four by six."""
    register = a_register(scheme=a_scheme("five-by-five", five_by_five()))
    risk = a_risk(register, score=place)
    until = clock.today() + dt.timedelta(days=90)
    accept_risk(OPERATOR, risk, risk.version, accepted_by="Head", until=until, reason="It is worth it")
    register = Register.get_by_id(register.id)
    edit_register(OPERATOR, register, register.version, RegisterTerms(register.title, a_scheme()))
    return Risk.get_by_id(risk.id)


def test_twenty_five_of_twenty_five_is_twenty_four_of_twenty_four(visitor_as):
    risk, lead = in_four_by_six((4, 4)), visitor_as("lead")
    page = lead.get(f"{address_of_risk(risk)}scores?kind=current")
    assert "24 Very high" in lead.send(page, {"reason": "As before"}).words
    assert Acceptance.get().ended_on is None


def test_what_is_worse_than_was_proposed_voids_it():
    risk = in_four_by_six((3, 3))
    a_score(risk, 3, 3)
    assert Acceptance.get().void_by is not None


def test_what_is_milder_than_was_proposed_does_not():
    risk = in_four_by_six((4, 4))
    a_score(risk, 3, 3)
    assert Acceptance.get().ended_on is None
