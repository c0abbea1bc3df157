"""The rule is data of the partnership, dated, and explained on a page."""

import datetime as dt

import pytest

from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.plans.rollup.operations import set_rule
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rules import WORST_FIRST, Status
from tests import builders
from tests.cast import partnership, person

PLAN = "/p/west-kent/plans/2010-11/"
ORDER = "\n".join(status.value for status in WORST_FIRST)


def give(who="coordinator", **changes):
    words = {
        "since": dt.date(2011, 1, 1),
        "grace": 400 // 5,
        "overdue_as": "at risk",
        "worst_first": ORDER,
        "reason": "Agreed",
    }
    return set_rule(person(who), partnership(), **(words | changes))


@pytest.mark.usefixtures("database")
def test_a_rule_holds_from_its_date_and_the_last_written_of_two_with_one_date():
    give(since=dt.date(2011, 1, 1), grace=10)
    give(since=dt.date(2011, 4, 1), grace=20)
    give(since=dt.date(2011, 4, 1), grace=30)
    days = (dt.date(2010, 12, 31), dt.date(2011, 1, 1), dt.date(2011, 3, 31), dt.date(2011, 4, 1))
    assert [rule_of(partnership().id, day).grace for day in days] == [0, 10, 10, 30]
    assert rule_of(partnership("east-fen").id, days[-1]).since is None


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("who", ["officer", "lead", "steering member", "viewer"])
def test_only_the_coordinator_sets_it(who):
    with pytest.raises(Forbidden):
        give(who)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"grace": -1}, "grace"),
        ({"grace": 93}, "grace"),
        ({"overdue_as": "achieved"}, "overdue_as"),
        ({"worst_first": "achieved"}, "worst_first"),
        ({"reason": " "}, "reason"),
        ({"since": dt.date(1066, 10, 14)}, "since"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(changes, field):
    with pytest.raises(Invalid) as refused:
        give(**changes)
    assert list(refused.value.problems) == [field]


def test_a_grace_keeps_a_share_from_being_overdue_on_every_page(visitor_as):
    coordinator, action = visitor_as("coordinator"), builders.action("1.1")
    builders.a_note(action, "tmbc", Status.ON_TRACK, "Nearly", as_at=dt.date(2010, 8, 20))
    page = coordinator.get(f"{PLAN}actions/{action.id}?as_at=2010-08-20")
    assert "with no days of grace; “on track” is neither achieved nor set aside" in page.words
    form = coordinator.get("/p/west-kent/rules/new")
    fields = {"since": ["1", "8", "2010"], "grace": "30", "reason": "Meetings are a month apart"}
    answer = coordinator.send(form, fields)
    assert "The rule is set." in answer.words
    assert "Meetings are a month apart" in answer.words
    assert "of grace" not in coordinator.get(f"{PLAN}actions/{action.id}?as_at=2010-08-20").words
    assert "No action matches" in coordinator.get(f"{PLAN}?overdue=1&as_at=2010-08-20").words
    later = coordinator.get(f"{PLAN}actions/{action.id}?as_at=2010-08-31").words
    assert "with 30 days of grace" in later
    before = coordinator.get(f"{PLAN}actions/{action.id}?as_at=2010-07-31").words
    assert "with no days of grace" in before


def test_what_is_no_number_of_days_is_refused_with_its_words(visitor_as):
    coordinator = visitor_as("coordinator")
    answer = coordinator.send(coordinator.get("/p/west-kent/rules/new"), {"grace": "a week", "reason": "Because"})
    assert answer.errors == ["The days of grace must be a whole number, such as 0 or 14"]
    assert "Because" in answer.html


def test_the_worst_is_shown_for_action_objective_and_plan(visitor_as):
    officer = visitor_as("officer")
    action = officer.get(f"{PLAN}actions/{builders.action('1.1').id}?as_at=2011-06-30")
    assert "Off track 2 of 3 shares, 3 overdue, 1 not reported. How this is worked out" in action.words
    plan = officer.get(f"{PLAN}?as_at=2011-06-30")
    assert "Off track 2 of 6 shares, overdue ones among them, 3 not reported. How this is worked out" in plan.words
    assert "Off track 2 of 4 shares" in plan.words
