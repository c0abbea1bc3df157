"""Decisions on pages: recorded, answered, applied, listed and downloaded."""

import csv
import datetime as dt
import io

import pytest

from strategy_tracker import clock
from strategy_tracker.db import database
from strategy_tracker.quarters.models import Return
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.decisions.operations import answer_decision
from strategy_tracker.reviews.decisions.rules import Kind
from strategy_tracker.reviews.meetings.models import Meeting
from tests import builders
from tests.cast import authority, person
from tests.decisions.making import a_decision
from tests.decisions.test_applying import a_change
from tests.meetings.making import a_meeting, an_item
from tests.quarters.making import the_quarter

DECISIONS = "/p/west-kent/decisions/"
HELD = dt.date(2011, 7, 14)


@pytest.fixture
def meeting(app):
    with database.connection_context():
        return a_meeting(HELD)


def new(meeting):
    return f"/p/west-kent/meetings/{meeting.id}/decisions/new"


def filled(**more):
    words = {"words": "Wait for the county", "kind": "defer", "owner_words": "The chair", "due_on": ["1", "10", "2011"]}
    return words | more


def test_a_member_records_what_was_decided_about_an_action(meeting, visitor_as):
    member = visitor_as("steering member")
    with database.connection_context():
        action, officer = builders.action("1.2"), person("officer").id
        plan, sdc = action.plan.id, authority("sdc").id
    form = member.get(f"{new(meeting)}?action={action.id}")
    empty = member.send(form, {})
    assert "Enter the decision" in empty.errors
    assert "What is decided: select one" in empty.errors
    about = {"plan": str(plan), "number": "1.2", "whose": str(sdc)}
    refused = member.send(empty, filled(**about))
    assert refused.errors == ["That authority has no share of the action"]
    assert "Wait for the county" in refused.html
    for fields, words in (
        ({"number": "9.9", "whose": ""}, "There is no action 9.9 in Action plan 2010-11, July 2010 to June 2011"),
        ({"outcome": "3", "whose": ""}, "The action has 2 outcomes: enter a number up to that"),
        ({"outcome": "2", "number": "", "whose": ""}, "Name the action, too"),
    ):
        assert member.send(refused, filled(**(about | fields))).errors == [words]
    whole = about | {"whose": "", "outcome": "1", "owner": f"person-{officer}", "owner_words": ""}
    page = member.send(refused, filled(**whole))
    assert "The decision is recorded." in page.words
    assert "1. Defer Wait for the county" in page.words
    assert "Olive Officer, TMBC" in page.words
    shown = visitor_as("officer").get(f"/p/west-kent/plans/2010-11/actions/{action.id}")
    assert "Decision 1 of 14 July 2011: defer" in shown.words
    assert "Decision 1 of" not in visitor_as("viewer").get(f"/p/west-kent/plans/2010-11/actions/{action.id}").words


def test_a_decision_asked_for_on_the_agenda_begins_with_its_words(meeting, visitor_as):
    with database.connection_context():
        item = an_item(Meeting.get_by_id(meeting.id), "Workshops", asked="Agree to Porchlight’s", asked_by="TWBC")
    member = visitor_as("steering member")
    form = member.get(f"{new(meeting)}?item={item.id}")
    assert "Agree to Porchlight’s" in form.html
    member.send(form, filled(words="Agreed", kind="accept"))
    assert Decision.get().item_id == item.id


def test_what_was_meddled_with_in_an_address_is_left_out(meeting, visitor_as):
    with database.connection_context():
        foreign = builders.action("1.1", "2010-11", "east-fen").id
    member = visitor_as("steering member")
    for query in (f"action={foreign}", "action=x", "action=99999999999999999999", "item=77", "item=%00"):
        assert "Clear the dykes" not in member.get(f"{new(meeting)}?{query}").html


def test_her_work_lists_it_until_she_says_that_it_is_done(meeting, visitor_as):
    with database.connection_context():
        decision = a_decision(meeting, "Ring [exempt]Mrs A[/exempt]", owner="officer")
    officer = visitor_as("officer")
    work = officer.get("/")
    assert "Decisions to see to (1)" in work.words
    assert "Ring Exempt Mrs A" in work.words
    assert "by 1 October 2011 Overdue" in work.words
    form = officer.get(f"{DECISIONS}{decision.id}/answer")
    assert officer.send(form, {}).errors == ["Say what came of it"]
    page = officer.send(form, {"answer": "She was rung"})
    assert "What came of it She was rung" in page.words
    assert "Decisions to see to" not in officer.get("/").words
    visitor_as("other officer").get(f"{DECISIONS}{decision.id}/answer", status=403)


def test_one_button_changes_the_plan_and_both_pages_say_so(meeting, visitor_as):
    with database.connection_context():
        decision, action = a_change(meeting), builders.action("1.1")
    member, coordinator = visitor_as("steering member"), visitor_as("coordinator")
    address = f"{DECISIONS}{decision.id}/"
    assert "The coordinator applies it." in member.get(address).words
    page = coordinator.get(address)
    assert "1.1: due 30 July 2010 becomes due November 2011 for SDC, TMBC and TWBC" in page.words
    form = {"button": "Apply to the plan"}
    page = coordinator.send(page, **form)
    assert "The decision is applied: the plan and its history name it." in page.words
    assert "Applied to the plan 1.1: due 30 July 2010 becomes due November 2011" in page.words
    assert page.all("a", href="/p/west-kent/plans/2010-11/?version=2")
    coordinator.get("/p/west-kent/plans/2010-11/?version=2")
    shown = coordinator.get(f"/p/west-kent/plans/2010-11/actions/{action.id}")
    assert "November 2011, was 30 July 2010 (moved once)" in shown.words
    assert "Decision 1 of 14 July 2011: Give it until November" in shown.words
    assert "Applied to the plan" in shown.words
    edit = coordinator.get("/p/west-kent/plans/2010-11/edit")
    assert "Why does it change?" in edit.words
    assert "Decision 1 of 14 July 2011" not in edit.html
    assert "Steering group, 14 July 2011" not in edit.html
    again = coordinator.get(f"{address}application")
    assert "There is nothing to apply to a plan." in again.words
    assert coordinator.send(again, {}).errors == ["The decision is applied already"]


def test_the_return_that_is_asked_again_can_be_sent_back_and_is_not_by_itself(app, visitor_as):
    with database.connection_context():
        quarter = the_quarter()
        decision = a_decision(a_meeting(HELD, quarter=quarter), kind=Kind.ASK_AGAIN)
    coordinator, address = visitor_as("coordinator"), f"{DECISIONS}{decision.id}/"
    back = f"/p/west-kent/quarters/{quarter.slug}/returns/tmbc/sending-back"
    assert not coordinator.get(address).all("a", href=back)
    with database.connection_context():
        Return.create(quarter=quarter, authority=authority("tmbc"), state="submitted")
    assert coordinator.get(address).all("a", href=back)
    assert not visitor_as("steering member").get(address).all("a", href=back)
    assert Return.get().state == "submitted"


def test_it_is_edited_dropped_and_opened_again(meeting, visitor_as):
    with database.connection_context():
        decision = a_change(meeting)
    coordinator, address = visitor_as("coordinator"), f"{DECISIONS}{decision.id}/"
    form = coordinator.get(f"{address}edit")
    assert [field.attrib["value"] for field in form.all("input", name="new_due_on")] == ["", "11", "2011"]
    page = coordinator.send(form, {"words": "Give it until May", "new_due_on": ["", "", "2012"]})
    assert "New date: 2012" in page.words
    assert "What it said before TMBC, by 1 October 2011. Command line" in page.words
    stale = coordinator.send(form, {"words": "Give it until June"}, status=409)
    assert "Give it until May" in stale.words
    page = coordinator.send(coordinator.get(f"{address}dropping"), {"answer": "The county does it"})
    assert "Why it was dropped The county does it" in page.words
    page = coordinator.send(coordinator.get(f"{address}reopening"), {"reason": "The county does not"})
    assert "Open again" in page.words


def test_the_list_is_filtered_and_downloaded(meeting, visitor_as):
    later = clock.today() + dt.timedelta(days=30)
    with database.connection_context():
        a_decision(meeting, "=HYPERLINK(1)", owner="officer", due_on=later)
        a_decision(meeting, "Overdue one")
        done = a_decision(meeting, "Done one")
        answer_decision(person("lead"), done, 1, answer="It was done")
    officer = visitor_as("officer")
    page = officer.get(DECISIONS)
    assert "All (3) Open (2) Overdue (1) Yours (1)" in page.words
    assert "Overdue one" not in officer.get(f"{DECISIONS}?show=mine").words
    assert "Done one" in officer.get(f"{DECISIONS}?show=nonsense").words
    answer = officer.get("/p/west-kent/decisions.csv?show=open")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["Words"] for row in rows] == ["'=HYPERLINK(1)", "Overdue one"]
    assert rows[1]["Decision"] == "Decision 2 of 14 July 2011"
    assert rows[1]["Overdue"] == "yes"
    for who in ("viewer", "outsider"):
        visitor_as(who).get("/p/west-kent/decisions.csv", status=404)
