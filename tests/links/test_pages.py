"""Links on pages: chosen by plan and number, shown on both."""

import pytest

from strategy_tracker.plans.links.models import ActionLink
from tests import builders
from tests.links.making import a_link

PLAN = "/p/west-kent/plans/2010-11/"


def page_of(number="1.1"):
    return f"{PLAN}actions/{builders.action(number).id}"


def test_the_lead_links_two_actions_and_takes_it_back(visitor_as):
    lead = visitor_as("lead")
    page = lead.send(lead.get(f"{page_of()}/links/new"), {"number": "Action 2.1", "kind": "contributes to"})
    assert "The actions are linked. Both pages show it." in page.words
    assert "Contributes to 2.1 Bring empty homes back into use" in page.words
    other = lead.get(page_of("2.1"))
    assert "Helped by 1.1 Advise people" in other.words
    assert "Linked: helped by 1.1 Advise people" in other.words
    page = lead.send(lead.get(f"{PLAN}links/{ActionLink.get().id}/remove"))
    assert "Not linked to any other action." in page.words
    assert "Link removed: contributes to 2.1" in page.words


def test_an_action_of_another_plan_is_named_with_its_plan(visitor_as):
    coordinator = visitor_as("coordinator")
    draft = builders.plan("2011-12")
    page = coordinator.send(
        coordinator.get(f"{page_of()}/links/new"), {"plan": str(draft.id), "number": "1.1", "kind": "see also"}
    )
    assert "See also 1.1 Write a protocol with the county in Action plan 2011-12, July 2011 to June 2012" in page.words
    viewer = visitor_as("viewer").get(page_of())
    assert "Write a protocol with the county" not in viewer.html


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"number": ""}, "Enter the number of the other action"),
        ({"number": "9.9"}, "There is no action 9.9 in Action plan 2010-11, July 2010 to June 2011"),
        ({"number": "1.1"}, "An action cannot be linked to itself"),
        ({"number": "1.2"}, "Action 1.2 is linked in this way already"),
        ({"number": "2.1", "plan": "987654"}, "Plan of the other action: select one of the list"),
        ({"number": "2.1", "kind": "owns"}, "This action: select one"),
    ],
)
def test_what_is_not_found_or_cannot_be_is_said_at_the_field(visitor_as, fields, problem):
    a_link(builders.action("1.1"), builders.action("1.2"))
    lead = visitor_as("lead")
    back = lead.send(lead.get(f"{page_of()}/links/new"), fields)
    assert back.errors == [problem]
    assert ActionLink.select().count() == 1


def test_a_foreign_plan_is_not_among_the_choices(visitor_as):
    foreign = builders.plan(of="east-fen")
    page = visitor_as("lead").get(f"{page_of()}/links/new")
    assert str(foreign.id) not in {option.attrib["value"] for option in page.all("option")}


def test_the_officer_is_offered_no_link(visitor_as):
    assert "Link to another action" not in visitor_as("officer").get(page_of()).words
