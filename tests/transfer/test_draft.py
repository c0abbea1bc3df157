"""The same plan in every kind of file gives the same draft."""

import datetime as dt

import pytest

from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.drafting import draft_of
from tests.transfer.files import (
    AUTHORITIES,
    GLOSSARY,
    HEADS,
    ROWS,
    csv_file,
    excel_file,
    opendocument_file,
    word_file,
)

FILES = {
    "word": word_file,
    "excel": excel_file,
    "opendocument": opendocument_file,
    "csv": csv_file,
    "csv with semicolons": lambda: csv_file(delimiter=";"),
    "csv with tabs, utf-16": lambda: csv_file(delimiter="\t", encoding="utf-16"),
    "csv from Excel": lambda: csv_file(encoding="utf-8-sig"),
    "csv in Windows-1252": lambda: csv_file(delimiter=";", encoding="windows-1252"),
}


@pytest.fixture(params=FILES)
def draft(request: pytest.FixtureRequest) -> PlanDraft:
    return draft_of(FILES[request.param](), AUTHORITIES)


def test_objectives_actions_and_outcomes(draft: PlanDraft) -> None:
    assert [(objective.number, objective.title) for objective in draft.objectives] == [
        ("1", "Fewer empty homes"),
        ("2", "Warmer homes – for all"),
        ("3", "Safer homes"),
    ]
    assert [(action.number, action.text) for action in draft.actions()] == [
        ("1.1", ROWS[0][2]),
        ("1.2", ROWS[2][2]),
        ("2.1", ROWS[3][2]),
        ("2.2", ROWS[4][2]),
        ("3.1", ROWS[5][2]),
    ]
    assert [[outcome.text for outcome in action.outcomes] for action in draft.actions()] == [
        [ROWS[0][3], ROWS[1][3]],
        [ROWS[2][3]],
        [""],
        [ROWS[4][3]],
        [ROWS[5][3]],
    ]
    assert draft.problems == {}


def test_titles_period_and_as_at(draft: PlanDraft) -> None:
    assert draft.strategy == "Joint Housing Strategy for the Weald: Towards 2030"
    assert draft.adopted == 2024
    assert draft.title == "Action Plan for the period April 2024 – March 2026"
    assert (draft.period_from, draft.period_to) == (dt.date(2024, 4, 1), dt.date(2026, 3, 31))
    assert draft.as_at == dt.date(2024, 9, 30)


def test_progress_keeps_its_words_and_gets_only_the_status_that_it_says(draft: PlanDraft) -> None:
    assert [(note.text, note.status, note.as_at) for note in draft.notes()] == [
        ("On going", Status.ONGOING, dt.date(2024, 9, 30)),
        ("Achieved and on going. 40 letters sent.", Status.ACHIEVED_AND_ONGOING, dt.date(2024, 9, 30)),
        ("Deferred at present", Status.DEFERRED, dt.date(2024, 9, 30)),
        ("12 grants, £6,000", None, dt.date(2024, 9, 30)),
    ]


def test_an_outcome_gives_its_date_only_where_it_sets_exactly_one(draft: PlanDraft) -> None:
    june = Timescale(TimescaleKind.DATE, dt.date(2024, 6, 30), Precision.MONTH, "by June 2024")
    none = Timescale()
    assert [outcome.timescale for outcome in draft.outcomes()] == [june, none, none, none, none, none]


def test_the_glossary_is_found() -> None:
    for file in (word_file, excel_file, opendocument_file):
        assert [(entry.short, entry.meaning) for entry in draft_of(file(), AUTHORITIES).glossary] == list(GLOSSARY)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (word_file(), "Table 1, row 3, column Measurable Outcomes/Timescales"),
        (excel_file(), "Plan!D6"),
        (opendocument_file(), "Plan!D6"),
    ],
    ids=["word", "excel", "opendocument"],
)
def test_everything_knows_where_it_stands(content: bytes, place: str) -> None:
    assert draft_of(content, AUTHORITIES).outcomes()[1].place == place


def test_repeated_heads_are_passed_over() -> None:
    rows = [*ROWS[:3], HEADS, *ROWS[3:]]
    assert len(draft_of(csv_file(rows), AUTHORITIES).actions()) == 5


def test_words_cut_off_by_a_page_go_on() -> None:
    rows = [("1.", "Fewer", "Write", "All written to", "Staff work with the"), HEADS, ("", "", "", "", "owners' group")]
    notes = draft_of(csv_file(rows), AUTHORITIES).notes()
    assert [note.text for note in notes] == ["Staff work with the owners' group"]


def test_filled_down_cells_are_the_same_objective_and_action() -> None:
    rows = [("1", "Fewer", "Write", "A letter", ""), ("1", "Fewer", "Write", "A second letter", "")]
    draft = draft_of(csv_file(rows), AUTHORITIES)
    assert [[outcome.text for outcome in action.outcomes] for action in draft.actions()] == [
        ["A letter", "A second letter"]
    ]


def test_action_numbers_of_the_file_stay() -> None:
    heads = ("Priority", "Ref", "What we will do", "By when")
    rows = [("1 Fewer", "1.2a", "Write", "Mar-25"), ("", "1.3", "Call", "TBC"), ("2 Warmer", "2.1", "Visit", "Ongoing")]
    draft = draft_of(csv_file(rows, heads), AUTHORITIES)
    assert [action.number for action in draft.actions()] == ["1.2a", "1.3", "2.1"]
    assert [outcome.timescale.kind for outcome in draft.outcomes() if outcome.timescale] == [
        TimescaleKind.DATE,
        TimescaleKind.CONDITION,
        TimescaleKind.RECURRING,
    ]


def test_owners_leads_and_statuses_in_columns_of_their_own() -> None:
    heads = ("Objective", "Action", "Lead", "Responsible officer", "RAG", "Progress")
    rows = [
        ("Fewer", "Write", "TMBC", "Housing Manager", "Green", "All written"),
        ("", "Call", "Sevenoaks / Tunbridge Wells", "Private Sector Team", "Amber", ""),
        ("", "Visit", "All LAs", "", "", "Not begun"),
    ]
    actions = draft_of(csv_file(rows, heads), AUTHORITIES).actions()
    assert [action.lead for action in actions] == ["tmbc", None, None]
    assert [tuple(share.authority for share in action.shares or ()) for action in actions] == [
        ("tmbc",),
        ("sdc", "twbc"),
        ("sdc", "tmbc", "twbc"),
    ]
    assert [action.owner.name if action.owner else "" for action in actions] == [
        "Housing Manager",
        "Private Sector Team",
        "",
    ]
    statuses = [[note.status for note in action.outcomes[0].notes] for action in actions]
    assert statuses == [[Status.ON_TRACK], [Status.AT_RISK], [None]]


def test_a_column_for_each_council() -> None:
    heads = ("No", "Objective", "Action", "SDC progress", "TMBC progress")
    rows = [("1", "Fewer", "Write", "Written", "Not yet")]
    notes = draft_of(csv_file(rows, heads), AUTHORITIES).notes()
    assert [(note.authority, note.text) for note in notes] == [("sdc", "Written"), ("tmbc", "Not yet")]


def test_a_table_that_is_no_plan_is_passed_over_and_named() -> None:
    import docx

    from tests.transfer.files import saved

    document = docx.Document()
    plan = document.add_table(rows=2, cols=2)
    for cell, words in zip(plan.rows[0].cells, ("Objective", "Action"), strict=True):
        cell.text = words
    for cell, words in zip(plan.rows[1].cells, ("Fewer", "Write"), strict=True):
        cell.text = words
    key = document.add_table(rows=1, cols=2)
    key.rows[0].cells[0].text, key.rows[0].cells[1].text = "Signed off by", "Chair of the group"
    draft = draft_of(saved(document), AUTHORITIES)
    assert draft.passed_over == ("Table 2 (Signed off by; Chair of the group)",)
