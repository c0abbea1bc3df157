"""A register's own download comes back while some of its scores stand under the scheme that it had before."""

import datetime as dt
import io

import openpyxl
import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from strategy_tracker.risks.rules import ScoreKind
from strategy_tracker.transfer.risks_in.drafts import Checked, State
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_out.files import register_file
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five
from tests.risks_in.files import csv_file, saved

pytestmark = pytest.mark.usefixtures("database")
HEADS = ("No", "Risk", "Impact", "Likelihood", "Score", "Target score")
OLD, NEW = "five by five, version 1", "four by six, version 1"


def a_changed_register() -> Register:
    """Two risks scored by five; from now on it scores by four and six."""
    register = a_register(scheme=a_scheme("five-by-five", five_by_five()))
    a_score(a_risk(register, "Floods", score=(4, 4)), 4, 2, ScoreKind.TARGET)
    a_risk(register, "Frost", score=(4, 3))
    edit_register(OPERATOR, register, register.version, RegisterTerms(register.title, a_scheme()))
    return Register.get_by_id(register.id)


def download(register: Register, kind: str = "xlsx") -> bytes:
    return register_file(kind, OPERATOR, register, base_url="https://tracker.example")


def beside(register: Register, content: bytes, *, leaves: bool = False) -> Checked:
    return compared(OPERATOR, register, register_in(content), Choices(leaves=leaves))


def rescore(register: Register, number: int) -> None:
    a_score(Risk.get(Risk.register == register, Risk.number == number), 3, 5, on=dt.date(2010, 9, 1))


def with_rows(content: bytes, *rows: tuple[object, object, str]) -> bytes:
    """The download with a new risk in each row: its levels, and under which scheme."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["Risks"]
    columns = {cell.value: cell.column for cell in page[1]}
    for number, (impact, likelihood, scheme) in enumerate(rows, start=page.max_row + 1):
        said = {"Number": number + 8, "Risk": f"Thieves {number}", "Impact": impact, "Likelihood": likelihood}
        for head, value in (said | {"Scheme": scheme}).items():
            page.cell(number, columns[head], value)
    return saved(book)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_what_nobody_rescored_is_unchanged_in_todays_download(kind: str) -> None:
    register = a_changed_register()
    rescore(register, 1)
    found = beside(register, download(register, kind))
    assert (found.problems, [risk.state for risk in found.risks]) == ({}, [State.SAME, State.SAME])


def test_a_row_that_somebody_added_in_the_words_of_the_scheme_in_force_comes_in() -> None:
    register = a_changed_register()
    content = with_rows(download(register), ("3 Critical", "4 Significant", ""))
    assert len(import_risks(OPERATOR, register, register_in(content), Choices(), "risks.xlsx").new) == 1


def test_of_an_earlier_download_only_what_was_rescored_since_differs() -> None:
    register = a_changed_register()
    content = download(register)
    rescore(register, 1)
    found = beside(register, content)
    assert [(risk.state, risk.differs) for risk in found.risks] == [(State.LEFT, ("current score",)), (State.SAME, ())]
    assert list(found.problems) == ["leaves"]
    assert beside(register, content, leaves=True).problems == {}


def test_a_score_that_the_register_has_not_at_all_differs() -> None:
    register = a_changed_register()
    a_risk(register, "Fire", score=None)
    rows = [("3", "Fire", "5 Severe", "2 Unlikely", "10", "")]
    assert beside(register, csv_file(rows, HEADS)).risks[0].differs == ("current score",)


def test_a_score_alone_is_the_one_that_stands() -> None:
    register = a_changed_register()
    rows = [("1", "Floods", "", "", "25 Very high", "15"), ("2", "Frost", "", "", "20", "")]
    found = beside(register, csv_file(rows, HEADS), leaves=True)
    assert found.problems == {}
    assert [risk.differs for risk in found.risks] == [(), ()]


def test_new_risks_of_another_scheme_are_told_once_by_its_name() -> None:
    register = a_changed_register()
    wrong = beside(register, with_rows(download(register), ("5 Severe", "5 Almost certain", OLD), (5, 5, OLD)))
    assert list(wrong.problems) == ["Risks!L4"]
    assert wrong.problems["Risks!L4"] == (
        f"New risks of the file are scored under “{OLD}”, but the register has “{NEW}”: give them levels of that one, "
        "impact 1 Negligible, 2 Marginal, 3 Critical, 4 Catastrophic; likelihood 1 Almost impossible, 2 Very low, "
        "3 Low, 4 Significant, 5 High, 6 Very high"
    )


def test_levels_that_both_schemes_have_are_to_be_looked_at() -> None:
    register = a_changed_register()
    found = beside(register, with_rows(download(register), (3, 3, OLD)))
    assert found.problems == {}
    words = f"it is scored under “{OLD}”: here the levels count as those of “{NEW}”"
    assert words in found.new[0].warnings


def test_a_column_scheme_of_somebody_elses_is_not_read() -> None:
    register = a_changed_register()
    file = register_in(csv_file([("7", "Thieves", "3", "3", "9", "", "Dover Street")], (*HEADS, "Scheme")))
    found = compared(OPERATOR, register, file, Choices())
    assert found.problems == {}
    assert "Dover" not in " ".join(found.new[0].warnings)
    assert "not read: “Scheme”" in file.passed_over[0]
