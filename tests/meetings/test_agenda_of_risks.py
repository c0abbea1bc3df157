"""What registers bring to the agenda: to each who reads it no more than she may read."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.meetings.page import agenda_of
from strategy_tracker.reviews.risks.agenda import TITLE
from strategy_tracker.risks.models import Risk
from tests.application import VisitorAs
from tests.cast import person
from tests.meetings.making import a_meeting
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")
TODAY = dt.date(2011, 7, 14)


def points(meeting: Meeting, who: str) -> list[tuple[str, str]]:
    found = [part for part in agenda_of(meeting, person(who), TODAY) if part.title == TITLE]
    return [(one.words, one.address) for part in found for one in part.points]


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
    assert [words for words, _ in told[2:]] == ["SDC S2: Known to SDC"]
    assert points(meeting, "third officer") == [("SDC S1: Grants end", address)]
    assert [words for words, _ in points(meeting, "other officer")] == ["SDC 1: Grants end", "SDC 2: Known to SDC"]
    for one in (decision, address):
        visitor_as("steering member").get(one)
