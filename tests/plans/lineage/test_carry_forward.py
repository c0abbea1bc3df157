"""One action that goes on later, in a plan that is there already."""

import datetime as dt

import pytest

from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans import queries as plan_queries
from strategy_tracker.plans.lineage import operations
from strategy_tracker.plans.lineage.models import CarriedForward
from strategy_tracker.plans.lineage.pages import ActionLineage, action_lineage, lineage_page
from strategy_tracker.plans.models import Plan, ProgressNote
from strategy_tracker.plans.sections import plan_document
from strategy_tracker.plans.versions.view import view_of
from tests import builders
from tests.cast import partnership, person


@pytest.fixture
def follower(database) -> Plan:
    """West Kent's draft of 2011-12, said to follow 2010-11."""
    plan = builders.plan("2011-12")
    operations.set_predecessor(person("coordinator"), plan, builders.plan())
    return plan


def lineage(who, action_id: int) -> ActionLineage:
    return action_lineage(who, action_id, partnership().id)


def carry(into, number="1.1", who="coordinator", **more):
    return operations.carry_forward(person(who), builders.action(number), into, **more)


def test_into_an_objective_that_is_there(follower):
    objective = next(iter(plan_queries.objectives(follower.id)))
    new = carry(objective)
    assert (new.number, new.objective_id) == ("1.2", objective.id)
    assert [end.number for end in lineage(person("officer"), builders.action("1.1").id).into] == ["1.2"]


def test_into_a_new_objective_of_the_same_words(follower):
    new = carry(follower, "2.1")
    assert (new.number, new.objective.title) == ("2.1", "Find more homes")


def test_as_an_action_that_is_there_already(follower):
    there = builders.action("1.1", "2011-12")
    assert carry(there) == there
    with pytest.raises(Invalid, match="already"):
        carry(there)
    carry(there, "1.2")
    assert [end.number for end in lineage(person("officer"), there.id).out_of] == ["1.1", "1.2"]


def test_an_agreed_plan_takes_it_for_a_reason_and_a_closed_one_does_not(follower):
    coordinator = person("coordinator")
    plans.agree_plan(coordinator, follower, follower.version)
    with pytest.raises(Invalid, match="why the plan changes"):
        carry(follower)
    carry(follower, reason="The steering group asked for it")
    plans.close_plan(coordinator, follower, follower.version)
    with pytest.raises(Forbidden):
        carry(builders.plan("2011-12"), "1.2", reason="Too late")
    assert CarriedForward.select().count() == 1


def test_the_parts_are_reported_where_it_is_asked_for(follower):
    before = ProgressNote.select().count()
    carry(follower, tell=True, reason="The period ends")
    assert ProgressNote.select().count() == before + 3
    with pytest.raises(Invalid, match="Enter a reason"):
        carry(follower, "2.1", tell=True)


def test_it_goes_into_the_plan_that_follows_and_into_no_other(database):
    other = builders.plan("2011-12")
    with pytest.raises(Invalid, match="in no other"):
        carry(other)
    with pytest.raises((Invalid, Forbidden)):
        carry(builders.plan("2010-11", "east-fen"))


OTHERS = ["officer", "lead", "steering member", "viewer", "administrator", "foreign coordinator"]


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_coordinator_carries_forward(follower, who):
    with pytest.raises(Forbidden):
        carry(follower, who=who)
    with pytest.raises(Forbidden):
        operations.set_predecessor(person(who), builders.plan(), follower)


def test_no_plan_follows_itself(follower):
    coordinator, first = person("coordinator"), builders.plan()
    third = builders.a_plan("2012-13", agreed=False, period_from=dt.date(2012, 7, 1), period_to=dt.date(2013, 6, 30))
    operations.set_predecessor(coordinator, third, follower)
    for before in (first, follower, third):
        with pytest.raises(Invalid):
            operations.set_predecessor(coordinator, first, before)
    with pytest.raises(Invalid):
        operations.set_predecessor(coordinator, third, first)
    with pytest.raises((Invalid, Forbidden)):
        operations.set_predecessor(coordinator, first, builders.plan("2010-11", "east-fen"))


def test_the_page_of_lineage_says_what_became_of_each_action(follower):
    carry(builders.action("1.1", "2011-12"), "1.2")
    third = builders.a_plan("2012-13", agreed=False, period_from=dt.date(2012, 7, 1), period_to=dt.date(2013, 6, 30))
    operations.set_predecessor(person("coordinator"), third, follower)
    page = lineage_page(follower, person("officer"))
    assert [one.plan for one in page.chain] == ["Action plan 2010-11", "Action plan 2011-12", "Action plan 2012-13"]
    before, after = page.passages
    assert (before.carried, before.dropped, before.added) == (1, 2, 0)
    assert [(row.old.number, row.new.number if row.new else None, row.is_reworded) for row in before.rows] == [
        ("1.1", None, False),
        ("1.2", "1.1", True),
        ("2.1", None, False),
    ]
    assert (after.carried, after.dropped, after.added) == (0, 1, 0)


def test_a_reader_of_agreed_plans_sees_no_draft_in_the_chain(follower):
    page = lineage_page(builders.plan(), person("viewer"))
    assert [one.plan for one in page.chain] == ["Action plan 2010-11"]
    assert page.passages == ()


def test_the_document_names_where_an_action_goes_on_once_that_plan_is_agreed(follower):
    def goes_on() -> str:
        return plan_document(view_of(builders.plan())).objectives[0].actions[0].goes_on

    new = carry(follower)
    assert goes_on() == "", "a draft is not everybody's to read"
    plans.agree_plan(person("coordinator"), follower, follower.version)
    assert goes_on() == f"{new.number} of Action plan 2011-12, July 2011 to June 2012"
