"""The number by which others know a risk is its own for good: what a report names is no other risk later."""

import pytest

from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.escalations import decline_escalation
from strategy_tracker.risks.operations.risks import share_risk, unshare_risk
from strategy_tracker.risks.queries import reference
from tests.cast import person
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")


def now(row):
    return type(row).reach().query.where(type(row).id == row.id).get()


def known_as(risk: Risk) -> str:
    return reference(now(risk), own=False)


def test_one_that_is_made_private_again_leaves_its_number_to_nobody(visitor_as):
    register = a_register()
    first, second, third = (a_risk(register, f"Risk {number}", shared=True) for number in range(3))
    page = visitor_as("lead").get(f"{address_of_risk(second)}privacy")
    assert "The number by which they know it, S2, stays its own: no other risk is ever given it." in page.words
    unshare_risk(person("lead"), now(second), now(second).version, reason="By mistake")
    fourth = a_risk(register, "Risk 4", shared=True)
    assert [known_as(risk) for risk in (first, third, fourth)] == ["S1", "S3", "S4"]
    share_risk(person("lead"), now(second), now(second).version)
    assert known_as(second) == "S2"


def test_so_does_one_that_came_back():
    register = a_register(goes_to=a_register(""))
    first, second = (now(a_risk(register, f"Risk {number}")) for number in range(2))
    escalation = put_forward(first)
    decline_escalation(person("coordinator"), escalation, escalation.version, words="Yours")
    put_forward(second)
    assert (known_as(first), known_as(second)) == ("E1", "E2")
