"""What is a word, what matches, and what is shown of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.search.rules import Term, excerpt, fold, folded_words, matches, may_match, places, terms_of


def found(query: str, text: str) -> list[str]:
    """The parts of the text that match, where every term does."""
    terms = terms_of(query)
    if not terms or len(matches(terms, folded_words(text))) < len(terms):
        return []
    assert may_match(terms, [text]), "the quick look never passes over what matches"
    return [text[first:last] for first, last in places(terms, text)]


@pytest.mark.parametrize(
    ("query", "text", "parts"),
    [
        ("ty", "Cadw'r tŷ", ["tŷ"]),
        ("TŶ", "a ty a thwr", ["ty"]),
        ("thwr", "tŷ a thŵr", ["thŵr"]),
        ("evict", "Eviction follows; two were EVICTED", ["Eviction", "EVICTED"]),
        ("vict", "Eviction", []),
        ("homes people", "People in new homes", ["homes", "People"]),
        ("homes boats", "People in new homes", []),
        ('"rent arrears"', "The rent arrears grow", ["rent arrears"]),
        ('"rent arrears"', "Arrears of rent", []),
        ('"rent"', "Rents and renting", []),
        ("“rent arrears”", "Rent, arrears", ["Rent, arrears"]),
        ("7.2", "7.2 Advise", ["7.2"]),
        ("7.2", "7.21 Advise, 17.2, 7 and 2", []),
        ("7", "70 people in 7.2", []),
        ("1.2A", "see 1.2a.", ["1.2a"]),
        ("2010-11", "in 2010/11 and 2010-12", ["2010/11"]),
        ("£400", "loans of £400 each", ["400"]),
        ("o'neill", "Ms O’Neill", ["O’Neill"]),
        ("strasse", "Hauptstraße", []),
        ("hauptstrasse", "Hauptstraße", ["Hauptstraße"]),
        ("lodz", "Łódź", ["Łódź"]),
        ("office", "oﬃce", ["oﬃce"]),
        ("a_b", "a b", ["a b"]),
    ],
)
def test_what_finds_what(query, text, parts):
    assert found(query, text) == parts


@pytest.mark.parametrize("query", ["", " ", "%", "_", "\\", "* - +", '"', '""', "“”", "'); --", "…", "\u0000"])
def test_signs_alone_ask_for_nothing(query):
    assert terms_of(query) == ()


def test_operators_of_search_engines_are_words_or_nothing():
    assert terms_of("NEAR(rent* OR -arrears)") == (Term(("near", "rent")), Term(("or",)), Term(("arrears",)))


def test_a_quotation_mark_that_is_not_closed_is_passed_over():
    assert terms_of('"rent arrears') == (Term(("rent",)), Term(("arrears",)))


def shown(query: str, text: str, longest: int) -> str:
    pieces = excerpt(text, places(terms_of(query), text), longest)
    return "".join(f"[{one.text}]" if one.is_match else one.text for one in pieces)


def test_an_excerpt_stands_round_the_match_and_is_cut_between_words():
    text = "one two three four five six seven eight nine ten"
    assert shown("seven", text, 30) == "…five six [seven] eight nine ten"
    assert shown("one", text, 20) == "[one] two three four…"
    assert shown("nothing", text, 100) == text
    assert shown('"two three" three', text, 100).startswith("one [two three] four")


@given(query=st.text(max_size=40), text=st.text(max_size=400), longest=st.integers(20, 80))
def test_whatever_is_asked_of_whatever_text_nothing_is_added_and_nothing_long(query, text, longest):
    line = " ".join(text.split())
    pieces = excerpt(line, places(terms_of(query), line), longest)
    inner = "".join(one.text for one in pieces).strip("…")
    assert inner in line or inner.strip() in line
    assert len(inner) <= longest


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_for_words(text):
    for one in folded_words(text):
        assert fold(one) == one
