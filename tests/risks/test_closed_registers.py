"""A closed register receives nothing and says nothing new; one that is still needed is not closed."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.reviews.risks.operations import set_plan
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.escalations import accept_escalation, nominate_risk, return_escalation
from strategy_tracker.risks.operations.registers import RegisterTerms, add_register, close_register, edit_register
from strategy_tracker.risks.operations.risks import add_risk, close_risk, reopen_risk
from strategy_tracker.risks.queries import next_level
from strategy_tracker.risks.rules import RiskWords
from strategy_tracker.transfer.risks_in.operations import require_taking
from tests import builders
from tests.cast import partnership, person
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")


def now(row):
    return type(row).reach().query.where(type(row).id == row.id).get()


def closed(register: Register) -> Register:
    close_register(OPERATOR, now(register), now(register).version)
    return now(register)


def terms(register: Register, **changes) -> RegisterTerms:
    said = {"title": register.title, "scheme": register.scheme, "goes_to": register.goes_to}
    return RegisterTerms(**said | changes)


@pytest.fixture
def group() -> Register:
    return a_register("", title="Risks of the partnership")


@pytest.fixture
def register(group) -> Register:
    return a_register(goes_to=group)


def test_its_own_open_risks_stand_in_the_way_and_are_named(register):
    for number in range(10):
        a_risk(register, f"Risk {number}")
    with pytest.raises(Invalid, match="Close each of its risks first: 1, 2, 3, 4, 5, 6, 7, 8 and 2 more"):
        closed(register)


def test_risks_that_stand_before_it_stand_in_the_way_and_are_named(group, register):
    escalation = put_forward(now(a_risk(register)))
    edit_register(OPERATOR, now(register), now(register).version, terms(now(register), goes_to=None))
    refused = "Decline or return what was put forward to it first: “Partners give less money”"
    with pytest.raises(Invalid, match=refused):
        closed(group)
    accept_escalation(OPERATOR, escalation, escalation.version)
    with pytest.raises(Invalid, match=refused):
        closed(group)
    return_escalation(OPERATOR, escalation, escalation.version, reason="It came down")
    assert closed(group).closed_at


def test_registers_whose_risks_go_up_to_it_stand_in_the_way_and_are_named(group, register, visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(f"{address_of_register(group)}closure")
    told = coordinator.send(page, {}, button="Close it")
    assert told.errors == ["Choose another next level first in the settings of “Operational risks of tmbc”"]
    closed(register)
    assert closed(group).closed_at


def test_nothing_goes_up_to_a_closed_one(group, register):
    risk = a_risk(register)
    Register.update(goes_to=None).where(Register.id == register.id).execute()
    closed(group)
    Register.update(goes_to=group).where(Register.id == register.id).execute()
    assert next_level(now(risk), []) is None
    with pytest.raises(Invalid, match="has no next level"):
        nominate_risk(person("lead"), now(risk), risk.version, words="Up")


def test_no_register_gets_a_closed_one_for_its_next_level(group):
    group, other = closed(group), a_register("tmbc", "other")
    with pytest.raises(Invalid, match="this one is closed"):
        edit_register(OPERATOR, other, other.version, terms(other, goes_to=group))
    with pytest.raises(Invalid, match="this one is closed"):
        add_register(OPERATOR, partnership(), slug="another", terms=terms(other, goes_to=group))


def test_nothing_is_written_in_a_closed_one(register):
    risk = a_risk(register)
    close_risk(OPERATOR, risk, risk.version, reason="Over")
    register = closed(register)
    plan = builders.plan()
    for write in (
        lambda: add_risk(OPERATOR, register, RiskWords("Another")),
        lambda: reopen_risk(OPERATOR, now(risk), now(risk).version, reason="Not over"),
        lambda: edit_register(OPERATOR, register, register.version, terms(register, title="Other")),
        lambda: close_register(OPERATOR, register, register.version),
        lambda: set_plan(OPERATOR, register, 0, plan),
        lambda: require_taking(OPERATOR, register),
    ):
        with pytest.raises(Forbidden, match="This register is closed"):
            write()
    assert (Risk.select().count(), now(risk).is_closed, now(register).title) == (1, True, register.title)


def test_its_pages_offer_nothing_and_answer_403(register, visitor_as):
    risk = a_risk(register)
    close_risk(OPERATOR, risk, risk.version, reason="Over")
    register, lead = closed(register), visitor_as("lead")
    base = address_of_register(register)
    page = lead.get(base)
    for offered in ("settings", "add", "plan"):
        assert f"{base}{offered}" not in page.html
        lead.get(f"{base}{offered}", status=403)
    assert "reopening" not in lead.get(address_of_risk(risk)).html
    lead.get(f"{address_of_risk(risk)}reopening", status=403)
    lead.get(f"{base}closure", status=403)
