"""The top few that go up are counted in the register from which they go, however they came there."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.operations.escalations import nominate_risk, return_escalation
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")
WHOLE = "At most 1 may go up from “Department” at a time, and no place is free"


@pytest.fixture
def group() -> Register:
    return a_register("", title="Strategy", body="Steering group")


@pytest.fixture
def dept(group) -> Register:
    return a_register("tmbc", "dept", title="Department", goes_to=group, top=1)


@pytest.fixture
def team(dept) -> Register:
    return a_register("tmbc", "team", title="Team", goes_to=dept, top=3)


def test_a_middle_level_sends_up_as_many_as_its_own_top(team, dept):
    first, second = a_risk(team, "One"), a_risk(team, "Two")
    own = a_risk(dept, "Of its own")
    for risk in (first, second):
        put_forward(risk, accepted=True)
    above = put_forward(first, accepted=True)

    for risk in (second, own):
        with pytest.raises(Invalid) as refused:
            nominate_risk(OPERATOR, risk, risk.version, words="Beyond us")
        assert refused.value.problems == {"": WHOLE}
    return_escalation(OPERATOR, above, above.version, reason="It is yours")
    assert put_forward(second).to == dept.goes_to


def test_what_passed_through_takes_no_place_of_the_first_register(group):
    dept = a_register("tmbc", "dept", title="Department", goes_to=group, top=3)
    team = a_register("tmbc", "team", title="Team", goes_to=dept, top=1)
    first, second = a_risk(team, "One"), a_risk(team, "Two")
    put_forward(first, accepted=True)
    put_forward(first, accepted=True)

    with pytest.raises(Invalid, match="At most 1 may be put forward at a time, and risk 1 is"):
        nominate_risk(OPERATOR, second, second.version, words="Beyond us")


def test_its_page_counts_the_places_that_it_refuses(team, dept, visitor_as):
    risk, lead = a_risk(team, "One"), visitor_as("lead")
    put_forward(risk, accepted=True)
    assert "its place is free" in lead.get("/p/west-kent/risks/dept/").words
    put_forward(risk)
    assert "its place is taken" in lead.get("/p/west-kent/risks/dept/").words
    assert "1 of 3 places is taken" in lead.get("/p/west-kent/risks/team/").words


def test_a_row_names_the_highest_level_alone(team, dept, visitor_as):
    risk = a_risk(team, "One", shared=True)
    put_forward(risk, accepted=True)
    row = visitor_as("lead").get("/p/west-kent/risks/team/").words
    assert "Top three" in row
    put_forward(risk)
    row = visitor_as("lead").get("/p/west-kent/risks/team/").all("table")[-1]
    said = " ".join(row.itertext())
    assert "Top one, nominated" in said
    assert "Top three" not in said
