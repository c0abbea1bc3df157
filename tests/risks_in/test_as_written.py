"""Heads, owners and kinds of response as councils write them, and a file that cannot be read back."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.cli import main
from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.transfer.risks_in.answering import owner_in
from strategy_tracker.transfer.risks_in.heads import Field, field_of
from strategy_tracker.transfer.risks_in.operations import Choices, compared
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_in.responses import NO_KIND_BEFORE, responses_in
from strategy_tracker.transfer.risks_out.files import register_file
from tests.application import VisitorAs
from tests.cast import person
from tests.databases import using
from tests.html_check import words as words_of
from tests.risks.making import a_register, a_risk
from tests.risks_in.files import csv_file

TREAT, TOLERATE, TERMINATE = ResponseKind.TREAT, ResponseKind.TOLERATE, ResponseKind.TERMINATE


@pytest.mark.parametrize(
    "words",
    [
        "How Risk will be Managed",
        "How the risk is managed",
        "How risks will be managed [Treat, tolerate, transfer or terminate]",
        "How we manage the risk",
        "How this risk is being mitigated",
        "How it will be controlled",
        "How will the risk be managed?",
        "Actions to reduce the risk",
        "Arrangements for managing risk",
    ],
)
def test_how_it_is_managed_is_known_in_any_order_of_words(words: str) -> None:
    assert field_of(words) is Field.RESPONSE


def test_by_whom_it_is_managed_is_its_owner() -> None:
    assert field_of("Managed by") is Field.OWNER
    assert field_of("Risk managed by:") is Field.OWNER


@pytest.mark.parametrize("words", ["How well is it controlled", "How effective is it managed", "How good are controls"])
def test_how_well_it_is_managed_is_something_else(words: str) -> None:
    assert field_of(words) is not Field.RESPONSE


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Tolerate until 2014/15 – then Treat – through a programme",
            [(TOLERATE, "until 2014/15 – then"), (TREAT, "through a programme")],
        ),
        ("Terminated in part. Treat: the rest", [(TERMINATE, "in part."), (TREAT, "the rest")]),
        ("Tolerate until 2014/15", [(TOLERATE, "Tolerate until 2014/15")]),
        ("Tolerance is low. Tolerate – the rest", [(TREAT, "Tolerance is low."), (TOLERATE, "the rest")]),
        ("Sharing is good. Treat – the rest", [(TREAT, "Sharing is good."), (TREAT, "the rest")]),
    ],
)
def test_words_that_begin_with_a_kind_are_of_that_kind(text: str, wanted: list[tuple[ResponseKind, str]]) -> None:
    assert [(each.kind, each.text) for each in responses_in(text).said] == wanted


def test_a_kind_that_begins_the_words_is_to_be_looked_at() -> None:
    assert responses_in("Tolerate until May – then Treat – x").notes == (
        "the words that begin with “Tolerate” are taken as “tolerate”",
    )
    assert responses_in("Tolerance is low. Tolerate – x").notes == (NO_KIND_BEFORE,)


def test_a_column_of_kinds_counts_before_a_word_of_the_text() -> None:
    found = responses_in("Transfer staff to the team", (TREAT,))
    assert [(each.kind, each.text) for each in found.said] == [(TREAT, "Transfer staff to the team")]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("Jane\nBob", "person", "Jane, Bob"),
        ("Jane Smith\nBob Jones", "person", "Jane Smith, Bob Jones"),
        ("Housing Manager\nJane Smith", "person", "Housing Manager, Jane Smith"),
        ("Housing Manager\nHead of Legal", "post", "Housing Manager, Head of Legal"),
        ("Housing Manager\nTMBC", "post", "Housing Manager, TMBC"),
        ("Senior Advice\nOfficer", "post", "Senior Advice Officer"),
        ("Head of\nHousing", "post", "Head of Housing"),
        ("Head of Strategic\nHousing", "post", "Head of Strategic Housing"),
        ("Corporate\nLeadership Team", "team", "Corporate Leadership Team"),
        ("Housing Options\nTeam Leader", "post", "Housing Options Team Leader"),
        ("• Jane\n• Housing", "person", "Jane, Housing"),
        ("CLT\nSMT", "team", "CLT, SMT"),
        ("Director of Homes and\nPlanning Officer", "post", "Director of Homes and Planning Officer"),
        ("Jane Smith,\nHousing Manager", "person", "Jane Smith, Housing Manager"),
        ("Manager (lettings\nand advice)", "post", "Manager (lettings and advice)"),
    ],
)
def test_an_owner_on_several_lines_is_one_or_several(words: str, kind: str, name: str) -> None:
    found = owner_in(words)
    assert (found.owner.name, found.owner.kind) == (name, kind)


def test_several_owners_are_to_be_looked_at() -> None:
    assert owner_in("Jane\nBob").note == (
        "“Jane” and “Bob” stand on lines of their own: a risk has one owner, and they become “Jane, Bob”"
    )
    assert owner_in("Senior Housing\nOfficer").note == ""


@pytest.mark.usefixtures("database")
def test_a_kind_of_owner_beside_the_names_hides_no_second_owner() -> None:
    heads = ("Risk", "Impact", "Likelihood", "Mitigation", "Owner", "Owner is a")
    file = register_in(csv_file([("Gamma", "2", "3", "Treat: x", "Jane\nBob", "person")], heads))
    (risk,) = compared(person("officer"), a_register(), file, Choices()).risks
    assert (risk.owner.kind, risk.owner.name) == ("person", "Jane, Bob")
    assert any("lines of their own" in words for words in risk.warnings)


def test_a_row_without_a_number_is_not_called_nought(visitor_as: VisitorAs) -> None:
    officer = visitor_as("officer")
    a_register()
    rows = [("1", "Gamma", "2", "3"), ("x", "Delta", "2", "3")]
    page = officer.get("/p/west-kent/risks/tmbc-risks/import")
    file = io.BytesIO(csv_file(rows, ("No", "Risk", "Impact", "Likelihood")))
    page = officer.send(page, {"file": (file, "risks.csv")})
    rows_said = [words_of(one) for table in page.all("table", class_="risks") for one in table.iter("th")][6:]
    assert rows_said == ["Risk 1", "No number"]


def json_of_ours() -> bytes:
    register = a_register()
    a_risk(register)
    return register_file("json", OPERATOR, register, base_url="https://tracker.example")


CANNOT = "JSON cannot be read back"
CAN = "the .xlsx or .ods file"


def test_our_own_json_is_refused_at_the_field_with_the_files_that_can_be_read(visitor_as: VisitorAs) -> None:
    officer = visitor_as("officer")
    content = json_of_ours()
    page = officer.get("/p/west-kent/risks/tmbc-risks/import")
    assert "JSON cannot be read back" in page.words
    page = officer.send(page, {"file": (io.BytesIO(content), "risks.json")})
    assert len(page.errors) == 1
    assert CANNOT in page.errors[0]
    assert CAN in page.errors[0]
    assert "Heads" not in page.words


def test_the_command_says_so_before_anything_else(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "risks.json"
    with using(database_url):
        path.write_bytes(json_of_ours())
    words = ["import", "risks", str(path), "--partnership", "west-kent", "--register", "tmbc-risks", "--map", "x=none"]
    refused = CliRunner().invoke(main, words, env={"TRACKER_DATABASE_URL": database_url, "TRACKER_BASE_URL": ""})
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert CANNOT in refused.stderr
    assert CAN in refused.stderr
