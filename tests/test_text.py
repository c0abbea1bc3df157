"""The one normaliser."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.text import normalise, one_line


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  a\r\nb\rc\n ", "a\nb\nc"),
        ("tab\there", "tab\there"),
        ("NUL\x00 bell\x07 \x1b[0m", "NUL bell [0m"),
        ("line\x0bbreak\x0cpage\u2028sep", "line\nbreak\npage\nsep"),
        ("e\u0301", "é"),
        ("\ud800 lone", "? lone"),
        ("no\uffff character\ufffe", "no character"),
        ("ŵ ŷ £ – “ ” • → 😀 שלום", "ŵ ŷ £ – “ ” • → 😀 שלום"),
        ("\u202eevil", "\u202eevil\u202c"),
        ("a\u2067b\nc\u202c", "a\u2067b\u2069\nc"),
    ],
)
def test_what_is_typed_becomes_what_can_be_stored(typed, stored):
    assert normalise(typed) == stored


@given(st.text(st.characters()))
def test_normalising_twice_is_normalising_once(typed):
    once = normalise(typed)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [c for c in once if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    once.encode("utf-8")


@given(st.text())
def test_one_line_has_no_line_breaks_and_no_double_spaces(typed):
    line = one_line(typed)
    assert "\n" not in line
    assert "  " not in line
