"""When a report counts for the quarter, and under which head an entry stands."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews.rules import Need, is_reported, need, quarter_begins

AS_AT = dt.date(2011, 6, 30)


@pytest.mark.parametrize(
    ("said", "reported"),
    [
        (None, False),
        (dt.date(2011, 3, 31), False),
        (dt.date(2011, 4, 1), True),
        (dt.date(2011, 6, 30), True),
        (dt.date(2011, 7, 1), False),
        (dt.date(2010, 6, 30), False),
    ],
)
def test_a_report_counts_for_the_quarter_in_which_its_date_lies(said, reported):
    assert is_reported(said, dt.date(2011, 4, 1), AS_AT) is reported


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_a_quarter_begins_on_the_first_of_january_april_july_or_october(day):
    begins = quarter_begins(day)
    assert (begins.day, begins.month % 3) == (1, 1)
    assert dt.timedelta() <= day - begins < dt.timedelta(days=92)


@pytest.mark.parametrize(
    ("changes", "head"),
    [
        ({"reported": True, "overdue": True}, Need.REPORTED),
        ({"overdue": True}, Need.LATE),
        ({"status": Status.OFF_TRACK}, Need.LATE),
        ({"due_on": dt.date(2011, 7, 31)}, Need.DUE),
        ({"due_on": AS_AT}, Need.DUE),
        ({"due_on": dt.date(2011, 12, 31)}, Need.MISSING),
        ({}, Need.MISSING),
        ({"status": Status.ACHIEVED, "due_on": AS_AT}, Need.NOTHING_DUE),
        ({"status": Status.STOPPED}, Need.NOTHING_DUE),
        ({"status": Status.CARRIED_FORWARD}, Need.NOTHING_DUE),
        ({"status": Status.ACHIEVED_AND_ONGOING}, Need.MISSING),
        ({"status": Status.DEFERRED}, Need.MISSING),
        ({"status": Status.ACHIEVED, "reported": True}, Need.REPORTED),
    ],
)
def test_an_entry_stands_under_its_most_urgent_head(changes, head):
    usual = {"reported": False, "overdue": False, "status": Status.ON_TRACK, "due_on": None, "as_at": AS_AT}
    assert need(**(usual | changes)) is head
