"""Milestones: who may, what is kept when a date moves, what is done, reopened and removed."""

import datetime as dt
import json

import pytest

from strategy_tracker import db
from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.milestones import operations
from strategy_tracker.plans.milestones.models import Milestone, MilestoneRevision
from strategy_tracker.plans.milestones.page import milestone_views
from strategy_tracker.plans.milestones.queries import milestones_of_plan, moves_of_plan
from strategy_tracker.plans.rules import Precision, Timescale
from tests import builders
from tests.cast import authority, person
from tests.milestones.making import JULY, a_milestone, edited

pytestmark = pytest.mark.usefixtures("database")
DECEMBER = Timescale.by(dt.date(2010, 12, 1), Precision.MONTH)
MAY = Timescale.by(dt.date(2011, 5, 1), Precision.MONTH)
EVERYBODY = ["officer", "lead", "other officer", "other lead", "coordinator", "steering member", "viewer"]


def views(number="1.1", who="coordinator", as_at=builders.AS_AT):
    return milestone_views(builders.action(number), person(who), as_at)


def last_event() -> tuple[str, dict]:
    event = Event.select().order_by(Event.id.desc()).first()
    return event.verb, json.loads(event.data)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_actions_own_milestones_are_set_by_whoever_may_edit_it(who):
    """1.1 stands in an objective that TMBC leads."""
    if who in ("lead", "coordinator"):
        a_milestone(builders.action("1.1"), by=person(who))
        assert [one.authority for one in views()] == [""]
    else:
        with pytest.raises(Forbidden):
            a_milestone(builders.action("1.1"), by=person(who))
        assert views() == ()


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_authoritys_officers_keep_those_of_its_share(who):
    if who in ("officer", "lead", "coordinator"):
        milestone = a_milestone(builders.action("1.1"), of="tmbc", by=person(who))
        operations.complete_milestone(person(who), milestone, 1, done_on=dt.date(2010, 7, 1))
        edited(milestone, person(who), due=DECEMBER, reason="The printer is late")
        operations.reopen_milestone(person(who), milestone, milestone.version, reason="A page is missing")
        operations.remove_milestone(person(who), milestone, milestone.version, reason="No longer needed")
        return
    milestone = a_milestone(builders.action("1.1"), of="tmbc")
    tries = [
        lambda: a_milestone(builders.action("1.1"), of="tmbc", by=person(who)),
        lambda: edited(milestone, person(who), text="Other"),
        lambda: operations.complete_milestone(person(who), milestone, 1, done_on=dt.date(2010, 7, 1)),
        lambda: operations.reopen_milestone(person(who), milestone, 1, reason="Why"),
        lambda: operations.remove_milestone(person(who), milestone, 1, reason="Why"),
    ]
    for trial in tries:
        with pytest.raises(Forbidden):
            trial()
    assert Milestone.get_by_id(milestone.id).version == 1


def test_an_officer_of_the_leading_authority_does_not_change_the_actions_own():
    milestone = a_milestone(builders.action("1.1"))
    with pytest.raises(Forbidden):
        edited(milestone, person("officer"), text="Other")
    assert [one.may_write for one in views(who="officer")] == [False]
    assert [one.may_write for one in views(who="lead")] == [True]


def test_a_moved_date_keeps_the_original_and_each_move_with_who_when_and_why():
    milestone = a_milestone(builders.action("1.1"), of="tmbc", due=Timescale.by(dt.date(2010, 7, 1), Precision.MONTH))
    edited(milestone, person("officer"), due=MAY, reason="The lawyers are slow")
    edited(milestone, person("lead"), due=DECEMBER, reason="They were quick in the end")
    (shown,) = views()
    assert (shown.when, shown.was) == ("December 2010", "was July 2010 (moved twice)")
    assert [(move.old.shown, move.new.shown, move.by, move.reason) for move in shown.moves] == [
        ("July 2010", "May 2011", "Olive Officer", "The lawyers are slow"),
        ("May 2011", "December 2010", "Leo Lead", "They were quick in the end"),
    ]
    assert [move.is_slip for move in shown.moves] == [True, False]
    assert all(move.on for move in shown.moves)
    assert moves_of_plan(builders.plan().id)[milestone.id] == shown.moves


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_date_does_not_move_without_a_reason(reason):
    milestone = a_milestone(builders.action("1.1"))
    with pytest.raises(Invalid) as refused:
        edited(milestone, due=DECEMBER, reason=reason)
    assert list(refused.value.problems) == ["reason"]
    assert MilestoneRevision.select().count() == 0
    assert Milestone.get_by_id(milestone.id).due_on == JULY.due_on


def test_the_same_date_less_exactly_is_a_move_and_other_words_are_none():
    milestone = a_milestone(builders.action("1.1"), due=Timescale.by(dt.date(2010, 7, 31)))
    edited(milestone, text="Other words", owner=Owner(OwnerKind.POST, "Housing manager"), reason="Not needed")
    assert last_event()[0] == "milestone edited"
    assert MilestoneRevision.select().count() == 0
    edited(milestone, due=Timescale.by(dt.date(2010, 7, 1), Precision.MONTH), reason="Nobody knows the day")
    assert last_event() == ("milestone moved", last_event()[1] | {"reason": "Nobody knows the day"})
    assert MilestoneRevision.get().old_precision == "day"


def test_moves_are_only_ever_added():
    edited(a_milestone(builders.action("1.1")), due=DECEMBER, reason="Late")
    for change in ("update milestone_revision set reason = 'other'", "delete from milestone_revision"):
        with pytest.raises(Exception, match="append-only"), db.database.atomic():
            db.database.execute_sql(change)
    assert MilestoneRevision.get().reason == "Late"


def test_an_edit_on_an_old_version_is_a_conflict_and_moves_nothing():
    milestone = a_milestone(builders.action("1.1"))
    stale = Milestone.get_by_id(milestone.id)
    edited(milestone, due=DECEMBER, reason="First")
    with pytest.raises(Conflict) as conflict:
        edited(stale, version=1, due=MAY, reason="Second")
    assert conflict.value.current.due_on == DECEMBER.due_on
    assert [row.reason for row in MilestoneRevision.select()] == ["First"]


def test_the_same_form_twice_is_one_milestone():
    words = {"text": "Once", "due": JULY, "form_key": "k" * 20}
    operations.add_milestone(person("lead"), builders.action("1.1"), **words)
    with pytest.raises(Repeated):
        operations.add_milestone(person("lead"), builders.action("1.1"), **words)
    assert Milestone.select().where(Milestone.text == "Once").count() == 1


def test_what_is_done_can_be_reopened_with_a_reason_and_nothing_is_done_in_the_future():
    milestone = a_milestone(builders.action("1.1"), of="tmbc")
    with pytest.raises(Invalid, match="not marked as done"):
        operations.reopen_milestone(person("officer"), milestone, 1, reason="Why")
    with pytest.raises(Invalid, match="future"):
        operations.complete_milestone(person("officer"), milestone, 1, done_on=dt.date(2099, 1, 1))
    with pytest.raises(Invalid, match="between 1990"):
        operations.complete_milestone(person("officer"), milestone, 1, done_on=dt.date(1066, 1, 1))
    operations.complete_milestone(person("officer"), milestone, 1, done_on=dt.date(2010, 8, 4))
    assert [one.told for one in views()] == ["Done 4 August 2010, 5 days late"]
    with pytest.raises(Invalid, match="not done after all"):
        operations.reopen_milestone(person("officer"), milestone, 2, reason="")
    operations.reopen_milestone(person("officer"), milestone, 2, reason="A page is missing")
    assert [one.told for one in views()] == ["Missed, 11 months late"]
    assert last_event()[1]["before"] == {"done_on": "2010-08-04"}


def test_removal_needs_a_reason_and_stays_in_history():
    milestone = a_milestone(builders.action("1.1"))
    with pytest.raises(Invalid, match="Say why"):
        operations.remove_milestone(person("lead"), milestone, 1, reason="")
    operations.remove_milestone(person("lead"), milestone, 1, reason="It was another's")
    assert views() == ()
    verb, data = last_event()
    assert (verb, data["reason"], data["text"]) == ("milestone removed", "It was another's", "A draft is out")
    assert Milestone.get_by_id(milestone.id).removed_at is not None


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"due": Timescale()}, "due_on"),
        ({"due": Timescale.by(dt.date(1066, 10, 14))}, "due_on"),
        ({"owner": Owner(OwnerKind.POST)}, "owner_name"),
    ],
)
def test_what_says_nothing_is_refused_at_its_field(words, field):
    with pytest.raises(Invalid) as refused:
        operations.add_milestone(
            person("lead"), builders.action("1.1"), **({"text": "A draft is out", "due": JULY} | words)
        )
    assert list(refused.value.problems) == [field]


def test_they_stand_in_order_of_their_dates_and_go_and_come_with_their_share():
    action = builders.action("1.1")
    a_milestone(action, "Last", MAY)
    a_milestone(action, "First", JULY, of="sdc")
    a_milestone(action, "Second", DECEMBER)
    assert [one.text for one in views()] == ["First", "Second", "Last"]
    assert [one.text for one in milestones_of_plan(builders.plan().id)] == ["First", "Second", "Last"]
    for councils, texts in ((["tmbc"], ["Second", "Last"]), (["tmbc", "sdc"], ["First", "Second", "Last"])):
        action = builders.action("1.1")
        shares = [authority(slug) for slug in councils]
        plans.set_shares(person("coordinator"), action, action.version, shares, change=builders.WHY)
        assert [one.text for one in views()] == texts


def test_nothing_is_written_in_a_closed_plan():
    milestone = a_milestone(builders.action("1.1"))
    plan = builders.plan()
    plans.close_plan(person("coordinator"), plan, plan.version)
    milestone = Milestone.get_by_id(milestone.id)
    for trial in (
        lambda: edited(milestone, text="Other"),
        lambda: operations.complete_milestone(person("lead"), milestone, 1, done_on=dt.date(2010, 7, 1)),
        lambda: operations.remove_milestone(person("lead"), milestone, 1, reason="Why"),
        lambda: a_milestone(builders.action("1.1")),
    ):
        with pytest.raises(Forbidden):
            trial()
    assert [one.may_write for one in views()] == [False]


def test_a_share_of_another_action_is_a_programming_error():
    with pytest.raises(ValueError, match="another action"):
        operations.add_milestone(
            person("coordinator"), builders.action("1.1"), builders.share(builders.action("1.2"), "tmbc"),
            text="Mixed", due=JULY,
        )  # fmt: skip
