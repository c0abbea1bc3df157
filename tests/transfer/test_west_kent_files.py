"""The plan as it really came: every word of the Word and the Excel file arrives."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from strategy_tracker.cli import main
from strategy_tracker.plans.rules import Status
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.drafting import draft_of
from strategy_tracker.transfer.reading import read_document
from tests.transfer.files import AUTHORITIES, csv_file, opendocument_file

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the partners' own files are kept outside the repository")


def seed(kind: str) -> bytes:
    return (SEEDS / f"west-kent-action-plan.{kind}").read_bytes()


def without_merged_cells() -> list[list[str]]:
    """The rows of the Excel sheet as other kinds of file have them: blank where a merged cell goes on."""
    sheet = read_document(seed("xlsx")).grids[0]
    return [["" if cell.origin else cell.text for cell in row] for row in sheet.rows]


FILES = {
    "docx": lambda: seed("docx"),
    "xlsx": lambda: seed("xlsx"),
    "ods": lambda: opendocument_file(without_merged_cells()[4:], without_merged_cells()[3], titles=False),
    "csv": lambda: csv_file(without_merged_cells()[4:], without_merged_cells()[3], titles=False),
    "csv with semicolons": lambda: csv_file(without_merged_cells()[4:], without_merged_cells()[3], delimiter=";"),
}


@pytest.fixture(params=["docx", "xlsx"])
def draft(request: pytest.FixtureRequest) -> PlanDraft:
    return draft_of(seed(request.param), AUTHORITIES)


@pytest.fixture
def truth() -> dict[str, Any]:
    return dict(json.loads((SEEDS / "west-kent-action-plan.json").read_text()))


def flat(words: str) -> str:
    return " ".join(words.split())


def words_of(draft: PlanDraft) -> list[dict[str, Any]]:
    return [
        {
            "number": int(objective.number),
            "title": objective.title,
            "actions": [
                {
                    "text": flat(action.text),
                    "outcomes": [
                        {"text": flat(outcome.text), "progress": flat(" ".join(note.text for note in outcome.notes))}
                        for outcome in action.outcomes
                    ],
                }
                for action in objective.actions
            ],
        }
        for objective in draft.objectives
    ]


@pytest.mark.parametrize("kind", FILES)
def test_every_word_of_the_plan_arrives(kind: str, truth: dict[str, Any]) -> None:
    draft = draft_of(FILES[kind](), AUTHORITIES)
    assert words_of(draft) == truth["objectives"]
    assert (len(draft.objectives), len(draft.actions()), len(draft.outcomes())) == (16, 33, 35)
    assert draft.problems == {}
    assert draft.passed_over == ()


def test_the_glossary_arrives(draft: PlanDraft, truth: dict[str, Any]) -> None:
    assert {entry.short: entry.meaning for entry in draft.glossary} == truth["glossary"]
    assert len(draft.glossary) == 9


def test_it_goes_through_the_command_line_and_out_again_word_for_word(
    database_url: str, tmp_path: Path, truth: dict[str, Any]
) -> None:
    def run(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], env={"TRACKER_DATABASE_URL": database_url})

    for kind in ("docx", "xlsx"):
        file, plan = SEEDS / f"west-kent-action-plan.{kind}", f"from-{kind}"
        home = ("--partnership", "west-kent")
        assert run("import", "plan", file, *home, "--plan", plan, "--progress-of", "tmbc").exit_code == 0
        again = run("import", "plan", file, *home, "--plan", plan, "--progress-of", "tmbc")
        assert again.stdout.splitlines()[-1].startswith("Nothing to do")
        output = tmp_path / f"{plan}.json"
        assert run("export", "plan", plan, *home, "--format", "json", "-o", output).exit_code == 0
        exported = json.loads(output.read_text())
        assert [
            {
                "number": objective["number"],
                "title": objective["title"],
                "actions": [
                    {
                        "text": flat(action["text"]),
                        "outcomes": [
                            {"text": flat(outcome["text"]), "progress": flat(" ".join(said(outcome)))}
                            for outcome in action["outcomes"]
                        ],
                    }
                    for action in objective["actions"]
                ],
            }
            for objective in exported["objectives"]
        ] == truth["objectives"]
        assert exported["glossary"] == truth["glossary"]
        assert exported["strategy"] == truth["title"]


def said(outcome: dict[str, Any]) -> list[str]:
    return [note["text"] for note in outcome["progress"]]


def test_the_lines_above_the_table_say_strategy_plan_and_period(draft: PlanDraft, truth: dict[str, Any]) -> None:
    assert draft.strategy == truth["title"]
    assert draft.adopted == truth["adopted"]
    assert truth["period"] in draft.title
    assert (draft.period_from, draft.period_to) == (dt.date(2010, 7, 1), dt.date(2011, 6, 30))
    assert draft.as_at == dt.date(2011, 6, 30)


def test_bullets_stay_lines(draft: PlanDraft) -> None:
    bulleted = [outcome.text for outcome in draft.outcomes() if "•" in outcome.text]
    assert [len(text.split("\n")) for text in bulleted] == [3]


def test_only_clear_words_give_a_status(draft: PlanDraft) -> None:
    given = [note.status for note in draft.notes() if note.status]
    assert given.count(Status.ONGOING) == 5
    assert given.count(Status.ACHIEVED_AND_ONGOING) == 3
    assert sorted(set(given)) == sorted(
        {Status.ONGOING, Status.ACHIEVED, Status.ACHIEVED_AND_ONGOING, Status.DEFERRED, Status.CARRIED_FORWARD}
    )
    assert len(given) == 11
    assert len(draft.notes()) == 33
