"""The rules of a report, as tables."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.errors import Invalid
from strategy_tracker.reports.rules import (
    State,
    Step,
    after,
    arranged,
    can,
    corrected_slug,
    in_order,
    period_words,
    watermark,
)

D, C, A, P = State.DRAFT, State.CIRCULATED, State.APPROVED, State.PUBLISHED
WAYS = {
    (D, Step.CIRCULATE): C,
    (C, Step.TAKE_BACK): D,
    (C, Step.APPROVE): A,
    (A, Step.TAKE_BACK): D,
    (A, Step.PUBLISH): P,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_a_report_goes_these_ways_and_no_others(state, step):
    assert can(state.value, step) == ((state, step) in WAYS)
    if (state, step) in WAYS:
        assert after(state.value, step) is WAYS[state, step]
    else:
        with pytest.raises(Invalid, match=f"this report is {state}"):
            after(state.value, step)


def test_nothing_leads_back_from_what_is_published():
    assert [step for step in Step if can("published", step)] == []


OFFERED = ["cover", "summary", "risks", "versions"]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ([], [("cover", True), ("summary", True), ("risks", True), ("versions", True)]),
        ([["versions", False], ["cover", True]], "versions- cover summary risks"),
        ([["cover", True], ["summary", False], ["versions", True]], "cover summary- risks versions"),
        ([["gone", True], ["summary", True], ["cover", True], ["versions", True]], "summary risks cover versions"),
    ],
)
def test_a_section_that_came_since_stands_where_it_belongs(chosen, shown):
    if isinstance(shown, str):
        shown = [(one.removesuffix("-"), not one.endswith("-")) for one in shown.split()]
    assert list(arranged(chosen, OFFERED)) == shown


@given(st.permutations(OFFERED), st.lists(st.sampled_from([*OFFERED, "gone"]), unique=True))
def test_every_offered_section_stands_once(offered, chosen):
    found = [key for key, _ in arranged([[key, True] for key in chosen], offered)]
    assert sorted(found) == sorted(offered)
    assert [key for key in found if key in chosen] == [key for key in chosen if key in offered]


@pytest.mark.parametrize(
    ("numbers", "order"),
    [
        ((1, 2, 3, 4), "abcd"),
        ((1, 2, 3, 1), "dabc"),
        ((4, 2, 3, 4), "bcda"),
        ((1, 3, 3, 4), "acbd"),
        ((2, 1, 3, 4), "bacd"),
        ((1, 4, 3, 4), "acdb"),
    ],
)
def test_what_is_moved_goes_to_the_number_that_was_typed(numbers, order):
    assert "".join(in_order("abcd", dict(zip("abcd", numbers, strict=True)))) == order


@pytest.mark.parametrize(
    ("slug", "taken", "found"),
    [
        ("2010-11-q4", [], "2010-11-q4-corrected"),
        ("2010-11-q4-corrected", ["2010-11-q4-corrected"], "2010-11-q4-corrected-2"),
        ("2010-11-q4", ["2010-11-q4-corrected", "2010-11-q4-corrected-2"], "2010-11-q4-corrected-3"),
    ],
)
def test_a_corrected_issue_has_an_address_of_its_own(slug, taken, found):
    assert corrected_slug(slug, taken) == found


def test_words():
    assert period_words(dt.date(2011, 4, 1), dt.date(2011, 6, 30)) == "April to June 2011"
    assert period_words(dt.date(2010, 12, 1), dt.date(2011, 2, 28)) == "December 2010 to February 2011"
    assert watermark(2) == "DRAFT 2, not approved"
