"""The files of a register: every kind says the same, is harmless, names nobody who made it, and tells what one may
read and nothing else."""

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import odfdo
import openpyxl
import pytest
from click.testing import CliRunner, Result

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.cli import main
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.rules import ResponseKind, ScoreKind
from strategy_tracker.risks.schemes.plain import from_plain
from strategy_tracker.transfer.risks_in.operations import Choices, import_risks
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_out.files import KINDS, register_file
from tests.application import VisitorAs
from tests.cast import person
from tests.databases import using
from tests.risks.making import a_register, a_risk, a_score, four_by_six, put_forward

SECRET = "Only TMBC knows of this"
FORMULA = '=HYPERLINK("http://evil.example","x")'
here = pytest.mark.usefixtures("database")


def a_full_register() -> Register:
    register = a_register()
    risk = a_risk(register, FORMULA, score=(2, 3), shared=True, owner=Owner(OwnerKind.POST, "Manager"))
    a_score(Risk.get_by_id(risk.id), 1, 1, ScoreKind.TARGET)
    add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text="+ Look for money", due_on=dt.date(2011, 9, 30))
    add_response(OPERATOR, risk, kind=ResponseKind.TOLERATE, text="As far as it goes")
    a_risk(register, SECRET, score=None)
    put_forward(Risk.get_by_id(risk.id))
    return Register.get_by_id(register.id)


def sent(kind: str, who: Any = OPERATOR, register: Register | None = None) -> bytes:
    return register_file(kind, who, register or a_full_register(), base_url="https://tracker.example")


def rows_in(kind: str, content: bytes) -> list[list[str]]:
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    if kind == "ods":
        return [[_plain(value) for value in row] for row in _table(content).get_values()]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Risks"]
    return [[_plain(cell.value) for cell in row] for row in sheet.iter_rows()]


def _table(content: bytes) -> odfdo.Table:
    found = odfdo.Document(io.BytesIO(content)).body.get_table(name="Risks")
    assert isinstance(found, odfdo.Table)
    return found


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return "" if value is None else str(value)


@here
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_every_kind_holds_the_same_rows(kind: str) -> None:
    head, first, second = rows_in(kind, sent(kind))
    said = dict(zip(head, first, strict=True))
    guard = "'" if kind == "csv" else ""
    assert said["Risk"] == guard + FORMULA
    assert {name: said[name] for name in ("Number", "Impact", "Likelihood", "Score", "Band", "Target", "Owner")} == {
        "Number": "1",
        "Impact": "3 Critical",
        "Likelihood": "4 Significant",
        "Score": "12",
        "Band": "High",
        "Target": "4 Low",
        "Owner": "Manager",
    }
    assert said["Responses"] == "Treat: + Look for money\nTolerate: As far as it goes"
    assert (said["Found"], said["Who may read it"]) == ("2010-07-01", "Shared")
    assert said["Put forward"].startswith("Operational risks of west-kent: Waits for an answer")
    assert (second[1], second[8]) == (SECRET, "")


@here
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_file_of_ours_comes_into_another_register_as_it_went_out(kind: str) -> None:
    register = a_register()
    risk = a_risk(register, "Partners give less", owner=Owner(OwnerKind.POST, "Manager"), cause="They save")
    a_score(Risk.get_by_id(risk.id), 1, 1, ScoreKind.TARGET)
    a_score(Risk.get_by_id(risk.id), 3, 5, ScoreKind.INHERENT)
    add_response(OPERATOR, risk, kind=ResponseKind.TOLERATE, text="As far as it goes")
    add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text="Look for other money")
    content = sent(kind, OPERATOR, Register.get_by_id(register.id))
    other = a_register("tmbc", "another")
    import_risks(OPERATOR, other, register_in(content), Choices(), "ours")
    again = rows_in(kind, sent(kind, OPERATOR, Register.get_by_id(other.id)))
    head, before, after = again[0], rows_in(kind, content)[1], again[1]
    differing = [name for name, one, two in zip(head, before, after, strict=True) if one != two]
    assert set(differing) <= {"Found", "Movement", "Next review"}


@here
def test_a_workbook_has_the_responses_on_a_sheet_of_their_own_and_no_formula_and_no_author() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sent("xlsx")))
    assert book.sheetnames == ["About", "Risks", "Responses", "Controls", "Scores"]
    assert [[cell.value for cell in row][2:5] for row in book["Responses"].iter_rows(min_row=2)] == [
        [1, "Treat", "+ Look for money"],
        [2, "Tolerate", "As far as it goes"],
    ]
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert types == {"s", "n", "d"}
    assert (book.properties.creator, book.properties.lastModifiedBy) == (None, None)
    cover = {row[0].value: row[1].value for row in book["About"].iter_rows() if row[0].value}
    assert cover["Who may read it"] == "For TMBC: contains private risks"
    assert cover["Source"] == "https://tracker.example/p/west-kent/risks/tmbc-risks/"


@here
def test_json_holds_the_scheme_and_every_score_in_its_own_words() -> None:
    whole = json.loads(sent("json"))
    assert from_plain(whole["scheme"]) == four_by_six()
    first, second = whole["risks"]
    assert [(one["kind"], one["version"], one["impact_label"], one["value"]) for one in first["scores"]] == [
        ("current", 1, "3 Critical", 12),
        ("target", 1, "2 Marginal", 4),
    ]
    assert [one["text"] for one in first["responses"]] == ["+ Look for money", "As far as it goes"]
    assert (second["risk"], second["scores"], second["readers"]) == (SECRET, [], "Private")


@here
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pdf"])
def test_another_authority_finds_what_is_shared_by_its_outer_number_and_nothing_else(kind: str) -> None:
    content = sent(kind, person("other officer"))
    words = content
    if kind in ("xlsx", "ods"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            words = b"".join(package.read(name) for name in package.namelist())
    assert b"Look for money" in words
    assert SECRET.encode() not in words and b"Waits for an answer" not in words
    if kind == "json":
        assert [one["number"] for one in json.loads(content)["risks"]] == ["S1"]
    else:
        assert [row[0] for row in rows_in(kind, content)] == ["Number", "S1"]


@here
def test_who_learns_of_a_risk_later_is_not_told_its_earlier_scores() -> None:
    register = a_register()
    risk = a_risk(register, score=(0, 0), opened_on=dt.date(2010, 7, 1))
    a_score(Risk.get_by_id(risk.id), 3, 5, on=dt.date(2010, 8, 1))
    put_forward(Risk.get_by_id(risk.id), share=True)

    def values(who: Any) -> list[int]:
        return [one["value"] for one in json.loads(sent("json", who, register))["risks"][0]["scores"]]

    assert (values(person("officer")), values(person("other officer"))) == ([1, 24], [24])


def test_the_addresses_send_files_and_the_register_of_a_stranger_is_not_there(visitor_as: VisitorAs) -> None:
    a_full_register()
    officer, stranger = visitor_as("officer"), visitor_as("outsider")
    for kind, media in KINDS.items():
        if kind == "pdf":
            continue
        answer = officer.get(f"/p/west-kent/risks/tmbc-risks.{kind}")
        assert answer.headers["Content-Type"] == media
        assert answer.headers["Content-Disposition"] == f'attachment; filename="west-kent-tmbc-risks.{kind}"'
        stranger.get(f"/p/west-kent/risks/tmbc-risks.{kind}", status=404)


def export(url: str, output: Path, *more: object, register: str = "tmbc-risks") -> Result:
    words = ("export", "risks", "--partnership", "west-kent", "--register", register, "-o", output, *more)
    return CliRunner().invoke(
        main, [str(word) for word in words], env={"TRACKER_DATABASE_URL": url, "TRACKER_BASE_URL": ""}
    )


def test_the_command_writes_a_register_as_at_a_day_and_refuses_what_is_not_there(
    database_url: str, tmp_path: Path
) -> None:
    with using(database_url):
        risk = a_risk(score=(0, 0), opened_on=dt.date(2010, 7, 1))
        a_score(Risk.get_by_id(risk.id), 3, 5, on=dt.date(2011, 2, 1))
    file = tmp_path / "risks.json"
    done = export(database_url, file, "--format", "json", "--as-at", "2011-01-31")
    assert (done.exit_code, done.output) == (0, f"{file} written\n")
    assert [one["value"] for one in json.loads(file.read_text())["risks"][0]["scores"]] == [1]

    absent = export(database_url, file, "--format", "csv", register="gone")
    assert (absent.exit_code, absent.stderr) == (1, "There is no register gone in west-kent\n")
    assert export(database_url, file, "--format", "doc").exit_code == 2
