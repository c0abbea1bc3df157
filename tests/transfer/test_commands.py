"""`import plan` and `export plan` as typed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from strategy_tracker.cli import main
from tests.transfer.files import HEADS, ROWS, csv_file, word_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    path.write_bytes(word_file())
    return path


def run(url: str, *words: object) -> Result:
    arguments = [str(word) for word in words]
    return CliRunner().invoke(main, arguments, env={"TRACKER_DATABASE_URL": url, "TRACKER_BASE_URL": ""})


def bring_in(url: str, file: Path, *more: object) -> Result:
    return run(url, "import", "plan", file, "--partnership", "west-kent", "--plan", "housing-2024", *more)


def give_out(url: str, output: Path, *more: object) -> Result:
    return run(url, "export", "plan", "housing-2024", "--partnership", "west-kent", "-o", output, *more)


def test_a_plan_comes_in_and_goes_out(database_url: str, file: Path, tmp_path: Path) -> None:
    dry = bring_in(database_url, file, "--progress-of", "tmbc", "--dry-run")
    assert (dry.exit_code, dry.stdout.splitlines()[-1]) == (0, "Would change: 22 new, 0 changed, 0 gone")
    assert "“Progress to 30 September 2024” is progress@2024-09-30" in dry.stdout
    assert "[deferred] Deferred at present" in dry.stdout
    assert "new: outcome of 1.1 (June 2024): All written to by June 2024" in dry.stdout
    done = bring_in(database_url, file, "--progress-of", "TMBC", "--title", "Housing plan")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Done: 22 new, 0 changed, 0 gone")
    again = bring_in(database_url, file, "--progress-of", "tmbc")
    assert again.stdout.splitlines()[-1] == "Nothing to do: the plan says what the file says"
    output = tmp_path / "plan.json"
    assert give_out(database_url, output, "--format", "json").exit_code == 0
    assert json.loads(output.read_text())["title"] == "Housing plan"


def test_a_refusal_is_one_line_that_says_what_and_where(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(csv_file(ROWS, (*HEADS[:4], "Budget")))
    refused = bring_in(database_url, file)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        "The file, row 4, column Budget: The head “Budget” is not understood; say what the column holds, or none\n"
    )


def test_a_head_is_settled_by_hand(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(csv_file(ROWS, (*HEADS[:4], "Where we are")))
    done = bring_in(database_url, file, "--map", "Where we are=progress:twbc@2024-09-30")
    assert done.exit_code == 0
    assert "(TWBC, as at 30 September 2024)" in done.stdout
    ignored = bring_in(database_url, file, "--map", "where we are=none")
    assert ignored.stdout.splitlines()[-1] == "Nothing to do: the plan says what the file says"


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("Budget=money", "is not HEAD=FIELD with a field of: number, objective"),
        ("Budget", "is not HEAD=FIELD"),
        ("No=progress:nobody", "names no authority of the partnership; there are kcc, sdc, tmbc, twbc"),
        ("No=number@2024-09-30", "only progress and status"),
        ("No=progress@2024-09-31", "is no date"),
        ("Budget=none", "has no column with the head “budget”"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(database_url: str, file: Path, pair: str, words: str) -> None:
    refused = bring_in(database_url, file, "--progress-of", "tmbc", "--map", pair)
    assert (refused.exit_code, words in refused.stderr, refused.stderr.count("\n")) == (1, True, 1)


def test_what_is_not_there_is_refused_and_what_is_no_command_is_usage(
    database_url: str, file: Path, tmp_path: Path
) -> None:
    assert "There is no file" in bring_in(database_url, tmp_path / "none.docx").stderr
    assert bring_in(database_url, file, "--as-at", "yesterday").exit_code == 2
    assert run(database_url, "import", "plan", file).exit_code == 2
    other = run(database_url, "import", "plan", file, "--partnership", "nowhere", "--plan", "x")
    assert (other.exit_code, other.stderr) == (1, "There is no partnership nowhere\n")
    assert "There is no plan" in give_out(database_url, tmp_path / "x.json", "--format", "json").stderr
    nowhere = tmp_path / "nowhere" / "x.json"
    bring_in(database_url, file, "--progress-of", "tmbc")
    assert give_out(database_url, nowhere, "--format", "json").stderr == f"There is no folder {nowhere.parent}\n"
    assert give_out(database_url, tmp_path / "x.doc", "--format", "doc").exit_code == 2


def test_a_failed_export_leaves_the_file_that_stood_there(
    database_url: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(database_url, file, "--progress-of", "tmbc")
    output = tmp_path / "plan.json"
    output.write_text("what stood here before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("strategy_tracker.transfer.commands.os.fsync", full)
    failed = give_out(database_url, output, "--format", "json")
    assert (failed.exit_code, "No space left" in failed.stderr) == (1, True)
    assert output.read_text() == "what stood here before"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".plan")) == []


def test_many_problems_are_told_by_their_kinds_on_one_line(database_url: str, tmp_path: Path) -> None:
    action = {"shares": [{"authority": "nowhere", "owner": None}], "lead": "nobody"}
    actions = [action | {"number": f"1.{number}", "text": f"Act {number}"} for number in range(1, 151)]
    actions += [{"number": f"2.{number}", "text": ""} for number in range(1, 3)]
    plan = {"period": {"from": "2024-04-01", "to": "2025-03-31"}, "title": "Elsewhere"}
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan | {"objectives": [{"number": 1, "title": "One", "actions": actions}]}))
    refused = bring_in(database_url, file)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr == (
        "objectives[0].actions[0]: There is no authority nobody in this partnership; "
        "objectives[0].actions[1]: There is no authority nobody in this partnership; "
        "objectives[0].actions[2]: There is no authority nobody in this partnership; and 147 more of this kind; "
        "objectives[0].actions[150]: Action 2.1 has no words; objectives[0].actions[151]: Action 2.2 has no words\n"
    )
