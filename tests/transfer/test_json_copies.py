"""A JSON copy comes back: an old one reverts nothing, an extract takes nothing out, an edited one brings its edits."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.owners import Owner
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Abbreviation, Plan, ProgressNote
from strategy_tracker.plans.rules import Precision, Status, Timescale
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.transfer.plan_json import plan_as_json
from tests import builders
from tests.cast import authority, partnership
from tests.transfer.going_out import changes_by, read_back, shown
from tests.transfer.test_out_and_back import an_awkward_plan

pytestmark = pytest.mark.usefixtures("database")
REASON = Change("Agreed by the steering group")
Json = dict[str, Any]


def copy_of(plan: Plan | None = None, edit: Callable[[Json], Any] | None = None, **asked: Any) -> bytes:
    given = json.loads(plan_as_json(plan or builders.plan(), **asked))
    if edit is not None:
        edit(given)
    return json.dumps(given).encode()


def action_in(given: Json, number: str) -> Json:
    return next(one for part in given["objectives"] for one in part["actions"] if one["number"] == number)


def whole() -> Json:
    return dict(json.loads(plan_as_json(builders.plan())))


def change_the_plan() -> None:
    """All that others do meanwhile."""
    action = builders.action("1.1")
    outcome = builders.outcomes(action)[0]
    later = Timescale.by(dt.date(2010, 12, 31), Precision.MONTH)
    plans.edit_outcome(OPERATOR, outcome, outcome.version, text="Others", timescale=later, lead=None, change=REASON)
    words = {"text": "Advise everybody", "lead": authority("kcc"), "owner": Owner(), "number": action.number}
    plans.edit_action(OPERATOR, action, action.version, **words, change=REASON)
    first = ProgressNote.select().where(ProgressNote.outcome == outcome).order_by(ProgressNote.id).first()
    plans.correct_progress(OPERATOR, first, status=Status.ACHIEVED, text="Corrected", as_at=first.as_at, reason=None)
    plans.set_shares(
        OPERATOR, *((row := builders.action("1.2")), row.version), [authority("tmbc"), authority("kcc")], change=REASON
    )
    gone = builders.action("2.1")
    plans.remove(OPERATOR, gone, gone.version, change=REASON)
    plans.add_action(OPERATOR, gone.objective, text="New", number="2.9", authorities=[authority("kcc")], change=REASON)
    entry = Abbreviation.select().first()
    if entry is not None:
        plans.edit_abbreviation(OPERATOR, entry, entry.version, short=entry.short, meaning="Something else")
    plan = builders.plan()
    head = {name: getattr(plan, name) for name in ("strategy", "period_from", "period_to", "as_at")}
    plans.edit_plan(OPERATOR, plan, plan.version, title="New title", **head, change=REASON)


@pytest.mark.parametrize(
    "asked", [{}, {"as_at": dt.date(2010, 9, 30)}, {"authority": "kcc"}, {"authority": "tmbc"}, {"version": 1}]
)
def test_an_old_copy_reverts_nothing(asked: Json) -> None:
    plans.add_abbreviation(OPERATOR, partnership(), short="CBL", meaning="Choice based lettings")
    content = copy_of(**asked)
    assert shown(changes_by(content)) == []
    change_the_plan()
    now = whole()
    assert read_back(content).clashes == ()
    assert shown(changes_by(content)) == []
    assert whole() == now
    assert shown(changes_by(copy_of(version=1))) == []
    assert shown(changes_by(copy_of(authority="kcc"))) == []


def test_an_awkward_plan_comes_back_with_nothing_to_do() -> None:
    plan = an_awkward_plan()
    for asked in ({}, {"authority": "sdc"}, {"as_at": dt.date(2010, 1, 1)}):
        assert shown(changes_by(copy_of(plan, **asked), "awkward")) == []
    changes_by(copy_of(plan), "anew")
    anew, old = (json.loads(plan_as_json(one)) for one in (builders.plan("anew"), plan))
    assert anew["objectives"] == old["objectives"]


def test_an_edited_copy_brings_exactly_its_edits_and_leaves_what_others_did() -> None:
    def edit(given: Json) -> None:
        given["strategy"] = "Another strategy"
        action = action_in(given, "1.2")
        action["owner"] = {"kind": "team", "name": "Grants team"}
        words = {"kind": "recurring", "date": None, "precision": "", "words": "every quarter"}
        action["outcomes"][0]["timescale"] = words
        note = {"authority": "tmbc", "as_at": "2011-07-31", "status": "on track", "text": "4 loans", "reason": ""}
        action["outcomes"][0]["progress"].append(note)
        added = {"number": "1.9", "text": "Do more", "shares": [{"authority": "kcc", "owner": None}]}
        given["objectives"][0]["actions"].append(added | {"outcomes": [{"text": "More done", "timescale": words}]})

    content = copy_of(edit=edit)
    change_the_plan()
    assert read_back(content).clashes == ()
    assert shown(changes_by(content)) == [
        ("changed", "plan ", "strategy", "Strategy for the homeless 2007", "Another strategy"),
        ("changed", "action 1.2", "owner", "none", "Grants team (team)"),
        ("changed", "outcome of 1.2", "timescale", "none", "Every quarter"),
        ("new", "progress of 1.2", "TMBC, as at 31 July 2011", "", "[on track] 4 loans"),
        ("new", "action 1.9", "KCC", "", "Do more"),
        ("new", "outcome of 1.9", "Every quarter", "", "More done"),
    ]
    assert shown(changes_by(content)) == []


def test_what_both_sides_changed_is_settled_by_a_person() -> None:
    def edit(given: Json) -> None:
        action = action_in(given, "1.1")
        action["text"] = "Advise people before they lose it"
        note = next(one for one in action["outcomes"][0]["progress"] if one["authority"] == "tmbc")
        note |= {"text": "Mine", "reason": "It was never achieved"}
        given["title"] = "My title"
        action_in(given, "2.1")["text"] = "Bring all empty homes back into use"
        kinds = {"kind": "condition", "date": None, "precision": "", "words": "Ten loans"}
        action_in(given, "1.2")["outcomes"][0]["timescale"] = kinds

    content = copy_of(edit=edit)
    change_the_plan()
    clashes = read_back(content).clashes
    assert sorted((clash.what, clash.aspect) for clash in clashes) == [
        ("action", "action"),
        ("action", "removed meanwhile"),
        ("outcome", "report of TMBC"),
        ("plan", "title"),
    ]
    with pytest.raises(Invalid):
        changes_by(content)
    (line,) = shown(changes_by(content, chosen={"": "plan"}))
    assert line[1:] == ("outcome of 1.2", "timescale", "none", "Ten loans")
    changes_by(content, chosen={"": "file"})
    assert whole()["title"] == "My title" and action_in(whole(), "1.1")["text"] == "Advise people before they lose it"
    assert "Bring all empty homes back into use" in json.dumps(whole())


def test_what_is_deleted_in_a_copy_is_taken_out_but_nothing_that_others_added() -> None:
    def edit(given: Json) -> None:
        given["objectives"][0]["actions"] = [one for one in given["objectives"][0]["actions"] if one["number"] != "1.2"]

    content = copy_of(edit=edit)
    objective = builders.action("1.1").objective
    plans.add_action(OPERATOR, objective, text="New", number="1.7", authorities=[authority("kcc")], change=REASON)
    (line,) = shown(changes_by(content))
    assert line[:2] == ("gone", "action 1.2")
    extract = copy_of(
        authority="tmbc", edit=lambda given: given["objectives"].clear() or given["objectives"].extend([])
    )
    assert read_back(extract).objectives and shown(changes_by(extract)) == []


def test_an_extract_without_its_mark_or_of_another_plan_is_refused() -> None:
    unmarked = copy_of(authority="kcc", edit=lambda given: given.pop("mark"))
    for content, slug in ((unmarked, "2010-11"), (copy_of(authority="kcc"), "2011-12")):
        with pytest.raises(Invalid) as refused:
            read_back(content, slug)
        assert "holds only the part of kcc" in refused.value.problems["file"]


def test_a_copy_without_a_mark_says_that_it_is_compared_as_it_stands() -> None:
    draft = read_back(copy_of(edit=lambda given: given.pop("mark")))
    assert "no mark of this tracker" in draft.remarks[0]
    assert "went out from the plan 2010-11" in read_back(copy_of(), "2011-12").remarks[0]


def test_the_order_of_a_copy_is_brought_in() -> None:
    content = copy_of(edit=lambda given: given["objectives"][0]["actions"].reverse())
    assert [line[2] for line in shown(changes_by(content))] == ["order"]
    assert shown(changes_by(content)) == []


def test_a_timescale_of_another_kind_with_the_same_words_is_a_change() -> None:
    def words(kind: str) -> Callable[[Json], None]:
        said = {"kind": kind, "date": None, "precision": "", "words": "soon"}
        return lambda given: action_in(given, "1.1")["outcomes"][0].update(timescale=said)

    changes_by(copy_of(edit=words("none")))
    (line,) = shown(changes_by(copy_of(edit=words("condition"))))
    assert line[3:] == ("Soon (none)", "Soon (condition)")
    assert builders.outcomes(builders.action("1.1"))[0].timescale_kind == "condition"
