"""A register with every field filled goes out and comes into an empty one: as it was, but for who may read it."""

import datetime as dt
from dataclasses import fields

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.risks import add_risk
from strategy_tracker.risks.rules import RiskWords
from strategy_tracker.transfer.risks_in.drafts import State
from strategy_tracker.transfer.risks_in.heads import field_of
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import CSV_LACKS, register_in
from strategy_tracker.transfer.risks_out.columns import RISKS
from strategy_tracker.transfer.risks_out.files import register_file
from tests.risks.making import a_register
from tests.risks_in.whole import DAY, a_whole_register, kept

NOTHING = Choices()
URL = "https://tracker.example"
here = pytest.mark.usefixtures("database")


def test_every_column_of_ours_is_understood() -> None:
    assert [head for head, _ in RISKS if field_of(head) is None] == []


def test_nothing_that_people_write_of_a_risk_is_left_out_here() -> None:
    known = {"event", "cause", "effect", "category", "owner", "proximity", "is_opportunity", "assumptions"}
    assert {field.name for field in fields(RiskWords)} == known | {"review_months"}


@here
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_brings_back_every_field(kind: str) -> None:
    register = a_whole_register()
    file = register_in(register_file(kind, OPERATOR, register, base_url=URL))
    again = compared(OPERATOR, register, file, NOTHING)
    assert (again.problems, {risk.state for risk in again.risks}) == ({}, {State.SAME})
    empty = a_register("tmbc", "empty", as_at=DAY)
    found = import_risks(OPERATOR, empty, file, NOTHING, f"risks.{kind}")
    assert {risk.warnings for risk in found.risks} == {()}
    assert kept(empty) == kept(register)
    assert not Risk.select().where(Risk.register == empty, Risk.is_shared).exists()


@here
def test_a_csv_brings_back_all_but_what_it_says_that_it_lacks() -> None:
    register = a_whole_register()
    file = register_in(register_file("csv", OPERATOR, register, base_url=URL))
    assert file.remarks == (CSV_LACKS,)
    empty = a_register("tmbc", "empty", as_at=DAY)
    import_risks(OPERATOR, empty, file, NOTHING, "risks.csv")
    before, after = kept(register), kept(empty)
    for risk in (*before, *after):
        for response in risk["responses"]:
            lacking = {name: response.pop(name) for name in ("owner_kind", "owner_name", "due_on", "state")}
            assert risk in before or lacking["due_on"] is None
        for score in risk["scores"].values():
            del score["scored_on"], score["reason"]
    assert after == before


@here
def test_a_risk_with_nothing_but_its_name_comes_back_so() -> None:
    register = a_register(as_at=DAY)
    add_risk(OPERATOR, register, RiskWords("It may rain"), opened_on=dt.date(2010, 9, 1))
    for kind in ("xlsx", "ods", "csv"):
        empty = a_register("tmbc", kind, as_at=DAY)
        import_risks(
            OPERATOR, empty, register_in(register_file(kind, OPERATOR, register, base_url=URL)), NOTHING, "risks"
        )
        assert kept(empty) == kept(register)
