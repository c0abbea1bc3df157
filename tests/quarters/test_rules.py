"""The rules of a calendar of quarters, as tables and as properties."""

import calendar
import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.quarters.rules import (
    DateRule,
    ReturnState,
    Standing,
    Verb,
    days_left,
    may_follow,
    period_words,
    plan_year,
    problems_with_dates,
    problems_with_rule,
    quarters_from,
    why_closed,
)
from strategy_tracker.quarters.working_days import clear_working_days, is_working_day, next_working_day

ALL = ("england", "northern-ireland", "scotland", "wales")
DAY = dt.timedelta(days=1)
RULES = st.builds(
    lambda month, days: DateRule(month, *sorted(days)),
    st.integers(1, 12),
    st.lists(st.integers(-62, 92), min_size=3, max_size=3),
)


@given(RULES, st.integers(1990, 2090), st.integers(1, 10), st.lists(st.sampled_from(ALL), unique=True))
def test_quarters_follow_each_other_without_gap_or_overlap(rule, first, years, nations):
    made = list(quarters_from(rule, first, years, nations))
    assert len(made) == 4 * years == len({one.slug for one in made})
    assert made[0].period_from == dt.date(first, rule.first_month, 1)
    assert made[-1].period_to == dt.date(first + years, rule.first_month, 1) - DAY
    for one, after in itertools.pairwise(made):
        assert after.period_from == one.period_to + DAY
    for one in made:
        assert one.period_to.day == calendar.monthrange(one.period_to.year, one.period_to.month)[1]
        assert one.opens_on <= one.due_on <= one.meeting_on
        assert all(is_working_day(day, nations) for day in (one.opens_on, one.due_on, one.meeting_on))
    assert not problems_with_rule(rule)


@pytest.mark.parametrize(
    ("first", "month", "label"), [(2010, 7, "2010-11"), (1999, 4, "1999-00"), (2011, 1, "2011"), (2011, 12, "2011-12")]
)
def test_a_plan_year_is_named_by_the_calendar_years_it_lies_in(first, month, label):
    assert plan_year(first, month) == label


def test_a_quarter_that_ends_in_february_knows_leap_years():
    ends = [one.period_to for one in quarters_from(DateRule(3, 0, 10, 20), 2023, 2, ["england"]) if one.number == 4]
    assert ends == [dt.date(2024, 2, 29), dt.date(2025, 2, 28)]


@pytest.mark.parametrize(
    ("day", "nations", "expected"),
    [
        (dt.date(2027, 1, 2), ["england"], dt.date(2027, 1, 4)),
        (dt.date(2027, 1, 2), ["england", "scotland"], dt.date(2027, 1, 5)),
        (dt.date(2011, 4, 22), ["england"], dt.date(2011, 4, 26)),
        (dt.date(2011, 4, 29), ["wales"], dt.date(2011, 5, 3)),
        (dt.date(2011, 7, 12), ["england"], dt.date(2011, 7, 12)),
        (dt.date(2011, 7, 12), ["northern-ireland"], dt.date(2011, 7, 13)),
        (dt.date(2011, 7, 16), [], dt.date(2011, 7, 18)),
    ],
)
def test_a_date_moves_to_the_next_day_on_which_all_nations_work(day, nations, expected):
    assert next_working_day(day, nations) == expected


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (dt.date(2011, 7, 20), dt.date(2011, 7, 28), 5),
        (dt.date(2011, 7, 21), dt.date(2011, 7, 28), 4),
        (dt.date(2011, 4, 20), dt.date(2011, 4, 28), 3),
        (dt.date(2011, 7, 28), dt.date(2011, 7, 28), 0),
        (dt.date(2011, 7, 28), dt.date(2011, 7, 20), 0),
    ],
)
def test_clear_days_count_neither_the_first_nor_the_last(first, last, count):
    assert clear_working_days(first, last, ["england"]) == count


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.lists(st.sampled_from(ALL), unique=True))
def test_the_next_working_day_is_near_and_its_own_next(day, nations):
    found = next_working_day(day, nations)
    assert day <= found <= day + 12 * DAY
    assert next_working_day(found, nations) == found


OPEN, SUBMITTED, SENT_BACK, ACCEPTED = ReturnState
STEPS = {
    Verb.SUBMIT: {OPEN, SENT_BACK},
    Verb.TAKE_BACK: {SUBMITTED},
    Verb.SEND_BACK: {SUBMITTED, ACCEPTED},
    Verb.ACCEPT: {SUBMITTED},
    Verb.REOPEN: set(),
    Verb.END_REOPENING: set(),
    Verb.CLOSE: set(),
}


@pytest.mark.parametrize("verb", list(Verb))
@pytest.mark.parametrize("state", list(ReturnState))
def test_every_step_from_every_state(verb, state):
    allowed = state in STEPS[verb]
    assert may_follow(verb, state, is_closed=False, is_reopened=False) is allowed
    assert may_follow(verb, state, is_closed=True, is_reopened=True) is allowed
    assert may_follow(verb, state, is_closed=True, is_reopened=False) is (allowed and verb is Verb.ACCEPT)


ME, OTHER = 7, 8


@pytest.mark.parametrize(
    ("is_closed", "state", "reopened", "who", "why"),
    [
        (False, OPEN, set(), ME, ""),
        (False, SENT_BACK, set(), ME, ""),
        (False, SUBMITTED, set(), ME, "is submitted. To write in it, the lead can take it back"),
        (False, ACCEPTED, set(), ME, "is accepted. To write in it, ask the coordinator to send it back"),
        (True, OPEN, set(), ME, "is closed: nothing is added"),
        (True, ACCEPTED, {None}, ME, ""),
        (True, ACCEPTED, {None}, None, ""),
        (True, ACCEPTED, {ME}, ME, ""),
        (True, OPEN, {ME}, OTHER, "is closed"),
        (True, OPEN, {ME}, None, "is closed"),
    ],
)
def test_what_may_be_written_hangs_on_the_state_and_the_close(is_closed, state, reopened, who, why):
    said = why_closed(Standing("Quarter 4, April to June 2011", is_closed, state, frozenset(reopened)), who)
    assert why in said
    assert bool(said) is bool(why)


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        (DateRule(0, 0, 1, 2), {"first_month"}),
        (DateRule(13, 0, 1, 2), {"first_month"}),
        (DateRule(7, -63, 1, 2), {"opens_after"}),
        (DateRule(7, 5, 4, 6), {"due_after"}),
        (DateRule(7, 5, 93, 94), {"due_after"}),
        (DateRule(7, 5, 6, 5), {"meeting_after"}),
        (DateRule(7, 5, 6, 184), {"meeting_after"}),
    ],
)
def test_a_rule_that_cannot_be_says_what_is_wrong(rule, fields):
    assert set(problems_with_rule(rule)) == fields


def test_dates_of_one_quarter_stand_in_order():
    day = dt.date(2011, 7, 15)
    assert set(problems_with_dates(day, day - DAY, day - 2 * DAY)) == {"due_on", "meeting_on"}
    assert problems_with_dates(day, day, None) == {}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (9, "in 9 days"),
        (1, "tomorrow"),
        (0, "today"),
        (-1, "1 day overdue"),
        (-365, "365 days overdue"),
        (-366, "more than a year overdue"),
    ],
)
def test_how_long_is_left(days, words):
    assert days_left(dt.date(2011, 7, 15), dt.date(2011, 7, 15) - days * DAY) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (dt.date(2011, 4, 1), dt.date(2011, 6, 30), "April to June 2011"),
        (dt.date(2010, 11, 1), dt.date(2011, 1, 31), "November 2010 to January 2011"),
        (dt.date(2011, 4, 2), dt.date(2011, 6, 30), "2 April 2011 to 30 June 2011"),
    ],
)
def test_a_period_in_words(first, last, words):
    assert period_words(first, last) == words
