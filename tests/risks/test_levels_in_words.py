"""What the pages say of levels in words: what stands at one, and from which a risk is taken back."""

import pytest

from strategy_tracker.risks.addresses import address_of_risk
from tests.html_check import words
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def risk():
    group = a_register("", title="Strategy")
    dept = a_register("tmbc", "dept", title="Department", goes_to=group)
    risk = a_risk(a_register("tmbc", "team", title="Team", goes_to=dept))
    put_forward(risk, accepted=True)
    return risk


def entry(page, title: str) -> str:
    table = page.all("table", class_="registers")[0]
    return next(words(row) for row in table.iter("tr") if words(row).startswith(title))


def test_a_register_without_risks_of_its_own_says_what_it_has_accepted(risk, visitor_as):
    page = visitor_as("lead").get("/p/west-kent/risks/")
    said = entry(page, "Department")
    assert "None of its own 1 accepted from other registers Nothing" in said
    assert "accepted from" not in entry(visitor_as("coordinator").get("/p/west-kent/risks/"), "Strategy")


def test_to_do_is_never_left_empty(risk, visitor_as):
    assert "None is shared with you Nothing" in entry(visitor_as("other officer").get("/p/west-kent/risks/"), "Team")


def test_a_risk_that_stands_at_two_levels_says_from_which_it_is_taken_back(risk, visitor_as):
    address, lead = address_of_risk(risk), visitor_as("lead")
    assert "Take it back from" not in lead.get(address).words
    put_forward(risk)
    assert "Take it back from Strategy" in lead.get(address).words
