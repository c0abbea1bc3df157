"""My work in a plan that follows another: what was said in the old one stands there, marked as the old plan's."""

import datetime as dt

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.db import database
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.lineage.operations import begin_plan
from strategy_tracker.plans.lineage.rules import SAID, Kind
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Status
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.reviews.my_work import work_of
from tests import builders
from tests.cast import person

TITLE = "The plan that follows"


@pytest.fixture
def followed(app):
    """The plan is carried forward whole, told as carried forward, and closed; the new one is agreed."""
    with database.connection_context():
        coordinator, old = person("coordinator"), builders.plan()
        new = begin_plan(
            coordinator,
            old,
            Kind.SUCCESSOR,
            slug="2012-13",
            title=TITLE,
            strategy="",
            period_from=dt.date(2011, 7, 1),
            period_to=dt.date(2012, 6, 30),
            actions=[builders.action(number) for number in ("1.1", "1.2", "2.1")],
            reason="The period ends",
        )
        old = Plan.get_by_id(old.id)
        plans.close_plan(coordinator, old, old.version)
        return builders.agree(Plan.get_by_id(new.id))


def new_work():
    return next(one for one in work_of(person("officer")) if one.plan.title == TITLE)


def told(number="1.1"):
    with database.connection_context():
        return [entry.before for entry in new_work().entries if entry.number == number]


def test_the_words_of_the_old_plan_stand_marked_as_its_own(followed, visitor_as):
    page = visitor_as("officer").get("/")
    assert "Said last in the plan before, Action plan 2010-11, July 2010 to June 2011, as at" in page.words
    assert "Advice is given at two offices." in page.words
    assert "Not reported in this plan yet." in page.words
    assert SAID not in page.words, "that it goes on says nothing of the work"
    assert "The post is vacant" not in page.words, "that is another authority's"
    assert not page.all("input", name=f"same-{builders.share(builders.action('1.1', '2012-13'), 'tmbc').id}")


def test_they_give_way_to_the_first_report(followed, visitor_as):
    with database.connection_context():
        builders.a_note(builders.action("1.1", "2012-13"), "tmbc", Status.ON_TRACK, "Three offices now")
    assert told() == [None]
    assert "Three offices now" in visitor_as("officer").get("/").words


def test_several_outcomes_keep_their_own_words(followed):
    assert [one and one.text for one in told("1.2")] == [None, "12 loans of £400 each"]


def test_other_words_of_an_outcome_do_not_lose_what_was_said_of_the_only_one(followed):
    with database.connection_context():
        action = builders.action("1.1", "2012-13")
        row = builders.outcomes(action)[0]
        due = builders.Timescale()
        more = {"lead": None, "change": Change("Agreed")}
        plans.edit_outcome(person("coordinator"), row, row.version, text="Other words", timescale=due, **more)
    assert told()[0].text.startswith("Advice is given")


def test_a_plan_that_follows_none_says_not_reported(visitor_as):
    page = visitor_as("officer").get("/")
    assert "Said last in the plan before" not in page.words
    assert "Not reported" in page.words


def test_selects_do_not_grow_with_what_was_carried_forward(followed):
    with database.connection_context():
        with count_queries() as few:
            new_work()
        objective = builders.action("2.1", "2012-13").objective
        for number in range(4):
            builders.an_action(objective, f"More {number}", of=("tmbc",))
        with count_queries() as many:
            new_work()
    assert many.count == few.count
