"""What a closed quarter keeps of its returns, whatever is changed after it."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker import clock
from strategy_tracker.plans.models import Share
from strategy_tracker.reviews.returns import closing, operations
from strategy_tracker.reviews.returns.figures import board_figures, live_board, return_figures
from tests import builders
from tests.cast import authority, person
from tests.quarters.making import IN_TIME, the_quarter

INSIDE = dt.date(2011, 6, 30)


@pytest.fixture(autouse=True)
def in_time(database):
    with time_machine.travel(IN_TIME, tick=False):
        yield


def closed():
    closing.close_quarter(person("coordinator"), the_quarter(), the_quarter().version)
    return the_quarter()


def counts(quarter):
    return {one.short_name: one.summary for one in board_figures(quarter).returns}


def test_a_return_reads_after_the_close_as_it_read_then():
    builders.a_note(builders.action("2.1"), "sdc", as_at=INSIDE)
    before = live_board(the_quarter())
    quarter = closed()
    kept = board_figures(quarter)
    assert [one.shares for one in kept.returns] == [one.shares for one in before.returns]
    assert return_figures(quarter, authority("tmbc")) == kept.returns[1]


def test_a_succession_changes_no_closed_return_and_adds_none():
    quarter = closed()
    before = counts(quarter)
    Share.update(authority=authority("kcc")).where(Share.authority == authority("sdc")).execute()
    assert counts(quarter) == before
    assert "KCC" not in before
    assert live_board(quarter).returns[0].summary != before["SDC"]
    assert return_figures(quarter, authority("kcc")).shares == ()


def test_acceptance_after_the_close_keeps_what_was_kept():
    operations.submit_return(person("lead"), the_quarter(), authority("tmbc"), 1)
    quarter = closed()
    before = counts(quarter)
    Share.update(removed_at=clock.now()).where(Share.authority == authority("tmbc")).execute()
    operations.accept_return(person("coordinator"), quarter, authority("tmbc"), 2)
    assert counts(quarter) == before


def test_a_reopened_return_says_what_it_says_now_and_keeps_it_when_that_ends():
    quarter, tmbc = closed(), authority("tmbc")
    closing.reopen_return(person("coordinator"), quarter, tmbc, until=dt.date(2011, 7, 9), reason="Late")
    builders.a_note(builders.action("1.2"), "tmbc", as_at=INSIDE)
    assert return_figures(quarter, tmbc).missing == 0
    with time_machine.travel(dt.datetime(2011, 7, 11), tick=False):
        closing.end_reopenings(clock.now())
        before = counts(quarter)
        Share.update(removed_at=clock.now()).where(Share.authority == tmbc).execute()
        assert counts(quarter) == before
    assert before["TMBC"]["missing"] == 0


def test_a_close_that_kept_only_counts_is_read_from_the_plan(monkeypatch):
    monkeypatch.setattr(operations, "to_keep", lambda figures: figures.summary)
    quarter = closed()
    assert counts(quarter).keys() == {"SDC", "TMBC", "TWBC"}
