"""Eight people at one decision at once: applied once, numbered without gap or double, on both databases."""

from strategy_tracker.db import let_go
from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.plans.dates.models import DateRevision
from strategy_tracker.reviews.decisions.applying import apply_decision, proposal_of
from strategy_tracker.reviews.decisions.models import Decision, DecisionApplied
from strategy_tracker.reviews.meetings.models import Meeting
from tests.cast import person
from tests.decisions.making import a_decision
from tests.decisions.test_applying import a_change
from tests.meetings.making import a_meeting
from tests.plans.test_at_once import PEOPLE, all_at_once


def test_of_eight_who_press_the_button_one_changes_the_plan(database):
    decision = a_change(a_meeting())
    seen = proposal_of(person("coordinator"), decision).seen
    database.close()

    def apply(_):
        try:
            apply_decision(person("coordinator"), Decision.get_by_id(decision.id), 1, seen=seen)
        except (Conflict, Invalid):
            return False
        return True

    assert sorted(all_at_once(apply)) == [False] * (PEOPLE - 1) + [True]
    assert DecisionApplied.select().count() == DateRevision.select().count() == 1
    assert list(chain_faults()) == []
    let_go(database)


def test_eight_decisions_at_once_have_eight_numbers(database):
    meeting = a_meeting()
    database.close()
    all_at_once(lambda number: a_decision(Meeting.get_by_id(meeting.id), f"Decision of {number}").number)
    rows = Decision.select(Decision.number).order_by(Decision.number).tuples()
    assert [number for (number,) in rows] == list(range(1, PEOPLE + 1))
    let_go(database)
