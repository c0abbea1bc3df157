"""After a risk is added one stands on its page; all that is wrong with a form is said at once."""

import pytest

from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Risk, Score
from tests.html_check import words
from tests.risks.making import a_register, a_risk


@pytest.fixture
def officer(visitor_as):
    return visitor_as("officer")


def test_adding_a_risk_leads_to_the_risk_where_responses_come_next(officer):
    page = officer.get(f"{address_of_register(a_register())}add")
    there = officer.send(page, {"event": "Partners give less money"})

    assert there.address == address_of_risk(Risk.get())
    assert "The risk is added. Now say what is done about it" in there.words
    assert {"Add a response", "Add a control"} <= {words(link) for link in there.all("a")}


def test_what_is_missing_and_what_is_wrong_in_a_risk_are_said_together(officer):
    page = officer.get(f"{address_of_register(a_register())}add")
    again = officer.send(page, {"review_months": "1.5", "owner_kind": "post", "cause": "x" * 10_001})

    assert [line.partition(":")[0] for line in again.errors] == [
        "Enter what may happen",
        "The cause must be 10,000 characters or fewer; it has 10,001",
        "Enter the owner's name",
        "Enter a number of months between 1 and 24, or leave it empty",
    ]


def test_an_edited_risk_says_so_too(officer):
    page = officer.get(f"{address_of_risk(a_risk())}edit")
    again = officer.send(page, {"event": "", "review_months": "99"})
    assert len(again.errors) == 2


def test_what_is_missing_and_what_is_wrong_in_a_score_are_said_together(officer):
    page = officer.get(f"{address_of_risk(a_risk())}scores")
    day = {"scored_on": ["1", "1", "2099"]}
    again = officer.send(page, {"impact": "", "reason": ""} | day)

    assert again.errors == ["Select impact", "Say why the score is what it is now", "The day cannot be in the future"]
    assert Score.select().count() == 1
