"""A high score of an opportunity is welcome: it never stands among the worst."""

import datetime as dt

import pytest

from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.sections import shared_top, top_document
from strategy_tracker.risks.severity import by_severity
from strategy_tracker.risks.standing import lines_of
from tests.cast import partnership, person
from tests.html_check import words
from tests.risks.making import a_register, a_risk, put_forward

ALL = "/p/west-kent/risks/"
REGISTER = f"{ALL}tmbc-risks/"
DAY = dt.date(2010, 12, 31)


def some() -> None:
    """One opportunity with the highest score, one with the lowest, two threats, one of them not scored."""
    register = a_register(as_at=DAY)
    for event, score, chance in (
        ("A small grant comes", (0, 0), True),
        ("A large grant comes", (3, 5), True),
        ("Nobody knows", None, False),
        ("Money runs out", (2, 3), False),
    ):
        a_risk(register, event, score=score, is_opportunity=chance, shared=True)


IN_ORDER = ["Money runs out", "Nobody knows", "A large grant comes", "A small grant comes"]


def in_table(page) -> list[str]:
    rows = [words(row) for row in page.all("tr")]
    return [event for row in rows for event in IN_ORDER if event in row]


@pytest.mark.usefixtures("database")
def test_threats_come_first_by_severity_then_opportunities():
    some()
    assert [line.event for line in by_severity(lines_of(person("lead"), [a_register()], DAY, None))] == IN_ORDER


@pytest.mark.parametrize("address", [ALL, REGISTER])
def test_the_table_of_a_page_says_that_opportunities_come_last(visitor_as, address):
    some()
    page = visitor_as("lead").get(address)
    assert in_table(page) == IN_ORDER
    assert "highest score first, opportunities after the threats" in page.words
    assert "opportunities after" not in visitor_as("lead").get(f"{REGISTER}?sort=number").words


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "made", [lambda: top_document(person("lead"), partnership()), lambda: shared_top(partnership())]
)
def test_the_top_risks_for_the_board_tell_opportunities_apart(made):
    some()
    a_register("", as_at=DAY)
    for risk in Risk.select().where(Risk.event != "Nobody knows"):
        put_forward(Risk.get_by_id(risk.id), accepted=True)
    assert [(band, [one.entry.event for one in entries]) for band, _, entries in made().bands] == [
        ("High", ["Money runs out"]),
        ("Opportunities", ["A large grant comes", "A small grant comes"]),
    ]
