"""The further sheets of our own workbooks, after somebody worked in them."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Control, Register, Response, Risk
from strategy_tracker.risks.rules import ResponseState
from strategy_tracker.transfer.risks_in.drafts import Checked, State
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_out.files import register_file
from tests.risks.making import a_register
from tests.risks_in.files import saved
from tests.risks_in.whole import DAY, a_whole_register

pytestmark = pytest.mark.usefixtures("database")
NOTHING = Choices()


def worked_in(work: Callable[[Any], None]) -> bytes:
    """Our own workbook of the two risks 4 and 9, in which somebody did something."""
    book = openpyxl.load_workbook(
        io.BytesIO(register_file("xlsx", OPERATOR, a_whole_register(), base_url="https://tracker.example"))
    )
    work(book)
    return saved(book)


def seen(work: Callable[[Any], None], slug: str = "empty") -> Checked:
    return compared(OPERATOR, a_register("tmbc", slug, as_at=DAY), register_in(worked_in(work)), NOTHING)


def put(sheet: str, cell: str, value: object) -> Callable[[Any], None]:
    return lambda book: book[sheet].__getitem__(cell).__setattr__("value", value)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "words"),
    [
        ("Responses", "A2", 5, "No risk of the file has the number “5”: say to which risk it belongs, or take it out"),
        ("Responses", "A2", None, "This row has no number: say to which risk it belongs, or take it out"),
        ("Responses", "D2", "Hope", "“Hope” is not one of treat, tolerate, transfer and terminate"),
        ("Responses", "E2", None, "This row does not say it: what is done"),
        ("Responses", "E2", "x" * 10_001, "What is done must be 10,000 characters or fewer; it has 10,001"),
        ("Responses", "G2", "Friend", "“Friend” is neither a post nor a person nor a team"),
        ("Responses", "H2", "soon", "“soon” is no single day"),
        ("Responses", "I2", "Stuck", "“stuck” is none of planned, under way, done, dropped"),
        ("Controls", "D3", None, "This row does not say it: what is in place"),
        ("Controls", "E2", "Great", "“great” is none of not tested, weak, partial, good"),
        ("Scores", "C2", "Final", "“final” is none of inherent, current, target"),
        ("Scores", "H2", dt.date(2010, 12, 1), "The day of a score cannot be after the one of the import"),
        ("Scores", "I2", "x" * 2_001, "The reason must be 2,000 characters or fewer; it has 2,001"),
    ],
)
def test_what_is_wrong_stands_with_its_cell(sheet: str, cell: str, value: object, words: str) -> None:
    assert seen(put(sheet, cell, value)).problems == {f"{sheet}!{cell}": words}


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "words"),
    [
        ("Risks", "U2", "Treat: hope", "Risks!U2 says otherwise than the sheet of responses, which counts"),
        ("Risks", "V2", "Good: hope", "Risks!V2 says otherwise than the sheet of controls, which counts"),
        ("Scores", "D2", "1 Negligible", "Scores!A2 has another current score than the sheet of risks, which counts"),
    ],
)
def test_what_is_said_twice_and_differs_is_to_be_looked_at(sheet: str, cell: str, value: str, words: str) -> None:
    found = seen(put(sheet, cell, value))
    assert (found.problems, found.risks[0].warnings) == ({}, (words,))


def test_what_was_changed_there_comes_in() -> None:
    def work(book: Any) -> None:
        put("Responses", "I2", "Done")(book)
        put("Responses", "H2", None)(book)
        put("Controls", "E2", "Good")(book)
        book["Responses"].delete_rows(3, 3)
        book["Controls"].append([9, "", "", "A watchman", ""])

    register = a_register("tmbc", "empty", as_at=DAY)
    import_risks(OPERATOR, register, register_in(worked_in(work)), NOTHING, "risks.xlsx")
    rows = list(Response.select().join(Risk).where(Risk.register == register).order_by(Response.id))
    assert (rows[0].state, rows[0].due_on, len(rows)) == (ResponseState.DONE, None, 5)
    controls = Control.select().order_by(Control.id.desc())
    assert (controls.first().text, controls.first().effectiveness) == ("A watchman", "not tested")


def test_a_workbook_without_them_is_read_by_its_first_sheet() -> None:
    def work(book: Any) -> None:
        for name in ("Responses", "Controls", "Scores"):
            del book[name]
        book["Risks"].delete_cols(13)

    found = seen(work)
    assert found.problems == {}
    assert [len(risk.responses) for risk in found.risks] == [len(risk.controls) for risk in found.risks] == [4, 4]
    assert {each.state for risk in found.risks for each in risk.responses} == {ResponseState.UNDER_WAY}


def test_a_column_that_is_hidden_is_not_read_and_named() -> None:
    def work(book: Any) -> None:
        book["Responses"].column_dimensions["I"].hidden = True

    file = register_in(worked_in(work))
    assert "Responses!I (State; a hidden column)" in file.passed_over


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "differs"),
    [
        ("Risks", "G2", "Threat", "threat or opportunity"),
        ("Risks", "Y3", "Now", "how soon"),
        ("Risks", "E3", "All changes", "assumptions"),
        ("Risks", "X2", "Team", "kind of owner"),
        ("Risks", "Z2", dt.date(2010, 6, 1), "day on which it was found"),
        ("Risks", "AB3", "6 months", "how often it is reviewed"),
        ("Responses", "I2", "Dropped", "way of managing it"),
        ("Controls", "E2", "Good", "what is in place"),
    ],
)
def test_each_field_is_compared_with_the_risk_that_is_there(sheet: str, cell: str, value: object, differs: str) -> None:
    file = register_in(worked_in(put(sheet, cell, value)))
    with pytest.raises(Invalid) as refused:
        import_risks(OPERATOR, a_whole_register_again(), file, NOTHING, "risks.xlsx")
    assert [words.partition("(")[2].partition(")")[0] for words in refused.value.problems.values()] == [differs]
    left = compared(OPERATOR, a_whole_register_again(), file, Choices(leaves=True))
    assert sorted(risk.state for risk in left.risks) == sorted([State.LEFT, State.SAME])


def a_whole_register_again() -> Register:
    """The one that `worked_in` made."""
    return a_register(as_at=DAY)
