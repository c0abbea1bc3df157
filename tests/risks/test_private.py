"""Who may read a risk: private until it is shared or escalated."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import allows
from strategy_tracker.access.scope import load, visible
from strategy_tracker.accounts.models import Person
from strategy_tracker.errors import Forbidden, Invalid, NotFound
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.escalations import decline_escalation, withdraw_escalation
from strategy_tracker.risks.operations.registers import RegisterTerms, close_register, edit_register
from strategy_tracker.risks.operations.risks import add_risk, share_risk, unshare_risk
from strategy_tracker.risks.queries import is_own, reference
from strategy_tracker.risks.rules import Movement, RiskWords
from strategy_tracker.risks.standing import lines_of
from tests.cast import CAST, person
from tests.risks.making import a_register, a_risk, a_score, put_forward

pytestmark = pytest.mark.usefixtures("database")
HOME = {"officer", "lead"}
GROUP = {"coordinator", "steering member"}
PARTNERS = HOME | GROUP | {"other officer", "other lead", "third officer", "viewer", "partnership viewer"}


def readers(risk: Risk) -> set[str]:
    """Who finds it; and the two ways of asking agree for everybody."""
    found = {who for who in CAST if visible(person(who), Risk).where(Risk.id == risk.id).exists()}
    risk = Risk.get_by_id(risk.id)
    assert found == {who for who in CAST if allows(person(who), Permission.RISK_READ, risk.place())}
    return found


def test_a_private_risk_is_there_for_its_own_people_alone():
    assert readers(a_risk()) == HOME


def test_a_shared_one_is_there_for_the_whole_partnership():
    assert readers(a_risk(shared=True)) == PARTNERS


def test_one_of_the_partnership_is_everybodys():
    assert readers(a_risk(a_register(""))) == PARTNERS


def test_an_escalated_one_is_there_for_those_who_decide_and_again_private_once_it_went_back():
    risk = a_risk()
    escalation = put_forward(risk)
    assert readers(risk) == HOME | GROUP
    decline_escalation(person("steering member"), escalation, escalation.version, words="It is TMBC's to treat")
    assert readers(risk) == HOME
    again = put_forward(Risk.get_by_id(risk.id), accepted=True)
    assert readers(risk) == HOME | GROUP
    withdraw_escalation(person("lead"), again, again.version, reason="Solved")
    assert readers(risk) == HOME


def test_one_put_forward_inside_its_authority_stays_private():
    corporate = a_register("tmbc", "corporate", title="Corporate risks", body="Corporate management team")
    risk = a_risk(a_register(goes_to=corporate))
    escalation = put_forward(risk)
    assert readers(risk) == HOME
    found = {who for who in CAST if visible(person(who), Escalation).where(Escalation.id == escalation.id).exists()}
    assert found == HOME


def test_what_is_not_there_cannot_be_loaded_and_what_may_be_read_alone_cannot_be_written():
    private, shared = a_risk(), a_risk(shared=True)
    with pytest.raises(NotFound):
        load(person("coordinator"), Risk, private.id, Permission.RISK_WRITE)
    with pytest.raises(Forbidden):
        load(person("other officer"), Risk, shared.id, Permission.RISK_WRITE)
    assert load(person("coordinator"), Risk, shared.id, Permission.RISK_WRITE) == shared


def test_nobody_adds_a_risk_that_she_could_not_read():
    with pytest.raises(Forbidden):
        add_risk(person("coordinator"), a_register(), RiskWords("Something"))
    assert add_risk(person("coordinator"), a_register(""), RiskWords("Something")).number == 1


def test_the_numbers_that_others_see_do_not_skip():
    register = a_register()
    rows = [a_risk(register, f"Risk {number}") for number in range(1, 6)]
    for row in (rows[3], rows[1]):
        row.register = register
        put_forward(row)
    assert not is_own(person("coordinator"), register)
    share_risk(person("lead"), rows[4], rows[4].version)
    assert known_to("coordinator", register) == {"E1": "Risk 4", "E2": "Risk 2", "S1": "Risk 5"}
    assert known_to("viewer", register) == {"S1": "Risk 5"}
    raised = Risk.get_by_id(rows[1].id)
    share_risk(person("lead"), raised, raised.version)
    assert known_to("coordinator", register) == {"E1": "Risk 4", "S1": "Risk 5", "S2": "Risk 2"}
    assert known_to("viewer", register) == {"S1": "Risk 5", "S2": "Risk 2"}
    assert [reference(row, own=True) for row in rows] == ["1", "2", "3", "4", "5"]


def test_others_are_not_told_what_a_risk_scored_while_it_was_private():
    march = clock.today() - dt.timedelta(days=1)
    register = a_register()
    risk = a_risk(register, score=(3, 5))
    a_score(risk, 0, 0, on=clock.today())
    share_risk(person("lead"), risk, risk.version)
    own, others = (lines_of(person(who), [register], clock.today(), march)[0] for who in ("officer", "other officer"))
    assert (own.moved, own.before.value) == (Movement.DOWN, 24)
    assert (others.moved, others.before, others.current.value) == (Movement.NEW, None, 1)
    unshare_risk(person("lead"), Risk.get_by_id(risk.id), risk.version, reason="By mistake")
    assert Risk.get_by_id(risk.id).told_at is None


def known_to(who: str, register: Register) -> dict[str, str]:
    """The risks of a register by the numbers under which somebody of another authority finds them."""
    rows = visible(person(who), Risk).where(Risk.register == register)
    return {reference(row, own=False): row.event for row in rows}


def test_whoever_may_not_read_all_of_a_register_may_neither_close_it_nor_choose_its_day():
    register = a_register()
    a_risk(register)
    for who in ("coordinator", "other lead", "officer"):
        with pytest.raises(Forbidden):
            close_register(person(who), register, register.version)
    with pytest.raises(Invalid, match="Only those whose register it is"):
        shown_as_at(person("coordinator"), register, dt.date(2010, 8, 1))


def test_a_register_is_shown_as_at_a_day_by_which_all_in_it_was_said():
    register = a_register()
    risk = a_risk(register, opened_on=dt.date(2010, 7, 1))
    a_score(risk, 0, 0, on=dt.date(2010, 8, 1))
    for day in (dt.date(2010, 7, 31), clock.today() + dt.timedelta(days=1)):
        with pytest.raises(Invalid, match="from 1 August 2010, the last on which something was written, to today"):
            shown_as_at(person("lead"), register, day)
    shown_as_at(person("lead"), register, dt.date(2010, 8, 15))
    risk.register = register
    with pytest.raises(Invalid, match="cannot be after 15 August 2010, the day of the register"):
        a_score(risk, 1, 1, on=dt.date(2010, 9, 1))
    assert a_score(risk, 1, 1).scored_on == dt.date(2010, 8, 15)
    escalation = put_forward(Risk.get_by_id(risk.id))
    assert escalation.nominated_on == dt.date(2010, 8, 15)


def shown_as_at(who: Person, register: Register, day: dt.date) -> None:
    words = {name: getattr(register, name) for name in ("title", "scheme", "body", "goes_to", "top", "review_months")}
    edit_register(who, register, register.version, RegisterTerms(**words, as_at=day))
