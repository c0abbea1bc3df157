"""What a decision makes of a plan: shown before, done once, recorded on both; on both databases."""

import datetime as dt
import json

import pytest
from peewee import DatabaseError

from strategy_tracker import clock
from strategy_tracker.db import database as proxy
from strategy_tracker.errors import Conflict, Forbidden, Invalid
from strategy_tracker.history.models import Event
from strategy_tracker.history.queries import chain_faults
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.dates.models import DateRevision
from strategy_tracker.plans.models import Outcome, Plan, ProgressNote
from strategy_tracker.plans.rules import Precision, Status, Timescale
from strategy_tracker.plans.versions.models import PlanVersion
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.decisions import operations
from strategy_tracker.reviews.decisions.applying import apply_decision, proposal_of
from strategy_tracker.reviews.decisions.models import Decision, DecisionApplied
from strategy_tracker.reviews.decisions.rules import Kind
from tests import builders
from tests.cast import partnership, person
from tests.decisions.making import a_decision, wording
from tests.meetings.making import a_meeting
from tests.quarters.making import the_quarter

pytestmark = pytest.mark.usefixtures("database")
NOVEMBER = Timescale.by(dt.date(2011, 11, 1), Precision.MONTH)
HELD = dt.date(2011, 7, 14)


@pytest.fixture
def meeting():
    return a_meeting(HELD)


def a_change(meeting, **more):
    words = {"kind": Kind.CHANGE, "action": builders.action("1.1"), "new_due": NOVEMBER} | more
    return a_decision(meeting, "Give it until November [exempt]for Mrs A[/exempt]", **words)


def applied(decision, who="coordinator"):
    now = Decision.get_by_id(decision.id)
    return apply_decision(person(who), now, now.version, seen=proposal_of(person(who), now).seen)


def test_a_changed_date_slips_with_the_decision_as_its_reason(meeting):
    decision = a_change(meeting)
    proposal = proposal_of(person("officer"), decision)
    assert proposal.lines == ("1.1: due 30 July 2010 becomes due November 2011 for SDC, TMBC and TWBC",)
    done = applied(decision)
    outcome = builders.outcomes(builders.action("1.1"))[0]
    (move,) = DateRevision.select()
    version = PlanVersion.get(PlanVersion.number == done.edition)
    assert outcome.timescale == NOVEMBER
    assert move.reason == version.reason == "Decision 1 of 14 July 2011: Give it until November"
    assert version.approved_by == "Steering group, 14 July 2011"
    assert (done.plan.slug, done.edition, json.loads(done.wrote)) == ("2010-11", 2, {"outcome": outcome.id})
    assert done.words == proposal.lines[0]
    assert "Mrs A" not in "".join(event.data for event in Event.select().where(Event.subject_type == "Outcome"))
    assert list(chain_faults()) == []


def test_a_changed_target_keeps_the_date(meeting):
    decision = a_change(meeting, new_due=Timescale(), new_text="Nine out of ten stay")
    assert proposal_of(person("coordinator"), decision).lines == (
        "1.1: “Three out of four stay where they are” becomes “Nine out of ten stay” for SDC, TMBC and TWBC",
    )
    applied(decision)
    outcome = builders.outcomes(builders.action("1.1"))[0]
    assert (outcome.text, outcome.due_on) == ("Nine out of ten stay", dt.date(2010, 7, 30))
    assert DateRevision.select().count() == 0


def test_a_change_of_one_authority_alone_that_was_recorded_before_is_not_applied(meeting):
    decision = a_change(meeting)
    Decision.update(share=builders.share(builders.action("1.1"), "sdc")).execute()
    assert proposal_of(person("coordinator"), Decision.get()).refusal.startswith("A date or target is of the whole")
    with pytest.raises(Invalid, match="choose all authorities"):
        apply_decision(person("coordinator"), Decision.get_by_id(decision.id), 1, seen="")


def test_in_a_draft_nothing_is_a_version(meeting):
    decision = a_change(meeting, action=builders.action("1.1", "2011-12"))
    assert applied(decision).edition is None


@pytest.mark.parametrize(
    ("kind", "status"), [(Kind.DEFER, Status.DEFERRED), (Kind.CARRY_FORWARD, Status.CARRIED_FORWARD)]
)
def test_shares_are_set_aside_but_for_what_is_over(meeting, kind, status):
    action = builders.action("1.2")
    decision = a_decision(meeting, "Wait for the county", kind=kind, action=action)
    done = applied(decision)
    (note,) = ProgressNote.select().where(ProgressNote.id.in_(json.loads(done.wrote)["notes"]))
    assert (note.outcome_id, note.status, note.as_at) == (builders.outcomes(action)[0].id, status, HELD)
    assert note.reason == note.text == "Decision 1 of 14 July 2011: Wait for the county"
    assert note.on_behalf
    assert done.words == f"1.2, TMBC: not reported becomes {status}"


def test_one_share_alone_is_set_aside(meeting):
    action = builders.action("1.1")
    decision = a_decision(meeting, kind=Kind.DEFER, action=action, share=builders.share(action, "sdc"))
    assert applied(decision).words.startswith("1.1, SDC: off track becomes deferred (outcome: Three out of four")


def test_it_is_applied_once(meeting):
    decision = a_change(meeting)
    seen = proposal_of(person("coordinator"), decision).seen
    apply_decision(person("coordinator"), decision, 1, seen=seen)
    now = Decision.get_by_id(decision.id)
    assert proposal_of(person("coordinator"), now) is None
    with pytest.raises(Invalid, match="applied already"):
        apply_decision(person("coordinator"), now, now.version, seen=seen)
    with pytest.raises(Conflict):
        apply_decision(person("coordinator"), a_stale(decision), 1, seen=seen)
    assert DecisionApplied.select().count() == DateRevision.select().count() == 1
    for query in (DecisionApplied.update(words="Other"), DecisionApplied.delete()):
        with pytest.raises(DatabaseError, match="append-only"), proxy.atomic():
            query.execute()


def a_stale(decision):
    row = Decision.get_by_id(decision.id)
    row.applied_at = None
    return row


def test_only_the_coordinator_applies_it(meeting):
    decision = a_change(meeting)
    for who in ("officer", "lead", "steering member", "viewer", "foreign coordinator"):
        with pytest.raises(Forbidden):
            apply_decision(person(who), decision, 1, seen="")


def test_what_changed_since_it_was_looked_at_is_looked_at_again(meeting):
    decision = a_change(meeting)
    seen = proposal_of(person("coordinator"), decision).seen
    outcome = builders.outcomes(builders.action("1.1"))[0]
    words = {"text": "Other words", "timescale": outcome.timescale, "lead": None, "change": builders.WHY}
    plans.edit_outcome(person("coordinator"), outcome, outcome.version, **words)
    with pytest.raises(Invalid, match="changed since you looked"):
        apply_decision(person("coordinator"), decision, 1, seen=seen)
    assert Decision.get_by_id(decision.id).applied_at is None
    applied(decision)


def test_a_closed_plan_refuses_in_words(meeting):
    decision = a_change(meeting)
    plan = builders.plan()
    plans.close_plan(person("coordinator"), plan, plan.version)
    assert "closed" in proposal_of(person("coordinator"), decision).refusal
    with pytest.raises(Invalid, match="The plan is closed"):
        apply_decision(person("coordinator"), decision, 1, seen="")


def test_a_closed_quarter_refuses_in_words_and_leaves_nothing():
    the_quarter()
    Quarter.update(closed_at=clock.now()).execute()
    decision = a_decision(a_meeting(dt.date(2011, 6, 20)), kind=Kind.DEFER, action=builders.action("1.1"))
    before = ProgressNote.select().count(), Event.select().count()
    with pytest.raises(Invalid, match=r"The plan cannot take it\. Quarter 4, April to June 2011 is closed"):
        applied(decision)
    assert (ProgressNote.select().count(), Event.select().count()) == before
    assert Decision.get_by_id(decision.id).applied_at is None


def test_what_is_gone_or_says_so_already_is_not_applied(meeting):
    already = a_change(meeting, new_due=Timescale.by(dt.date(2010, 7, 30)))
    assert proposal_of(person("coordinator"), already).refusal.startswith("The plan says so already")
    gone = a_change(meeting)
    Outcome.update(removed_at=clock.now()).execute()
    assert proposal_of(person("coordinator"), gone).refusal == "What the decision is about is no longer in the plan"
    with pytest.raises(Invalid, match="no longer in the plan"):
        apply_decision(person("coordinator"), gone, 1, seen="")


@pytest.mark.parametrize("kind", [Kind.ACCEPT, Kind.ASK_AGAIN, Kind.ESCALATE, Kind.OTHER])
def test_other_kinds_change_no_plan(meeting, kind):
    decision = a_decision(meeting, kind=kind, action=builders.action("1.1"))
    assert proposal_of(person("coordinator"), decision) is None
    with pytest.raises(Invalid, match="changes no plan"):
        apply_decision(person("coordinator"), decision, 1, seen="")
    assert proposal_of(person("coordinator"), a_decision(meeting, kind=Kind.DEFER)) is None


def test_once_applied_only_its_words_its_owner_and_its_date_can_change(meeting):
    decision = a_change(meeting)
    applied(decision)
    now = Decision.get_by_id(decision.id)
    more = {"kind": Kind.CHANGE, "action": builders.action("1.1"), "new_due": NOVEMBER}
    operations.edit_decision(person("coordinator"), now, now.version, wording("Until November", **more))
    with pytest.raises(Invalid, match="stay as they are"):
        operations.edit_decision(person("coordinator"), now, now.version, wording("Until May", kind=Kind.OTHER))


def test_the_plans_of_another_partnership_are_out_of_reach():
    foreign = a_meeting(HELD, of="east-fen")
    decision = a_change(foreign, action=builders.action("1.1", "2010-11", "east-fen"), owner="marsh")
    with pytest.raises(Forbidden):
        apply_decision(person("coordinator"), decision, 1, seen="")
    applied(decision, "foreign coordinator")
    assert Plan.get(Plan.partnership == partnership("east-fen")).edition == 2
