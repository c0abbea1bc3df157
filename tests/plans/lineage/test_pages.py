"""The pages of lineage, without a browser."""

import pytest

from strategy_tracker.plans.lineage.models import CarriedForward
from strategy_tracker.plans.lineage.rules import Kind
from strategy_tracker.plans.models import Action, Plan, ProgressNote
from tests import builders

PLAN = "/p/west-kent/plans/2010-11/"
NEW = f"{PLAN}lineage/new"


@pytest.fixture
def coordinator(visitor_as):
    return visitor_as("coordinator")


def ticked(page) -> list[str]:
    return [box.attrib["value"] for box in page.all("input", name="actions") if "checked" in box.attrib]


def ids(*numbers: str) -> list[str]:
    return [str(builders.action(number).id) for number in numbers]


def test_the_form_begins_with_the_next_period_and_what_is_unfinished(coordinator):
    builders.a_note(builders.action("1.2"), "tmbc", builders.Status.ACHIEVED, "A leaflet")
    page = coordinator.get(NEW)
    assert ticked(page) == ids("1.1", "2.1")
    assert page.all("input", name="slug")[0].attrib["value"] == "2011-12"
    assert [box.attrib["value"] for box in page.all("input", name="period_to")] == ["30", "6", "2012"]


def test_buttons_tick_without_a_script_and_keep_what_was_typed(coordinator):
    page = coordinator.get(NEW)
    title = {"title": "A title of my own", "slug": ""}
    second = builders.action("2.1").objective_id
    for wish, numbers in (
        ("none", []),
        (f"all-{second}", ["2.1"]),
        ("all", ["1.1", "1.2", "2.1"]),
        (f"none-{second}", ["1.1", "1.2"]),
        ("nonsense-999999", ["1.1", "1.2"]),
    ):
        page = coordinator.send(page, title | {"tick": wish})
        assert ticked(page) == ids(*numbers), wish
        assert page.all("input", name="title")[0].attrib["value"] == "A title of my own"
        assert page.errors == []
    assert not Plan.select().where(Plan.title == "A title of my own").exists()


def test_a_plan_is_made_once_however_often_the_form_is_sent(coordinator):
    page = coordinator.get(NEW)
    fields = {"slug": "2011-13", "tell": "y", "reason": "The period ends"}
    for _ in range(2):
        made = coordinator.send(page, fields)
        assert made.address == "/p/west-kent/plans/2011-13/"
    assert Plan.select().where(Plan.slug == "2011-13").count() == 1
    assert CarriedForward.select().count() == 3
    told = ProgressNote.select().where(ProgressNote.status == "carried forward")
    assert {note.reason for note in told} == {"The period ends"}


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(coordinator):
    page = coordinator.get(NEW)
    back = coordinator.send(page, {"slug": "2010-11", "title": "Next", "actions": ids("1.2"), "tell": "y"})
    assert back.errors == ["Enter a reason: the parts are reported as carried forward"]
    assert ticked(back) == ids("1.2")
    back = coordinator.send(back, {"reason": "The period ends"})
    assert back.errors == ["This partnership already has a plan at 2010-11"]
    assert ticked(back) == ids("1.2")
    assert not CarriedForward.select().exists()


def test_a_copy_reports_nothing_though_the_tick_was_left(coordinator):
    before = ProgressNote.select().count()
    coordinator.send(coordinator.get(NEW), {"slug": "2011-13", "kind": Kind.TEMPLATE.value, "tell": "y"})
    assert ProgressNote.select().count() == before
    page = coordinator.get(f"{PLAN}lineage")
    assert "Copied from Action plan 2010-11" in page.words


def test_a_followed_plan_can_be_copied_alone(coordinator):
    coordinator.send(coordinator.get(NEW), {"slug": "2011-13"})
    page = coordinator.get(NEW)
    assert "follows this plan already" in page.words
    back = coordinator.send(page, {"slug": "2011-14", "kind": Kind.SUCCESSOR.value})
    assert back.errors == ["Another plan follows this one already. It can still serve as a template"]


def test_an_action_is_carried_forward_from_its_own_page_and_both_ends_say_so(coordinator, visitor_as):
    coordinator.send(
        coordinator.get("/p/west-kent/plans/2011-12/lineage/predecessor"), {"predecessor": str(builders.plan().id)}
    )
    old = builders.action("1.1")
    page = coordinator.get(f"{PLAN}actions/{old.id}/carrying")
    there = builders.action("1.1", "2011-12")
    fields = {"into": f"objective-{there.objective_id}", "tell": "y"}
    back = coordinator.send(page, fields)
    assert back.errors == ["Enter a reason: the parts are reported as carried forward"]
    done = coordinator.send(back, {"reason": "The period ends"})
    assert "Carried forward to 1.2 of Action plan 2011-12" in done.words
    assert "Carried forward" in done.words and "The period ends" in done.words
    new = builders.action("1.2", "2011-12")
    other = visitor_as("officer").get(f"/p/west-kent/plans/2011-12/actions/{new.id}")
    assert "Carried forward from 1.1 of Action plan 2010-11" in other.words
    assert "What was said before" in other.words
    assert "The work goes on in the plan that follows." in other.words
    seen = visitor_as("viewer").get(f"{PLAN}actions/{old.id}")
    assert "2011-12" not in seen.words
    assert "2011-12" not in visitor_as("viewer").get(f"{PLAN}lineage").words


def test_without_a_plan_that_follows_one_is_led_to_make_it(coordinator):
    page = coordinator.get(f"{PLAN}actions/{builders.action('1.1').id}/carrying")
    assert page.address == f"{PLAN}lineage"
    assert "There is no plan yet that follows this one" in page.words


def test_what_was_not_offered_is_not_taken(coordinator):
    foreign = builders.action("1.1", "2010-11", "east-fen")
    page = coordinator.get(NEW)
    back = coordinator.send(page, {"slug": "2011-13", "actions": [str(foreign.id)]})
    assert back.errors == ["Actions that go on: select from the list"]
    assert Action.select().where(Action.text == foreign.text).count() == 1


def test_a_plan_that_has_a_successor_is_offered_no_other(coordinator):
    sent_late = coordinator.get(NEW)
    assert "The plan that follows: actions are carried forward" in sent_late.words
    coordinator.send(coordinator.get(NEW), {"slug": "2011-13", "tell": "y", "reason": "The period ends"})
    page = coordinator.get(NEW)
    assert "The plan that follows: actions are carried forward" not in page.words
    assert "The new plan is a copy of its structure" in page.words
    assert not page.all("input", name="tell")
    refused = coordinator.send(sent_late, {"slug": "2011-14", "tell": "", "reason": ""})
    assert refused.errors
    assert not Plan.select().where(Plan.slug == "2011-14").exists()
    page = coordinator.send(page, {"tick": "all"})
    made = coordinator.send(page, {"slug": "2011-15"})
    assert made.address == "/p/west-kent/plans/2011-15/"
    assert CarriedForward.select().count() == 3, "nothing of a copy is linked"
