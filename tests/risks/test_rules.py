"""The rules of risks and schemes."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.risks.rules import (
    Mark,
    Movement,
    acceptance_holds,
    has_risen,
    is_response_late,
    months_later,
    movement,
    next_number,
    worst_first,
)
from strategy_tracker.risks.schemes.checks import problems_with
from strategy_tracker.risks.schemes.plain import as_plain, from_plain
from strategy_tracker.risks.schemes.rules import (
    Axis,
    Band,
    Cell,
    Level,
    Scheme,
    Tone,
    grid_of,
    nearest,
    product_cells,
    suggested_mapping,
)
from tests.risks.drawing import any_scheme
from tests.risks.making import BANDS, five_by_five, four_by_six, levels

SIZES = st.integers(2, 10)
LOW, HIGH = Mark(1, 0, Tone.LOW, 4), Mark(1, 2, Tone.HIGH, 12)


@given(SIZES, SIZES, st.data())
def test_any_scheme_is_stored_checked_and_drawn(impact, likelihood, data):
    scheme = data.draw(any_scheme(impact, likelihood))
    assert problems_with(scheme) == {}
    assert from_plain(json.loads(json.dumps(as_plain(scheme)))) == scheme
    grid = grid_of(scheme)
    cells = [cell for _, row in grid.rows for cell in row]
    assert sorted(cell.place for cell in cells) == [(i, j) for i in range(impact) for j in range(likelihood)]
    for cell in cells:
        assert (cell.cell, cell.band) == (scheme.cell(*cell.place), scheme.band(*cell.place))
    top = grid.rows[0][1][-1 if scheme.worst_on_right else 0]
    worst = top if scheme.worst_on_top else grid.rows[-1][1][-1 if scheme.worst_on_right else 0]
    assert worst.place == (impact - 1, likelihood - 1)
    assert len(grid.columns) == (likelihood if scheme.rows is Axis.IMPACT else impact)


@given(SIZES, SIZES, SIZES, SIZES, st.data())
def test_every_level_has_a_suggested_successor(rows, columns, new_rows, new_columns, data):
    old, new = data.draw(any_scheme(rows, columns)), data.draw(any_scheme(new_rows, new_columns))
    levels = suggested_mapping(old, new)
    assert (len(levels.impact), len(levels.likelihood)) == (rows, columns)
    assert set(levels.impact) <= set(range(new_rows))
    assert set(levels.likelihood) <= set(range(new_columns))


@pytest.mark.parametrize(
    ("place", "before", "after", "new"),
    [(0, 4, 5, 0), (3, 4, 5, 4), (2, 4, 5, 3), (0, 2, 10, 0), (1, 2, 10, 9), (5, 6, 2, 1)],
)
def test_the_ends_of_an_axis_stay_its_ends(place, before, after, new):
    assert nearest(place, before, after) == new


def test_levels_marked_from_the_worst_down_multiply_by_their_marks():
    impact = (Level("3", "Slight"), Level("2", "Some"), Level("1", "Great"))
    assert [cell.value for cell in product_cells(impact, levels("Rare", "Often"), (3,))[2]] == [1, 2]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("impact", {"impact": levels("One")}),
        ("impact", {"impact": levels(*"abcdefghijk")}),
        ("likelihood", {"likelihood": (*levels(*"abcde"), Level("5", "f"))}),
        ("likelihood", {"likelihood": (*levels(*"abcde"), Level("6", "A"))}),
        ("impact", {"impact": (*levels("a", "b", "c"), Level("4", ""))}),
        ("bands", {"bands": ()}),
        ("bands", {"bands": (*BANDS, Band("low", Tone.VERY_HIGH))}),
        ("bands", {"bands": (Band("High", Tone.HIGH), Band("Low", Tone.LOW))}),
        ("cells", {"cells": ((Cell(0),),)}),
        ("cells", {"cells": ((Cell(9),) * 6,) * 4}),
        ("tolerated", {"tolerated": 7}),
    ],
)
def test_what_a_scheme_cannot_be_is_said_at_its_field(field, changes):
    assert field in problems_with(replace(four_by_six(), **changes))


@pytest.mark.parametrize(
    ("now", "before", "moved"),
    [
        (LOW, None, Movement.NEW),
        (LOW, LOW, Movement.SAME),
        (HIGH, LOW, Movement.UP),
        (LOW, HIGH, Movement.DOWN),
        (HIGH._replace(value=14), HIGH, Movement.UP),
        (HIGH._replace(scheme_version=2, value=90), HIGH, Movement.OTHER_SCHEME),
        (HIGH._replace(scheme_version=2, value=1), LOW, Movement.UP),
        (LOW._replace(scheme_version=2, value=99), HIGH, Movement.DOWN),
        (HIGH._replace(value=None), HIGH._replace(value=None), Movement.SAME),
    ],
)
def test_how_a_score_moved(now, before, moved):
    assert movement(now, before) is moved


@pytest.mark.parametrize(
    ("now", "earlier", "is_void"),
    [
        (HIGH, (LOW,), True),
        (HIGH._replace(value=14), (HIGH,), True),
        (HIGH, (HIGH,), False),
        (LOW, (HIGH,), False),
        (HIGH, (HIGH, LOW), True),
        (HIGH._replace(scheme_version=2), (HIGH,), False),
        (HIGH._replace(scheme_version=2, value=10), (HIGH,), True),
        (HIGH._replace(scheme_version=2, band=3), (HIGH,), True),
        (HIGH._replace(scheme_version=2), (LOW,), True),
        (LOW._replace(scheme_version=2, value=99), (HIGH,), False),
    ],
)
def test_an_acceptance_falls_with_a_higher_score_and_with_one_that_another_version_says_otherwise(
    now, earlier, is_void
):
    assert any(has_risen(now, each) for each in earlier) is is_void


OTHER = 2


@pytest.mark.parametrize(
    ("now", "before", "proposed", "is_void"),
    [
        (HIGH._replace(value=10), HIGH, HIGH._replace(value=10), False),
        (HIGH._replace(value=9), HIGH, HIGH._replace(value=10), False),
        (HIGH._replace(value=11), HIGH, HIGH._replace(value=10), True),
        (HIGH._replace(band=3), HIGH, HIGH._replace(value=10), True),
        (HIGH._replace(band=1), HIGH, HIGH._replace(value=10), False),
        (LOW, HIGH, HIGH, False),
        (HIGH, LOW, HIGH, True),
        (HIGH, HIGH, LOW, True),
        (HIGH._replace(value=None), HIGH, HIGH._replace(value=None), False),
    ],
)
def test_under_another_version_what_was_proposed_voids_nothing_unless_it_is_more_severe(now, before, proposed, is_void):
    now, proposed = now._replace(scheme_version=OTHER), proposed._replace(scheme_version=OTHER)
    assert has_risen(now, before, proposed) is is_void


@pytest.mark.parametrize(
    ("ended_on", "today", "holds"),
    [(None, 30, True), (None, 31, True), (None, 32, False), (20, 19, True), (20, 20, False), (31, 31, False)],
)
def test_an_acceptance_holds_on_its_last_day_unless_it_ended_before(ended_on, today, holds):
    first = dt.date(2010, 12, 31)
    until, ended = first + dt.timedelta(31), first + dt.timedelta(ended_on) if ended_on else None
    assert acceptance_holds(until, ended, first + dt.timedelta(today)) is holds


def test_the_worst_stand_first_and_what_has_no_score_last():
    found = sorted([None, LOW, HIGH, HIGH._replace(value=14)], key=worst_first)
    assert found == [HIGH._replace(value=14), HIGH, LOW, None]


@pytest.mark.parametrize("other", [1, 100])
def test_where_versions_are_mixed_numbers_count_for_nothing(other):
    older = HIGH._replace(scheme_version=2, value=other)
    assert worst_first(older, is_mixed=True) == worst_first(HIGH, is_mixed=True)


@pytest.mark.parametrize(
    ("due_on", "state", "closed_on", "is_late"),
    [
        (dt.date(2011, 1, 1), "planned", None, True),
        (dt.date(2011, 1, 1), "under way", None, True),
        (dt.date(2011, 1, 2), "under way", None, False),
        (None, "under way", None, False),
        (dt.date(2011, 1, 1), "done", None, False),
        (dt.date(2011, 1, 1), "dropped", None, False),
        (dt.date(2011, 1, 1), "under way", dt.date(2011, 1, 2), False),
        (dt.date(2011, 1, 1), "under way", dt.date(2011, 1, 3), True),
    ],
)
def test_a_response_is_late_from_the_day_after_while_its_risk_is_open(due_on, state, closed_on, is_late):
    assert is_response_late(due_on, state, closed_on, dt.date(2011, 1, 2)) is is_late


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2014, 4, 28), 1, dt.date(2014, 5, 28)),
        (dt.date(2015, 1, 31), 1, dt.date(2015, 2, 28)),
        (dt.date(2016, 1, 31), 1, dt.date(2016, 2, 29)),
        (dt.date(2014, 11, 30), 3, dt.date(2015, 2, 28)),
        (dt.date(2014, 12, 31), 12, dt.date(2015, 12, 31)),
    ],
)
def test_a_review_is_due_on_the_same_day_of_a_later_month(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(("taken", "number"), [([], 1), ([1, 2], 3), ([4], 5)])
def test_numbers_are_not_given_again(taken, number):
    assert next_number(taken) == number


def test_tolerance_in_words():
    scheme = four_by_six()
    assert scheme.tolerance_words() == "Medium or lower"
    assert scheme.tolerance_words("safety") == "Low"
    assert replace(scheme, tolerated=None).tolerance_words() == "nothing"
    assert scheme.size_words == "impact 1 to 4 by likelihood 1 to 6"
    assert scheme.values_of(2) == (10, 12)


def test_the_worst_cell_of_five_by_five_is_very_high():
    scheme: Scheme = five_by_five()
    assert scheme.band(4, 4).name == "Very high"
