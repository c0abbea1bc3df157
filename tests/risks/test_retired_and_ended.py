"""What is retired is not changed, what has ended is offered nothing, and nothing ends before it began."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.authorities.models import Authority
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Acceptance
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.schemes.operations import change_scheme, map_levels
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.schemes.retiring import retire_scheme
from strategy_tracker.risks.schemes.rules import LevelMap
from tests.cast import authority
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five

pytestmark = pytest.mark.usefixtures("database")
SLIP = "/p/west-kent/risks/schemes/slip/"


@pytest.fixture
def slip():
    scheme = a_scheme("slip", five_by_five(), whose="tmbc")
    retire_scheme(OPERATOR, scheme, scheme.version)
    return scheme


def test_a_retired_scheme_is_not_changed(slip):
    with pytest.raises(Invalid, match="This scheme is retired: take it back before you change it"):
        change_scheme(OPERATOR, slip, slip.version, name="slip", shape=five_by_five(tolerated=0), reason="Stricter")
    assert current_version(slip).number == 1


def test_nothing_is_mapped_to_a_retired_scheme(slip):
    old, new = current_version(a_scheme()), current_version(slip)
    levels = LevelMap((0, 1, 2, 3), (0, 1, 2, 3, 4, 4))
    with pytest.raises(Invalid, match="This scheme is retired"):
        map_levels(OPERATOR, old, new, levels)


def test_the_page_of_a_retired_scheme_does_not_say_that_it_is_in_force(slip, visitor_as):
    page = visitor_as("lead").get(SLIP)
    assert "in force" not in page.words
    assert f"Version 1, the last one, of {clock.long_date(clock.today())}." in page.words


def test_a_lead_whose_authority_has_ended_is_not_offered_to_add_a_register(visitor_as):
    a_register()
    lead = visitor_as("lead")
    assert "Add a register" in lead.get("/p/west-kent/risks/").words
    Authority.update(ended_on=clock.today()).where(Authority.id == authority("tmbc").id).execute()
    assert "Add a register" not in lead.get("/p/west-kent/risks/").words


def test_an_acceptance_is_not_void_before_it_was_given():
    today = clock.today()
    risk = a_risk(score=(3, 3), opened_on=today - dt.timedelta(days=60))
    accept_risk(
        OPERATOR, risk, risk.version, accepted_by="Head", until=today + dt.timedelta(days=90), reason="It is worth it"
    )
    a_score(risk, 3, 5, on=today - dt.timedelta(days=27))
    assert Acceptance.get().ended_on == today
