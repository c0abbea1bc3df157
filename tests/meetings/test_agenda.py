"""What an agenda draws from the quarter, the returns, earlier decisions and registers that come later."""

import datetime as dt

import pytest

from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews.decisions import operations as decisions
from strategy_tracker.reviews.meetings import agenda
from strategy_tracker.reviews.meetings.agenda import Drawn, Point, offer_agenda_source
from strategy_tracker.reviews.meetings.page import agenda_of
from tests import builders
from tests.cast import person
from tests.decisions.making import a_decision
from tests.meetings.making import JULY, OCTOBER, a_meeting
from tests.quarters.making import the_quarter

pytestmark = pytest.mark.usefixtures("database")
AFTER = dt.date(2011, 12, 1)


@pytest.fixture
def meeting():
    return a_meeting(quarter=the_quarter())


def parts(meeting, today=AFTER, who="coordinator"):
    return {part.title: part for part in agenda_of(meeting, person(who), today)}


def test_the_exceptions_of_the_quarter_the_worst_first(meeting):
    builders.a_note(builders.action("2.1"), "twbc", Status.AT_RISK, "The grant is late")
    found = parts(meeting)["Off track or at risk"]
    assert [(point.words.split()[0], point.marks) for point in found.points] == [
        ("1.1", (("off track", "SDC"),)),
        ("2.1", (("at risk", "TWBC"),)),
    ]
    assert "end of Quarter 4, April to June 2011" in found.rule
    assert found.points[0].address == f"/p/west-kent/plans/2010-11/actions/{builders.action('1.1').id}"


def test_what_is_overdue_says_since_when_and_whose(meeting):
    (point,) = parts(meeting)["Overdue"].points
    assert (point.words.split()[0], point.late) == ("1.1", "11 months late")
    assert point.more == "due 30 July 2010: SDC, TMBC, TWBC"


def test_returns_that_are_not_handed_in_or_leave_shares_out(meeting):
    points = parts(meeting)["Returns that are missing"].points
    told = {point.words.split()[0]: (point.words, point.more) for point in points}
    assert told["TMBC"] == ("TMBC Tonbridge and Malling Borough Council: open", "1 share not reported")
    assert told["SDC"][1] == "1 share not reported"
    assert set(told) == {"SDC", "TMBC", "TWBC"}


def test_decisions_of_earlier_meetings_as_they_stood_on_the_day(meeting):
    early = a_meeting(dt.date(2011, 4, 14))
    done = a_decision(early, "Ring the county", due_on=dt.date(2011, 5, 1))
    a_decision(early, "Write to the county", due_on=dt.date(2011, 9, 1), owner="officer")
    later = a_meeting(OCTOBER)
    assert [point.words for point in parts(meeting)["Decisions to follow up"].points] == [
        "Decision 1 of 14 April 2011: Ring the county",
        "Decision 2 of 14 April 2011: Write to the county",
    ]
    decisions.answer_decision(person("lead"), done, 1, answer="Done by telephone")
    first = parts(meeting)["Decisions to follow up"].points
    assert [(point.late, point.more) for point in first] == [
        ("Overdue", "TMBC, by 1 May 2011"),
        ("", "Olive Officer, TMBC, by 1 September 2011"),
    ]
    assert len(parts(later)["Decisions to follow up"].points) == 2, "it was settled today, long after that meeting"
    assert "Decisions to follow up" not in parts(early)


def test_a_register_that_comes_later_brings_its_own_item(meeting, monkeypatch):
    monkeypatch.setattr(agenda, "_offered", [])

    def red_risks(context):
        return Drawn("Red risks", "Scored 12 or more", (Point(f"R7 on {context.on}"),)) if context.quarter else None

    offer_agenda_source(red_risks)
    offer_agenda_source(red_risks)
    assert parts(meeting)["Red risks"].points == (Point("R7 on 2011-07-28"),)
    assert "Red risks" not in parts(a_meeting(OCTOBER))


def test_a_meeting_without_a_quarter_draws_nothing_from_one():
    assert parts(a_meeting(JULY)) == {}
