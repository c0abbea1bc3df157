"""The heat map, and the same in words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.risks.heat import Spot, heat_map
from strategy_tracker.risks.rules import Movement
from strategy_tracker.risks.severity import by_severity
from strategy_tracker.risks.standing import lines_of
from tests.cast import person
from tests.risks.drawing import any_scheme
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five, four_by_six

SEED = (
    Spot("1", 2, 3, Movement.UP, "9 Medium"),
    Spot("2", 1, 2, Movement.SAME),
    Spot("3", 2, 3, Movement.SAME),
    Spot("4", 2, 2, Movement.DOWN, "12 High"),
    Spot("5", 2, 3, Movement.SAME),
    Spot("6", 1, 3, Movement.SAME),
    Spot("7", 2, 3, Movement.UP, "8 Medium"),
)


def test_the_map_of_the_seven_says_in_words_what_it_shows():
    drawn = heat_map(four_by_six(), SEED, "March 2014")
    assert drawn.in_words == (
        "Four risks are high (1, 3, 5 and 7), three are medium (2, 4 and 6), none is very high, none is low.",
        "Since March 2014: risks 1 and 7 went up; risk 4 went down.",
    )
    level, cells = drawn.rows[1]
    assert (level.words, [cell.words for cell in cells][3]) == ("3 Critical", "High 12: 4 risks")
    assert [(band.name, span) for band, span in drawn.key] == [
        ("Low", "1 to 4"),
        ("Medium", "5 to 9"),
        ("High", "10 to 12"),
        ("Very high", "15 to 24"),
    ]


def test_opportunities_are_marked_and_counted_apart():
    drawn = heat_map(four_by_six(), (*SEED[:2], Spot("3", 2, 3, Movement.UP, "9", is_opportunity=True)), "March 2014")
    assert drawn.in_words == (
        "One risk is high (1), one is medium (2), none is very high, none is low.",
        "Counted apart: 3 (opportunity) is high.",
        "Since March 2014: risks 1 and 3 (opportunity) went up.",
    )
    spots = [spot for _, cells in drawn.rows for cell in cells for spot in cell.spots]
    assert sorted(spot.label for spot in spots) == [
        "risk 1, up from 9 Medium",
        "risk 2",
        "risk 3 (opportunity), up from 9",
    ]
    alone = heat_map(four_by_six(), (Spot("3", 2, 3, is_opportunity=True),))
    assert alone.in_words == ("Only opportunities are on this map: 3 (opportunity) is high.",)


def test_what_has_no_place_on_the_map_is_said_so_that_none_is_true():
    some = heat_map(four_by_six(), SEED[:1], "June 2014", {"Old, version 1": ["2", "3", "4"], "Old, version 2": ["5"]})
    assert some.in_words == (
        "On this map, one risk is high (1), none is very high, none is medium, none is low.",
        "3 more are scored under Old, version 1, and not on the map (2, 3 and 4).",
        "1 more is scored under Old, version 2, and not on the map (5).",
        "Since June 2014: risk 1 went up.",
    )
    still = heat_map(four_by_six(), SEED[1:2], "June 2014", {"Old, version 1": ["1"]})
    assert still.in_words[-1] == "None on this map moved since June 2014."
    none = heat_map(four_by_six(), (), "June 2014", {"Old, version 1": ["1", "2"]}, ["3"])
    assert none.in_words == (
        "No risk has a score on this map.",
        "2 are scored under Old, version 1, and not on the map (1 and 2).",
        "Not scored yet, and so not on the map: 3.",
    )


def test_an_empty_map_says_so():
    assert heat_map(four_by_six(), ()).in_words == ("No risk has a score on this map.",)


@given(st.integers(2, 10), st.integers(2, 10), st.data())
def test_every_risk_is_on_the_map_once_whatever_the_scheme(impact, likelihood, data):
    places = st.tuples(st.integers(0, impact - 1), st.integers(0, likelihood - 1))
    spots = [Spot(str(number), *place) for number, place in enumerate(data.draw(st.lists(places, max_size=8)))]
    drawn = heat_map(data.draw(any_scheme(impact, likelihood)), spots)
    found = [spot for _, cells in drawn.rows for cell in cells for spot in cell.spots]
    assert sorted(spot.ref for spot in found) == sorted(spot.ref for spot in spots)
    assert all(spot.ref in drawn.in_words[0] for spot in spots)


@pytest.mark.usefixtures("database")
def test_lines_say_how_each_risk_moved_and_stand_worst_first():
    register, june, today = a_register(), dt.date(2010, 9, 30), dt.date(2010, 11, 1)
    rising, _, unscored = (
        a_risk(register, "Rising", score=(0, 0)),
        a_risk(register, "Flat"),
        a_risk(register, score=None),
    )
    a_score(rising, 3, 5, on=dt.date(2010, 10, 5))
    late = a_risk(register, "Late", score=(0, 0), opened_on=dt.date(2010, 10, 20))
    lines = by_severity(lines_of(person("officer"), [register], today, june))
    assert [(line.ref, line.moved and line.moved.value) for line in lines] == [
        (str(rising.number), "up"),
        ("2", "as before"),
        (str(late.number), "new"),
        (str(unscored.number), None),
    ]
    assert [line.is_overdue for line in lines] == [False, True, False, True]


@pytest.mark.usefixtures("database")
def test_registers_of_two_schemes_are_laid_side_by_side_by_their_bands_alone():
    other = a_register("sdc", scheme=a_scheme("five-by-five", five_by_five()))
    a_risk(a_register(), "Nine of 24", score=(2, 2), shared=True)
    a_risk(other, "Five of 25", score=(0, 4), shared=True)
    a_risk(other, "Twelve of 25", score=(2, 3), shared=True)
    lines = by_severity(lines_of(person("viewer"), [a_register(), other], dt.date(2010, 8, 1), None))
    assert [line.event for line in lines] == ["Twelve of 25", "Nine of 24", "Five of 25"]
    assert [line.ref for line in lines] == ["S2", "S1", "S1"]
