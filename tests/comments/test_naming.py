"""Whom the words of a comment name."""

import pytest

from strategy_tracker.plans.comments.rules import Colleague, named_in

OLIVE = Colleague(1, "Olive Officer", "TMBC")
OTHER = Colleague(2, "Olive Marsh", "SDC")
ANN = Colleague(3, "Ann-Marie O’Neill", "TWBC")
SHORT = Colleague(4, "Ann", "KCC")
TWIN = Colleague(5, "Siân Price", "TMBC")
TWIN_TOO = Colleague(6, "Siân Price", "SDC")
PEOPLE = (OLIVE, OTHER, ANN, SHORT, TWIN, TWIN_TOO)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("No name at all", []),
        ("@Olive Officer knows", [1]),
        ("@olive officer, and @OLIVE MARSH!", [1, 2]),
        ("Ask @Marsh’s team", [2]),
        ("(@Officer)", [1]),
        ("@Ann-Marie has it", [3]),
        ("@Ann-Marie O’Neill has it", [3]),
        ("@Ann has it", [4]),
        ("Write to olive@marsh.example", []),
        ("a@@Officer", []),
        ("@ Officer", []),
        ("@Officer @Officer @Olive Officer", [1]),
        ("first line\n@Officer", [1]),
    ],
)
def test_a_whole_name_or_a_part_that_fits_one(text, ids):
    named = named_in(text, (), PEOPLE)
    assert [one.id for one in named.colleagues] == ids
    assert named.doubtful == ()


def test_a_part_that_fits_several_is_doubtful():
    named = named_in("@Olive, please", (), PEOPLE)
    assert named.colleagues == ()
    assert named.doubtful == (("@Olive", (OLIVE, OTHER)),)


def test_the_same_name_twice_is_doubtful_however_whole_it_is():
    assert named_in("@Siân Price", (), PEOPLE).doubtful == (("@Siân Price", (TWIN, TWIN_TOO)),)


def test_choosing_one_of_them_settles_it():
    named = named_in("@Olive and @Siân Price", (2, 5), PEOPLE)
    assert [one.id for one in named.colleagues] == [2, 5]
    assert named.doubtful == ()


def test_who_is_nobody_is_said():
    named = named_in("@Bob and @Bob and @10am", (), PEOPLE)
    assert named.unknown == ("@Bob", "@10am")


def test_whoever_is_chosen_is_named_without_an_at():
    assert named_in("Hello", (3, 1, 99), PEOPLE).colleagues == (OLIVE, ANN)
