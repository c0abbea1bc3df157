"""How a date reads in a calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.calendars.rules import LONGEST_TITLE, due_words, shortened, told_status
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, Precision, Timescale

MAY = dt.date(2010, 5, 3)


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        (Precision.DAY, "Due by 3 May 2010"),
        (Precision.MONTH, "Due by the end of May 2010"),
        (Precision.QUARTER, "Due by the end of the quarter April to June 2010"),
        (Precision.YEAR, "Due by the end of 2010"),
    ],
)
def test_a_date_reads_as_exactly_as_it_is(precision, words):
    assert due_words(Timescale.by(MAY, precision)) == words


def test_a_status_has_its_date_and_none_is_said_to_be_none():
    assert told_status("on track", MAY) == "Status: on track, as at 3 May 2010"
    assert told_status(NOT_GIVEN, MAY) == "Status: not given, as at 3 May 2010"
    assert told_status(NOT_REPORTED, None) == "Not reported"


@given(st.text())
def test_a_title_is_one_short_line(words):
    line = shortened(words)
    assert len(line) <= LONGEST_TITLE + 1
    assert len(line.splitlines()) <= 1


def test_a_long_title_is_cut_between_words():
    assert shortened("Review, " * 30) == ("Review, " * 12).strip(", ") + "…"


def test_a_title_is_no_sentence():
    assert shortened("Review the policy.") == "Review the policy"
    assert shortened("And so on...") == "And so on..."
