"""Comments on pages: said, named, found in her work, corrected and withdrawn."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.comments.models import Comment, Mention
from strategy_tracker.plans.comments.operations import add_comment, correct_comment
from tests import builders
from tests.cast import CAST, PASSWORD, person
from tests.html_check import words
from tests.journeys.hands import Hands

PLAN = "/p/west-kent/plans/2010-11/"
TEXT = "Can the group see who has signed?"


def address(number: str = "1.1") -> str:
    return f"{PLAN}actions/{builders.action(number).id}"


def add(visitor, page, fields, **more):
    return visitor.send(page, fields, button="Add comment", **more)


def texts() -> list[str]:
    return [comment.text for comment in Comment.select().order_by(Comment.id)]


def test_a_comment_is_said_and_read_by_the_partners(visitor_as):
    officer = visitor_as("officer")
    page = officer.get(address())
    assert "No comments yet." in page.words
    after = add(officer, page, {"text": TEXT, "named": [str(person("steering member").id)]})
    assert "The comment is added." in after.words
    assert "Olive Officer, TMBC," in after.words
    assert "to Stan Steering" in after.words
    assert TEXT in visitor_as("other officer").get(address()).words


@pytest.mark.parametrize("who", ["viewer", "partnership viewer"])
def test_a_viewer_sees_no_sign_of_them(visitor_as, who):
    add_comment(person("officer"), builders.action(), text=TEXT)
    viewer = visitor_as(who)
    page = viewer.get(address())
    assert "omment" not in page.html
    assert page.all("textarea") == []
    viewer.get(f"{address()}/comments/new", status=404)


def test_what_cannot_be_saved_comes_back_with_its_words(visitor_as):
    lead = visitor_as("lead")
    page = lead.get(address())
    assert add(lead, page, {"text": " "}).errors == ["Enter a comment"]
    doubtful = add(lead, page, {"text": "@Officer, by Friday?"})
    assert doubtful.errors[0].startswith("@Officer could be")
    assert "@Officer, by Friday?" in doubtful.html
    settled = lead.send(doubtful, {"named": [str(person("other officer").id)]})
    assert "to Oscar Officer" in settled.words
    assert texts() == ["@Officer, by Friday?"]


def test_an_at_that_finds_nobody_is_said(visitor_as):
    officer = visitor_as("officer")
    after = add(officer, officer.get(address()), {"text": "@Bob, and @Cora, please"})
    assert "Nobody here is called @Bob, so nobody was told." in after.words
    assert "to Cora Coordinator" in after.words


def test_a_meddled_choice_is_refused(visitor_as):
    officer = visitor_as("officer")
    for number in (str(person("viewer").id), str(person("outsider").id), "99999", "x", "９"):
        assert add(officer, officer.get(address()), {"text": TEXT, "named": [number]}).errors
    assert texts() == []


def test_sent_twice_it_is_one_comment(visitor_as):
    officer = visitor_as("officer")
    page = officer.get(address())
    for text in (TEXT, TEXT, f"{TEXT} And when?"):
        add(officer, page, {"text": text})
    assert texts() == [TEXT, f"{TEXT} And when?"]


def test_a_comment_typed_in_a_session_that_ended_comes_back_with_whom_it_names(visitor_as):
    officer = visitor_as("officer")
    page, lead = officer.get(address()), str(person("lead").id)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        sign_in = add(officer, page, {"text": TEXT, "named": [lead]})
        back = officer.send(sign_in, {"email": CAST["officer"].email, "password": PASSWORD})
        assert TEXT in back.html
        assert back.all("input", checked="")[0].attrib["value"] == lead
        assert "to Leo Lead" in add(officer, back, {}).words
    assert texts() == [TEXT]


def test_she_corrects_it_and_two_windows_meet(visitor_as):
    comment = add_comment(person("officer"), builders.action(), text=TEXT, named=[person("lead").id])
    officer = visitor_as("officer")
    page = officer.get(f"{PLAN}comments/{comment.id}/correction")
    assert "Comment" in [words(one) for one in page.all("label")]
    assert page.all("input", checked="")[0].attrib["value"] == str(person("lead").id)
    correct_comment(person("officer"), comment, 1, text="Said in the other window", named=[person("lead").id])
    both = officer.send(page, {"text": "Said in this window"}, status=409)
    assert "Said in the other window" in both.words
    after = officer.send(both, {"keep": "both", "text": "Said in both"}, action=page.address)
    assert "What it said before can still be read." in after.words
    assert texts() == ["Said in both"]
    assert "Said in the other window" in after.words


def test_she_withdraws_it(visitor_as):
    comment = add_comment(person("officer"), builders.action(), text="A word too many")
    officer = visitor_as("officer")
    page = officer.get(
        officer.get(address()).all("a", href=f"{PLAN}comments/{comment.id}/correction")[0].attrib["href"]
    )
    ask = officer.get(page.all("a", href=f"{PLAN}comments/{comment.id}/withdrawal")[0].attrib["href"])
    assert "A word too many" in ask.words
    after = officer.send(ask)
    assert "Withdrawn by Olive Officer" in after.words
    assert "A word too many" not in after.html


def test_a_closed_plan_shows_them_and_offers_no_box(visitor_as):
    comment, plan = add_comment(person("officer"), builders.action(), text=TEXT), builders.plan()
    plans.close_plan(person("coordinator"), plan, plan.version)
    officer = visitor_as("officer")
    page = officer.get(address())
    assert TEXT in page.words
    assert page.all("textarea") == []
    for where in (f"actions/{builders.action().id}/comments/new", f"comments/{comment.id}/correction"):
        officer.get(PLAN + where, status=403)


def test_what_names_her_waits_in_her_work_until_she_has_dealt_with_it(visitor_as):
    comment = add_comment(person("coordinator"), builders.action(), text=TEXT, named=[person("officer").id])
    officer = visitor_as("officer")
    work = officer.get("/")
    assert "You were named (1)" in work.words
    assert f"{TEXT} Cora Coordinator" in work.words
    link = next(one.attrib["href"] for one in work.all("a") if "#c" in one.attrib["href"])
    assert link == f"{address()}#c{comment.id}"
    assert officer.get(link).all("li", id=f"c{comment.id}")
    assert "You were named" not in visitor_as("lead").get("/").words
    after = press(officer, work)
    assert "The comment is off your work." in after.words
    assert "You were named" not in after.words
    assert press(officer, work).address == "/"
    assert Mention.get().seen_at is not None


def press(visitor, work, **typed):
    button = next(one for one in work.all("button") if words(one).startswith("Dealt with"))
    form = work.form()
    assert button.attrib["form"] == form.attrib["id"]
    hidden = {one.attrib["name"]: one.attrib["value"] for one in form.iter("input") if one.attrib["type"] == "hidden"}
    return visitor.post(button.attrib["formaction"], hidden | typed)


def test_what_she_had_typed_into_her_reports_stays_when_she_deals_with_it(visitor_as):
    add_comment(person("coordinator"), builders.action(), text=TEXT, named=[person("officer").id])
    officer = visitor_as("officer")
    work = officer.get("/")
    key = next(one.attrib["name"] for one in work.all("textarea")).removeprefix("text-")
    after = press(officer, work, **{f"text-{key}": "Half a note", f"status-{key}": "ongoing"})
    assert "The comment is off your work." in after.words
    assert "Half a note" in after.html
    saved = officer.send(after)
    assert "1 report is saved." in saved.words


def test_somebody_who_reports_for_nobody_finds_it_too(visitor_as):
    add_comment(person("officer"), builders.action(), text=TEXT, named=[person("steering member").id])
    steering = visitor_as("steering member")
    work = steering.get("/")
    assert "You were named (1)" in work.words
    assert "You were named" not in press(steering, work).words


def test_a_mention_is_nobody_elses_to_deal_with(visitor_as):
    add_comment(person("coordinator"), builders.action(), text=TEXT, named=[person("officer").id])
    seen = f"/p/west-kent/mentions/{Mention.get().id}/seen"
    visitor_as("lead", check=False).get(seen, status=404)
    visitor_as("officer").get(seen.replace("west-kent", "east-fen"), status=404)


def test_many_mentions_are_counted_and_the_newest_shown(visitor_as):
    for number in range(12):
        add_comment(person("coordinator"), builders.action(), text=f"Remark {number}.", named=[person("officer").id])
    work = visitor_as("officer").get("/")
    assert "You were named (12)" in work.words
    assert "Remark 11." in work.words
    assert "Remark 1." not in work.words
    assert "2 more follow" in work.words


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_by_keyboard_she_names_a_colleague_who_finds_it_and_answers(page_as, javascript):
    hands = Hands(page_as("officer", javascript=javascript))
    hands.page.goto(address())
    hands.write("Comment", TEXT)
    hands.tick("Choose colleagues by name")
    hands.tick("Oscar Officer, SDC")
    hands.follow("Add comment")
    assert "to Oscar Officer" in hands.read()

    his = Hands(page_as("other officer", javascript=javascript))
    assert "You were named (1)" in his.read()
    his.follow("1.1 Advise people")
    assert his.page.locator("li:target").inner_text().count(TEXT) == 1
    his.write("Comment", "Two of three have. @Olive, the third comes on Monday")
    his.follow("Add comment")
    his.page.goto("/")
    his.follow("Dealt with")
    assert "You were named" not in his.read()
    hands.page.goto("/")
    assert "the third comes on Monday" in hands.read()
