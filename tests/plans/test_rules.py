"""The rules of a plan, by tables and by properties."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.plans.rules import (
    DONE,
    NOT_GIVEN,
    NOT_REPORTED,
    SET_ASIDE,
    WORST_FIRST,
    Precision,
    Status,
    Timescale,
    TimescaleKind,
    is_overdue,
    last_day,
    late_by,
    share_status,
    worst,
)

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "precision", "last", "shown"),
    [
        (dt.date(2010, 7, 1), Precision.DAY, dt.date(2010, 7, 1), "1 July 2010"),
        (dt.date(2010, 12, 5), Precision.MONTH, dt.date(2010, 12, 31), "December 2010"),
        (dt.date(2012, 2, 1), Precision.MONTH, dt.date(2012, 2, 29), "February 2012"),
        (dt.date(2011, 2, 1), Precision.QUARTER, dt.date(2011, 3, 31), "January to March 2011"),
        (dt.date(2010, 10, 31), Precision.QUARTER, dt.date(2010, 12, 31), "October to December 2010"),
        (dt.date(2011, 1, 1), Precision.YEAR, dt.date(2011, 12, 31), "2011"),
    ],
)
def test_a_date_is_due_at_the_end_of_what_its_precision_names(day, precision, last, shown):
    assert Timescale.by(day, precision).due_on == last
    assert Timescale.by(day, precision).shown == shown


@given(DAYS, st.sampled_from(Precision))
def test_the_last_day_never_comes_before_the_day_and_is_its_own_last_day(day, precision):
    last = last_day(day, precision)
    assert last >= day
    assert last_day(last, precision) == last


@pytest.mark.parametrize(
    ("kind", "words", "shown"),
    [
        (TimescaleKind.CONDITION, "subject to funding", "Subject to funding"),
        (TimescaleKind.RECURRING, "every quarter", "Every quarter"),
        (TimescaleKind.NONE, "", ""),
    ],
)
def test_what_is_no_date_is_shown_in_its_words_and_is_never_overdue(kind, words, shown):
    timescale = Timescale(kind, words=words)
    assert timescale.shown == shown
    assert not is_overdue(timescale, Status.OFF_TRACK, dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([], NOT_REPORTED),
        ([NOT_REPORTED], NOT_REPORTED),
        ([NOT_REPORTED, NOT_REPORTED], NOT_REPORTED),
        ([NOT_GIVEN, NOT_REPORTED], NOT_GIVEN),
        ([NOT_GIVEN, Status.ACHIEVED], Status.ACHIEVED),
        ([NOT_REPORTED, Status.ON_TRACK], Status.ON_TRACK),
        ([Status.ACHIEVED, Status.OFF_TRACK], Status.OFF_TRACK),
        ([Status.ON_TRACK, Status.DEFERRED], Status.DEFERRED),
    ],
)
def test_a_share_is_the_worst_of_its_outcomes_last_reports(reports, status):
    assert share_status(reports) == status


@given(st.lists(st.sampled_from(Status), min_size=1))
def test_a_roll_up_never_hides_the_worst(statuses):
    found = worst(statuses)
    assert found in statuses
    assert all(WORST_FIRST.index(found) <= WORST_FIRST.index(status) for status in statuses)


def test_every_status_has_its_place_from_worst_to_best():
    assert sorted(WORST_FIRST) == sorted(Status)
    assert not set(DONE) & set(SET_ASIDE)


@pytest.mark.parametrize(
    ("status", "overdue"),
    [
        (Status.ON_TRACK, True),
        (Status.ONGOING, True),
        (NOT_REPORTED, True),
        (NOT_GIVEN, True),
        (Status.ACHIEVED, False),
        (Status.ACHIEVED_AND_ONGOING, False),
        (Status.DEFERRED, False),
        (Status.CARRIED_FORWARD, False),
        (Status.STOPPED, False),
    ],
)
def test_a_passed_date_is_overdue_unless_the_work_is_done_or_set_aside(status, overdue):
    due = Timescale.by(dt.date(2010, 12, 1), Precision.MONTH)
    assert is_overdue(due, status, dt.date(2011, 1, 1)) is overdue
    assert not is_overdue(due, status, dt.date(2010, 12, 31)), "the last day itself is in time"


@pytest.mark.parametrize(
    ("due", "as_at", "words"),
    [
        (dt.date(2010, 12, 31), dt.date(2011, 1, 1), "1 day"),
        (dt.date(2010, 12, 31), dt.date(2011, 1, 30), "30 days"),
        (dt.date(2010, 12, 31), dt.date(2011, 1, 31), "1 month"),
        (dt.date(2010, 12, 31), dt.date(2011, 2, 28), "2 months"),
        (dt.date(2010, 12, 31), dt.date(2011, 6, 30), "6 months"),
        (dt.date(2010, 7, 31), dt.date(2012, 7, 30), "23 months"),
        (dt.date(2010, 7, 31), dt.date(2012, 7, 31), "2 years"),
    ],
)
def test_how_late_is_said_in_words(due, as_at, words):
    assert late_by(due, as_at) == words
