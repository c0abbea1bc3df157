"""What registers bring to the agenda: to each who reads it no more than she may read."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.meetings.page import agenda_of
from strategy_tracker.reviews.risks.agenda import TITLE
from strategy_tracker.risks.models import Escalation, Risk
from strategy_tracker.risks.operations.escalations import (
    accept_escalation,
    return_escalation,
    withdraw_escalation,
)
from tests.application import VisitorAs
from tests.cast import person
from tests.meetings.making import a_meeting
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")
TODAY = dt.date(2011, 7, 14)


def points(meeting: Meeting, who: str) -> list[tuple[str, str]]:
    found = [part for part in agenda_of(meeting, person(who), TODAY) if part.title == TITLE]
    return [(one.words, one.address) for part in found for one in part.points]


def fresh(one: Escalation) -> Escalation:
    return Escalation.reach().query.where(Escalation.id == one.id).get()


@time_machine.travel(dt.datetime(2011, 7, 1, 12, tzinfo=dt.UTC))
def test_nominations_that_wait_and_top_risks_stand_on_it_as_far_as_one_may_read_them(visitor_as: VisitorAs) -> None:
    meeting = a_meeting()
    assert points(meeting, "steering member") == []
    waiting = put_forward(a_risk(event="Landlords leave"))
    taken = a_risk(a_register("sdc"), "Grants end", score=(3, 5), shared=True)
    put_forward(taken, accepted=True)
    put_forward(a_risk(a_register("sdc"), "Known to SDC", score=(0, 0)), accepted=True)
    decision = f"/p/west-kent/risks/west-kent-risks/escalations/{waiting.slug}/"
    address = f"/p/west-kent/risks/sdc-risks/{Risk.get_by_id(taken.id).slug}/"

    told = points(meeting, "steering member")
    assert told[:2] == [("TMBC: Landlords leave", decision), ("SDC S1: Grants end", address)]
    assert [words for words, _ in told[2:]] == ["SDC E1: Known to SDC"]
    assert points(meeting, "third officer") == [("SDC S1: Grants end", address)]
    assert [words for words, _ in points(meeting, "other officer")] == ["SDC 1: Grants end", "SDC 2: Known to SDC"]
    for one in (decision, address):
        visitor_as("steering member").get(one)


def test_what_was_taken_back_waits_for_no_answer_and_is_named_to_nobody() -> None:
    meeting = a_meeting()
    with time_machine.travel(dt.datetime(2011, 7, 1, 12, tzinfo=dt.UTC)):
        gone, taken = put_forward(a_risk(event="Landlords leave")), put_forward(a_risk(event="Grants end"))
        assert {words for words, _ in points(meeting, "steering member")} == {
            "TMBC: Landlords leave",
            "TMBC: Grants end",
        }
    with time_machine.travel(dt.datetime(2011, 8, 1, 12, tzinfo=dt.UTC)):
        withdraw_escalation(OPERATOR, gone, gone.version, reason="Settled at home")
        accept_escalation(OPERATOR, taken, taken.version)
        found = [one for part in agenda_of(meeting, person("steering member"), TODAY) for one in part.points]
        said = ["12 High; put forward on 1 July 2011, accepted on 1 August 2011"]
        assert [one.more for one in found if "Grants end" in one.words] == said
        return_escalation(OPERATOR, fresh(taken), fresh(taken).version, reason="Settled here")
        assert points(meeting, "steering member") == []
