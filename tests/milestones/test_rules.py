"""How a milestone stands: from values alone."""

import datetime as dt

import pytest

from strategy_tracker.plans.dates.rules import Move
from strategy_tracker.plans.milestones.rules import State, as_then, state_of, told
from strategy_tracker.plans.rules import Precision, Timescale

JULY = Timescale.by(dt.date(2010, 7, 30))
IN_JULY = Timescale.by(dt.date(2010, 7, 1), Precision.MONTH)


@pytest.mark.parametrize(
    ("due", "done_on", "as_at", "state", "words"),
    [
        (JULY, None, dt.date(2010, 7, 30), State.TO_DO, "To do"),
        (JULY, None, dt.date(2010, 7, 31), State.MISSED, "Missed, 1 day late"),
        (IN_JULY, None, dt.date(2010, 7, 31), State.TO_DO, "To do"),
        (IN_JULY, None, dt.date(2010, 11, 1), State.MISSED, "Missed, 3 months late"),
        (JULY, dt.date(2010, 7, 30), dt.date(2011, 1, 1), State.DONE, "Done 30 July 2010"),
        (JULY, dt.date(2010, 8, 4), dt.date(2011, 1, 1), State.DONE, "Done 4 August 2010, 5 days late"),
        (JULY, dt.date(2010, 8, 4), dt.date(2010, 8, 3), State.MISSED, "Missed, 4 days late"),
        (JULY, dt.date(2010, 7, 4), dt.date(2010, 7, 3), State.TO_DO, "To do"),
    ],
)
def test_it_is_to_do_done_or_missed_as_at_a_date(due, done_on, as_at, state, words):
    assert state_of(due, done_on, as_at) is state
    assert told(due, done_on, as_at) == words


def test_a_date_stands_as_it_stood_on_a_day():
    may, december = Timescale.by(dt.date(2011, 5, 31)), Timescale.by(dt.date(2010, 12, 31))
    moves = (Move(JULY, december, on=dt.date(2010, 8, 1)), Move(december, may, on=dt.date(2011, 1, 1)))
    assert as_then(may, moves, None) == (may, moves)
    assert as_then(may, moves, dt.date(2011, 1, 1)) == (may, moves)
    assert as_then(may, moves, dt.date(2010, 12, 31)) == (december, moves[:1])
    assert as_then(may, moves, dt.date(2010, 7, 31)) == (JULY, ())
    assert as_then(JULY, (), dt.date(2010, 1, 1)) == (JULY, ())
