"""What goes on, when the next period is, and where a date moves to."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from strategy_tracker.plans.lineage.rules import is_unfinished, moved, next_period, next_words, shifted
from strategy_tracker.plans.rules import NOT_REPORTED, Precision, Status, Timescale, TimescaleKind, last_day

DATES = some.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


def day(words: str) -> dt.date:
    return dt.date.fromisoformat(words)


@pytest.mark.parametrize(
    ("statuses", "goes_on"),
    [
        (["achieved", "achieved"], False),
        (["achieved", "stopped"], False),
        (["achieved", "off track"], True),
        (["achieved and ongoing"], True),
        (["carried forward"], True),
        (["deferred"], True),
        ([NOT_REPORTED], True),
        ([], True),
    ],
)
def test_an_action_goes_on_while_any_part_is_neither_achieved_nor_stopped(statuses, goes_on):
    assert is_unfinished(statuses) is goes_on


@pytest.mark.parametrize(
    ("begins", "ends", "first", "last"),
    [
        ("2010-07-01", "2011-06-30", "2011-07-01", "2012-06-30"),
        ("2023-03-01", "2024-02-29", "2024-03-01", "2025-02-28"),
        ("2024-04-01", "2029-03-31", "2029-04-01", "2034-03-31"),
        ("2024-01-01", "2024-03-31", "2024-04-01", "2024-06-30"),
        ("2024-01-10", "2024-01-19", "2024-01-20", "2024-01-29"),
    ],
)
def test_the_next_period_follows_and_is_as_long(begins, ends, first, last):
    assert next_period(day(begins), day(ends)) == (day(first), day(last))


@pytest.mark.parametrize(
    ("words", "years", "later"),
    [
        ("2010-11", 1, "2011-12"),
        ("Action plan 2010/11", 1, "Action plan 2011/12"),
        ("Plan 1999-00", 1, "Plan 2000-01"),
        ("plan-2024-2029", 5, "plan-2029-2034"),
        ("July 2010 to June 2011", 1, "July 2011 to June 2012"),
        ("homes", 1, "homes"),
        ("Order 120105 of 2010", 1, "Order 120105 of 2011"),
    ],
)
def test_the_years_in_a_title_move_on(words, years, later):
    assert next_words(words, years) == later


MONTH, QUARTER, DAY = Precision.MONTH, Precision.QUARTER, Precision.DAY
FUNDED = Timescale(TimescaleKind.CONDITION, words="Subject to funding")
CHRISTMAS = Timescale.by(day("2010-12-31"), DAY, "by Christmas")


@pytest.mark.parametrize(
    ("timescale", "months", "later"),
    [
        (Timescale.by(day("2010-12-31"), MONTH, "by December"), 12, Timescale.by(day("2011-12-31"), MONTH)),
        (Timescale.by(day("2012-02-29")), 12, Timescale.by(day("2013-02-28"))),
        (Timescale.by(day("2011-02-28")), 12, Timescale.by(day("2012-02-29"))),
        (Timescale.by(day("2011-01-30")), 1, Timescale.by(day("2011-02-28"))),
        (Timescale.by(day("2011-06-30"), QUARTER), 3, Timescale.by(day("2011-09-30"), QUARTER)),
        (FUNDED, 12, FUNDED),
        (CHRISTMAS, 0, CHRISTMAS),
    ],
)
def test_a_date_moves_by_months_and_words_alone_do_not(timescale, months, later):
    assert shifted(timescale, months) == later


@given(DATES, some.integers(0, 120))
def test_a_moved_day_stands_in_the_month_that_is_meant(first, months):
    there = moved(first, months)
    assert (there.year * 12 + there.month) - (first.year * 12 + first.month) == months
    assert there.day == first.day or there == last_day(there, Precision.MONTH)


@given(DATES, some.integers(0, 4000))
def test_the_next_period_leaves_no_day_out(begins, days):
    ends = begins + dt.timedelta(days)
    first, last = next_period(begins, ends)
    assert first == ends + dt.timedelta(1)
    assert abs((last - first).days - days) <= 4


def test_every_status_is_decided():
    assert {str(status) for status in Status if not is_unfinished([status])} == {"achieved", "stopped"}
