"""A risk is closed on no day before something was said of it, and a register shown as at no such day."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.acceptances import accept_risk, end_acceptance
from strategy_tracker.risks.operations.escalations import decline_escalation
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.whole_register import last_said
from tests.cast import person
from tests.risks.making import a_register, a_risk, a_score, put_forward

pytestmark = pytest.mark.usefixtures("database")
MAY = dt.date(2011, 5, 1)
"""When something is said of a risk that was found in July."""


def now(risk: Risk) -> Risk:
    return Risk.reach().query.where(Risk.id == risk.id).get()


def shown_as_at(day: dt.date) -> Register:
    register = a_register()
    Register.update(as_at=day).where(Register.id == register.id).execute()
    return a_register()


def accepted(risk: Risk) -> None:
    accept_risk(OPERATOR, risk, risk.version, accepted_by="Boss", until=dt.date(2011, 6, 1), reason="We can")


def answered(risk: Risk) -> None:
    a_register("", as_at=MAY)
    escalation = put_forward(risk)
    decline_escalation(OPERATOR, escalation, escalation.version, words="Yours")


SAID = {
    "scored": lambda risk: a_score(risk, 3, 3, on=MAY),
    "reviewed": lambda risk: review_risk(OPERATOR, risk, risk.version, reviewed_on=MAY),
    "put forward and declined": answered,
    "accepted": accepted,
}


@pytest.mark.parametrize("step", SAID)
def test_not_before_the_last_thing_that_was_said_of_it(step):
    risk = a_risk(shown_as_at(MAY))
    SAID[step](now(risk))
    assert last_said(Risk.register == risk.register) == MAY
    shown_as_at(dt.date(2011, 5, 31))
    with pytest.raises(Invalid, match="between 1 May 2011, when something was said of it last, and 31 May 2011"):
        close_risk(OPERATOR, now(risk), now(risk).version, reason="Over", closed_on=MAY - dt.timedelta(1))
    assert not now(risk).is_closed
    close_risk(OPERATOR, now(risk), now(risk).version, reason="Over", closed_on=dt.date(2011, 5, 31))


def test_an_answer_of_a_later_day_than_the_registers_own_does_not_keep_it_open():
    risk = a_risk(shown_as_at(MAY))
    escalation = put_forward(now(risk))
    decline_escalation(OPERATOR, escalation, escalation.version, words="Yours")
    assert escalation.decided_on == clock.today()
    close_risk(OPERATOR, now(risk), now(risk).version, reason="Over")
    assert now(risk).closed_on == MAY


def test_an_acceptance_is_something_that_was_said_in_a_register():
    risk = now(a_risk())
    accept_risk(
        OPERATOR, risk, risk.version, accepted_by="Boss", until=clock.today() + dt.timedelta(9), reason="We can"
    )
    register = risk.register
    terms = RegisterTerms(title=register.title, scheme=register.scheme, as_at=clock.today() - dt.timedelta(1))
    with pytest.raises(Invalid, match="the last on which something was written"):
        edit_register(OPERATOR, register, register.version, terms)


def test_nobody_ends_the_acceptance_of_a_closed_risk():
    risk = now(a_risk())
    accept_risk(
        OPERATOR, risk, risk.version, accepted_by="Boss", until=clock.today() + dt.timedelta(9), reason="We can"
    )
    close_risk(OPERATOR, risk, risk.version, reason="Over")
    with pytest.raises(Forbidden, match="This risk is closed"):
        end_acceptance(person("lead"), now(risk), now(risk).version, reason="Not any more")
