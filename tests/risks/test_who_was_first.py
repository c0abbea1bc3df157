"""Whoever saves a part of a risk second is told who saved it first."""

import pytest

from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.escalations import return_escalation
from strategy_tracker.risks.operations.parts import NOBODY, add_response, edit_response
from strategy_tracker.risks.rules import ResponseKind, ResponseState
from tests.cast import person
from tests.risks.making import a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")


def test_of_two_who_edit_a_response_the_second_is_told_who_was_first(visitor_as):
    risk = a_risk()
    response = add_response(person("lead"), risk, kind=ResponseKind.TREAT, text="Ask")
    officer = visitor_as("officer")
    page = officer.get(f"{address_of_risk(risk)}responses/1")
    edit_response(
        person("lead"), response, response.version, kind=ResponseKind.TREAT, text="Beg", owner=NOBODY, due_on=None,
        state=ResponseState.UNDER_WAY,
    )  # fmt: skip
    told = officer.send(page, {"text": "Borrow"}, status=409)
    assert "Leo Lead saved first" in told.words


def test_of_two_who_end_an_escalation_too(visitor_as):
    risk = Risk.get_by_id(a_risk().id)
    escalation = put_forward(risk, accepted=True)
    lead = visitor_as("lead")
    page = lead.get(f"{address_of_risk(risk)}withdrawal")
    return_escalation(person("coordinator"), escalation, escalation.version, reason="It came down")
    told = lead.send(page, {"reason": "Solved"})
    assert "It is returned, and so cannot be withdrawn" in told.words
    assert "Solved" in told.html
