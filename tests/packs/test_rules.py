"""The rules of a pack."""

import datetime as dt
from dataclasses import dataclass

import pytest

from strategy_tracker.plans.rules import Status
from strategy_tracker.reports.packs.rules import ELSEWHERE, as_at_words, cleaned, in_places, meeting_words


@pytest.mark.parametrize(
    ("typed", "before", "order"),
    [
        ({"a": 2, "b": 1}, [], ["b", "a"]),
        ({"a": 1, "b": 1, "c": 1}, [], ["a", "b", "c"]),
        ({"a": 1, "b": 2, "c": 1}, ["a", "b", "c"], ["c", "a", "b"]),
        ({"a": 3, "b": 2, "c": 3}, ["a", "b", "c"], ["b", "c", "a"]),
        ({"a": 1, "new": 1}, ["a"], ["new", "a"]),
        ({"a": 10, "b": 40}, ["b", "a"], ["a", "b"]),
    ],
)
def test_the_order_is_that_of_the_numbers(typed, before, order):
    assert in_places(typed, before) == order


def test_the_cover_says_where_and_when():
    assert meeting_words("Larkfield", "20 July 2011") == "Larkfield, 20 July 2011"
    assert meeting_words("", "20 July 2011") == "20 July 2011"
    assert meeting_words("", "") == ""
    assert as_at_words(["30 June 2011", "30 June 2011"]) == "As at 30 June 2011"
    assert as_at_words(["30 June 2011", "31 March 2011"]) == ELSEWHERE


@dataclass(frozen=True)
class Inner:
    words: str
    status: Status
    day: dt.date | None


@dataclass(frozen=True)
class Outer:
    inner: tuple[Inner, ...]
    number: float


def test_every_text_is_cleaned_and_nothing_passes_unread():
    found = Outer((Inner("by Jane", Status.AT_RISK, dt.date(2011, 6, 30)), Inner("x", Status.ACHIEVED, None)), 1.5)
    whole = cleaned(found, str.upper)
    assert whole == Outer(
        (Inner("BY JANE", Status.AT_RISK, dt.date(2011, 6, 30)), Inner("X", Status.ACHIEVED, None)), 1.5
    )
    with pytest.raises(TypeError, match="object"):
        cleaned(Outer((object(),), 1), str.upper)
