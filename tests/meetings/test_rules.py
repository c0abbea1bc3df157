"""When papers must be out, and what time was meant: from values alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.quarters.working_days import (
    ONE_DAY,
    SUBDIVISIONS,
    clear_working_days,
    is_working_day,
    next_working_day,
)
from strategy_tracker.reviews.meetings.rules import CLEAR_DAYS, notice, out_by, rule_words, time_of, time_words

ENGLAND, SCOTLAND, WALES = ("england",), ("scotland",), ("wales",)
ULSTER = ("northern-ireland",)


@pytest.mark.parametrize(
    ("held_on", "nations", "last"),
    [
        (dt.date(2011, 7, 28), ENGLAND, dt.date(2011, 7, 20)),  # Thursday: Wednesday of the week before
        (dt.date(2011, 7, 25), ENGLAND, dt.date(2011, 7, 15)),  # Monday: the Friday ten days before
        (dt.date(2011, 5, 5), ENGLAND, dt.date(2011, 4, 21)),  # Easter, a royal wedding and May Day between
        (dt.date(2011, 5, 5), SCOTLAND, dt.date(2011, 4, 25)),  # Easter Monday is none in Scotland
        (dt.date(2011, 5, 5), (*SCOTLAND, *WALES), dt.date(2011, 4, 21)),
        (dt.date(2027, 1, 7), ENGLAND, dt.date(2026, 12, 29)),  # New Year's Day
        (dt.date(2027, 1, 7), SCOTLAND, dt.date(2026, 12, 24)),  # 2 January made up for on the 4th; Boxing Day on 28th
        (dt.date(2026, 12, 31), ENGLAND, dt.date(2026, 12, 21)),  # Christmas, and Boxing Day made up for
        (dt.date(2011, 3, 22), ENGLAND, dt.date(2011, 3, 14)),
        (dt.date(2011, 3, 22), ULSTER, dt.date(2011, 3, 11)),  # St Patrick's Day
        (dt.date(2011, 3, 22), (*ENGLAND, *ULSTER), dt.date(2011, 3, 11)),  # a partner's holiday counts for all
    ],
)
def test_the_last_day_on_which_papers_are_out_in_time(held_on, nations, last):
    assert out_by(held_on, nations) == last
    assert not notice(last, last, held_on, nations).is_late
    late = next_working_day(last + ONE_DAY, nations)
    assert notice(late, late, held_on, nations).is_late


NATIONS = st.lists(st.sampled_from(sorted(SUBDIVISIONS)), min_size=1, unique=True).map(tuple)
DAYS = st.dates(dt.date(2005, 1, 1), dt.date(2035, 12, 31))


@given(DAYS, NATIONS)
def test_it_is_the_last_such_day_whatever_the_nations(held_on, nations):
    last = out_by(held_on, nations)
    assert is_working_day(last, nations)
    assert clear_working_days(last, held_on, nations) == CLEAR_DAYS
    assert clear_working_days(next_working_day(last + ONE_DAY, nations), held_on, nations) < CLEAR_DAYS
    assert out_by(held_on, tuple(sorted(SUBDIVISIONS))) <= last


@pytest.mark.parametrize(
    ("published_on", "words", "is_late"),
    [
        (dt.date(2011, 7, 1), "18 clear working days before", False),
        (dt.date(2011, 7, 20), "5 clear working days before", False),
        (dt.date(2011, 7, 26), "1 clear working day before, 4 too few", True),
        (dt.date(2011, 7, 27), "0 clear working days before, 5 too few", True),
        (dt.date(2011, 7, 28), "0 clear working days before, 5 too few", True),
        (dt.date(2011, 8, 30), "0 clear working days before, 5 too few", True),
    ],
)
def test_a_paper_says_how_early_it_came(published_on, words, is_late):
    found = notice(published_on, published_on, dt.date(2011, 7, 28), ENGLAND)
    assert (found.words, found.is_late, found.added_on) == (words, is_late, None)
    after = notice(dt.date(2011, 6, 1), published_on, dt.date(2011, 7, 28), ENGLAND)
    assert (after.words, after.is_late, after.added_on) == (words, is_late, published_on)


def test_the_rule_is_told_with_its_values():
    told = rule_words(dt.date(2011, 7, 28), ENGLAND)
    assert told.startswith("Papers must be out by 20 July 2011: 5 clear working days before the meeting.")
    assert "bank holidays of any partner" in told


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("", "", ""),
        ("10:00", "10:00", "10am"),
        ("9.30", "09:30", "9.30am"),
        ("2.30 pm", "14:30", "2.30pm"),
        ("12pm", "12:00", "12pm"),
        ("12 a.m.", "00:00", "12am"),
        ("14:05", "14:05", "2.05pm"),
    ],
)
def test_a_time_in_any_usual_way(typed, stored, shown):
    assert time_of(typed) == stored
    assert time_words(stored) == shown


@pytest.mark.parametrize("typed", ["24:00", "10", "half past ten", "10:60", "13pm", "１０:００"])
def test_what_is_no_time(typed):
    assert time_of(typed) is None
