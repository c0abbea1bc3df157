"""What is exempt is marked so on pages, line by line; nothing else of the text is read as a mark-up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from strategy_tracker.web.prose import inline, prose
from tests.html_check import faults

MARK = '<span class="exempt"><b class="exempt__word">Exempt</b> {}</span>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Plain [word] stays", "<p>Plain [word] stays</p>"),
        ("Rent of [exempt]Mrs A[/exempt] was paid", f"<p>Rent of {MARK.format('Mrs A')} was paid</p>"),
        ("One\n[Exempt]Two\nThree", f"<p>One</p><p>{MARK.format('Two')}</p><p>{MARK.format('Three')}</p>"),
        ("[exempt]• a\n• b[/exempt]", f"<ul><li>{MARK.format('a')}</li><li>{MARK.format('b')}</li></ul>"),
        ("[exempt]<b>[/exempt]", f"<p>{MARK.format('&lt;b&gt;')}</p>"),
        ("before [/exempt] after", f"<p>{MARK.format('before ')} after</p>"),
    ],
)
def test_the_forms(typed, shown):
    assert prose(typed) == shown


def test_one_run_of_words_keeps_its_lines():
    assert inline("a [exempt]b[/exempt] & c") == Markup(f"a {MARK.format('b')} &amp; c")


PIECES = st.sampled_from(["[exempt]", "[/exempt]", "\n", "• ", "words ", "<i>", "[ EXEMPT ]"])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_marked_the_page_is_sound(typed):
    page = f"<!DOCTYPE html><html lang=en><head><title>T</title></head><body><main><h1>T</h1>{prose(typed)}</main>"
    assert not faults(page + "</body></html>")
