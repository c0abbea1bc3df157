"""Passages between [exempt] and [/exempt]: nothing of them is left in a public copy, whatever the marks look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.text import exempt_parts, problem_with_marks, without_exempt


@pytest.mark.parametrize(
    ("written", "public"),
    [
        ("Nothing to hide", "Nothing to hide"),
        ("Two sites. [exempt]Canary Ltd[/exempt] withdrew.", "Two sites. withdrew."),
        ("Open [exempt]hidden", "Open"),
        ("hidden[/exempt] open", "open"),
        ("a [exempt]b [exempt]c[/exempt] d[/exempt] e", "a e"),
        ("a [EXEMPT] b [ / Exempt ] c", "a c"),
        ("a [ex\u200bempt]b[/exempt]", "a"),
        ("[exempt]all of it[/exempt]", ""),
        ("a [exempt]b[/exempt] c [/exempt] d", "d"),
        ("a [ex[exempt]b[/exempt]empt] c", "a"),
        ("one\n\n[exempt]two[/exempt]\n\nthree", "one\n\nthree"),
    ],
)
def test_a_public_copy_has_nothing_of_an_exempt_passage(written, public):
    assert without_exempt(written) == public


MARKED = st.lists(st.sampled_from(["open", " ", "\n", "[exempt]", "[/exempt]", "[ Exempt ]", "[", "]"])).map("".join)


@given(MARKED)
def test_what_is_cut_loses_no_word_and_leaves_no_mark(written):
    parts = exempt_parts(written)
    assert all(words for _, words in parts)
    assert "".join(words for _, words in parts).count("open") == written.count("open")
    assert "exempt]" not in without_exempt(written).casefold()


@given(MARKED, MARKED)
def test_what_stands_between_marks_never_comes_through(before, after):
    assert "CANARY" not in without_exempt(f"{before}[exempt]CANARY[/exempt]{after}")


@pytest.mark.parametrize("written", ["[exempt]a", "a[/exempt]", "[ex\u200bempt]a", "a[/exempt]b[exempt]"])
def test_marks_that_do_not_match_are_told(written):
    assert problem_with_marks(written) == ("Close each exempt passage: it begins with [exempt] and ends with [/exempt]")
    assert problem_with_marks("a [exempt]b[/exempt] c [exempt]d[/exempt]") is None
    for within in ("[exempt]a[exempt]b[/exempt][/exempt]", "[exempt]a[exempt]b[/exempt]"):
        assert "one cannot stand within another" in str(problem_with_marks(within))
