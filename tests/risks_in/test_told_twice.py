"""A table without numbers is known again by its words: the same file twice, or a risk that somebody added by hand."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.cli import main
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.transfer.risks_in.drafts import Checked, State
from strategy_tracker.transfer.risks_in.operations import Choices, compared, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from tests.application import VisitorAs
from tests.cast import person
from tests.databases import using
from tests.risks.making import a_register, a_risk
from tests.risks_in.files import csv_file

HEADS = ("Risk", "Impact", "Likelihood", "Mitigation", "Owner")
GAMMA = ("Gamma rays", "2", "3", "Treat: shield them", "Manager")
DELTA = ("Delta floods", "1", "2", "Treat: a wall", "Manager")
IMPORT = "/p/west-kent/risks/tmbc-risks/import"


def beside(register: Register, *rows: tuple[str, ...], leaves: bool = False) -> Checked:
    file = register_in(csv_file(rows, HEADS[: len(rows[0])]))
    return compared(person("officer"), register, file, Choices(leaves=leaves))


def bring_in(register: Register, *rows: tuple[str, ...], leaves: bool = False) -> Checked:
    file = register_in(csv_file(rows, HEADS))
    return import_risks(person("officer"), register, file, Choices(leaves=leaves), "risks.csv")


def numbered(found: Checked) -> list[tuple[int, State]]:
    return [(risk.number, risk.state) for risk in found.risks]


@pytest.mark.usefixtures("database")
def test_the_same_table_again_adds_nothing() -> None:
    register = a_register()
    assert len(bring_in(register, GAMMA).new) == 1
    assert numbered(beside(register, GAMMA)) == [(1, State.SAME)]
    assert len(bring_in(register, DELTA, GAMMA).new) == 1
    assert [(risk.number, risk.event) for risk in Risk.select().order_by(Risk.number)] == [
        (1, "Gamma rays"),
        (2, "Delta floods"),
    ]


@pytest.mark.usefixtures("database")
def test_a_risk_of_the_same_words_is_left_or_refused_and_never_doubled() -> None:
    register = a_register()
    for _ in range(2):
        a_risk(register, "Something else")
    a_risk(register, "gamma  Rays")
    with pytest.raises(
        Invalid, match=r"has 1 risk of the file already, in other words: The file, row 2 is risk 3 \(desc"
    ):
        bring_in(register, GAMMA)
    assert numbered(bring_in(register, GAMMA, DELTA, leaves=True)) == [(3, State.LEFT), (4, State.NEW)]
    assert Risk.select().count() == 4


@pytest.mark.usefixtures("database")
def test_two_of_the_same_words_are_two_again_and_the_second_is_to_be_looked_at() -> None:
    register, other = a_register(), ("Gamma rays", *DELTA[1:])
    found = bring_in(register, GAMMA, other)
    assert [risk.number for risk in found.new] == [1, 2]
    assert found.risks[0].warnings == ()
    assert found.risks[1].warnings == ("The file, row 2 has the same words",)
    assert numbered(beside(register, GAMMA, other)) == [(1, State.SAME), (2, State.SAME)]
    third = beside(register, GAMMA, other, GAMMA).risks[2]
    assert (third.number, third.state) == (3, State.NEW)
    assert "the register has a risk 1 of the same words" in third.warnings


@pytest.mark.usefixtures("database")
def test_a_closed_risk_of_the_same_words_is_only_told() -> None:
    register = a_register()
    close_risk(OPERATOR, a_risk(register, "Gamma rays"), 2, reason="over")
    found = beside(register, GAMMA)
    assert numbered(found) == [(2, State.NEW)]
    assert found.risks[0].warnings == ("the register has a risk 1 of the same words, which is closed",)


@pytest.mark.usefixtures("database")
def test_a_number_of_its_own_makes_it_another_risk_and_is_told() -> None:
    register = a_register()
    a_risk(register, "Gamma rays")
    file = register_in(csv_file([("7", *GAMMA), ("1", *GAMMA)], ("No", *HEADS)))
    seven, one = compared(person("officer"), register, file, Choices(leaves=True)).risks
    assert (seven.number, seven.state, one.number, one.state) == (7, State.NEW, 1, State.LEFT)
    assert seven.warnings == ("the register has a risk 1 of the same words",)


@pytest.mark.usefixtures("database")
def test_where_a_row_lacks_its_number_the_words_tell_it_unless_another_row_has_it() -> None:
    register = a_register()
    bring_in(register, GAMMA)
    file = register_in(csv_file([("5", *DELTA), ("", *GAMMA)], ("No", *HEADS)))
    assert numbered(compared(person("officer"), register, file, Choices())) == [(5, State.NEW), (1, State.SAME)]
    file = register_in(csv_file([("1", *GAMMA), ("", *GAMMA)], ("No", *HEADS)))
    assert numbered(compared(person("officer"), register, file, Choices())) == [(1, State.SAME), (2, State.NEW)]


def test_the_page_asks_once_about_all_that_is_there(visitor_as: VisitorAs) -> None:
    officer = visitor_as("officer")
    register = a_register()
    for words in ("Gamma rays", "Delta floods"):
        a_risk(register, words)
    new = ("Epsilon", *DELTA[1:])
    page = officer.send(officer.get(IMPORT), {"file": (io.BytesIO(csv_file([GAMMA, DELTA, new], HEADS)), "risks.csv")})
    assert len(page.errors) == 1
    assert "The register has 2 risks of the file already, in other words" in page.errors[0]
    assert "1 Gamma rays: already there in other words" in page.words
    assert not page.all("button", value="import")
    left = officer.send(page, {"leaves": "y"}, button="Show again with these choices")
    assert left.errors == []
    done = officer.send(left, {"do": "import"}, button="Import")
    assert "1 risk added" in done.words
    assert Risk.select().count() == 3


def test_the_command_refuses_and_says_how_to_leave_them(database_url: str, tmp_path: Path) -> None:
    with using(database_url):
        a_risk(a_register(), "Gamma rays")
    path = tmp_path / "risks.csv"
    path.write_bytes(csv_file([GAMMA], HEADS))

    def run(*more: str) -> Result:
        words = ["import", "risks", str(path), "--partnership", "west-kent", "--register", "tmbc-risks", *more]
        return CliRunner().invoke(main, words, env={"TRACKER_DATABASE_URL": database_url, "TRACKER_BASE_URL": ""})

    refused = run()
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert (
        "already, in other words: The file, row 2 is risk 1 (owner, current score, way of managing it)"
        in refused.stderr
    )
    assert "--leave-existing" in refused.stderr
    assert run("--leave-existing").exit_code == 0
    with using(database_url):
        assert Risk.select().count() == 1
