"""Objectives, actions, outcomes and shares: who may, what is kept, what numbers mean."""

import datetime as dt
import json

import pytest

from strategy_tracker.errors import Conflict, Forbidden, Invalid
from strategy_tracker.history.models import Event
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import operations, queries
from strategy_tracker.plans.models import Action, Objective, Outcome, Share
from strategy_tracker.plans.rules import Precision, Timescale, TimescaleKind
from tests import builders
from tests.builders import WHY
from tests.cast import authority, person

pytestmark = pytest.mark.usefixtures("database")


def edit(who: str, number: str = "1.1", version: int | None = None, **changes) -> Action:
    action = builders.action(number)
    words = {"text": "New words", "lead": action.lead, "owner": Owner(), "change": WHY} | changes
    operations.edit_action(person(who), action, version or action.version, **words)
    return action


def test_an_edit_is_saved_once_with_its_before_and_after():
    action = builders.action("1.1")
    edit("coordinator", owner=Owner(OwnerKind.POST, "Housing needs manager"))
    stored = Action.get_by_id(action.id)
    assert (stored.text, stored.owner_kind, stored.owner_name) == ("New words", "post", "Housing needs manager")
    assert stored.version == action.version + 1
    data = json.loads(Event.select().order_by(Event.id.desc()).first().data)
    assert data["before"]["text"] == action.text
    assert data["after"]["text"] == "New words"


def test_an_edit_on_an_old_version_is_a_conflict_and_changes_nothing():
    version = builders.action("1.1").version
    edit("coordinator", text="First")
    with pytest.raises(Conflict) as conflict:
        edit("lead", version=version, text="Second")
    assert conflict.value.current.text == "First"
    assert builders.action("1.1").text == "First"


@pytest.mark.parametrize(
    ("who", "number", "may"),
    [
        ("coordinator", "1.1", True),
        ("coordinator", "2.1", True),
        ("lead", "1.1", True),
        ("lead", "2.1", False),
        ("other lead", "2.1", True),
        ("other lead", "1.1", False),
        ("officer", "1.1", False),
        ("steering member", "1.1", False),
        ("viewer", "1.1", False),
        ("administrator", "1.1", False),
    ],
)
def test_words_are_the_coordinators_and_the_leading_authoritys(who, number, may):
    if may:
        edit(who, number)
    else:
        with pytest.raises(Forbidden):
            edit(who, number)


def test_an_action_for_all_several_or_one():
    objective = Objective.get(Objective.title == "Prevent homelessness")
    action = operations.add_action(
        person("coordinator"),
        objective,
        text="Meet monthly",
        authorities=[authority("sdc"), authority("kcc")],
        change=WHY,
    )
    assert action.number == "1.3"
    assert [share.authority.slug for share in action.shares.order_by(Share.id)] == ["sdc", "kcc"]
    with pytest.raises(Invalid, match="at least one authority"):
        operations.add_action(person("coordinator"), objective, text="For nobody", authorities=[], change=WHY)
    with pytest.raises(Invalid, match="this partnership"):
        operations.add_action(
            person("coordinator"), objective, text="Foreign", authorities=[authority("marsh")], change=WHY
        )
    assert not Action.select().where(Action.text.in_(["For nobody", "Foreign"])).exists()


def test_a_share_that_ends_comes_back_with_its_notes():
    action = builders.action("1.1")
    sdc, notes = builders.share(action, "sdc"), list(builders.share(action, "sdc").notes)
    operations.set_shares(person("coordinator"), action, action.version, [authority("tmbc")], change=WHY)
    assert [row.authority.slug for row in queries.shares(builders.plan().id) if row.action_id == action.id] == ["tmbc"]
    both = [authority("tmbc"), authority("sdc")]
    operations.set_shares(person("coordinator"), action, action.version, both, change=WHY)
    assert builders.share(action, "sdc").id == sdc.id
    assert list(sdc.notes) == notes


def test_moving_changes_places_and_numbers_stay_in_order():
    first, second = builders.action("1.1"), builders.action("1.2")
    assert operations.move(person("coordinator"), second, second.version, up=True, change=WHY)
    assert builders.action("1.1").id == second.id
    assert builders.action("1.2").id == first.id
    top = builders.action("1.1")
    assert not operations.move(person("coordinator"), top, top.version, up=True, change=WHY)
    with pytest.raises(Conflict):
        operations.move(person("coordinator"), first, first.version, up=True, change=WHY)


def test_the_lead_authority_orders_what_stands_in_its_own_objective_and_no_other():
    own, other = builders.action("1.2"), builders.action("2.1")
    assert operations.move(person("lead"), own, own.version, up=True, change=WHY)
    with pytest.raises(Forbidden):
        operations.move(person("lead"), other, other.version, up=True, change=WHY)


def test_a_removed_part_is_gone_from_the_plan_and_its_number_is_not_given_again():
    action = builders.action("1.2")
    operations.remove(person("coordinator"), action, action.version, change=WHY)
    assert action.id not in {row.id for row in queries.actions(builders.plan().id)}
    assert Action.get_by_id(action.id).removed_at is not None
    added = operations.add_action(
        person("coordinator"), action.objective, text="Next", authorities=[authority("tmbc")], change=WHY
    )
    assert added.number == "1.3"


@pytest.mark.parametrize(
    ("timescale", "columns"),
    [
        (Timescale(), ("none", None, "", "")),
        (Timescale.by(dt.date(2010, 12, 1), Precision.MONTH), ("date", dt.date(2010, 12, 31), "month", "")),
        (Timescale(TimescaleKind.CONDITION, words="subject to funding"), ("condition", None, "", "subject to funding")),
        (Timescale(TimescaleKind.RECURRING, words="every quarter"), ("recurring", None, "", "every quarter")),
    ],
)
def test_a_timescale_is_a_date_a_condition_a_rhythm_or_nothing(timescale, columns):
    outcome = builders.outcomes(builders.action("1.2"))[0]
    operations.edit_outcome(
        person("coordinator"), outcome, outcome.version, text="", timescale=timescale, lead=None, change=WHY
    )
    stored = Outcome.get_by_id(outcome.id)
    assert (stored.timescale_kind, stored.due_on, stored.due_precision, stored.timescale_words) == columns


@pytest.mark.parametrize(
    ("timescale", "field"),
    [
        (Timescale(TimescaleKind.CONDITION), "timescale_words"),
        (Timescale(TimescaleKind.DATE), "due_on"),
        (Timescale.by(dt.date(1066, 10, 14)), "due_on"),
    ],
)
def test_a_timescale_that_says_nothing_is_refused(timescale, field):
    outcome = builders.outcomes(builders.action("1.1"))[0]
    with pytest.raises(Invalid) as refused:
        operations.edit_outcome(
            person("coordinator"), outcome, outcome.version, text="Words", timescale=timescale, lead=None
        )
    assert list(refused.value.problems) == [field]


def test_a_foreign_lead_is_refused():
    with pytest.raises(Invalid, match="this partnership"):
        edit("coordinator", lead=authority("marsh"))


@pytest.mark.parametrize("who", ["lead", "officer", "steering member", "viewer"])
def test_only_the_coordinator_makes_plans_and_objectives(who):
    with pytest.raises(Forbidden):
        operations.add_objective(person(who), builders.plan(), title="More")
    plan = builders.plan("2011-12")
    with pytest.raises(Forbidden):
        operations.agree_plan(person(who), plan, plan.version)


def test_a_second_plan_at_the_same_address_is_refused():
    with pytest.raises(Invalid, match="already has a plan at 2010-11"):
        builders.a_plan("2010-11")


def test_a_glossary_explains_an_abbreviation_once(database):
    plan = builders.plan()
    entry = operations.add_abbreviation(person("coordinator"), plan.partnership, short="CBL", meaning="Choice")
    with pytest.raises(Invalid, match="explains CBL already"):
        operations.add_abbreviation(person("coordinator"), plan.partnership, short="CBL", meaning="Other")
    operations.edit_abbreviation(
        person("coordinator"), entry, entry.version, short="CBL", meaning="Choice based lettings"
    )
    with pytest.raises(Conflict):
        operations.remove_abbreviation(person("coordinator"), entry, 1)
    with pytest.raises(Forbidden):
        operations.remove_abbreviation(person("lead"), entry, entry.version)
    operations.remove_abbreviation(person("coordinator"), entry, entry.version)
    assert queries.abbreviations(plan.partnership_id) == []
