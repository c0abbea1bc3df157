"""A plan goes out as a file and comes back: what was changed in it is brought in, and nothing else."""

import datetime as dt
import json
from typing import Any

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Action, Plan
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.transfer.plan_json import plan_as_json
from tests import builders
from tests.cast import authority
from tests.transfer.going_out import (
    KINDS,
    Cells,
    changes_by,
    edited,
    edited_word,
    read_back,
    sent_out,
    setting,
    shown,
)

pytestmark = pytest.mark.usefixtures("database")
REASON = Change("Agreed by the steering group")
EDITABLE = ("xlsx", "csv")


def an_awkward_plan() -> Plan:
    """A draft with what is easily lost on the way."""
    plan = builders.a_plan("awkward", agreed=False)
    objective = builders.an_objective(plan, "=Atal digartrefedd yn y ddau dŵr, ŵyl a’r tŷ", lead="sdc")
    action = builders.an_action(
        objective,
        "-1 + 2: “Quotes”, 'apostrophes', <tags> & ampersands\n\n• a bullet\n• another  with two spaces\n\tand a tab",
        of=("tmbc", "sdc"),
        owner=Owner(OwnerKind.PERSON, "Housing Manager"),
        outcomes=[
            "",
            ("", Timescale.by(dt.date(2011, 3, 31), Precision.MONTH)),
            ("Same words", Timescale.by(dt.date(2011, 3, 31), Precision.DAY, "by the end of March 2011")),
            ("Same words", Timescale.by(dt.date(2011, 6, 1), Precision.QUARTER)),
            ("@home 👪🏽", Timescale(TimescaleKind.CONDITION, words="every quarter")),
            ("+44 1732", Timescale(TimescaleKind.NONE, words="March 2011")),
            ("_x0041_ stays", Timescale(TimescaleKind.RECURRING, words="subject to funding")),
            ("'=apostrophe", Timescale.by(dt.date(2011, 1, 1), Precision.YEAR)),
        ],
    )
    plans.edit_action(
        OPERATOR, action, action.version, text=action.text, lead=None, owner=Owner(), number="1.10", change=REASON
    )
    for at, status in enumerate((None, Status.ACHIEVED_AND_ONGOING, Status.DEFERRED)):
        builders.a_note(action, "sdc", status, f"=SUM(A1)\nline two\n\nafter {at}", outcome=at, reason="No money")
    builders.a_note(action, "sdc", Status.ACHIEVED, "Later", as_at=dt.date(2011, 7, 30))
    share = builders.share(action, "sdc")
    plans.edit_share(OPERATOR, share, share.version, Owner(OwnerKind.POST, "Jo Bloggs"))
    bare = plans.add_action(OPERATOR, objective, text="Nothing measured", number="1.2a", authorities=[authority("kcc")])
    builders.an_objective(plan, "No action yet")
    plans.move(OPERATOR, bare, bare.version, up=True)
    return plan


def whole(plan: Plan) -> dict[str, Any]:
    return dict(json.loads(plan_as_json(plan)))


@pytest.mark.parametrize("kind", KINDS)
def test_what_went_out_comes_back_with_nothing_to_do(kind: str) -> None:
    plan = an_awkward_plan()
    draft = read_back(sent_out(kind, plan=plan), "awkward")
    assert (draft.problems, draft.clashes) == ({}, ())
    assert shown(changes_by(sent_out(kind, plan=plan), "awkward")) == []
    assert shown(changes_by(sent_out(kind, plan=plan, of="sdc"), "awkward")) == []
    assert shown(changes_by(sent_out(kind, plan=plan, as_at=dt.date(2011, 6, 30)), "awkward")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_makes_the_same_plan_anew(kind: str) -> None:
    plan = an_awkward_plan()
    changes_by(sent_out(kind, plan=plan), "copy")
    copy = whole(builders.plan("copy"))
    original = whole(plan)
    last = original["objectives"][0]["actions"][1]["outcomes"][0]["progress"]
    last[:] = last[-1:]
    assert copy["objectives"] == original["objectives"]
    assert [copy[name] for name in ("title", "strategy", "period")] == [
        original[name] for name in ("title", "strategy", "period")
    ]


@pytest.mark.parametrize("kind", EDITABLE)
def test_an_edited_copy_brings_exactly_the_edits(kind: str) -> None:
    def edit(rows: Cells) -> None:
        setting("1.1", "SDC", Action="Advise everybody", Timescale="30 September 2010", Lead="TWBC")(rows)
        setting("1.1", "TMBC", Status="achieved", Progress="All done", As_at="30/09/2011")(rows)
        setting("1.2", "TMBC", Owner="Finance team", **{"Authority’s owner": "Head of finance"})(rows)
        setting("2.1", "SDC", Objective="Find many more homes")(rows)

    changes = changes_by(edited(kind, sent_out(kind), edit))
    assert shown(changes) == [
        ("changed", "action 1.1", "words", "Advise people before they lose their home", "Advise everybody"),
        ("changed", "action 1.1", "lead", "none", "TWBC"),
        ("changed", "outcome of 1.1", "timescale", "30 July 2010", "30 September 2010"),
        ("new", "progress of 1.1", "TMBC, as at 30 September 2011", "", "[achieved] All done"),
        ("changed", "action 1.2", "owner", "none", "Finance team (team)"),
        ("changed", "action 1.2", "owner in TMBC", "none", "Head of finance (post)"),
        ("changed", "objective 2", "words", "Find more homes", "Find many more homes"),
    ]
    assert shown(changes_by(edited(kind, sent_out(kind), lambda rows: None))) == []


@pytest.mark.parametrize("kind", EDITABLE)
def test_a_cell_made_empty_takes_away(kind: str) -> None:
    edit = setting("2.1", "SDC", Lead="", Outcome="", Timescale="")
    changes = changes_by(edited(kind, sent_out(kind), edit))
    assert [line[1:] for line in shown(changes)] == [
        ("action 2.1", "lead", "SDC", "none"),
        ("outcome of 2.1", "words", "Fewer people become homeless", "none"),
    ]


def test_an_action_without_words_is_refused_and_a_report_is_never_deleted() -> None:
    content = sent_out("csv")
    draft = read_back(edited("csv", content, setting("2.1", "SDC", Action="")))
    assert list(draft.problems.values()) == ["Action is empty; to take it out, delete its rows"]
    silent = edited("csv", content, setting("1.1", "TMBC", Status="", Progress="", As_at=""))
    assert shown(changes_by(silent)) == []


def test_rows_that_contradict_each_other_are_named() -> None:
    def edit(rows: Cells) -> None:
        setting("1.1", "SDC", Action="One")(rows)
        setting("1.1", "TMBC", Action="Two")(rows)

    draft = read_back(edited("xlsx", sent_out("xlsx"), edit))
    assert draft.problems == {"Plan!E3": "Here it says “Two”, and at Plan!E2 “One”; make the two alike"}


@pytest.mark.parametrize("kind", EDITABLE)
def test_new_rows_bring_new_parts_in_their_place(kind: str) -> None:
    def edit(rows: Cells) -> None:
        heads = rows[0]

        def row(**cells: str) -> list[str]:
            named = {name.replace("_", " "): value for name, value in cells.items()}
            return [named.get(head, "") for head in heads]

        rows.insert(4, row(Outcome="A second outcome", Authority="TWBC", Timescale="March 2011"))
        rows.insert(5, row(Action="Between", Authority="SDC", Progress="Begun", Status="ongoing", As_at="1 May 2011"))
        rows.append(row(Objective_number="3", Objective="A third", Action="To begin with", Authority="SDC, TMBC"))

    changes = changes_by(edited(kind, sent_out(kind), edit))
    assert shown(changes) == [
        ("new", "outcome of 1.1", "March 2011", "", "A second outcome"),
        ("new", "action 1.3", "SDC", "", "Between"),
        ("new", "outcome of 1.3", "", "", "(blank)"),
        ("new", "progress of 1.3", "SDC, as at 1 May 2011", "", "[ongoing] Begun"),
        ("new", "objective 3", "", "", "A third"),
        ("new", "action 3.1", "SDC, TMBC", "", "To begin with"),
        ("new", "outcome of 3.1", "", "", "(blank)"),
    ]
    actions = [action["text"] for action in whole(builders.plan())["objectives"][0]["actions"]]
    assert actions == ["Advise people before they lose their home", "Between", "Keep a fund for small loans"]


def test_rows_that_are_deleted_take_out_but_an_extract_takes_out_nothing() -> None:
    def edit(rows: Cells) -> None:
        number = rows[0].index("Action number")
        rows[:] = [row for row in rows if row[number] != "1.2"]

    assert shown(changes_by(edited("xlsx", sent_out("xlsx", of="tmbc"), edit))) == []
    assert shown(changes_by(edited("xlsx", sent_out("xlsx"), edit))) == [
        ("gone", "action 1.2", "", "Keep a fund for small loans", "")
    ]


def test_sorted_rows_change_nothing_and_moved_rows_change_the_order() -> None:
    def by_authority(rows: Cells) -> None:
        at = rows[0].index("Authority")
        rows[1:] = sorted(rows[1:], key=lambda row: row[at])

    def turned(rows: Cells) -> None:
        at = rows[0].index("Action number")
        order = {"1.2": 0, "1.1": 1, "2.1": 2}
        rows[1:] = sorted(rows[1:], key=lambda row: order[row[at]])

    assert shown(changes_by(edited("xlsx", sent_out("xlsx"), by_authority))) == []
    assert shown(changes_by(edited("xlsx", sent_out("xlsx"), turned))) == [
        ("changed", "objective 1, its actions", "order", "1, 2", "2, 1")
    ]


def test_what_a_spreadsheet_makes_of_numbers_and_dates_is_no_change() -> None:
    plan = an_awkward_plan()

    def mangled(rows: Cells) -> None:
        for row in rows:
            row[:] = [
                {"1.10": "1.1", "March 2011": "Mar-11", "2011-06-30": "30/06/2011"}.get(cell, cell) for cell in row
            ]

    assert shown(changes_by(edited("csv", sent_out("csv", plan=plan), mangled), "awkward")) == []


def test_an_old_copy_takes_back_nothing_that_changed_meanwhile() -> None:
    content = sent_out("xlsx")
    action = builders.action("1.1")
    plans.edit_action(
        OPERATOR, action, action.version, text="Advise early", lead=None, owner=Owner(), number="1.1", change=REASON
    )
    builders.a_note(action, "twbc", Status.ON_TRACK, "Said meanwhile")
    builders.an_action(action.objective, "Added meanwhile")
    plans.remove(OPERATOR, builders.action("2.1"), builders.action("2.1").version, change=REASON)
    assert shown(changes_by(content)) == []
    edit = setting("1.1", "SDC", Owner="Advice team")
    assert [line[2] for line in shown(changes_by(edited("xlsx", content, edit)))] == ["owner"]
    assert Action.get(Action.id == action.id).text == "Advise early"


def changed_on_both_sides() -> bytes:
    content = sent_out("xlsx")
    action = builders.action("1.1")
    plans.edit_action(
        OPERATOR, action, action.version, text="Advise early", lead=None, owner=Owner(), number="1.1", change=REASON
    )
    builders.a_note(action, "tmbc", Status.ON_TRACK, "Said meanwhile", as_at=dt.date(2011, 7, 31))
    gone = builders.action("2.1")
    plans.remove(OPERATOR, gone, gone.version, change=REASON)

    def edit(rows: Cells) -> None:
        setting("1.1", "SDC", Action="Advise late")(rows)
        setting("1.1", "TMBC", Progress="Three offices", Status="achieved")(rows)
        setting("2.1", "SDC", Action="Bring most empty homes back")(rows)

    return edited("xlsx", content, edit)


def test_what_both_changed_is_settled_by_a_person() -> None:
    content = changed_on_both_sides()
    draft = read_back(content)
    assert [(clash.what, clash.label, clash.aspect, clash.taken) for clash in draft.clashes] == [
        ("action", "1.1", "action", ""),
        ("action", "2.1", "removed meanwhile", ""),
        ("outcome", "of 1.1", "report of TMBC", ""),
    ]
    assert (draft.clashes[0].before, draft.clashes[0].file, draft.clashes[0].plan) == (
        "Advise people before they lose their home",
        "Advise late",
        "Advise early",
    )
    with pytest.raises(Invalid) as refused:
        changes_by(content)
    assert "Both the file and the plan changed action 1.1 (action)" in next(iter(refused.value.problems.values()))
    keys = [clash.key for clash in draft.clashes]
    changes = changes_by(content, chosen={keys[0]: "plan", keys[1]: "plan", keys[2]: "file"})
    assert shown(changes) == [
        (
            "changed",
            "progress of 1.1",
            "TMBC, as at 30 June 2011",
            "[ongoing] Advice is given at two offices.\n\n• 41 people came\n• 30 stayed",
            "[achieved] Three offices",
        )
    ]


def test_the_files_words_can_be_taken_for_all() -> None:
    changes = changes_by(changed_on_both_sides(), chosen={"": "file"})
    assert [line[:3] for line in shown(changes)] == [
        ("changed", "action 1.1", "words"),
        ("changed", "progress of 1.1", "TMBC, as at 30 June 2011"),
        ("new", "action 2.1", "SDC, TWBC"),
    ]


def test_the_plans_words_can_be_kept_for_all() -> None:
    assert shown(changes_by(changed_on_both_sides(), chosen={"": "plan"})) == []


def test_a_choice_does_not_hold_for_words_that_nobody_has_seen() -> None:
    content = changed_on_both_sides()
    chosen = {clash.key: "file" for clash in read_back(content).clashes}
    action = builders.action("1.1")
    plans.edit_action(
        OPERATOR, action, action.version, text="Again", lead=None, owner=Owner(), number="1.1", change=REASON
    )
    assert [clash.taken for clash in read_back(content, chosen=chosen).clashes] == ["", "file", "file"]


def test_words_edited_in_word_come_back() -> None:
    def edit(document: Any) -> None:
        document.tables[0].rows[1].cells[1].text = "Advise everybody"
        for paragraph in document.paragraphs:
            if paragraph.text == "Objective 2: Find more homes":
                paragraph.text = "Objective 2: Find many more homes"
        row = document.tables[1].add_row()
        row.cells[1].text = "One more action"

    changes = changes_by(edited_word(sent_out("docx"), edit))
    assert shown(changes)[:3] == [
        ("changed", "action 1.1", "words", "Advise people before they lose their home", "Advise everybody"),
        ("changed", "objective 2", "words", "Find more homes", "Find many more homes"),
        ("new", "action 2.2", "SDC, TMBC, TWBC, KCC", "", "One more action"),
    ]


@pytest.mark.parametrize("kind", EDITABLE)
def test_a_file_without_its_marks_is_compared_as_it_is(kind: str) -> None:
    def edit(rows: Cells) -> None:
        for row in rows:
            row.pop()

    content = edited(kind, sent_out(kind), edit)
    assert shown(changes_by(content)) == []
    assert "compared with the plan as it is now" in read_back(content).remarks[0]


def test_a_mark_that_is_there_twice_or_from_elsewhere_is_named() -> None:
    def edit(rows: Cells) -> None:
        rows.append([*rows[1]])
        rows.append([*rows[1][:-1], "AAAAAAA.o1.sdc"])
        rows.append([*rows[1][:-1], "mine"])

    problems = read_back(edited("csv", sent_out("csv"), edit)).problems
    assert [words.split(";")[-1] for words in problems.values()] == [
        " leave the cell as it was, or empty for a row that you add",
        " empty the mark of the new row",
        " empty its mark",
    ]


def test_a_report_before_another_that_was_there_already_is_corrected_without_a_clash() -> None:
    plan = builders.plan()
    content = sent_out("xlsx", as_at=dt.date(2011, 6, 30))
    builders.a_note(builders.action("1.2"), "tmbc", Status.ACHIEVED, "Later", outcome=1, as_at=dt.date(2011, 8, 1))
    again = sent_out("xlsx", as_at=dt.date(2011, 6, 30), plan=plan)
    edit = setting("1.2", "TMBC", Progress="13 loans", Status="achieved", As_at=dt.date(2011, 6, 30))
    assert [clash.aspect for clash in read_back(edited("xlsx", content, edit)).clashes] == ["report of TMBC"]
    assert read_back(edited("xlsx", again, edit)).clashes == ()
