"""Milestones on pages: who is offered what, what comes back when it is refused, and two people at once."""

import datetime as dt

import pytest

from strategy_tracker.plans.milestones.models import Milestone
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Precision, Timescale
from tests import builders
from tests.html_check import words
from tests.milestones.making import a_milestone

PLAN = "/p/west-kent/plans/2010-11/"
FILLED = {"text": "The draft is out", "due_on": ["", "7", "2010"]}


@pytest.fixture(autouse=True)
def shown_as_at_its_end(app):
    Plan.update(as_at=builders.AS_AT).execute()


def page_of(number="1.1"):
    return f"{PLAN}actions/{builders.action(number).id}"


def own_share():
    return f"{PLAN}shares/{builders.share(builders.action('1.1'), 'tmbc').id}"


def links(page):
    return [words(each) for each in page.all("section") for each in each.iter("a")]


def test_an_officer_keeps_a_milestone_of_her_share_from_first_to_last(visitor_as):
    officer = visitor_as("officer")
    page = officer.get(page_of())
    assert "Add a milestone for TMBC" in page.words
    assert "Add a milestone for SDC" not in page.words
    page = officer.send(officer.get(f"{own_share()}/milestones/new"), FILLED)
    assert "The milestone is added." in page.words
    assert "July 2010 The draft is out Missed, 11 months late · TMBC" in page.words
    one = f"{PLAN}milestones/{Milestone.get().id}"
    refused = officer.send(officer.get(f"{one}/edit"), {"due_on": ["", "12", "2010"]}, action=f"{one}/edit")
    assert refused.errors == ["Say why the date moves: the old one stays on view beside the new"]
    page = officer.send(refused, {"reason": "The printer is late"}, action=f"{one}/edit")
    assert "December 2010, was July 2010 (moved once)" in page.words
    assert "Why it moved, 1 slip: The draft is out July 2010 to December 2010," in page.words
    assert "Olive Officer: The printer is late" in page.words
    page = officer.send(officer.get(f"{one}/completion"), {"done_on": ["4", "1", "2011"]})
    assert "Done 4 January 2011, 4 days late" in page.words
    page = officer.send(officer.get(f"{one}/reopening"), {"reason": "A page is missing"})
    assert "Missed, 6 months late" in page.words
    page = officer.send(officer.get(f"{one}/remove"), {"reason": "No longer needed"})
    assert "No steps on the way are set." in page.words
    for told in (
        "Milestone added for TMBC: The draft is out",
        "Milestone moved for TMBC: The draft is out",
        "Due by: July 2010 became December 2010",
        "Reason: The printer is late",
        "Milestone done for TMBC: The draft is out",
        "Done on: 4 January 2011",
        "Milestone open again for TMBC",
        "Milestone removed for TMBC",
    ):
        assert told in page.words


def test_a_reason_that_comes_with_new_words_is_kept(visitor_as):
    one = f"{PLAN}milestones/{a_milestone(builders.action('1.1'), of='tmbc').id}/edit"
    officer = visitor_as("officer")
    said = {"text": "The first draft is out", "reason": "There will be a second"}
    page = officer.send(officer.get(one), said, action=one)
    for told in (
        "Milestone edited for TMBC: The first draft is out",
        "The words: A draft is out became The first draft is out",
        "Reason: There will be a second",
    ):
        assert told in page.words
    officer.send(officer.get(one), {"text": "The draft is out"}, action=one)
    assert officer.get(page_of()).words.count("Reason: ") == 1
    too_long = officer.send(officer.get(one), {"reason": "x" * 2001}, action=one)
    assert too_long.errors == ["The reason must be 2,000 characters or fewer; it has 2,001"]


def test_who_may_not_write_is_offered_nothing(visitor_as):
    a_milestone(builders.action("1.1"), of="tmbc")
    for who in ("viewer", "steering member", "other officer"):
        page = visitor_as(who).get(page_of())
        assert "A draft is out" in page.words
        assert "Mark as done" not in page.words
        assert "Add a milestone for TMBC" not in page.words


def test_the_whole_actions_milestone_is_kept_from_her_who_writes_for_a_share_alone(visitor_as):
    milestone = a_milestone(builders.action("1.1"))
    officer = visitor_as("officer", check=False)
    assert "Mark as done" not in officer.get(page_of()).words
    for room in ("edit", "completion", "reopening", "remove"):
        officer.get(f"{PLAN}milestones/{milestone.id}/{room}", status=403)
        officer.post(f"{PLAN}milestones/{milestone.id}/{room}", status=400)


def test_the_lead_of_the_action_says_whose_it_is(visitor_as):
    lead = visitor_as("lead")
    page = lead.get(f"{page_of()}/milestones/new")
    offered = [words(option) for option in page.all("option")]
    assert offered[:2] == ["The whole action", "TMBC Tonbridge and Malling Borough Council"]
    share = builders.share(builders.action("1.1"), "tmbc")
    lead.send(page, FILLED | {"whose": str(share.id)})
    assert Milestone.get().share_id == share.id
    foreign = builders.share(builders.action("1.1"), "sdc")
    refused = lead.send(lead.get(f"{page_of()}/milestones/new"), FILLED | {"whose": str(foreign.id)})
    assert refused.errors == ["Whose: select one of the list"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"text": ""}, "Enter what will be reached"),
        ({"due_on": ["", "", ""]}, "Enter the date by which it is due"),
        ({"due_on": ["31", "2", "2011"]}, "Due by must be a real date, such as 30 6 2011"),
        ({"due_on": ["", "", "1066"]}, "The date must be between 1990 and 2100"),
        ({"owner_kind": "post"}, "Enter the owner's name"),
    ],
)
def test_what_is_refused_comes_back_with_its_words(visitor_as, fields, problem):
    lead = visitor_as("lead")
    back = lead.send(lead.get(f"{page_of()}/milestones/new"), FILLED | fields)
    assert back.errors == [problem]
    assert Milestone.select().count() == 0
    if fields.get("text") != "":
        assert FILLED["text"] in back.html


def test_two_people_at_once_see_both_versions(visitor_as):
    milestone = a_milestone(builders.action("1.1"), of="tmbc", due=Timescale.by(dt.date(2010, 7, 1), Precision.MONTH))
    address = f"{PLAN}milestones/{milestone.id}/edit"
    officer, lead = visitor_as("officer"), visitor_as("lead")
    first, second = officer.get(address), lead.get(address)
    officer.send(first, {"text": "The officer’s words"}, action=address)
    both = lead.send(second, {"text": "The lead’s words"}, action=address, status=409)
    assert "Olive Officer, saved" in both.words
    page = lead.send(both, {"keep": "mine"})
    assert "The lead’s words" in page.words


def test_the_completion_of_what_somebody_else_finished_shows_both_days(visitor_as):
    milestone = a_milestone(builders.action("1.1"), of="tmbc")
    address = f"{PLAN}milestones/{milestone.id}/completion"
    officer, lead = visitor_as("officer"), visitor_as("lead")
    first, second = officer.get(address), lead.get(address)
    officer.send(first, {"done_on": ["1", "7", "2010"]})
    both = lead.send(second, {"done_on": ["2", "7", "2010"]}, status=409)
    assert "1 July 2010" in both.words
    assert "2 July 2010" in both.words


def test_a_day_after_the_plans_own_date_is_saved_and_said_not_to_show(visitor_as):
    milestone = a_milestone(builders.action("1.1"), of="tmbc")
    officer = visitor_as("officer")
    form = officer.get(f"{PLAN}milestones/{milestone.id}/completion")
    page = officer.send(form, {"done_on": ["1", "7", "2011"]})
    assert "The plan is shown as at 30 June 2011" in page.words


def test_as_at_a_date_it_stands_as_it_stood_then(visitor_as):
    milestone = a_milestone(builders.action("1.1"))
    Milestone.update(done_on=dt.date(2010, 12, 1)).where(Milestone.id == milestone.id).execute()
    viewer = visitor_as("viewer")
    assert "Missed, 3 months late" in viewer.get(f"{page_of()}?as_at=2010-10-30").words
    assert "Done 1 December 2010, 4 months late" in viewer.get(page_of()).words
