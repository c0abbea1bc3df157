"""A risk goes up: put forward, accepted or declined with words, returned with a reason, taken back."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.errors import Conflict, Forbidden, Invalid
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.escalations import (
    accept_escalation,
    decline_escalation,
    nominate_risk,
    return_escalation,
    withdraw_escalation,
)
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.rules import EscalationState
from tests.cast import person
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")
STEPS = {
    "accepted": lambda one: accept_escalation(OPERATOR, one, one.version, words="We take it"),
    "declined": lambda one: decline_escalation(OPERATOR, one, one.version, words="It is yours to treat"),
    "returned": lambda one: return_escalation(OPERATOR, one, one.version, reason="It came down"),
    "withdrawn": lambda one: withdraw_escalation(OPERATOR, one, one.version, reason="Solved"),
}
ALLOWED = {
    "nominated": {"accepted", "declined", "withdrawn"},
    "accepted": {"returned", "withdrawn"},
    "declined": set(),
    "returned": set(),
    "withdrawn": set(),
}


def one(row: Escalation | Risk):
    return visible(OPERATOR, type(row)).where(type(row).id == row.id).get()


@pytest.fixture
def register():
    return a_register(goes_to=a_register("", body="Steering group"))


@pytest.fixture
def forward(register):
    """A risk of TMBC before the steering group."""
    return put_forward(a_risk(register))


def in_state(row: Escalation, state: str) -> Escalation:
    for step in {"nominated": (), "returned": ("accepted", "returned")}.get(state, (state,)):
        STEPS[step](row)
    return one(row)


@pytest.mark.parametrize("state", ALLOWED)
def test_each_state_goes_to_those_that_follow_it_and_to_no_other(register, state):
    for step, take in STEPS.items():
        row = in_state(put_forward(one(a_risk(register, step))), state)
        assert row.state == state
        if step in ALLOWED[state]:
            take(row)
            assert one(row).state == step
        else:
            with pytest.raises(Invalid):
                take(row)
            assert one(row).state == state
        current = one(row)
        if current.state in ("nominated", "accepted"):
            STEPS["withdrawn"](current)
    assert set(ALLOWED) == set(EscalationState)


def test_no_more_than_three_stand_there_at_a_time(register):
    standing = [put_forward(one(a_risk(register, f"Risk {number}"))) for number in range(3)]
    fourth = one(a_risk(register, "The fourth"))
    with pytest.raises(Invalid, match="At most 3 may be put forward at a time, and risks 1, 2 and 3 are"):
        nominate_risk(person("lead"), fourth, fourth.version, words="Urgent")
    STEPS["declined"](one(standing[1]))
    assert nominate_risk(person("lead"), fourth, fourth.version, words="Urgent").state == "nominated"


def test_the_same_risk_does_not_stand_there_twice(forward):
    risk = one(forward.risk)
    with pytest.raises(Invalid, match="already"):
        nominate_risk(person("lead"), risk, risk.version, words="Once more")
    with pytest.raises(Invalid, match="next level"):
        close_risk(person("lead"), risk, risk.version, reason="It has passed")


def test_of_two_who_decide_at_once_one_decides(forward):
    first, second = one(forward), one(forward)
    accept_escalation(person("coordinator"), first, first.version)
    with pytest.raises(Conflict):
        decline_escalation(person("steering member"), second, second.version, words="No")
    assert one(forward).state == "accepted"


def test_who_may_do_what(forward):
    risk, row = one(forward.risk), one(forward)
    for who in ("officer", "lead", "other lead", "viewer"):
        with pytest.raises(Forbidden):
            accept_escalation(person(who), row, row.version)
    for who in ("coordinator", "steering member", "officer"):
        with pytest.raises(Forbidden):
            withdraw_escalation(person(who), row, row.version, reason="Ours")
    for who in ("officer", "coordinator"):
        with pytest.raises(Forbidden):
            nominate_risk(person(who), risk, risk.version, words="Please")


def test_both_registers_show_it_with_its_words(forward, visitor_as):
    base = address_of_register(Register.get_by_id(forward.to_id))
    steering, lead = visitor_as("steering member"), visitor_as("lead")
    assert f"{base}escalations/{forward.slug}/" in steering.get(base).html
    page = steering.get(f"{base}escalations/{forward.slug}/")
    assert "It is beyond us" in page.words
    refused = steering.send(page, {"decision": "declined"}, button="Save the decision")
    assert refused.errors == ["Say why it is declined: its owner reads it"]
    decided = steering.send(refused, {"decision": "accepted", "words": "We write to the minister"})
    assert "Accepted Stan Steering" in decided.words
    own = lead.get(address_of_risk(one(forward.risk)))
    assert "Accepted on" in own.words
    assert "We write to the minister" in own.words
    assert "Top three" in lead.get(address_of_register(one(forward.risk).register)).words


def test_returned_with_a_reason_and_private_again(forward, visitor_as):
    STEPS["accepted"](one(forward))
    base = f"{address_of_register(Register.get_by_id(forward.to_id))}escalations/{forward.slug}/"
    coordinator, lead = visitor_as("coordinator"), visitor_as("lead")
    risk = address_of_risk(one(forward.risk))
    coordinator.get(risk)
    page = coordinator.get(f"{base}return")
    for _ in range(2):
        back = coordinator.send(page, {"reason": "It came down"})
    assert "Returned Cora Coordinator" in back.words
    assert "It is its authority’s alone again" in back.words
    coordinator.get(risk, status=404)
    assert "It came down" in lead.get(risk).words


def test_a_lead_puts_it_forward_and_shares_it_with_all(register, visitor_as):
    risk = a_risk(register)
    lead = visitor_as("lead")
    page = lead.get(f"{address_of_risk(risk)}nomination")
    assert "the coordinator and the steering group will be able to read it" in page.words
    for _ in range(2):
        assert "There is a problem" not in lead.send(page, {"words": "Beyond us", "share": "1"}).words
    assert Escalation.select().count() == 1
    visitor_as("other officer").get(address_of_risk(risk))
    taken = lead.send(lead.get(f"{address_of_risk(risk)}withdrawal"), {"reason": "Solved"})
    assert "The risk is taken back." in taken.words
    assert Escalation.get().state == "withdrawn"
    assert "does not stand at the next level" in lead.get(f"{address_of_risk(risk)}withdrawal").words


def test_inside_an_authority_nobody_else_is_told(visitor_as):
    corporate = a_register("tmbc", "corporate", title="Corporate risks", body="Management team")
    risk = a_risk(a_register(goes_to=corporate))
    lead = visitor_as("lead")
    page = lead.get(f"{address_of_risk(risk)}nomination")
    assert "nobody outside reads it for that" in page.words
    assert not page.all("input", type="checkbox")
    lead.send(page, {"words": "Beyond us"})
    address = f"{address_of_register(corporate)}escalations/{Escalation.get().slug}/"
    for who in ("coordinator", "steering member", "other lead", "viewer"):
        visitor_as(who).get(address, status=404)
    lead.send(lead.get(address), {"decision": "accepted"}, button="Save the decision")
    assert Escalation.get().state == "accepted"


def test_two_decisions_in_two_windows(forward, visitor_as):
    address = f"{address_of_register(Register.get_by_id(forward.to_id))}escalations/{forward.slug}/decision"
    first, second = visitor_as("coordinator"), visitor_as("steering member")
    pages = [visitor.get(address) for visitor in (first, second)]
    first.send(pages[0], {"decision": "accepted"})
    told = second.send(pages[1], {"decision": "declined", "words": "It is theirs to treat"})
    assert "It is accepted already" in told.words
    assert "It is theirs to treat" in told.html


def test_what_one_level_has_accepted_goes_on_to_the_next_and_comes_back_the_same_way():
    group = a_register("", body="Steering group")
    corporate = a_register("tmbc", "corporate", goes_to=group)
    risk = one(a_risk(a_register(goes_to=corporate)))
    first = put_forward(risk)
    with pytest.raises(Invalid, match="stands in “Operational risks of tmbc” already"):
        put_forward(one(risk))
    accept_escalation(person("lead"), first, first.version)
    assert not visible(person("steering member"), Risk).where(Risk.id == risk.id).exists()
    second = put_forward(one(risk), accepted=True)
    assert (second.to_id, one(risk).is_raised) == (group.id, True)
    with pytest.raises(Invalid, match="comes back from there first"):
        return_escalation(person("lead"), one(first), one(first).version, reason="It came down")
    return_escalation(person("coordinator"), one(second), one(second).version, reason="It came down")
    assert (one(first).state, one(risk).is_raised) == ("accepted", False)
    return_escalation(person("lead"), one(first), one(first).version, reason="It came down")
