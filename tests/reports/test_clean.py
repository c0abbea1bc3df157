"""A public copy has no names, no mail addresses and nothing exempt, and lets nothing pass that it does not know."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.documents.sections import plain
from strategy_tracker.reports.public import ADDRESS_LEFT_OUT, LEFT_OUT, cleaner, may_be_names

PEOPLE = ["Olive Officer", "Siân O’Neill-Jones", "Anna Mary Lead", "Porchlight", "Jane Smith / John Brown"]
clean = cleaner(PEOPLE)


@pytest.mark.parametrize(
    "written",
    [
        "Olive Officer",
        "olive officer",
        "OLIVE OFFICER",
        "Olive\nOfficer",
        "Olive\u00a0Officer",
        "Ol\u00adive Offi\u200bcer",
        "Olive J. Officer",
        "Officer, Olive",
        "O. Officer",
        "O Officer",
        "O.J. Officer",
        "Officer O.",
        "Mrs Officer",
        "Cllr. Olive Officer",
        "Sian O'Neill-Jones",
        "Siân O’Neill‑Jones",
        "Anna Mary Lead",
        "Anna Lead",
        "Anna M. Lead",
        "Jane Smith",
        "J Brown",
        "Porchlight",
    ],
)
def test_a_name_is_left_out_in_whichever_way_it_is_written(written):
    found = clean(f"Ask {written}’s team")
    assert found.startswith(f"Ask {LEFT_OUT}")
    assert found.endswith("’s team")


@pytest.mark.parametrize(
    "written",
    ["A lead officer writes", "An officer of TMBC", "Bring olives", "Lead: TMBC", "Smith Street", "The jones report"],
)
def test_other_words_stay(written):
    assert clean(written) == written


def test_names_that_stand_alone_are_counted_for_a_person_to_judge():
    words = "Olive and Jones met Officer Olive; the officer of olives. Housing met housing"
    people = ["Olive Officer", "Siân Jones", "Housing options officer"]
    assert may_be_names(words, people) == [("Jones", 1), ("Officer", 1), ("Olive", 2)]


def test_mail_addresses_are_left_out():
    assert clean("Write to olive.o'brien@tmbc.example, soon") == f"Write to {ADDRESS_LEFT_OUT}, soon"


@dataclasses.dataclass(frozen=True)
class Entry:
    owner: str
    notes: tuple[str, ...]
    by: dict[str, int]
    count: int | None = None


def test_the_whole_tree_is_read():
    entry = Entry("Olive Officer", ("Fine", "[exempt]Canary[/exempt] O. Officer"), {"Jane Smith": 3})
    assert clean(plain((entry, True, 1.5))) == [
        {"owner": LEFT_OUT, "notes": ["Fine", LEFT_OUT], "by": {LEFT_OUT: 3}, "count": None},
        True,
        1.5,
    ]


@pytest.mark.parametrize("unknown", [b"Olive Officer", Entry("", (), {}), {1, 2}, object()])
def test_what_it_does_not_know_never_passes(unknown):
    with pytest.raises(TypeError, match="a public copy cannot hold"):
        clean({"in": [unknown]})


def test_without_people_exempt_passages_are_left_out_all_the_same():
    assert cleaner([])("a [exempt]b[/exempt]") == "a"


FILLING = st.text(st.characters(categories=["Ll", "Po", "Zs"]), max_size=12)


@given(FILLING, st.sampled_from(["Olive Officer", "Mrs Officer", "O. Officer", "Officer, Olive"]), FILLING)
def test_no_name_comes_through_whatever_stands_round_it(before, name, after):
    assert "Officer" not in clean(f"{before} {name} {after}")
