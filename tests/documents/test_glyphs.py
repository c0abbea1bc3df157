"""Characters that the fonts lack."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.documents import assets, glyphs
from strategy_tracker.documents.prose import prose

FONTS = {name.removesuffix(".ttf"): data for name, (data, kind) in assets.load().items() if kind == "font/ttf"}
PAGE = "<html><body><p>{}</p></body></html>"


def settled(text: str) -> str:
    html, _ = glyphs.settle(PAGE.format(text), FONTS)
    return html


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("ŵ ŷ £ – “ ” • → €", "ŵ ŷ £ – “ ” • → €"),
        ("Done 😀", "Done [grinning face]"),
        ("👍🏽", "[thumbs up sign] [emoji modifier fitzpatrick type-4]"),
        ("中文", "[2 Chinese letters]"),
        ("ก", "[1 Thai letter]"),
        ("a\u200db\u2066c\u2069", "abc"),
        ("a\u2003b\u2028c", "a b c"),
    ],
)
def test_each_is_printed_as_itself_or_in_words(typed: str, printed: str) -> None:
    assert f"<p>{printed}</p>" in settled(typed)


def test_the_sentence_stands_at_its_place_and_lists_at_most_twelve() -> None:
    symbols = "".join(chr(0x1F600 + n) + "." for n in range(15))
    html, _ = glyphs.settle(f"<html><body>{symbols}{glyphs.PLACE}<i>after</i></body></html>", FONTS)
    assert ", and 3 more.</p><i>after</i>" in html


def test_a_page_that_needs_no_fallback_gets_none() -> None:
    assert glyphs.settle(PAGE.format("plain"), FONTS) == (PAGE.format("plain"), [])
    assert glyphs.settle(PAGE.format("مرحبا"), FONTS)[1] == ["arabic"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_is_typed_the_page_can_be_read_and_printed(typed: str) -> None:
    html = settled(str(prose(typed)))
    ElementTree.fromstring(html)
    shown = frozenset().union(*(glyphs.coverage(font) for font in FONTS.values())) | {0x0A}
    assert {ord(character) for character in html} <= shown
