"""How a decision is cited, told and judged: from values alone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews.decisions.rules import (
    CHANGES_A_PLAN,
    LONGEST_REASON,
    NAMES,
    SETS_ASIDE,
    Kind,
    State,
    approved_by,
    is_overdue,
    next_number,
    owner_label,
    reason_of,
    reference,
    state_at,
    takes_status,
)

JULY = dt.date(2011, 7, 14)


def test_it_is_cited_by_its_number_and_the_day_of_its_meeting():
    assert reference(3, JULY) == "Decision 3 of 14 July 2011"
    assert approved_by(JULY) == "Steering group, 14 July 2011"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Wait for the county", "Decision 3 of 14 July 2011: Wait for the county"),
        ("Wait\nfor [exempt]Mrs A of Mill Road[/exempt] it", "Decision 3 of 14 July 2011: Wait for it"),
        ("[exempt]Everything is secret", "Decision 3 of 14 July 2011"),
    ],
)
def test_what_a_plan_is_told_holds_nothing_exempt(words, reason):
    assert reason_of(3, JULY, words) == reason


@given(st.text(max_size=5000), st.text(min_size=1, max_size=20))
def test_a_reason_fits_and_never_holds_what_is_exempt(words, secret):
    told = reason_of(1, JULY, f"{words.replace('[', '')}[exempt]{secret}☂[/exempt]")
    assert len(told) <= LONGEST_REASON
    assert "☂" not in told
    assert told.startswith("Decision 1 of 14 July 2011")


@pytest.mark.parametrize(
    ("due_on", "state", "overdue"),
    [
        (JULY, State.OPEN, False),
        (JULY - dt.timedelta(days=1), State.OPEN, True),
        (JULY - dt.timedelta(days=1), State.DONE, False),
        (JULY - dt.timedelta(days=1), State.DROPPED, False),
    ],
)
def test_only_an_open_decision_is_overdue_and_not_on_its_day(due_on, state, overdue):
    assert is_overdue(due_on, state, JULY) is overdue


def test_what_was_settled_later_was_open_then():
    assert state_at("done", JULY, JULY) is State.DONE
    assert state_at("done", JULY, JULY - dt.timedelta(days=1)) is State.OPEN
    assert state_at("open", None, JULY) is State.OPEN


@pytest.mark.parametrize(
    ("report", "becomes"),
    [
        ("not reported", True),
        ("off track", True),
        ("achieved and ongoing", True),
        ("achieved", False),
        ("stopped", False),
        ("deferred", False),
    ],
)
def test_what_is_over_stays_so_when_the_rest_is_deferred(report, becomes):
    assert takes_status(report, Status.DEFERRED) is becomes


def test_an_owner_in_words():
    assert owner_label("Olive", "TMBC", "") == "Olive, TMBC"
    assert owner_label("", "TMBC", "Housing Manager") == "Housing Manager, TMBC"
    assert owner_label("", "TMBC", "") == "TMBC"
    assert owner_label("", "", "The chair") == "The chair"


def test_numbers_are_never_given_twice():
    assert [next_number(used) for used in ((), (1, 2), (5, 1))] == [1, 3, 6]


def test_each_kind_has_a_name_and_those_that_change_a_plan_say_how():
    assert set(NAMES) == set(Kind)
    assert set(SETS_ASIDE) | {Kind.CHANGE} == CHANGES_A_PLAN
