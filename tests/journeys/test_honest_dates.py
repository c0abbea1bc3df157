"""A date moves with a reason, and all can see what it was, since when, and what else changed: by keyboard alone."""

from tests import builders
from tests.journeys.hands import WITH_AND_WITHOUT_SCRIPTS, Hands

PLAN = "/p/west-kent/plans/2010-11/"


@WITH_AND_WITHOUT_SCRIPTS
def test_a_date_is_moved_and_the_old_one_stays_on_view(page_as, javascript):
    hands = Hands(page_as("coordinator", javascript=javascript))
    hands.page.goto(f"{PLAN}actions/{builders.action('1.1').id}")
    hands.follow("Edit outcome 1")
    hands.write("Month", "12")
    hands.follow("Save")
    assert "Say why the timescale changes" in hands.read()
    assert hands.page.locator("[name=due_on]").nth(1).input_value() == "12", "what was typed is still there"
    hands.write("Why does it change?", "The county answered late")
    hands.write("Approved by", "Steering group, 1 December 2010")
    hands.follow("Save")
    assert "Due 30 December 2010, was 30 July 2010 (moved once)" in hands.read()
    hands.tick("Why it moved")
    assert "The county answered late" in hands.read()
    hands.page.goto(PLAN)
    hands.follow("Versions")
    said = hands.read()
    assert "1 outcome given another date. Reason: The county answered late" in said
    assert "Steering group, 1 December 2010" in said
    hands.follow("Version 1")
    assert "The plan has changed since." in hands.read()
    assert "Due 30 July 2010" in hands.read()
    hands.follow("Show it as it stands")
    hands.follow("Timeline")
    assert "1 date, 1 of them moved, 1 slip." in hands.read()


def test_a_member_of_the_group_sees_what_changed_and_by_which_rule(page_as):
    hands = Hands(page_as("steering member", javascript=False, width=375))
    hands.page.goto(f"{PLAN}?as_at=2011-06-30")
    hands.follow("What changed")
    hands.page.goto(f"{PLAN}changes?from=2010-08-01&to=2011-06-30")
    said = hands.read()
    assert "Reported for the first time" in said
    assert "The post is vacant" in said
    hands.follow("1.1 Advise people")
    hands.follow("How this is worked out")
    assert "The rule of West Kent today" in hands.read()
