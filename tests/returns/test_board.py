"""The board of a quarter and a checked return, in pages: who sees what, is offered what, and what it leads to."""

import csv
import datetime as dt
import io
import json

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.rules import Status
from strategy_tracker.quarters.models import Quarter, Return, ReturnStep
from strategy_tracker.reviews.returns import closing, operations
from tests import builders
from tests.cast import authority, person
from tests.html_check import words
from tests.quarters.making import IN_TIME, the_quarter

BOARD = "/p/west-kent/quarters/2010-11-q4/"
TMBC = f"{BOARD}returns/tmbc/"
INSIDE = builders.AS_AT


@pytest.fixture(autouse=True)
def in_time(database):
    with time_machine.travel(IN_TIME):
        the_quarter()
        yield


def columns(page):
    return [words(each.find("h2")) for each in page.all("section", class_="col")]


def submitted(slug="tmbc", who="lead"):
    return operations.submit_return(person(who), the_quarter(), authority(slug), 1)


def test_everybody_who_works_in_the_partnership_sees_where_each_return_stands(visitor_as):
    for who in ("officer", "lead", "steering member", "other officer"):
        page = visitor_as(who).get(BOARD)
        assert "0 of 3 returns handed in. Due on Friday 15 July 2011: in 9 days." in page.words
        assert columns(page)[0] == "Open 3 waiting for the authority"
        assert "TMBC Tonbridge and Malling Borough Council Lead: Leo Lead with a note 1" in page.words
        assert "Missing, by person No owner named 1 of 2" in page.words
        assert "Accept return" not in page.words
        assert ("Check and submit" in page.words) == (who == "lead")
    assert "Opened 24 June" in page.words
    assert "Today 6 July" in page.words
    assert "Quarter" in [words(each) for each in page.all("nav")[0].iter("a")]


@pytest.mark.parametrize("who", ["viewer", "partnership viewer", "provider", "outsider", "foreign coordinator"])
def test_it_does_not_exist_for_others(visitor_as, who):
    visitor = visitor_as(who)
    for address in (BOARD, TMBC, f"{BOARD}figures.csv", f"{BOARD}closure", "/p/west-kent/quarters/"):
        visitor.get(address, status=404)


def test_a_lead_checks_submits_and_takes_back(visitor_as):
    lead = visitor_as("lead")
    page = lead.get(TMBC)
    assert "Check the return of TMBC" in page.words
    assert "Not reported (1)" in page.words
    assert "Overdue (1)" in page.words
    assert "1 of 2 is not reported, and will be shown as not reported." in page.words
    page = lead.send(page, action=f"{TMBC}submission")
    assert "The return of TMBC is submitted." in page.words
    assert "Submitted by Leo Lead, 6 July 2011" in page.words
    assert "Submit return" not in page.words
    page = lead.send(page, action=f"{TMBC}taking-back")
    assert "The return of TMBC is open again." in page.words
    assert "Submit return" in page.words


def test_what_must_be_mended_is_said_before_and_when_it_is_sent(visitor_as):
    builders.a_note(builders.action("1.1"), "tmbc", None, as_at=INSIDE)
    lead = visitor_as("lead")
    page = lead.get(TMBC)
    assert "Put these right first" in page.words
    refused = lead.send(page, action=f"{TMBC}submission")
    assert refused.errors == ["1.1: give a status: the note came in without one. Correct the note"]
    assert Return.select().count() == 0


def test_an_officer_reads_and_changes_but_does_not_submit(visitor_as):
    officer = visitor_as("officer")
    page = officer.get(TMBC)
    assert "Submit return" not in page.words
    assert "Change" in page.words
    assert "Report" in page.words
    officer.post(f"{TMBC}submission", status=400)
    officer.get(f"{TMBC}submission", status=403)
    other = visitor_as("other officer").get(TMBC)
    assert [words(each) for each in other.all("table")[0].iter("th")][:3] == ["Action", "Status", "Said in the quarter"]


def test_of_a_plan_that_is_closed_nothing_more_is_asked(visitor_as):
    plans.close_plan(OPERATOR, builders.plan(), builders.plan().version)
    page = visitor_as("officer").get(TMBC)
    assert page.words.count("The plan is closed") == 3


def test_the_coordinator_accepts_and_sends_back_from_the_board(visitor_as):
    submitted()
    coordinator = visitor_as("coordinator")
    page = coordinator.get(BOARD)
    assert columns(page)[0] == "Submitted 1 needs you"
    assert "Look at these first" in page.words
    refused = coordinator.send(page, {"note": " "}, action=f"{TMBC}sending-back")
    assert refused.errors == ["Say what TMBC should mend"]
    page = coordinator.send(refused, {"note": "8.1 has no figures"})
    assert "The return of TMBC is sent back." in page.words
    assert "“8.1 has no figures” Cora Coordinator" in page.words
    assert "Sent back by Cora Coordinator, 6 July 2011 8.1 has no figures" in visitor_as("lead").get(TMBC).words
    operations.submit_return(person("lead"), the_quarter(), authority("tmbc"), 3)
    page = coordinator.get(BOARD)
    for _ in range(2):
        after = coordinator.send(page, action=f"{TMBC}acceptance")
    assert columns(after)[3] == "Accepted 1 ready for the report"
    assert [one.verb for one in ReturnStep.select().order_by(ReturnStep.id)].count("accepted") == 1


def test_who_was_second_learns_it_and_keeps_the_words(visitor_as):
    submitted()
    coordinator = visitor_as("coordinator")
    page = coordinator.get(BOARD)
    operations.take_back_return(person("lead"), the_quarter(), authority("tmbc"), 2)
    late = coordinator.send(page, {"note": "Say more"}, action=f"{TMBC}sending-back")
    assert "Somebody was quicker: the return of TMBC is open now" in late.errors[0]
    assert "Say more" in late.html
    again = coordinator.send(late)
    assert again.errors == ["The return of TMBC is open: look at it again"]


def test_a_coordinator_submits_on_behalf_and_is_named_so(visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.send(coordinator.get(f"{BOARD}returns/sdc/"), action=f"{BOARD}returns/sdc/submission")
    assert "Submitted by Cora Coordinator on behalf of SDC" in page.words


def test_all_without_an_exception_go_in_one(visitor_as):
    builders.a_note(builders.action("2.1"), "twbc", as_at=INSIDE)
    builders.a_note(builders.action("1.1"), "twbc", Status.ACHIEVED, as_at=INSIDE)
    submitted("twbc", "coordinator")
    submitted()
    coordinator = visitor_as("coordinator")
    page = coordinator.get(BOARD)
    assert "Accept the one return without an exception" in page.words
    page = coordinator.send(page, action=f"{BOARD}acceptances")
    assert "Accepted: TWBC." in page.words
    assert "without an exception" not in page.words
    empty = coordinator.get(f"{BOARD}acceptances", status=302, follow=False)
    assert empty.headers["Location"] == BOARD


def test_a_quarter_closes_after_saying_what_is_missing_and_one_return_opens_again(visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(f"{BOARD}closure")
    assert "TMBC Open 1 No owner named 1 of 2" in page.words
    page = coordinator.send(page)
    assert "Quarter 4, April to June 2011 is closed." in page.words
    assert Quarter.get(Quarter.slug == "2010-11-q4").is_closed
    assert "Close the quarter" not in page.words
    officer = visitor_as("officer")
    assert "is closed: nothing is added to it any more" in officer.get(TMBC).words
    form = coordinator.get(f"{TMBC}reopening")
    refused = coordinator.send(form, {"until": ["1", "7", "2011"], "reason": ""})
    assert refused.errors == ["Choose a day from today up to 6 October 2011", "Say why the return is open again"]
    page = coordinator.send(
        refused, {"who": str(person("officer").id), "until": ["9", "7", "2011"], "reason": "A figure came late"}
    )
    assert "Open again for Olive Officer until 9 July 2011." in page.words
    assert "Reopened by Cora Coordinator, 6 July 2011" in page.words
    assert "Report" in officer.get(TMBC).words
    assert "Open again for Olive Officer until 9 July 2011" in officer.get(BOARD).words


def test_a_board_says_what_is_true_of_it_before_and_after_the_close(visitor_as):
    for slug in ("sdc", "tmbc", "twbc"):
        submitted(slug, "coordinator")
    officer = visitor_as("officer")
    assert "Open 0 waiting for the authority Every authority has handed in its return." in officer.get(BOARD).words
    for slug in ("sdc", "twbc"):
        operations.send_back_return(person("coordinator"), the_quarter(), authority(slug), 2, note="More")
    page = officer.get(BOARD)
    assert "1 of 3 returns handed in, 2 sent back and not handed in again. Due on" in page.words
    assert "Open 0 waiting for the authority No return is open." in page.words
    closing.close_quarter(person("coordinator"), the_quarter(), 1)
    page = officer.get(BOARD)
    assert "1 of 3 returns handed in, 2 sent back and not handed in again. Closed on 6 July 2011." in page.words
    assert "Open 0 not handed in No return was left open." in page.words
    assert "Accepted 0 ready for the report No return was accepted." in page.words


def test_what_would_only_be_refused_is_not_offered(visitor_as):
    submitted("sdc", "coordinator")
    coordinator = visitor_as("coordinator")
    assert "Remove it" not in coordinator.get(f"{BOARD}edit").words
    assert "Remove it" in coordinator.get("/p/west-kent/quarters/2010-11-q1/edit").words
    sent_away = {
        f"{BOARD}removal": "This quarter has returns: it stays in the calendar.",
        f"{TMBC}taking-back": "The return of TMBC is open.",
        f"{TMBC}acceptance": "The return of TMBC is open.",
        f"{TMBC}sending-back": "The return of TMBC is open.",
        f"{BOARD}acceptances": "There is no submitted return without an exception now: look at each.",
        f"{TMBC}reopening": "The quarter is not closed: send the return back instead.",
    }
    for address, why in sent_away.items():
        page = coordinator.get(address)
        assert page.address != address
        assert why in page.words
    closing.close_quarter(person("coordinator"), the_quarter(), 1)
    for address, why in {
        f"{TMBC}submission": "is closed. The coordinator",
        f"{BOARD}closure": "closed already.",
    }.items():
        assert why in coordinator.get(address).words
    assert "Close the quarter" not in coordinator.get(BOARD).words


def test_a_quarter_that_runs_is_not_offered_to_be_closed(visitor_as):
    with time_machine.travel(dt.datetime(2011, 6, 25, 12)):
        coordinator = visitor_as("coordinator")
        assert "Close the quarter" not in coordinator.get(BOARD).words
        assert "The quarter runs until 30 June 2011" in coordinator.get(f"{BOARD}closure").words


def test_the_figures_can_be_taken_away(visitor_as):
    officer = visitor_as("officer")
    rows = list(csv.reader(io.StringIO(officer.get(f"{BOARD}figures.csv").data.decode("utf-8-sig"))))
    assert rows[0][:5] == ["Authority", "Name", "State", "With a note", "No change"]
    assert rows[2][0::2] == ["TMBC", "open", "0", "0"]
    found = json.loads(officer.get(f"{BOARD}figures.json").data)
    assert [one["authority"] for one in found["returns"]] == ["SDC", "TMBC", "TWBC"]


def test_a_quarter_in_which_no_plan_runs_says_so(visitor_as):
    the_quarter(1, year="2011-12")
    assert "no authority has anything to report" in visitor_as("officer").get("/p/west-kent/quarters/2011-12-q1/").words
    assert (
        "No authority has a return in this quarter."
        in visitor_as("lead").get("/p/west-kent/quarters/2011-12-q1/").words
    )
    page = visitor_as("lead").get("/p/west-kent/quarters/2011-12-q1/returns/tmbc/")
    assert "TMBC has no part in a plan of this quarter." in page.words
