"""`strategy-tracker sample`, and where it refuses."""

import pytest
from click.testing import CliRunner, Result

from strategy_tracker.accounts import passwords
from strategy_tracker.cli import main
from tests.cast import QUICK

ELSEWHERE = {"TRACKER_BASE_URL": "https://plans.council.example", "TRACKER_SECRET_KEY": "k" * 64}


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing takes its time on purpose; here nobody waits for it."""
    monkeypatch.setattr(passwords, "HASHER", QUICK)


def run(url: str, *words: str, **more: str) -> Result:
    return CliRunner().invoke(main, words, env={"TRACKER_DATABASE_URL": url, "TRACKER_BASE_URL": "", **more})


@pytest.fixture(autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for all tests of a run: a report is rendered once."""
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path_factory.getbasetemp() / "sample-data"))


def test_the_command_loads_the_sample_and_says_who_may_sign_in(empty_database_url: str) -> None:
    assert run(empty_database_url, "migrate").exit_code == 0
    done = run(empty_database_url, "sample")
    assert (done.exit_code, "officer@tmbc.example" in done.stdout) == (0, True)
    again = run(empty_database_url, "sample", "--if-empty")
    assert (again.exit_code, "nothing was changed" in again.stdout) == (0, True)


def test_the_command_refuses_where_others_can_reach_the_address(empty_database_url: str) -> None:
    run(empty_database_url, "migrate")
    refused = run(empty_database_url, "sample", **ELSEWHERE)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    skipped = run(empty_database_url, "sample", "--if-empty", **ELSEWHERE)
    assert (skipped.exit_code, skipped.output) == (0, "")


def test_the_command_leaves_an_installation_with_partnerships_of_its_own_alone(empty_database_url: str) -> None:
    run(empty_database_url, "migrate")
    run(empty_database_url, "partnership", "add", "fenland", "--name", "Fenland")
    skipped = run(empty_database_url, "sample", "--if-empty")
    assert (skipped.exit_code, skipped.output) == (0, "")
