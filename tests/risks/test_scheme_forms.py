"""The form of a scheme: what it takes for a table, what it refuses to look at, and the days it tells."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.numbers import whole_number
from strategy_tracker.risks.schemes import drafting, table
from strategy_tracker.risks.schemes.models import SchemeVersion
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.schemes.rules import Cell, Tone
from tests.html_check import words
from tests.risks.drawing import any_scheme
from tests.risks.making import a_scheme, four_by_six

LINES = drafting.parsed("1 Low\n2 High", "1 Rare\n2 Often", "Fine\nStop from 2", "Money")
ADD = "/p/west-kent/risks/schemes/add"


@settings(max_examples=40)
@given(st.data())
def test_any_table_is_read_as_it_was_typed(data):
    size = st.integers(2, 10)
    drawn = data.draw(any_scheme(data.draw(size), data.draw(size)))
    chosen = drafting.chosen_in(drawn)
    assert table.read(drafting.written(drawn), table.as_typed(chosen)) == (chosen, {})


def test_before_anything_is_typed_the_proposal_stands_and_nothing_is_wrong():
    assert table.read(LINES, {}) == (drafting.proposed(LINES), {})


@pytest.mark.parametrize("typed", ["0", "5", "-1", "x", ""])
def test_a_tone_that_there_is_not_is_wrong_and_never_taken_for_another(typed):
    given = table.as_typed(drafting.proposed(LINES)) | {"tone-1": typed}
    chosen, wrong = table.read(LINES, given)
    assert wrong == {"tone-1": "How severe “Stop” is: select one of the list"}
    assert chosen.tones == (Tone.LOW, Tone.VERY_HIGH)


def test_what_is_wrong_in_a_cell_leaves_the_others_as_they_are():
    typed = table.as_typed(drafting.proposed(LINES)) | {"value-1-1": "seven", "band-0-0": "1", "tolerated": "x"}
    chosen, wrong = table.read(LINES, typed)
    assert list(wrong.values()) == [
        "2 High by 2 Often: enter a whole number, or leave it empty",
        "What is tolerated: select one of the bands",
    ]
    assert chosen.cells[0, 0] == Cell(1, 1)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12), (" 7 ", 7), ("-4", -4), ("007", 7), ("", None), (None, None), ("--4", None), ("- 4", None),
        ("1.5", None), ("²", None), ("٣", None), ("1234567890", None), ("soon", None),
    ],
)  # fmt: skip
def test_a_whole_number_as_it_is_typed(typed, number):
    assert whole_number(typed) == number


@pytest.mark.parametrize("step", ["table", "again", "levels", "save"])
def test_no_table_is_made_of_far_too_many_levels(visitor_as, step):
    many = "\n".join(f"{number} Level {number}" for number in range(3_000))
    visitor = visitor_as("coordinator")
    page = visitor.get(ADD)
    lines = {"impact": many, "likelihood": many, "made_impact": many, "made_likelihood": many}
    again = visitor.send(page, {"name": "Too large", "step": step} | lines)
    assert again.errors == ["Enter 2 to 10 levels; there are 3000"] * 2
    table = visitor.send(again, {"impact": "1 Low\n2 High", "likelihood": "1 Rare\n2 Often", "step": "table"})
    assert len(table.all("select")) == 4 + 4 + 1


def test_the_day_of_a_version_is_that_of_london(visitor_as):
    with clock.standing_at(dt.datetime(2010, 6, 30, 23, 30)):
        scheme = a_scheme()
    assert SchemeVersion.get().recorded_at.day == 30
    visitor = visitor_as("coordinator")
    base = "/p/west-kent/risks/schemes/"
    for address in (base, f"{base}{scheme.slug}/"):
        said = visitor.get(address).words
        assert "1 July 2010" in said
        assert "30 June 2010" not in said


def test_a_version_is_called_what_the_scheme_was_called_then(visitor_as):
    scheme = a_scheme()
    change_scheme(OPERATOR, scheme, 1, name="As the county", shape=four_by_six(), reason="Spelt as theirs")
    visitor = visitor_as("coordinator")
    lines = [words(row) for row in visitor.get(f"/p/west-kent/risks/schemes/{scheme.slug}/").all("tr")]
    assert next(line for line in lines if line.startswith("Version 1")).startswith("Version 1 called four by six")
    assert not any("called As the county" in line for line in lines)
