"""The plan as it really came: every word of the Word and the Excel file arrives."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from strategy_tracker.plans.rules import Status
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.drafting import draft_of
from tests.transfer.files import AUTHORITIES

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the partners' own files are kept outside the repository")


@pytest.fixture(params=["docx", "xlsx"])
def draft(request: pytest.FixtureRequest) -> PlanDraft:
    return draft_of((SEEDS / f"west-kent-action-plan.{request.param}").read_bytes(), AUTHORITIES)


@pytest.fixture
def truth() -> dict[str, Any]:
    return dict(json.loads((SEEDS / "west-kent-action-plan.json").read_text()))


def flat(words: str) -> str:
    return " ".join(words.split())


def test_every_word_of_the_plan_arrives(draft: PlanDraft, truth: dict[str, Any]) -> None:
    read = [
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
    assert read == truth["objectives"]
    assert {entry.short: entry.meaning for entry in draft.glossary} == truth["glossary"]
    assert (len(draft.objectives), len(draft.actions()), len(draft.outcomes()), len(draft.glossary)) == (16, 33, 35, 9)
    assert draft.problems == {}
    assert draft.passed_over == ()


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
