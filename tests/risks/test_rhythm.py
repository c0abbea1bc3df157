"""Another rhythm of a register moves the next reviews, and the history of each risk says so."""

import json

import pytest

from strategy_tracker.history.models import Event
from strategy_tracker.history.queries import saved_by
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from tests.cast import person
from tests.risks.making import a_register, a_risk

pytestmark = pytest.mark.usefixtures("database")


def test_each_risk_whose_next_review_moves_has_it_in_its_history():
    register = a_register(review_months=3)
    moved, own = a_risk(register), a_risk(register, "Reviewed as it says itself", review_months=2)
    before = {row.id: (row.version, row.review_due_on) for row in Risk.select()}
    terms = RegisterTerms(title=register.title, scheme=register.scheme, review_months=1)
    edit_register(person("lead"), register, register.version, terms)
    after = Risk.get_by_id(moved.id)
    assert str(after.review_due_on) == "2010-08-01"
    assert after.version == before[moved.id][0] + 1
    event = Event.get(Event.verb == "review planned")
    assert (event.subject_type, event.subject_id, saved_by(after)) == ("Risk", moved.id, "Leo Lead")
    said = json.loads(event.data)
    assert (said["before"], said["after"]) == ({"due": "2010-10-01"}, {"due": "2010-08-01"})
    assert said["version"] == after.version
    other = Risk.get_by_id(own.id)
    assert (other.version, other.review_due_on) == before[own.id]
