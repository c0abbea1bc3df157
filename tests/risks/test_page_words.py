"""The words of a register's pages where there is one of something, none of something, or all of it."""

from dataclasses import replace

import pytest

from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.schemes.rules import Category, Cell
from tests.cast import person
from tests.html_check import words
from tests.risks.making import a_register, a_risk, a_scheme, four_by_six, put_forward

ALL = "/p/west-kent/risks/"
REGISTER = f"{ALL}tmbc-risks/"


@pytest.fixture
def lead(visitor_as):
    return visitor_as("lead")


def test_a_long_line_of_numbers_ends_in_how_many_more(lead):
    register = a_register()
    for each in range(10):
        a_risk(register, f"Risk {each}", score=None)

    assert "risk 7, risk 8 and 2 more" in lead.get(REGISTER).words


def test_one_that_goes_up_is_one(lead):
    register = a_register(goes_to=a_register(""), top=1)
    risk = a_risk(register)
    assert "Its top one goes up to" in (page := lead.get(REGISTER)).words
    assert "its place is free" in page.words
    put_forward(risk)
    assert "its place is taken" in lead.get(REGISTER).words


def test_one_of_several_places_is_taken(lead):
    risk = a_risk(a_register(goes_to=a_register(""), top=3))
    assert "go up to Operational risks of west-kent; 0 of 3 places are taken" in lead.get(REGISTER).words
    put_forward(risk)
    assert "1 of 3 places is taken" in lead.get(REGISTER).words


@pytest.mark.parametrize(
    ("tolerated", "said"),
    [
        (None, "Tolerance: nothing. Somebody must accept each risk, by name and until a date."),
        (1, "Tolerance: Medium or lower. Where a score is higher, somebody must accept it"),
        (3, "Tolerance: everything. Nobody needs to accept a risk, however high its score."),
    ],
)
def test_what_is_tolerated_is_said_so_that_it_makes_sense(lead, tolerated, said):
    register = a_register(scheme=a_scheme("odd", four_by_six(tolerated=tolerated, categories=())))
    risk = a_risk(register)

    assert said in lead.get(REGISTER).words
    assert said.partition(". ")[2] in lead.get(f"{ALL}schemes/odd/").words
    rule = {None: "In this scheme, nothing is tolerated", 3: "In this scheme, everything is tolerated"}
    assert rule.get(tolerated, "what is tolerated is medium or lower") in lead.get(f"{REGISTER}{risk.slug}/").words


def test_a_category_in_which_all_is_tolerated_says_so(lead):
    a_register(scheme=a_scheme("safe", four_by_six(categories=(Category("Safety", 3), Category("Money", None)))))

    assert "Medium or lower; Safety: everything; Money: nothing. Where a score is higher" in lead.get(REGISTER).words


def test_scores_without_numbers_are_sorted_by_band_and_the_page_says_so(lead):
    shape = four_by_six()
    cells = tuple(tuple(Cell(cell.band) for cell in row) for row in shape.cells)
    a_risk(a_register(scheme=a_scheme("unnumbered", replace(shape, cells=cells))))

    assert "highest score" not in lead.get(REGISTER).words
    assert "most severe band first" in lead.get(REGISTER).words
    assert "most severe band first" in lead.get(ALL).words


def test_nothing_is_asked_of_a_closed_risk(lead):
    risk = a_risk(a_register(), score=(3, 5))
    address = f"{REGISTER}{risk.slug}/"
    assert "somebody must accept it" in lead.get(address).words
    close_risk(person("lead"), risk, risk.version, reason="It has passed")

    page = lead.get(address)
    assert "24 Very high was above that when the risk was closed; nobody needs to accept it any more." in page.words
    assert "Nobody accepts it" not in page.words
    assert "somebody must accept it" not in page.words
    assert not page.all("section", class_="panel--warn")
    assert "Above tolerance" not in words(lead.get(f"{REGISTER}?state=closed").all("table", class_="risks")[0])
