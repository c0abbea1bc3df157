"""A risk that went up two levels: taken back from where it stands, in steps that follow one another."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.escalations import (
    accept_escalation,
    decline_escalation,
    nominate_risk,
    return_escalation,
    withdraw_escalation,
)
from tests.cast import person
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")

MAY = dt.date(2011, 5, 1)


def now(row):
    return type(row).reach().query.where(type(row).id == row.id).get()


def below(**terms) -> Register:
    """A register of TMBC's below its management's, which is below the partnership's."""
    top = a_register("", title="Risks of the partnership")
    return a_register(goes_to=a_register("tmbc", "middle", title="Corporate risks", goes_to=top), **terms)


def twice_put_forward() -> tuple[Risk, Escalation]:
    """The risk, which stands in the middle, and what waits at the top."""
    risk = now(a_risk(below()))
    put_forward(risk, accepted=True)
    return now(risk), nominate_risk(OPERATOR, now(risk), now(risk).version, words="Beyond us")


def test_what_the_top_declined_is_taken_back_from_the_middle(visitor_as):
    risk, above = twice_put_forward()
    decline_escalation(OPERATOR, above, above.version, words="Yours to carry")
    lead = visitor_as("lead")
    page = lead.get(f"{address_of_risk(risk)}withdrawal")
    assert "Take a risk back from “Corporate risks”" in page.words
    for _ in range(2):
        assert not lead.send(page, {"reason": "Solved"}).errors
    states = [one.state for one in Escalation.select().order_by(Escalation.id)]
    assert states == ["withdrawn", "declined"]
    assert "does not stand at the next level" in lead.get(f"{address_of_risk(risk)}withdrawal").words


def test_what_the_top_declined_meanwhile_is_not_taken_back_from_the_middle_instead(visitor_as):
    risk, above = twice_put_forward()
    lead = visitor_as("lead")
    page = lead.get(f"{address_of_risk(risk)}withdrawal")
    assert "Take a risk back from “Risks of the partnership”" in page.words
    decline_escalation(OPERATOR, above, above.version, words="Yours to carry")
    told = lead.send(page, {"reason": "Solved"})
    assert told.errors == ["It is declined, and so cannot be withdrawn"]
    assert "Take a risk back from “Risks of the partnership”" in told.words
    assert "Solved" in told.html
    assert Escalation.select().where(Escalation.state == "accepted").exists()


def test_what_is_asked_of_none_that_it_ever_stood_in_is_not_done(visitor_as):
    risk, _ = twice_put_forward()
    lead = visitor_as("lead")
    page = lead.get(f"{address_of_risk(risk)}withdrawal")
    after = lead.send(page, {"escalation": "elsewhere", "reason": "Solved"})
    assert "does not stand at the next level" in after.words
    assert not Escalation.select().where(Escalation.state == "withdrawn").exists()


def test_no_step_is_dated_before_the_one_that_it_follows():
    register = below()
    Register.update(as_at=MAY).where(Register.id == register.goes_to_id).execute()
    one = now(put_forward(now(a_risk(register))))
    assert one.nominated_on == clock.today()
    accept_escalation(OPERATOR, one, one.version)
    assert one.decided_on == clock.today()
    return_escalation(OPERATOR, one, one.version, reason="It came down")
    assert one.ended_on == clock.today()


def test_each_step_has_the_day_of_the_register_in_which_it_is_taken():
    register = below(as_at=MAY)
    taken, given = (now(put_forward(now(a_risk(register, event)))) for event in ("Floods", "Fires"))
    withdraw_escalation(person("lead"), taken, taken.version, reason="Solved")
    assert (taken.nominated_on, taken.ended_on) == (MAY, MAY)
    accept_escalation(OPERATOR, given, given.version)
    assert (given.nominated_on, given.decided_on) == (MAY, clock.today())
    withdraw_escalation(person("lead"), given, given.version, reason="Solved")
    assert given.ended_on == clock.today()
