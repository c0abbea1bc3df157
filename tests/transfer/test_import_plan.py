"""A plan comes in: all of it or nothing, and a second time only what is new."""

import datetime as dt
from typing import Any

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.history.models import Event
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Abbreviation, Action, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rules import Status, Timescale
from strategy_tracker.transfer import operations
from strategy_tracker.transfer.changes import Kind
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.drafting import draft_of
from tests.cast import authority, partnership, person
from tests.transfer.files import AUTHORITIES, HEADS, ROWS, csv_file, excel_file, word_file
from tests.transfer.importing import SLUG, TMBC, action, bring_in, exported, lines, notes, refusal, the_plan

pytestmark = pytest.mark.usefixtures("database")


def test_the_plan_is_there_as_the_file_has_it() -> None:
    operations.import_plan(OPERATOR, partnership(), SLUG, draft_of(word_file(), AUTHORITIES), TMBC)
    plan = exported()
    assert plan["title"] == "Action Plan for the period April 2024 – March 2026"
    assert plan["strategy"] == "Joint Housing Strategy for the Weald: Towards 2030"
    assert plan["period"] == {"from": "2024-04-01", "to": "2026-03-31"}
    assert plan["as_at"] == "2024-09-30"
    assert [objective["title"] for objective in plan["objectives"]] == [
        "Fewer empty homes",
        "Warmer homes – for all",
        "Safer homes",
    ]
    first = plan["objectives"][0]["actions"][0]
    assert (first["number"], first["text"]) == ("1.1", "Write to the owner of every empty home")
    assert [share["authority"] for share in first["shares"]] == ["sdc", "tmbc", "twbc", "kcc"]
    assert first["outcomes"][0]["timescale"] == {
        "kind": "date",
        "date": "2024-06-30",
        "precision": "month",
        "words": "by June 2024",
    }
    assert first["outcomes"][1]["progress"] == [
        {
            "authority": "tmbc",
            "as_at": "2024-09-30",
            "status": "achieved and ongoing",
            "text": "Achieved and on going. 40 letters sent.",
            "reason": "",
        }
    ]
    assert plan["glossary"]["HMO"] == "House in Multiple Occupation"
    assert the_plan().state == "draft"


def test_what_was_deferred_says_why_in_its_own_words() -> None:
    bring_in()
    (note,) = notes("2.1")
    assert (note.status, note.reason) == (Status.DEFERRED, "Deferred at present")


def test_the_same_file_again_does_nothing() -> None:
    bring_in()
    events = Event.select().count()
    again = bring_in()
    assert again.is_nothing
    assert Event.select().count() == events


def test_the_same_plan_from_another_kind_of_file_does_nothing() -> None:
    bring_in()
    again = operations.import_plan(
        OPERATOR, partnership(), SLUG, draft_of(excel_file(glossary=False), AUTHORITIES), TMBC
    )
    assert again.is_nothing


def test_another_councils_copy_adds_its_progress_alone() -> None:
    bring_in()
    changes = bring_in(choices=Choices(progress_of="sdc"))
    assert {(line.kind, line.what) for line in changes.lines} == {(Kind.NEW, "progress")}
    assert len(changes.lines) == 4
    assert {Share.get_by_id(note.share_id).authority_id for note in notes("1.1")} == {
        authority("sdc").id,
        authority("tmbc").id,
    }


def test_an_inserted_action_leaves_the_others_what_they_were() -> None:
    bring_in()
    before = action("1.2").id
    inserted = ("", "", "Name an officer for each street", "", "")
    changes = bring_in([*ROWS[:2], inserted, *ROWS[2:]])
    assert lines(changes) == [
        (Kind.NEW, "action", "1.2", "SDC, TMBC, TWBC, KCC"),
        (Kind.NEW, "outcome", "of 1.2", ""),
        (Kind.CHANGED, "objective", "1", "action numbers"),
    ]
    assert action("1.3").id == before
    assert [entry["number"] for entry in exported()["objectives"][0]["actions"]] == ["1.1", "1.2", "1.3"]


def test_changed_words_are_shown_old_and_new_and_applied() -> None:
    bring_in()
    rows = [list(row) for row in ROWS]
    rows[4][2] = "Offer grants of up to £600"
    changes = bring_in(rows)
    (line,) = changes.lines
    assert (line.old, line.new) == ("Offer grants of £500", "Offer grants of up to £600")
    assert action("2.2").text == "Offer grants of up to £600"


def test_changed_progress_is_a_correction_that_keeps_what_it_replaced() -> None:
    bring_in()
    rows = [list(row) for row in ROWS]
    rows[4][4] = "14 grants, £7,000"
    changes = bring_in(rows)
    assert lines(changes) == [(Kind.CHANGED, "progress", "of 2.2", "TMBC, as at 30 September 2024")]
    old, new = notes("2.2")
    assert (old.text, new.text, new.replaces_id) == ("12 grants, £6,000", "14 grants, £7,000", old.id)
    assert bring_in(rows).is_nothing


def test_a_later_column_adds_to_what_was_said_before() -> None:
    bring_in()
    heads = (*HEADS[:4], "Progress to 31 December 2024")
    bring_in([*ROWS[:4], ("", "", ROWS[4][2], ROWS[4][3], "20 grants"), ROWS[5]], heads)
    assert [(note.as_at, note.text) for note in notes("2.2")] == [
        (dt.date(2024, 9, 30), "12 grants, £6,000"),
        (dt.date(2024, 12, 31), "20 grants"),
    ]
    assert the_plan().as_at == dt.date(2024, 12, 31)


def test_what_a_person_set_is_not_undone() -> None:
    bring_in()
    outcome = Outcome.get(Outcome.action == action("1.2"))
    plans.edit_outcome(
        OPERATOR, outcome, outcome.version, text=outcome.text, timescale=Timescale.by(dt.date(2025, 1, 1)), lead=None
    )
    (note,) = notes("2.2")
    plans.correct_progress(OPERATOR, note, status=Status.AT_RISK, text=note.text, as_at=note.as_at)
    assert bring_in().is_nothing
    assert Outcome.get_by_id(outcome.id).due_on == dt.date(2025, 1, 1)


def test_what_is_gone_from_the_file_goes_from_the_plan() -> None:
    bring_in()
    changes = bring_in(ROWS[:4])
    assert lines(changes) == [
        (Kind.GONE, "action", "2.2", ""),
        (Kind.GONE, "objective", "3", ""),
        (Kind.GONE, "action", "3.1", ""),
    ]
    assert [objective["number"] for objective in exported()["objectives"]] == [1, 2]
    assert ProgressNote.select().where(ProgressNote.text == "12 grants, £6,000").exists()


def test_progress_that_the_file_no_longer_has_is_said_and_kept() -> None:
    bring_in()
    changes = bring_in([*ROWS[:4], (*ROWS[4][:4], ""), ROWS[5]])
    assert changes.is_nothing
    assert [(line.label, line.old) for line in changes.silent] == [("of 2.2", "12 grants, £6,000")]
    assert len(notes("2.2")) == 1


def test_a_preview_changes_nothing() -> None:
    counts = [model.select().count() for model in (Plan, Action, Event)]
    draft = draft_of(word_file(), AUTHORITIES)
    changes = operations.changes_for(OPERATOR, partnership(), SLUG, draft, TMBC)
    assert changes.count(Kind.NEW) == 1 + 3 + 5 + 6 + 4 + 3
    assert [model.select().count() for model in (Plan, Action, Event)] == counts


def test_progress_without_an_authority_is_refused_with_the_choice() -> None:
    assert refusal(choices=Choices()) == {
        "progress of": "The file has progress; say whose it is: one of sdc, tmbc, twbc, kcc"
    }


def test_a_date_that_no_head_gives_is_asked() -> None:
    heads = (*HEADS[:4], "Progress")
    assert "as at" in refusal(heads=heads)
    bring_in(heads=heads, choices=Choices(progress_of="tmbc", as_at=dt.date(2024, 9, 30)))
    assert notes("2.2")[0].as_at == dt.date(2024, 9, 30)


def test_everything_wrong_is_listed_with_its_place_and_nothing_is_done() -> None:
    rows = [
        ("", "", "An action before any objective", "", ""),
        ("1.", "", "An objective without a title", "", ""),
        ("2.", "Warmer homes", "x" * 10_001, "", ""),
        ("3.", "Safer homes", "", "An outcome of no action", ""),
        ("2.", "Another two", "Write", "", ""),
    ]
    before = Event.select().count()
    assert refusal(rows) == {
        "The file, row 5, column Action": "This action comes before any objective",
        "The file, row 6, column No": "Objective 1 has no title",
        "The file, row 7, column Action": "The action must be 10,000 characters or fewer; it has 10,001",
        "The file, row 8, column Measurable Outcomes/Timescales": "These words stand beside no action",
        "The file, row 9, column Objective": "Objective 2 is there twice with different titles; "
        "the other is at The file, row 7, column Objective",
    }
    assert Event.select().count() == before
    assert not Plan.select().where(Plan.slug == SLUG).exists()


def test_a_head_that_nobody_knows_is_named() -> None:
    heads = ("No", "Objective", "Action", "Measurable Outcomes/Timescales", "Budget")
    assert refusal(heads=heads) == {
        "The file, row 4, column Budget": "The head “Budget” is not understood; say what the column holds, or none"
    }


def test_a_fault_on_the_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [model.select().count() for model in (Plan, Action, Abbreviation, Event)]

    def breaks(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(plans, "record_progress", breaks)
    with pytest.raises(OSError, match="disk"):
        bring_in()
    assert [model.select().count() for model in (Plan, Action, Abbreviation, Event)] == counts


@pytest.mark.parametrize("who", ["officer", "lead", "steering member", "outsider", "foreign coordinator"])
def test_only_the_coordinator_brings_a_plan_in(who: str) -> None:
    with pytest.raises(Forbidden):
        bring_in(who=person(who))


def test_the_coordinator_writes_on_behalf() -> None:
    bring_in(who=person("coordinator"))
    (note,) = notes("2.2")
    assert (note.person_id, note.on_behalf) == (person("coordinator").id, True)


def test_nothing_comes_into_a_closed_plan() -> None:
    bring_in()
    plan = the_plan()
    plans.agree_plan(OPERATOR, plan, plan.version)
    plans.close_plan(OPERATOR, plan, plan.version)
    assert refusal(ROWS[:2]) == {"plan": "This plan is closed: nothing can be imported into it any more"}


def test_without_a_period_the_plan_is_not_begun() -> None:
    draft = draft_of(csv_file(titles=False), AUTHORITIES)
    with pytest.raises(Invalid) as refused:
        operations.import_plan(OPERATOR, partnership(), SLUG, draft, TMBC)
    assert list(refused.value.problems) == ["period"]
    operations.import_plan(OPERATOR, partnership(), "2024-25", draft, TMBC)
    assert Plan.get(Plan.slug == "2024-25").period_from == dt.date(2024, 4, 1)


def test_outcomes_that_change_places_are_a_change() -> None:
    bring_in()
    swapped = [(*ROWS[0][:3], *ROWS[1][3:]), ("", "", "", *ROWS[0][3:]), *ROWS[2:]]
    assert lines(bring_in(swapped)) == [(Kind.CHANGED, "action", "1.1, its outcomes", "order")]
    assert [outcome["text"] for outcome in exported()["objectives"][0]["actions"][0]["outcomes"]] == [
        ROWS[1][3],
        ROWS[0][3],
    ]
    assert bring_in(swapped).is_nothing
