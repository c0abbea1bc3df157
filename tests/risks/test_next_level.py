"""A risk goes to that next level alone which was shown to whoever puts it forward, and to none that is closed."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Conflict, Forbidden, Invalid
from strategy_tracker.history.models import Event
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.escalations import decline_escalation, nominate_risk, withdraw_escalation
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from strategy_tracker.risks.operations.risks import edit_risk
from strategy_tracker.risks.rules import RiskWords
from tests.cast import person
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")


def now(row):
    return type(row).reach().query.where(type(row).id == row.id).get()


@pytest.fixture
def group() -> Register:
    return a_register("", title="Risks of the partnership", body="Steering group")


@pytest.fixture
def register() -> Register:
    """Of TMBC; what goes up from it goes to TMBC's own management."""
    return a_register(goes_to=a_register("tmbc", "corporate", title="Corporate risks"))


def goes_to(register: Register, to: Register | None, by: str = "coordinator") -> None:
    found = now(register)
    edit_register(person(by), found, found.version, RegisterTerms(title=found.title, scheme=found.scheme, goes_to=to))


def test_the_page_said_that_nobody_outside_reads_it_and_so_it_stays(register, group, visitor_as):
    risk, lead = a_risk(register), visitor_as("lead")
    address = f"{address_of_risk(risk)}nomination"
    page = lead.get(address)
    assert "nobody outside reads it for that" in page.words
    goes_to(register, group)
    told = lead.send(page, {"words": "For our own management"})
    (refused,) = told.errors
    assert refused == (
        "Its next level is “Risks of the partnership” now, and was “Corporate risks”: read who will read it there,"
        " and put it forward then"
    )
    assert "the coordinator and the steering group will be able to read it" in told.words
    assert "For our own management" in told.html
    assert (Escalation.select().count(), now(risk).is_raised) == (0, False)
    assert "The risk is put forward." in lead.send(told, {}).words
    assert (Escalation.get().to_id, now(risk).is_raised) == (group.id, True)


def test_the_page_of_two_versions_does_not_forget_which_next_level_was_shown(register, group, visitor_as):
    risk, lead = a_risk(register), visitor_as("lead")
    page = lead.get(f"{address_of_risk(risk)}nomination")
    edit_risk(person("officer"), now(risk), now(risk).version, RiskWords("Partners give nothing"))
    both = lead.send(page, {"words": "Beyond us"}, status=409)
    goes_to(register, group)
    told = lead.send(both, {"keep": "mine"})
    assert "Its next level is “Risks of the partnership” now" in told.errors[0]
    assert not now(risk).is_raised


def test_another_next_level_moves_nothing_that_stands_somewhere_and_is_kept_in_history(register, group):
    risk = now(a_risk(register))
    before = put_forward(risk)
    goes_to(register, group)
    assert (now(before).to_id, now(before).state, now(risk).is_raised) == (before.to_id, "nominated", False)
    event = Event.select().where(Event.verb == "register edited").order_by(Event.id.desc()).get()
    assert f'"goes_to":{before.to_id}' in event.data
    assert f'"goes_to":{group.id}' in event.data
    assert event.person_id == person("coordinator").id


def test_of_two_who_take_it_back_at_once_one_does(group):
    escalation = put_forward(a_risk(a_register(goes_to=group)))
    first, second = now(escalation), now(escalation)
    withdraw_escalation(person("lead"), first, first.version, reason="Solved")
    with pytest.raises(Conflict):
        withdraw_escalation(person("lead"), second, second.version, reason="Solved, too")
    assert now(escalation).ended_words == "Solved"


def test_history_names_the_version_of_the_risk_that_it_made(group):
    escalation = now(put_forward(a_risk(a_register(goes_to=group))))
    withdraw_escalation(person("lead"), escalation, escalation.version, reason="Solved")
    event = Event.select().where(Event.verb == "escalation withdrawn").get()
    assert f'"version":{Risk.get_by_id(escalation.risk_id).version}' in event.data


def test_who_may_not_decide_is_told_so_before_her_words_are_looked_at(group):
    escalation = now(put_forward(a_risk(a_register(goes_to=group))))
    with pytest.raises(Forbidden):
        decline_escalation(person("officer"), escalation, escalation.version, words=" ")
    with pytest.raises(Invalid, match="Say why it is declined"):
        decline_escalation(person("coordinator"), escalation, escalation.version, words=" ")


def test_the_page_and_the_verb_refuse_in_the_same_words(group, visitor_as):
    alone, full = a_register("tmbc", "alone"), a_register(goes_to=group, top=1)
    put_forward(now(a_risk(full)))
    rows = [a_risk(alone), a_risk(full), a_risk(full, score=None)]
    put_forward(now(a_risk(standing := a_register("tmbc", "standing", goes_to=group))))
    rows.append(Risk.get(Risk.register == standing))
    lead = visitor_as("lead")
    for row in rows:
        with pytest.raises(Invalid) as refused:
            nominate_risk(OPERATOR, now(row), row.version, words="Up")
        assert f"{refused.value.problems['']}." in lead.get(f"{address_of_risk(row)}nomination").words
