"""Scores of several schemes, or of several versions of one: sorted by band, and each says under which it stands."""

import datetime as dt

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.rows import moved_words
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.sections import top_document
from strategy_tracker.risks.severity import by_severity, is_mixed
from strategy_tracker.risks.standing import lines_of
from tests.cast import partnership, person
from tests.html_check import words
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five, four_by_six, put_forward

ALL = "/p/west-kent/risks/"
DAY = dt.date(2010, 12, 31)


def changed() -> Register:
    """A register whose scheme was changed: one score stands under the version before, one under that in force."""
    register = a_register(scheme=a_scheme("ours", five_by_five()))
    before = a_risk(register, "Scored before", score=(4, 4), shared=True)
    change_scheme(OPERATOR, register.scheme, 1, name="ours", shape=four_by_six(), reason="As the county does")
    register = Register.get_by_id(register.id)
    after = a_risk(register, "Scored after", score=(2, 4), shared=True)
    late = a_risk(register, "Scored after, and high", score=(3, 2), shared=True)
    for risk in (late, after, before):
        put_forward(Risk.get_by_id(risk.id), accepted=True)
    return Register.get_by_id(register.id)


@pytest.mark.usefixtures("database")
def test_scores_of_two_versions_of_one_scheme_are_sorted_by_their_bands_alone():
    lines = lines_of(person("officer"), [changed()], DAY, None)
    assert is_mixed(lines)
    assert [line.current.words for line in by_severity(lines)] == ["25 Very high", "15 Very high", "12 High"]
    assert not is_mixed(lines[:1])
    assert not is_mixed(lines[1:])


@pytest.mark.usefixtures("database")
def test_a_version_that_calls_the_cell_as_before_mixes_nothing():
    register = a_register()
    a_risk(register, "Scored before", score=(3, 5))
    change_scheme(OPERATOR, register.scheme, 1, name="ours", shape=four_by_six(impact_word="Harm"), reason="A word")
    a_risk(Register.get_by_id(register.id), "Scored after", score=(3, 4))
    lines = lines_of(person("officer"), [Register.get_by_id(register.id)], DAY, None)
    assert len({line.current.scheme_version_id for line in lines}) == 2
    assert not is_mixed(lines)
    assert [line.current.value for line in by_severity(lines[::-1])] == [24, 20]


def test_the_page_of_all_registers_names_the_version_of_each_score(visitor_as):
    changed()
    page = visitor_as("lead").get(ALL)
    assert "under more than one scheme or version, so risks are sorted by band" in page.words
    table = next(one for one in page.all("table") if words(next(one.iter("caption"))).startswith("3 open"))
    assert "most severe band first" in words(next(table.iter("caption")))
    shown = words(table)
    assert "under ours, version 1" in shown
    assert "under ours, version 2" in shown
    assert "25" not in shown


def test_a_score_of_an_older_version_that_stands_alone_names_it_too(visitor_as):
    register = a_register()
    a_risk(register)
    change_scheme(OPERATOR, register.scheme, 1, name="four by six", shape=five_by_five(), reason="As the county does")
    assert "under four by six, version 1" in visitor_as("lead").get(ALL).words


def test_the_page_of_the_register_says_that_its_numbers_are_not_compared(visitor_as):
    register = changed()
    page = visitor_as("lead").get(f"{ALL}{register.slug}/")
    assert "highest score first" not in page.words
    assert "Three risks most severe band first" in page.words
    assert "under more than one scheme or version, so risks are sorted by band" in page.words
    assert "under ours, version 1" in page.words
    alone = visitor_as("lead").get(f"{ALL}{register.slug}/?older=1")
    assert "1 of 3 risks highest score first" in alone.words


@pytest.mark.usefixtures("database")
def test_the_top_risks_for_the_board_name_the_version_of_each_score():
    changed()
    document = top_document(person("lead"), partnership())
    assert document.is_mixed
    found = [(band, entry.entry.current.words, entry.entry.under) for band, _, some in document.bands for entry in some]
    assert found == [
        ("Very high", "25 Very high", "ours, version 1"),
        ("Very high", "15 Very high", "ours, version 2"),
        ("High", "12 High", "ours, version 2"),
    ]


@pytest.mark.usefixtures("database")
def test_two_schemes_of_which_one_has_no_score_are_not_mixed():
    a_risk(a_register(), shared=True)
    a_risk(a_register("sdc", scheme=a_scheme("five", five_by_five())), "Not yet", score=None, shared=True)
    lines = lines_of(person("lead"), [a_register(), a_register("sdc")], DAY, None)
    assert not is_mixed(lines)


@pytest.mark.usefixtures("database")
def test_a_score_given_anew_ends_the_mixture():
    register = changed()
    a_score(Risk.get(Risk.event == "Scored before"), 0, 0)
    assert not is_mixed(lines_of(person("lead"), [register], DAY, None))


@pytest.mark.usefixtures("database")
def test_how_a_score_moved_says_that_it_stood_under_another_version():
    register = changed()
    a_score(Risk.get(Risk.event == "Scored before"), 0, 0, on=DAY)
    (line,) = (one for one in lines_of(person("lead"), [register], DAY, dt.date(2010, 9, 30)) if one.number == 1)
    assert moved_words(line) == "down from 25 Very high under another version"
