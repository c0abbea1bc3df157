"""`import risks` as typed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategy_tracker.cli import main
from strategy_tracker.risks.models import Risk
from tests.databases import using
from tests.risks.making import a_register
from tests.risks_in.files import HEADS, ROWS, excel_file, word_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    path.write_bytes(word_file())
    return path


def run(url: str, *words: object) -> Result:
    arguments = [str(word) for word in words]
    return CliRunner().invoke(main, arguments, env={"TRACKER_DATABASE_URL": url, "TRACKER_BASE_URL": ""})


def bring_in(url: str, file: Path, *more: object) -> Result:
    return run(url, "import", "risks", file, "--partnership", "west-kent", "--register", "tmbc-risks", *more)


def test_a_register_comes_in(database_url: str, file: Path) -> None:
    with using(database_url):
        a_register()
    dry = bring_in(database_url, file, "--dry-run")
    assert (dry.exit_code, dry.stdout.splitlines()[-1]) == (0, "Would add: 7 risks; already there: 0")
    assert "Table 2: “Id” is number, “Description” is description, “Impact score” is impact" in dry.stdout
    assert "Passed over: Table 1 (Action; Owner; By when)" in dry.stdout
    assert "3 Critical by 4 Significant is 12 High; CLT? (team)" in dry.stdout
    assert "  tolerate: as far as our own means allow" in dry.stdout
    assert "  look at: the owner is not settled: the file says “CLT?”" in dry.stdout
    with using(database_url):
        assert Risk.select().count() == 0
    assert bring_in(database_url, file, "--as-at", "2010-09-01").stdout.splitlines()[-1] == (
        "Added: 7 risks; already there: 0"
    )
    assert bring_in(database_url, file).stdout.splitlines()[-1] == (
        "Nothing to do: the register has every risk of the file"
    )


def test_a_refusal_is_one_line_that_says_what_and_where(database_url: str, tmp_path: Path) -> None:
    with using(database_url):
        a_register()
    path = tmp_path / "risks.xlsx"
    path.write_bytes(excel_file([(*ROWS[0], "£5")], (*HEADS, "Budget")))
    refused = bring_in(database_url, path)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == ("Risks!G3: The head “Budget” is not understood; say what the column holds, or none\n")
    assert bring_in(database_url, path, "--map", "Budget=none").exit_code == 0
    path.write_bytes(excel_file([("1", "Another", *ROWS[0][2:])]))
    assert "in other words: Risks!B4 is risk 1 (description)" in bring_in(database_url, path).stderr
    left = bring_in(database_url, path, "--leave-existing")
    assert left.exit_code == 0
    assert "1: already there in other words, left as it is (description)\n" in left.stdout


def test_what_is_not_there_is_refused_and_what_is_no_command_is_usage(database_url: str, file: Path) -> None:
    assert "There is no register tmbc-risks in west-kent" in bring_in(database_url, file).stderr
    assert run(database_url, "import", "risks", file).exit_code == 2
    other = run(database_url, "import", "risks", file, "--partnership", "nowhere", "--register", "x")
    assert (other.exit_code, other.stderr) == (1, "There is no partnership nowhere\n")


@pytest.mark.parametrize(
    ("pair", "words"),
    [("Id=money", "is not HEAD=FIELD with a field of: number"), ("Budget=none", "no column with the head “budget”")],
)
def test_a_mapping_that_cannot_be_is_refused(database_url: str, file: Path, pair: str, words: str) -> None:
    with using(database_url):
        a_register()
    refused = bring_in(database_url, file, "--map", pair)
    assert (refused.exit_code, words in refused.stderr, refused.stderr.count("\n")) == (1, True, 1)
    assert "There is no file" in bring_in(database_url, file.parent / "none.docx").stderr
