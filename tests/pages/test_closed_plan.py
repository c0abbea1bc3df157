"""A closed plan says that it is closed: before a form is filled in, and to whoever sends one that was open."""

import pytest

from strategy_tracker.db import database
from strategy_tracker.plans import operations as plans
from tests import builders
from tests.cast import person
from tests.links.making import a_link
from tests.milestones.making import a_milestone

PLAN = "/p/west-kent/plans/2010-11/"
CLOSED = "This plan is closed. What it says can be read, and no longer be changed."
ROLE = "your role does not let you"
FORMS = (
    "edit",
    "agreement",
    "closure",
    "objectives/new",
    "objectives/{objective}/edit",
    "objectives/{objective}/actions/new",
    "actions/{action}/edit",
    "actions/{action}/authorities",
    "actions/{action}/outcomes/new",
    "actions/{action}/milestones/new",
    "actions/{action}/evidence/new",
    "actions/{action}/links/new",
    "outcomes/{outcome}/edit",
    "shares/{share}/edit",
    "shares/{share}/outcomes/{outcome}/progress",
    "shares/{share}/milestones/new",
    "shares/{share}/evidence/new",
    "milestones/{milestone}/edit",
    "milestones/{milestone}/completion",
    "links/{link}/remove",
    "actions/{action}/remove",
    "objectives/{objective}/remove",
    "outcomes/{outcome}/remove",
)


def close():
    with database.connection_context():
        plan = builders.plan()
        plans.close_plan(person("coordinator"), plan, plan.version)


@pytest.fixture
def parts(app):
    with database.connection_context():
        action = builders.action("1.1")
        return {
            "objective": action.objective_id,
            "action": action.id,
            "outcome": builders.outcomes(action)[0].id,
            "share": builders.share(action, "tmbc").id,
            "milestone": a_milestone(action, of="tmbc").id,
            "link": a_link(action).id,
        }


def test_no_form_opens_that_cannot_be_saved(parts, visitor_as):
    coordinator = visitor_as("coordinator")
    addresses = [PLAN + address.format(**parts) for address in FORMS]
    for address in addresses:
        coordinator.get(address)
    close()
    for address in addresses:
        page = coordinator.get(address, status=403)
        assert CLOSED in page.words, address
        assert ROLE not in page.words


@pytest.mark.parametrize(
    ("address", "fields", "typed"),
    [
        ("actions/{action}/milestones/new", {"text": "The draft is out", "due_on": ["", "7", "2010"]}, "text"),
        ("actions/{action}/links/new", {"number": "2.1"}, "number"),
        ("actions/{action}/edit", {"text": "Advise everybody", "reason": "Agreed in June"}, "text"),
    ],
)
def test_what_was_typed_meanwhile_comes_back(parts, visitor_as, address, fields, typed):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(PLAN + address.format(**parts))
    close()
    answer = coordinator.send(page, fields, status=403, action=page.address)
    assert CLOSED in answer.words
    assert ROLE not in answer.words
    assert fields[typed] in answer.words


def test_closing_sent_twice_is_closing_once(app, visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(f"{PLAN}closure")
    for _ in range(2):
        assert ROLE not in coordinator.send(page).words


def test_who_may_not_change_it_is_still_told_so(app, visitor_as):
    assert ROLE in visitor_as("officer").get(f"{PLAN}edit", status=403).words


def test_a_closed_plan_still_goes_on_in_another(parts, visitor_as):
    close()
    coordinator = visitor_as("coordinator")
    coordinator.get(f"{PLAN}lineage/new")
    coordinator.get(f"{PLAN}lineage/predecessor")
    coordinator.get(f"{PLAN}actions/{parts['action']}/carrying")
