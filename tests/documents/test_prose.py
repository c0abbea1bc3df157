"""Typed text as marked-up text."""

import pytest

from strategy_tracker.documents.prose import prose


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("One line", "One line"),
        ("One\nTwo", "One<br/>Two"),
        ("One\n\nTwo", "One<p>Two</p>"),
        ("Done:\n• this\n• that\nMore", "Done:<ul><li>this</li><li>that</li></ul><p>More</p>"),
        ("- this\n\t* that", "<ul><li>this</li><li>that</li></ul>"),
        ("a\tb", "a b"),
        ("3*4*5 and 2010-2011", "3*4*5 and 2010-2011"),
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        ("x" * 45, "x" * 30 + "<wbr/>" + "x" * 15),
        ("שלום", '<span dir="rtl" class="rtl">שלום</span>'),
    ],
)
def test_the_forms(typed: str, shown: str) -> None:
    assert prose(typed) == shown


def test_a_bullet_too_long_for_a_list_stays_text() -> None:
    assert "<li>" not in prose("• " + "word " * 400)
