"""`export risks` as typed: the register is named as a plan is, or by its option."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategy_tracker.cli import main
from tests.databases import using
from tests.risks.making import a_risk


@pytest.fixture
def url(database_url: str) -> str:
    with using(database_url):
        a_risk()
    return database_url


def export(url: str, output: Path, *words: str) -> Result:
    arguments = ["export", "risks", "--partnership", "west-kent", "--format", "csv", "-o", str(output), *words]
    return CliRunner().invoke(main, arguments, env={"TRACKER_DATABASE_URL": url, "TRACKER_BASE_URL": ""})


@pytest.mark.parametrize(
    "words", [("tmbc-risks",), ("--register", "tmbc-risks"), ("tmbc-risks", "--register", "tmbc-risks")]
)
def test_a_register_is_named_either_way(url: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "risks.csv"
    done = export(url, file, *words)
    assert (done.exit_code, done.output) == (0, f"{file} written\n")
    assert "Partners give less money" in file.read_text("utf-8-sig")


@pytest.mark.parametrize("words", [(), ("tmbc-risks", "--register", "other")])
def test_none_and_two_are_no_command(url: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    refused = export(url, tmp_path / "risks.csv", *words)
    assert (refused.exit_code, "Name one register: export risks SLUG" in refused.stderr) == (2, True)
    assert not (tmp_path / "risks.csv").exists()


def test_one_that_is_not_there_is_refused(url: str, tmp_path: Path) -> None:
    refused = export(url, tmp_path / "risks.csv", "gone")
    assert (refused.exit_code, refused.stderr) == (1, "There is no register gone in west-kent\n")
