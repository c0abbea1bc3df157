"""A meeting in a real browser, by keyboard alone: a member decides, an officer does it, the plan shows what moved."""

import datetime as dt

import pytest

from strategy_tracker.db import database
from strategy_tracker.reviews.decisions.models import Decision
from tests.axe import assert_accessible
from tests.cast import CAST, PASSWORD
from tests.decisions.test_applying import a_change
from tests.journeys.hands import Hands
from tests.meetings.making import a_meeting, a_paper, an_item
from tests.quarters.making import the_quarter

MEETING = dt.date(2011, 7, 14)


@pytest.fixture
def meeting(app):
    with database.connection_context():
        made = a_meeting(MEETING, quarter=the_quarter())
        an_item(made, "The rent protocol", asked="Say who rings the county", asked_by="SDC")
        a_paper(made, "Note on the protocol")
        return made


def test_a_member_reads_the_papers_and_records_what_an_officer_then_does(meeting, page_as):
    page = page_as()
    hands = Hands(page)
    hands.sign_in(CAST["steering member"].email, PASSWORD)
    page.goto("/p/west-kent/")
    hands.follow("Meetings")
    hands.follow("14 July 2011")
    assert "Off track or at risk" in hands.read()
    hands.reach("Note on the protocol")
    with page.expect_download() as kept:
        page.keyboard.press("Enter")
    assert kept.value.path().read_bytes().startswith(b"%PDF-")
    hands.follow("Record the decision on The rent protocol")
    hands.reach("Accept what was reported")
    page.keyboard.press("ArrowUp")
    assert "Something else" in hands.focused(), "the last of the kinds"
    hands.choose("Who sees to it", "Olive")
    for box, typed in (("Day", "1"), ("Month", "10"), ("Year", "2011")):
        hands.write(box, typed)
    hands.follow("Record the decision")
    assert "The decision is recorded." in hands.read()
    assert "Say who rings the county" in hands.read()
    hands.follow("Sign out")

    hands.sign_in(CAST["officer"].email, PASSWORD)
    assert "Decisions to see to (1)" in hands.read()
    assert_accessible(page)
    hands.follow("Say it is done: Decision 1 of 14 July 2011")
    hands.write("What came of it", "TMBC rings on Mondays")
    hands.follow("It is done")
    assert "What came of it TMBC rings on Mondays" in hands.read()
    with database.connection_context():
        assert Decision.get().state == "done"


def test_the_coordinator_moves_a_date_with_one_button(meeting, page_as):
    with database.connection_context():
        decision = a_change(meeting)
    page = page_as("coordinator")
    hands = Hands(page)
    page.goto(f"/p/west-kent/decisions/{decision.id}/")
    hands.follow("Apply to the plan")
    assert "due 30 July 2010 becomes due November 2011" in hands.read()
    hands.follow("1.1 Advise people")
    assert "November 2011, was 30 July 2010 (moved once)" in hands.read()
    hands.tick("Why it moved")
    assert "Decision 1 of 14 July 2011: Give it until November" in hands.read()
    hands.follow("Decision 1 of 14 July 2011")
    assert "Applied to the plan" in hands.read()
