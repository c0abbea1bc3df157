"""Layouts of councils' own: nothing is lost, nothing made up, and what could not be placed is said."""

import datetime as dt

import docx
import pytest
import xlsxwriter

from strategy_tracker.plans.rules import Status
from tests.transfer.files import csv_file, saved
from tests.transfer.laid_out import add_table, merge, notes, outline, read, sheet, whens, workbook


def test_everyday_heads_with_references() -> None:
    heads = ("Priority", "Ref", "What we will do", "How will we know", "By when", "Lead", "RAG", "Update October 2024")
    rows = [("1. Fewer empty homes", "1.2a", "Write", "50 letters", "Mar-25", "Jane Smith", "Amber", "On our way")]
    draft = read(csv_file(rows, heads, titles=False))
    assert outline(draft) == ["1 Fewer empty homes: 1.2a Write"]
    assert notes(draft) == [(None, "2024-10-31", "On our way")]
    assert (draft.notes()[0].status, draft.problems, draft.remarks) == (Status.AT_RISK, {}, ())


def test_priorities_alone_in_their_rows_without_being_merged() -> None:
    rows = [
        ("Ref", "Action", "Lead", "By when"),
        ("THEME 1: Homes", "", "", ""),
        ("1.1", "Write", "SDC", "Mar-25"),
        ("THEME 2: Health", "", "", ""),
        ("2.1", "Visit", "All", "ongoing"),
    ]
    for content in (sheet([("Action plan 2024/25",), *rows]), csv_file(rows[1:], rows[0])):
        assert outline(read(content)) == ["1 Homes: 1.1 Write", "2 Health: 2.1 Visit"]
        assert read(content).problems == {}


def test_priorities_in_a_first_column_that_has_no_head() -> None:
    rows = [
        ("", "Action", "By when"),
        ("Priority 1: Homes", "Write", "Mar-25"),
        ("", "Call", "TBC"),
        ("Priority 2: Heat", "Visit", "TBC"),
    ]
    assert outline(read(sheet(rows))) == ["1 Homes: 1.1 Write; 1.2 Call", "2 Heat: 2.1 Visit"]


def test_words_across_below_a_priority_are_no_objective() -> None:
    document = docx.Document()
    rows = [("Ref", "Action", "When"), ("Priority 1: Homes", "", ""), ("Why: too many are empty", "", "")]
    table = add_table(document, [*rows, ("1.1", "Write", "Mar-25")])
    merge(table, (1, 0), (1, 2))
    merge(table, (2, 0), (2, 2))
    draft = read(saved(document))
    assert outline(draft) == ["1 Homes: 1.1 Write"]
    assert draft.passed_over == ("Table 1, row 3 (Why: too many are empty)",)


def test_the_heading_counts_and_not_the_words_between_it_and_the_table() -> None:
    document = docx.Document()
    document.add_heading("Empty homes", 2)
    document.add_paragraph("We want fewer homes to stand empty.")
    add_table(document, [("Action", "When"), ("Write", "Mar-25")])
    document.add_paragraph("Aim 2 – Warmer homes")
    document.add_paragraph("Nobody should be cold.")
    add_table(document, [("Action", "When"), ("Visit", "Mar-25")])
    assert outline(read(saved(document))) == ["1 Empty homes: 1.1 Write", "2 Warmer homes: 2.1 Visit"]


def test_what_goes_on_after_a_page_is_not_begun_again() -> None:
    heads = ("Objective", "Action", "By when", "Progress")
    rows = [
        ("1. Fewer", "Write to owners", "Mar-25", "Begun and"),
        heads,
        ("1. Fewer (continued)", "Write to owners (cont.)", "", "going on"),
        ("1. Fewer cont'd", "Call", "TBC", ""),
    ]
    draft = read(csv_file(rows, heads))
    assert outline(draft) == ["1 Fewer: 1.1 Write to owners; 1.2 Call"]
    assert [note.text for note in draft.notes()] == ["Begun and going on"]
    assert draft.problems == {}


def test_totals_a_key_and_a_sign_off_below_the_plan_are_passed_over_and_named() -> None:
    rows = [
        ("Objective", "Action", "RAG"),
        ("Fewer", "Write", "G"),
        ("Total actions", "1", ""),
        ("", "", ""),
        ("Key", "", ""),
        ("G", "On track", ""),
        ("Signed off by:", "Chair", ""),
    ]
    draft = read(sheet(rows))
    assert outline(draft) == ["1 Fewer: 1.1 Write"]
    assert draft.passed_over == ("Plan, row 3 (Total actions; 1)", "Plan, rows 5 to 7 (Key)")


def test_tables_that_are_no_plan() -> None:
    document = docx.Document()
    tables = [
        [("Section", "Page"), ("Foreword", "2")],
        [("Version", "Date", "Author", "Status"), ("1.0", "June 2024", "J Smith", "Draft")],
        [("Action", "By when", "Lead"), ("Write", "Mar-25", "SDC")],
        [("RAG", "Meaning"), ("Red", "Off target")],
        [("Name", "Signature", "Date"), ("A Chair", "", "")],
        [("Risk", "Likelihood", "Mitigating action", "Owner"), ("Funding", "High", "Find more", "JS")],
        [("What you said", "What we will do"), ("More homes", "Build")],
    ]
    for rows in tables:
        document.add_paragraph("Priority 1: Fewer")
        add_table(document, rows)
    draft = read(saved(document))
    assert outline(draft) == ["1 Fewer: 1.1 Write"]
    assert [name.partition(" (")[0] for name in draft.passed_over] == [f"Table {n}" for n in (1, 2, 4, 5, 6, 7)]
    assert draft.problems == {}


def test_numbers_of_objectives_and_of_actions_in_two_columns() -> None:
    heads = ("Obj No", "Objective", "Action No", "Action")
    rows = [("1", "Fewer", "1.1", "Write"), ("", "", "1.2", "Call"), ("2", "Warm", "2.1", "Visit")]
    draft = read(csv_file(rows, heads))
    assert outline(draft) == ["1 Fewer: 1.1 Write; 1.2 Call", "2 Warm: 2.1 Visit"]
    assert draft.problems == {}


def test_a_revised_date_is_the_date_and_the_first_one_stays_in_words() -> None:
    heads = ("Objective", "Action", "Target date", "Revised date")
    rows = [("Fewer", "Write", "Mar-25", "June 2025"), ("", "Call", "Mar-25", "n/a"), ("", "Visit", "", "TBC")]
    draft = read(csv_file(rows, heads))
    assert whens(draft) == ["June 2025 (was Mar-25)", "Mar-25", "TBC"]
    first = draft.outcomes()[0].timescale
    assert first is not None
    assert first.due_on == dt.date(2025, 6, 30)
    assert "“Revised date” is filled in" in draft.remarks[0]


def test_measures_targets_and_milestones_beside_each_other() -> None:
    heads = ("Objective", "Action", "Outcome", "Measure", "Milestones")
    draft = read(csv_file([("Fewer", "Write", "Less", "Letters", "May"), ("", "Call", "", "Calls", "")], heads))
    assert [outcome.text for outcome in draft.outcomes()] == [
        "Less\nMeasure: Letters\nMilestones: May",
        "Measure: Calls",
    ]
    assert draft.remarks == (
        "The file: the columns “Outcome”, “Measure” and “Milestones” are taken together as the outcome",
    )


def test_a_lead_beside_partners_leads() -> None:
    heads = ("Objective", "Action", "Lead", "Partners")
    (action,) = read(csv_file([("Fewer", "Write", "SDC", "TMBC, Citizens Advice")], heads)).actions()
    assert (action.lead, [share.authority for share in action.shares or ()]) == ("sdc", ["sdc", "tmbc"])
    assert action.owner is not None
    assert action.owner.name == "Citizens Advice"


def test_an_owner_beside_no_new_action_is_said() -> None:
    heads = ("Objective", "Action", "Milestones", "When", "Lead officer")
    draft = read(sheet([heads, ("Fewer", "Write", "List", "Jun-25", "Jane"), ("", "", "Letters", "Sep-25", "Bob")]))
    assert whens(draft) == ["Jun-25", "Sep-25"]
    assert draft.remarks == ("Plan!E3: “Bob” stands beside no new action and is left out",)


def test_a_manager_of_a_council_in_brackets() -> None:
    (action,) = read(csv_file([("Fewer", "Write", "Housing Manager (SDC)")], ("Objective", "Action", "Who"))).actions()
    assert action.owner is not None
    assert (action.owner.name, action.lead) == ("Housing Manager", "sdc")


@pytest.mark.parametrize("above", [True, False], ids=["heads in the second row", "heads in the first row"])
def test_quarters_below_one_merged_head_and_a_note_across_them(above: bool) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Plan")
        for column, words in enumerate(("Objective", "Action")):
            page.write(1 if above else 0, column, words)
        page.merge_range(0, 2, 0, 3, "Progress 2024/25")
        page.write_row(1, 2, ("Q1", "Q2"))
        page.write_row(2, 0, ("Fewer", "Write", "Begun", "Done"))
        page.write(3, 1, "Call")
        page.merge_range(3, 2, 3, 3, "None all year")

    assert notes(read(workbook(fill))) == [
        (None, "2024-06-30", "Begun"),
        (None, "2024-09-30", "Done"),
        (None, "2024-06-30", "None all year"),
        (None, "2024-09-30", "None all year"),
    ]


def test_quarters_take_their_year_from_the_plan_of_one_year() -> None:
    heads = ("Objective", "Action", "Q1 update", "Q4 update", "March RAG")
    rows = [("Action plan 2024/25",), heads, ("Fewer", "Write", "Begun", "Done", "Green")]
    assert notes(read(sheet(rows)))[:2] == [(None, "2024-06-30", "Begun"), (None, "2025-03-31", "Done")]
    assert len(read(sheet(rows[1:])).problems) == 1


def test_a_note_across_the_councils_is_each_ones_and_one_down_the_actions_too() -> None:
    document = docx.Document()
    heads = ("Objective", "Action", "SDC progress", "TMBC progress")
    table = add_table(document, [heads, ("Fewer", "Write", "A joint letter", ""), ("", "Call", "", "")])
    merge(table, (1, 2), (2, 3))
    both = [("sdc", "", "A joint letter"), ("tmbc", "", "A joint letter")]
    assert notes(read(saved(document))) == both * 2


def test_words_across_an_action_and_its_measure_are_not_said_twice() -> None:
    document = docx.Document()
    table = add_table(document, [("Objective", "Action", "Measure", "When"), ("Fewer", "Write to all", "", "Mar-25")])
    merge(table, (1, 1), (1, 2))
    assert [outcome.text for outcome in read(saved(document)).outcomes()] == [""]


def test_heads_that_may_be_anything_are_asked_for() -> None:
    for names in (("Q1", "Q2", "Q3", "Q4"), ("SDC", "TMBC", "TWBC")):
        draft = read(csv_file([("Fewer", "Write", *names)], ("Objective", "Action", *names)))
        assert len(draft.problems) == len(names)
        assert outline(draft) == ["1 Fewer: 1.1 Write"]


def test_heads_in_welsh_and_in_both_languages() -> None:
    welsh = ("Amcan", "Cam gweithredu", "Erbyn pryd", "Arweinydd", "Statws", "Cynnydd")
    english = ("Objective", "Action", "By when", "Lead", "Status", "Progress")
    words = [("1. Llai o dai gwag", "Ysgrifennu", "Mawrth 2026", "SDC", "Gwyrdd", "Wedi dechrau")]
    for heads in (welsh, [f"{a} / {b}" for a, b in zip(welsh, english, strict=True)]):
        draft = read(csv_file(words, heads))
        assert outline(draft) == ["1 Llai o dai gwag: 1.1 Ysgrifennu"]
        assert (draft.notes()[0].status, draft.problems) == (Status.ON_TRACK, {})


def test_two_plans_in_one_workbook_are_not_mixed() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("Action plan 2024-25", "Action plan 2025-26"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ("Objective", "Action"))
            page.write_row(1, 0, ("1. Fewer", "Write"))

    assert (
        "is a plan for another period than Action plan 2024-25" in read(workbook(fill)).problems["Action plan 2025-26"]
    )


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("G (on target)", Status.ON_TRACK),
        ("Blue – complete", Status.ACHIEVED),
        ("GREEN ↑", Status.ON_TRACK),
        ("Amber/Green", None),
        ("●", None),
    ],
)
def test_a_status_of_several_words_must_say_one_thing(words: str, status: Status | None) -> None:
    draft = read(csv_file([("Fewer", "Write", "Begun", words)], ("Objective", "Action", "Progress", "RAG")))
    assert draft.notes()[0].status is status
    assert list(draft.problems.values()) == ([] if status else [f"“{words}” is no status that is known"])
