"""From one year's plan to the next, and from two councils to one: by keyboard alone and without scripts."""

import pytest

from tests import builders
from tests.journeys.hands import Hands

PLAN = "/p/west-kent/plans/2010-11/"


@pytest.fixture
def hands(page_as):
    return Hands(page_as("coordinator", javascript=False))


def date(hands: Hands, day: str, month: str, year: str) -> None:
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        hands.write(label, value)


def test_the_next_plan_is_made_and_the_two_name_each_other(hands):
    hands.page.goto(PLAN)
    hands.follow("Lineage")
    hands.follow("Make a new plan from this one")
    hands.write("Short address", "2011-13")
    hands.tick("Report each unfinished part")
    hands.write("Reason", "The period ends")
    hands.follow("Tick none")
    hands.tick("1.1 Advise people")
    hands.follow("Make the plan")
    assert "The plan is made, as a draft." in hands.read()
    hands.follow("Advise people before")
    said = hands.read()
    assert "Carried forward from 1.1 of Action plan 2010-11, July 2010 to June 2011" in said
    assert "The post is vacant" in said
    hands.follow("1.1 of Action plan 2010-11")
    said = hands.read()
    assert "Carried forward to 1.1 of Action plan 2011-12, July 2011 to June 2012" in said
    assert "Reason: The period ends" in said


def test_one_council_goes_on_with_the_work_of_another(hands):
    hands.page.goto("/p/west-kent/people/")
    hands.follow("Authorities")
    hands.follow("Succeeded by another: SDC")
    hands.choose("Goes on as", "TMBC")
    date(hands, "1", "4", "2011")
    hands.write("Reason", "The councils are one")
    hands.tick("Choose for each part")
    hands.choose("2.1 Bring empty homes", "KCC")
    hands.follow("Record it and move everything")
    said = hands.read()
    assert "2 parts, 1 leads and 2 roles moved." in said
    assert "Until 31 March 2011, now Tonbridge and Malling Borough Council and Kent County Council" in said
    hands.page.goto(f"{PLAN}actions/{builders.action('2.1').id}")
    assert "Took over from SDC" in hands.read()
    hands.page.goto(f"{PLAN}?as_at=2011-03-01&view=compare")
    compared = " ".join(hands.page.locator("main table").all_inner_texts()).split()
    assert "SDC" in compared and "KCC" not in compared
