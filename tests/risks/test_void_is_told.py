"""Whoever gives the score that voids an acceptance is told whose it was."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from tests.cast import person
from tests.risks.making import a_risk

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(("impact", "told"), [("3", True), ("1", False)])
def test_of_a_score_that_rises_alone(visitor_as, impact, told):
    risk = a_risk()
    until = clock.today() + dt.timedelta(30)
    accept_risk(person("lead"), risk, risk.version, accepted_by="Bo Boss", until=until, reason="We can live with it")
    officer = visitor_as("officer")
    page = officer.get(f"{address_of_risk(risk)}scores")
    after = officer.send(page, {"impact": impact, "reason": "The county said so"})
    assert "The score is saved. It is" in after.words
    assert ("The acceptance by Bo Boss is void." in after.words) is told
