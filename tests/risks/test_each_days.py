"""Registers that are shown as at days of their own: each is read by its own day, wherever several stand together."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.risks.sections import top_document
from tests.cast import partnership, person
from tests.html_check import words
from tests.quarters.making import the_quarters
from tests.risks.making import a_register, a_risk, a_score, put_forward

ALL = "/p/west-kent/risks/"
THEN = dt.date(2010, 12, 31)
NOW = dt.datetime(2011, 6, 15, 12, tzinfo=dt.UTC)


def two_registers() -> None:
    """One as at the end of 2010, when no review was overdue and its risk had gone up; one as at today."""
    the_quarters()
    early = a_register(as_at=THEN)
    risk = a_risk(early, "Early", score=(1, 1), shared=True, opened_on=dt.date(2010, 9, 30))
    a_score(Risk.get_by_id(risk.id), 2, 3, on=dt.date(2010, 12, 1))
    add_response(
        person("lead"),
        Risk.get_by_id(risk.id),
        kind=ResponseKind.TREAT,
        text="Find money",
        due_on=dt.date(2011, 2, 1),
    )
    a_risk(a_register("sdc"), "Of today", score=(1, 1), shared=True, opened_on=dt.date(2011, 6, 1))


def rows(page, of: str) -> list[str]:
    table = next(one for one in page.all("table") if of in words(next(one.iter("caption"))))
    return [words(row) for row in table.find("tbody")]


@time_machine.travel(NOW, tick=False)
def test_the_list_and_the_register_say_the_same_of_what_is_overdue(visitor_as):
    two_registers()
    lead = visitor_as("lead")
    page = lead.get(ALL)
    listed, (theirs, other) = rows(page, "open risks"), rows(page, "registers")
    register = lead.get(f"{ALL}tmbc-risks/")
    assert (
        "To do 1 risk without an owner: risk 1 1 above tolerance and accepted by nobody: risk 1 In words"
        in register.words
    )
    assert theirs.endswith("1 without an owner1 above tolerance, not accepted")
    assert "overdue" not in page.words
    assert "As at 31 December 2010" in theirs
    assert "As at 15 June 2011" in other
    early = next(row for row in listed if "Early" in row)
    assert "▲ up from 4" in early, "compared with the quarter before its own day"
    assert "Each as at a day of its own" in page.words


@time_machine.travel(NOW, tick=False)
def test_registers_of_one_day_say_it_once(visitor_as):
    a_risk(a_register(as_at=THEN))
    page = visitor_as("lead").get(ALL)
    assert "As at 31 December 2010" in page.words
    assert "As at" not in " ".join(rows(page, "1 register"))


@pytest.mark.usefixtures("database")
@time_machine.travel(NOW, tick=False)
def test_the_top_risks_name_the_day_of_a_register_that_is_read_as_at_another():
    two_registers()
    for event in ("Early", "Of today"):
        put_forward(Risk.get(Risk.event == event), accepted=True)
    document = top_document(person("lead"), partnership())
    assert document.as_at == "15 June 2011", "the latest of their days"
    found = {
        entry.entry.event: (entry.register, entry.entry.overdue) for _, _, some in document.bands for entry in some
    }
    assert found == {
        "Early": ("Operational risks of tmbc, as at 31 December 2010", ""),
        "Of today": ("Operational risks of sdc", ""),
    }
