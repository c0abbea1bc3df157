"""The rules of jobs."""

import datetime as dt

import pytest

from strategy_tracker.jobs.rules import looks_again_after, own_address, pause_after


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 4), (3, 16), (4, 60), (9, 60), (10**6, 60)])
def test_pauses_grow_to_an_hour(attempts, minutes):
    assert pause_after(attempts) == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(("minutes", "seconds"), [(0, 3), (1.9, 3), (2, 15), (19.9, 15), (20, None), (10**6, None)])
def test_a_page_looks_again_ever_more_seldom(minutes, seconds):
    assert looks_again_after(dt.timedelta(minutes=minutes)) == seconds


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("/p/west-kent/reports/q4/", "/p/west-kent/reports/q4/"),
        ("/p/west-kent/reports/q4.pdf", "/p/west-kent/reports/q4.pdf"),
        ("//elsewhere.example/", ""),
        ("/\\elsewhere.example/", ""),
        ("https://elsewhere.example/", ""),
        ("", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_a_result_leads_nowhere_but_here(address, taken):
    assert own_address({"address": address}) == taken
    assert own_address({}) == ""
