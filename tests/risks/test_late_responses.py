"""A response is late by one rule: in its register, on the page of its risk, in documents and in the list of work."""

import datetime as dt

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.reviews.risks.queries import unfinished_responses
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.risk_section import risk_document
from strategy_tracker.risks.rules import ResponseKind, ResponseState
from strategy_tracker.risks.sections import register_document
from strategy_tracker.risks.standing import lines_of
from tests.cast import person
from tests.risks.making import a_register, a_risk

DAY = dt.date(2011, 5, 1)


def a_risk_with(state: ResponseState, due_on: dt.date) -> Risk:
    risk = a_risk(a_register(as_at=DAY))
    add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text="Find money", due_on=due_on, state=state)
    return Risk.get_by_id(risk.id)


def said_of(risk: Risk, visitor) -> dict[str, bool]:
    """Whether each place calls its response late."""
    register = risk.register
    lines = lines_of(OPERATOR, [register], register.day, None, closed=risk.is_closed)
    whole = register_document(OPERATOR, register).entries
    return {
        "line": any(line.is_late(one) for line in lines for one in line.responses),
        "register": any("overdue" in one.more for entry in whole for one in entry.responses),
        "one risk": any("overdue" in one.more for one in risk_document(person("lead"), risk).responses),
        "page": "Overdue" in visitor.get(f"/p/west-kent/risks/{register.slug}/{risk.slug}/").words,
        "work": bool(unfinished_responses([register.id], DAY)),
    }


@pytest.mark.parametrize(
    ("state", "due_on", "is_late"),
    [
        (ResponseState.PLANNED, DAY - dt.timedelta(1), True),
        (ResponseState.UNDER_WAY, DAY - dt.timedelta(1), True),
        (ResponseState.UNDER_WAY, DAY, False),
        (ResponseState.DONE, DAY - dt.timedelta(1), False),
        (ResponseState.DROPPED, DAY - dt.timedelta(1), False),
    ],
)
def test_every_place_says_the_same(visitor_as, state, due_on, is_late):
    assert set(said_of(a_risk_with(state, due_on), visitor_as("lead")).values()) == {is_late}


def test_of_a_closed_risk_no_response_is_late_anywhere(visitor_as):
    risk = a_risk_with(ResponseState.UNDER_WAY, DAY - dt.timedelta(1))
    close_risk(OPERATOR, risk, risk.version, reason="It has passed")
    assert set(said_of(Risk.get_by_id(risk.id), visitor_as("lead")).values()) == {False}
