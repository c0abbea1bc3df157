"""What a share counts as in a quarter, which list a change belongs to, and how words are shortened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, STATUS_WORDS
from strategy_tracker.reviews.report_sections.rules import (
    GROUPS,
    UNSAID,
    brief,
    counted,
    number_of,
    outcome_status,
    quarter_status,
    shortened,
    turn,
)
from strategy_tracker.text import listed, without_exempt

EVERY = (*sorted(STATUS_WORDS), NOT_GIVEN, NOT_REPORTED)


@pytest.mark.parametrize(
    ("last", "in_quarter", "counts_as"),
    [
        ("on track", True, "on track"),
        ("on track", False, NOT_REPORTED),
        ("off track", False, NOT_REPORTED),
        ("achieved", False, "achieved"),
        ("stopped", False, "stopped"),
        ("carried forward", False, "carried forward"),
        ("deferred", False, NOT_REPORTED),
        ("achieved and ongoing", False, NOT_REPORTED),
        (NOT_GIVEN, True, NOT_GIVEN),
        (NOT_GIVEN, False, NOT_REPORTED),
        (None, False, NOT_REPORTED),
    ],
)
def test_an_old_word_holds_only_where_nothing_more_is_due(last, in_quarter, counts_as):
    assert outcome_status(last, in_quarter=in_quarter) == counts_as


@pytest.mark.parametrize(
    ("outcomes", "counts_as"),
    [
        (["on track", "achieved"], "on track"),
        (["achieved", NOT_REPORTED], NOT_REPORTED),
        (["off track", NOT_REPORTED], "off track"),
        (["at risk", NOT_REPORTED, "achieved"], "at risk"),
        (["stopped", NOT_REPORTED], NOT_REPORTED),
        ([NOT_GIVEN, "on track"], "on track"),
        ([NOT_GIVEN], NOT_GIVEN),
        ([], NOT_REPORTED),
    ],
)
def test_missing_is_never_covered_and_the_worst_never_hidden(outcomes, counts_as):
    assert quarter_status(outcomes) == counts_as


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("on track", "at risk", "worse"),
        ("at risk", "off track", "worse"),
        ("off track", "at risk", "better"),
        ("on track", "achieved", "closed"),
        ("off track", "stopped", "closed"),
        ("on track", NOT_REPORTED, "silent"),
        ("achieved", NOT_REPORTED, "silent"),
        (NOT_REPORTED, "off track", "begun"),
        (NOT_REPORTED, "achieved", "closed"),
        ("ongoing", "on track", "other"),
        (NOT_GIVEN, "off track", "other"),
        ("achieved", "on track", "worse"),
    ],
)
def test_each_change_stands_in_one_list(old, new, kind):
    assert turn(old, new) == kind


@pytest.mark.parametrize("status", EVERY)
def test_every_status_is_counted_once(status):
    assert sum(status in group.statuses for group in (*GROUPS, UNSAID)) == 1
    assert counted([status]).total() == 1


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("Two sites", 9, "Two sites"),
        ("Two sites were lost", 12, "Two sites …"),
        ("Two\nsites,  both lost", 12, "Two sites …"),
        ("Antidisestablishment", 9, "Antidis …"),
        ("", 8, ""),
        ("[exempt]Canary Ltd withdrew[/exempt] x", 20, "[exempt]Canary Ltd …"),
        ("Canary Ltd[/exempt] withdrew", 15, "[exempt]Canar …"),
    ],
)
def test_a_list_cuts_between_words(text, longest, short):
    assert brief(text, longest) == short


PIECES = st.lists(st.sampled_from(["open ", "[exempt]", "[/exempt]", "\n", "• ", "a long word ", "[ Exempt ]"]))


@given(PIECES.map("".join), PIECES.map("".join), st.integers(8, 60))
def test_no_cut_opens_what_is_exempt(before, after, longest):
    text = f"{before}[exempt]CANARY and more of it[/exempt]{after}"
    assert "CANARY" not in without_exempt(brief(text, longest))
    assert "CANARY" not in without_exempt(shortened(text, longest, 3))


@given(st.text(max_size=200), st.integers(4, 60))
def test_a_cut_is_as_short_as_was_asked(text, longest):
    assert len(brief(text.replace("[", ""), longest)) <= longest


def test_lines_are_kept_until_there_are_too_many():
    assert shortened("one\ntwo\nthree", 100, 3) == "one\ntwo\nthree"
    assert shortened("one\ntwo\nthree", 100, 2) == "one\ntwo\n…"
    assert shortened("one\ntwo words", 8, 9) == "one\ntwo …"


def test_words_for_lists_and_numbers():
    assert [listed([]), listed(["SDC"]), listed(["SDC", "TMBC", "TWBC"])] == ["", "SDC", "SDC, TMBC and TWBC"]
    assert [number_of(count, "share") for count in (0, 1, 2)] == ["no shares", "1 share", "2 shares"]
