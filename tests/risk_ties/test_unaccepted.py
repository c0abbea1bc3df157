"""A risk above tolerance that nobody accepts stands in the work of those who write for it, and among what is to do."""

import datetime as dt

import pytest

from strategy_tracker.reviews.risks.work import Unaccepted, risk_work_of
from strategy_tracker.risks.addresses import address_of_register
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from tests.cast import CAST, person
from tests.risks.making import a_register, a_risk, a_score

DAY = dt.date(2011, 3, 31)
TO_DO = "1 above tolerance and accepted by nobody"


@pytest.fixture
def register(database) -> Register:
    return a_register(as_at=DAY)


def unaccepted(who: str) -> tuple[Unaccepted, ...]:
    return risk_work_of(person(who)).unaccepted


def accepted(risk: Risk, days: int = 30) -> Risk:
    until = DAY + dt.timedelta(days)
    accept_risk(person("lead"), risk, risk.version, accepted_by="Bo Boss", until=until, reason="We can live with it")
    return Risk.get_by_id(risk.id)


def test_once_the_score_rises_it_stands_there_at_once_with_what_became_of_the_acceptance(register, visitor_as):
    risk = accepted(a_risk(register))
    a_risk(register, "Tolerated", score=(0, 0))
    a_risk(register, "A chance", is_opportunity=True)
    a_risk(register, "Not scored", score=None)
    officer = visitor_as("officer")
    assert (unaccepted("officer"), unaccepted("lead")) == ((), ())
    assert TO_DO not in officer.get(address_of_register(register)).words
    a_score(risk, 3, 3, by=person("officer"))
    assert TO_DO in officer.get(address_of_register(register)).words
    for who in ("officer", "lead"):
        (one,) = unaccepted(who)
        assert (one.number, one.score) == (1, "16 Very high")
        assert one.was == (
            "Void since 31 March 2011: the score rose from 12 High to 16 Very high."
            " Bo Boss had accepted it until 30 April 2011."
        )
    words = visitor_as("lead").get("/").words
    assert "Above tolerance, accepted by nobody (1)" in words
    assert "the score rose from 12 High to 16 Very high" in words


def test_so_does_one_whose_acceptance_has_run_out_and_one_that_nobody_ever_accepted(register):
    accepted(a_risk(register))
    a_risk(register, "Worse", score=(3, 5))
    Register.update(as_at=DAY + dt.timedelta(31)).where(Register.id == register.id).execute()
    assert [(one.event, one.was) for one in unaccepted("officer")] == [
        ("Worse", ""),
        ("Partners give less money", "Bo Boss accepted it until 30 April 2011."),
    ]


def test_on_its_last_day_it_is_accepted_still(register):
    accepted(a_risk(register), days=1)
    Register.update(as_at=DAY + dt.timedelta(1)).where(Register.id == register.id).execute()
    assert unaccepted("lead") == ()


@pytest.mark.parametrize("who", [who for who in CAST if who not in ("officer", "lead")])
def test_it_stands_in_nobody_elses_work(register, who):
    a_risk(register, shared=True)
    assert unaccepted(who) == ()


def test_of_many_the_first_are_shown_and_all_are_counted(register, visitor_as):
    for number in range(12):
        a_risk(register, f"Risk {number}")
    work = risk_work_of(person("lead"))
    assert (len(work.unaccepted), work.unaccepted_in_all) == (10, 12)
    page = visitor_as("lead").get("/")
    assert "Above tolerance, accepted by nobody (12)" in page.words
    assert "2 more follow." in page.words
