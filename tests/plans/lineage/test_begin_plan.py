"""A new plan from an old one: what is copied, what is linked, and what stays."""

import datetime as dt

import pytest

from strategy_tracker.errors import Forbidden, Invalid, Repeated
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans import queries as plan_queries
from strategy_tracker.plans.lineage import operations, queries
from strategy_tracker.plans.lineage.models import CarriedForward, Origin
from strategy_tracker.plans.lineage.pages import ActionLineage, action_lineage
from strategy_tracker.plans.lineage.rules import Kind
from strategy_tracker.plans.models import Action, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.plans.versions.rules import Change
from tests import builders
from tests.cast import partnership, person

WHY = Change("Agreed by the steering group")
PERIOD = {"period_from": dt.date(2011, 7, 1), "period_to": dt.date(2012, 6, 30)}


def lineage(who, action_id: int) -> ActionLineage:
    return action_lineage(who, action_id, partnership().id)


def begin(kind=Kind.SUCCESSOR, numbers=("1.1", "1.2", "2.1"), slug="2011-13", who="coordinator", **more):
    return operations.begin_plan(
        person(who),
        builders.plan(),
        kind,
        slug=slug,
        title="Action plan that follows",
        strategy="Strategy for the homeless 2007",
        actions=[builders.action(number) for number in numbers],
        **(PERIOD | more),
    )


def copied(plan: Plan) -> list[str]:
    return [action.number for action in plan_queries.actions(plan.id)]


def test_chosen_actions_go_on_in_order_with_new_numbers_and_both_ends_linked(database):
    plan = begin(numbers=("2.1", "1.2"))
    assert plan.state == "draft"
    assert copied(plan) == ["1.1", "2.1"]
    texts = [action.text for action in plan_queries.actions(plan.id)]
    assert texts == ["Keep a fund for small loans", "Bring empty homes back into use"]
    links = list(CarriedForward.select().order_by(CarriedForward.id))
    assert [(link.before.number, link.after.number) for link in links] == [("1.2", "1.1"), ("2.1", "2.1")]
    assert queries.origin_of(plan.id).predecessor_id == builders.plan().id
    assert list(chain_faults()) == []


def test_everything_planned_is_copied_and_nothing_said(database):
    old = builders.action("1.1")
    share = builders.share(old, "sdc")
    plans.edit_share(person("coordinator"), share, share.version, Owner(OwnerKind.TEAM, "Housing Advice"))
    notes = ProgressNote.select().count()
    new = next(iter(plan_queries.actions(begin().id)))
    assert new.text == old.text
    assert new.objective.lead == old.objective.lead
    shares = {one.authority.slug: one.owner_name for one in Share.select().where(Share.action == new)}
    assert shares == {"sdc": "Housing Advice", "tmbc": "", "twbc": ""}
    outcome = Outcome.get(Outcome.action == new)
    assert (outcome.text, outcome.due_on) == ("Three out of four stay where they are", dt.date(2010, 7, 30))
    assert ProgressNote.select().count() == notes


def test_a_copy_is_linked_to_its_template_alone_and_its_dates_move_with_the_period(database):
    old = builders.action("1.2")
    plans.add_outcome(
        person("coordinator"),
        old,
        text="",
        timescale=Timescale.by(dt.date(2010, 12, 31), Precision.MONTH, "by December"),
        change=WHY,
    )
    monthly = Timescale(TimescaleKind.RECURRING, words="Monthly")
    plans.add_outcome(person("coordinator"), old, text="", timescale=monthly, change=WHY)
    plan = begin(Kind.TEMPLATE)
    origin = queries.origin_of(plan.id)
    assert (origin.predecessor_id, origin.template_id) == (None, builders.plan().id)
    assert not CarriedForward.select().exists()
    found = [
        (row.due_on, row.timescale_words)
        for row in Outcome.select().join(Action).where(Action.number == "1.2").order_by(Outcome.id)
        if row.plan.id == plan.id
    ]
    assert found[-2:] == [(dt.date(2011, 12, 31), ""), (None, "Monthly")]


def test_a_plan_has_one_successor_and_any_number_of_copies(database):
    begin()
    with pytest.raises(Invalid, match="follows this one already"):
        begin(slug="2011-14")
    assert not Plan.select().where(Plan.slug == "2011-14").exists()
    begin(Kind.TEMPLATE, slug="2011-15")
    begin(Kind.TEMPLATE, slug="2011-16")
    assert Origin.select().count() == 3


def test_the_same_form_makes_one_plan(database):
    begin(form_key="a key")
    with pytest.raises(Repeated):
        begin(form_key="a key")
    assert Plan.select().where(Plan.slug == "2011-13").count() == 1


OTHERS = ["officer", "lead", "steering member", "viewer", "administrator", "foreign coordinator"]


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_coordinator_begins_a_plan(database, who):
    with pytest.raises(Forbidden):
        begin(who=who)
    assert not Origin.select().exists()


def test_a_taken_address_leaves_nothing_behind(database):
    with pytest.raises(Invalid, match="already has a plan"):
        begin(slug="2011-12")
    assert not Origin.select().exists()


def test_unfinished_parts_are_reported_as_carried_forward_and_the_rest_stands(database):
    done = builders.action("1.2")
    builders.a_note(done, "tmbc", Status.STOPPED, "No money", outcome=0, reason="No money")
    before = ProgressNote.select().count()
    begin(reason="The period ends")
    added = list(ProgressNote.select().order_by(ProgressNote.id).offset(before))
    assert {note.status for note in added} == {"carried forward"}
    assert {note.reason for note in added} == {"The period ends"}
    assert all(note.on_behalf for note in added)
    # 1.1 of three councils and 2.1 of two; 1.2 is achieved and stopped.
    assert sorted((note.share.action.number, note.share.authority.slug) for note in added) == [
        ("1.1", "sdc"), ("1.1", "tmbc"), ("1.1", "twbc"), ("2.1", "sdc"), ("2.1", "twbc"),
    ]  # fmt: skip
    assert all("Action plan" not in note.text for note in added), "a draft is not named where viewers read"


def test_to_report_needs_a_reason_and_an_open_plan(database):
    with pytest.raises(Invalid, match="Enter a reason"):
        begin(reason="  ")
    plan = builders.plan()
    plans.close_plan(person("coordinator"), plan, plan.version)
    with pytest.raises(Forbidden):
        begin(reason="The period ends")
    assert not Origin.select().exists()
    assert copied(begin()) == ["1.1", "1.2", "2.1"], "what is closed can still go on"


def test_a_draft_is_known_to_nobody_who_may_not_see_it(database):
    old = builders.action("1.1")
    plan = begin()
    new = next(iter(plan_queries.actions(plan.id)))
    for who, sees in (("officer", 1), ("steering member", 1), ("viewer", 0), ("partnership viewer", 0)):
        assert len(lineage(person(who), old.id).into) == sees, who
        assert (queries.successor_of(person(who), old.plan.id) is not None) is bool(sees), who
    plans.agree_plan(person("coordinator"), plan, plan.version)
    assert [end.number for end in lineage(person("viewer"), old.id).into] == ["1.1"]
    assert [end.number for end in lineage(person("viewer"), new.id).out_of] == ["1.1"]


def test_what_was_said_is_reached_over_several_plans(database):
    first = builders.action("1.1")
    plan = begin(numbers=("1.1",))
    second = next(iter(plan_queries.actions(plan.id)))
    builders.a_note(second, "tmbc", Status.ON_TRACK, "A third office", as_at=dt.date(2012, 6, 30))
    third_plan = operations.begin_plan(
        person("coordinator"), plan, Kind.SUCCESSOR, slug="2012-13", title="Third", strategy="",
        period_from=dt.date(2012, 7, 1), period_to=dt.date(2013, 6, 30), actions=[second],
    )  # fmt: skip
    third = next(iter(plan_queries.actions(third_plan.id)))
    earlier = lineage(person("officer"), third.id).earlier
    assert [one.end.address.rpartition("/")[2] for one in earlier] == [str(second.id), str(first.id)]
    assert [(one.authority, one.status) for one in earlier[0].sayings] == [("TMBC", "on track")]
    assert [(one.authority, one.status) for one in earlier[1].sayings] == [("SDC", "off track"), ("TMBC", "ongoing")]


def test_a_removed_action_is_linked_no_more(database):
    old = builders.action("1.1")
    new = next(iter(plan_queries.actions(begin().id)))
    plans.remove(person("coordinator"), new, new.version)
    assert lineage(person("coordinator"), old.id).into == ()


def test_an_order_of_authorities_is_kept(database):
    new = next(iter(plan_queries.actions(begin().id)))
    slugs = [share.authority.slug for share in queries.shares_of([new.id])]
    assert slugs == ["sdc", "tmbc", "twbc"]
