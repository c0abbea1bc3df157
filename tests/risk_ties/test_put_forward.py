"""A risk that is put forward is told to those who may answer, and the answer to those who put it forward."""

import datetime as dt

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.reviews.risks.work import risk_work_of
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.escalations import (
    accept_escalation,
    decline_escalation,
    return_escalation,
    withdraw_escalation,
)
from tests.cast import CAST, person
from tests.html_check import words
from tests.risks.making import a_register, a_risk, a_scheme, put_forward

ALL = "/p/west-kent/risks/"
ABOVE = f"{ALL}west-kent-risks/"
CANARY = "The canary is ill"
DECIDE = ("coordinator", "steering member")


@pytest.fixture
def waiting(database) -> Escalation:
    """A private risk of TMBC before the partnership's register."""
    return put_forward(a_risk(event=CANARY))


def asked(who: str) -> list[str]:
    return [one.event for one in risk_work_of(person(who)).put_forward]


def answered(who: str) -> list[str]:
    return [f"{one.event}: {one.state}" for one in risk_work_of(person(who)).answers]


def test_those_who_decide_find_it_in_their_work_and_nobody_else_does(waiting, visitor_as):
    assert {who for who in CAST if asked(who)} == set(DECIDE)
    page = visitor_as("steering member").get("/")
    assert "Risks put forward to you (1)" in page.words
    assert f"{ABOVE}escalations/{waiting.slug}/" in [link.attrib["href"] for link in page.all("a")]
    assert "canary" not in visitor_as("other lead").get("/").words


def test_the_lead_decides_for_a_register_of_her_own_authority(database):
    corporate = a_register("tmbc", "corporate")
    put_forward(a_risk(a_register(goes_to=corporate), CANARY))
    assert {who for who in CAST if asked(who)} == {"lead"}


def test_once_it_is_answered_or_taken_back_it_waits_for_nobody(waiting):
    withdraw_escalation(person("lead"), waiting, waiting.version, reason="Ours")
    assert not asked("coordinator")
    again = put_forward(a_risk(event="Another"))
    assert asked("coordinator") == ["Another"]
    accept_escalation(person("steering member"), again, again.version)
    assert not asked("coordinator")


@pytest.mark.parametrize("is_returned", [False, True])
def test_the_lead_is_told_for_fourteen_days_that_it_came_back_and_why(waiting, visitor_as, is_returned):
    if is_returned:
        accept_escalation(person("coordinator"), waiting, waiting.version)
        taken = Escalation.reach().query.where(Escalation.id == waiting.id).get()
        return_escalation(person("coordinator"), taken, taken.version, reason="It is yours to bear")
    else:
        decline_escalation(person("coordinator"), waiting, waiting.version, words="It is yours to bear")
    state = "returned" if is_returned else "declined"
    assert {who for who in CAST if answered(who)} == {"lead"}
    assert answered("lead") == [f"{CANARY}: {state}"]
    page = visitor_as("lead").get("/")
    assert "Answers to risks put forward (1)" in page.words
    assert "It is yours to bear" in page.words
    day = Register.get_by_id(waiting.risk.register_id).day
    for later, is_told in ((14, True), (15, False)):
        column = Escalation.ended_on if is_returned else Escalation.decided_on
        Escalation.update({column: day - dt.timedelta(later)}).where(Escalation.id == waiting.id).execute()
        assert bool(answered("lead")) is is_told


def test_an_answer_is_no_news_once_the_risk_is_put_forward_again(waiting):
    decline_escalation(person("coordinator"), waiting, waiting.version, words="Not yet")
    assert answered("lead")
    put_forward(Risk.reach().query.get())
    assert not answered("lead")


def test_to_do_of_the_register_and_of_the_list_say_that_an_answer_is_awaited(waiting, visitor_as):
    for who in DECIDE:
        visitor = visitor_as(who)
        todo = [words(line) for line in visitor.get(ABOVE).all("ul", class_="todo")[0].iter("li")]
        assert todo[0] == f"1 waits for your answer: {CANARY}"
        page = visitor.get(ALL)
        (link,) = [one for one in page.all("a") if words(one) == "1 waits for your answer"]
        assert link.attrib["href"] == f"{ABOVE}#put-forward"
    for who in ("lead", "officer", "other lead", "partnership viewer"):
        for address in (ABOVE, ALL):
            assert "your answer" not in visitor_as(who).get(address).words


def test_an_officer_of_the_authority_that_receives_reads_that_it_waits_but_not_for_her(visitor_as):
    put_forward(a_risk(a_register(goes_to=a_register("tmbc", "corporate")), CANARY))
    page = visitor_as("officer").get(f"{ALL}corporate/")
    assert "1 waits for an answer" in page.words
    assert "your answer" not in page.words
    assert "1 waits for your answer" in visitor_as("lead").get(f"{ALL}corporate/").words


def test_what_waits_costs_no_query_more_for_many_than_for_one(database):
    board = a_register("", scheme=a_scheme())
    register = a_register(goes_to=board, top=20)
    counts = []
    for number in (1, 6):
        for _ in range(number):
            put_forward(a_risk(register))
        with count_queries() as counter:
            assert asked("coordinator")
        counts.append(counter.count)
    assert counts[0] == counts[1]
