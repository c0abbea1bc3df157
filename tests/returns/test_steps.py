"""The steps of a return: who takes them from where, what stops them, and what they leave behind."""

import datetime as dt
import json
import threading

import pytest
import time_machine

from strategy_tracker import clock, db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Conflict, Forbidden, Invalid, NotFound, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.rules import Status
from strategy_tracker.quarters.models import Quarter, Reopening, Return, ReturnStep
from strategy_tracker.reviews.returns import closing, operations
from strategy_tracker.verification import faults
from tests import builders
from tests.cast import authority, person
from tests.quarters.making import IN_TIME, the_quarter

INSIDE = dt.date(2011, 6, 30)


@pytest.fixture(autouse=True)
def in_time(database):
    with time_machine.travel(IN_TIME, tick=False):
        yield


def step(verb, who, slug="tmbc", version=None, **more):
    quarter, whose = the_quarter(), authority(slug)
    row = Return.get_or_none(Return.quarter == quarter, Return.authority == whose)
    does = getattr(operations, f"{verb}_return")
    return does(person(who), quarter, whose, version or (row.version if row else 1), **more)


def state(slug="tmbc"):
    return Return.get(Return.quarter == the_quarter(), Return.authority == authority(slug)).state


def verbs(slug="tmbc"):
    steps = ReturnStep.select().join(Return).where(Return.authority == authority(slug)).order_by(ReturnStep.id)
    return [one.verb for one in steps]


def test_a_return_goes_its_way_and_each_step_is_kept():
    step("submit", "lead")
    step("take_back", "lead")
    step("submit", "coordinator")
    step("send_back", "coordinator", note="8.1 has no figures")
    step("submit", "lead")
    step("accept", "coordinator")
    step("send_back", "coordinator", note="One more thing")
    assert state() == "sent back"
    assert verbs() == ["submitted", "taken back", "submitted", "sent back", "submitted", "accepted", "sent back"]
    steps = list(ReturnStep.select().order_by(ReturnStep.id))
    assert [one.on_behalf for one in steps] == [False, False, True, False, False, False, False]
    assert json.loads(steps[0].figures) == {
        "reported": 1, "no_change": 0, "missing": 1, "nothing_due": 0, "exceptions": 2,
    }  # fmt: skip
    assert steps[3].note == "8.1 has no figures"
    said = [one.verb for one in Event.select().where(Event.subject_type == "Return").order_by(Event.id)]
    assert said == [f"return {verb}" for verb in verbs()]
    assert list(faults()) == []


@pytest.mark.parametrize("verb", ["submit", "take_back"])
@pytest.mark.parametrize("who", ["officer", "viewer", "other lead", "steering member", "foreign lead", "nobody"])
def test_only_the_lead_and_the_coordinator_hand_in(verb, who):
    with pytest.raises(Forbidden):
        step(verb, who)


@pytest.mark.parametrize(("verb", "more"), [("accept", {}), ("send_back", {"note": "No"})])
@pytest.mark.parametrize("who", ["officer", "lead", "steering member", "foreign coordinator"])
def test_only_the_coordinator_accepts_and_sends_back(verb, more, who):
    with pytest.raises(Forbidden):
        step(verb, who, **more)


def test_an_authority_of_another_partnership_has_no_return_here():
    with pytest.raises(NotFound):
        operations.submit_return(OPERATOR, the_quarter(), authority("marsh"), 1)


def test_nothing_is_submitted_before_the_quarter_opens_nor_with_what_must_be_mended():
    with time_machine.travel(dt.datetime(2011, 6, 23, 12)), pytest.raises(Invalid, match="from 24 June 2011"):
        step("submit", "lead")
    builders.a_note(builders.action("1.1"), "tmbc", None, as_at=INSIDE)
    with pytest.raises(Invalid) as refused:
        step("submit", "lead")
    assert refused.value.problems == {"problem-1": "1.1: give a status: the note came in without one. Correct the note"}
    assert Return.select().count() == 0, "not even a row is left"
    builders.a_note(builders.action("1.1"), "tmbc", as_at=INSIDE)
    step("submit", "lead")


def test_what_somebody_else_did_first_is_a_conflict_and_a_form_sent_twice_one_step():
    step("submit", "lead", form_key="a key")
    with pytest.raises(Repeated):
        step("submit", "lead", version=1, form_key="a key")
    with pytest.raises(Conflict):
        step("submit", "coordinator", version=1)
    with pytest.raises(Invalid, match="is submitted: look at it again"):
        step("submit", "lead")
    step("accept", "coordinator")
    with pytest.raises(Invalid, match="is accepted"):
        step("take_back", "lead")
    assert verbs() == ["submitted", "accepted"]


def test_a_return_is_sent_back_with_a_note_or_not_at_all():
    step("submit", "lead")
    for note in ("", "  \n", "x" * 2001):
        with pytest.raises(Invalid) as refused:
            step("send_back", "coordinator", note=note)
        assert list(refused.value.problems) == ["note"]
    assert state() == "submitted"


def test_all_without_an_exception_are_accepted_in_one_go():
    for slug in ("sdc", "tmbc", "twbc"):
        step("submit", "coordinator", slug)
    builders.a_note(builders.action("1.1"), "tmbc", as_at=dt.date(2011, 7, 1))
    step("take_back", "lead")
    for about in builders.outcomes(builders.action("1.2"))[:1]:
        plans.record_progress(
            person("officer"), builders.share(builders.action("1.2"), "tmbc"), about,
            status=Status.ON_TRACK, text="Done", as_at=INSIDE,
        )  # fmt: skip
    about = builders.outcomes(builders.action("1.1"))[0]
    plans.record_progress(
        person("officer"), builders.share(builders.action("1.1"), "tmbc"), about,
        status=Status.ACHIEVED, text="All advised", as_at=INSIDE,
    )  # fmt: skip
    step("submit", "lead")
    rows = {(row.id, row.version) for row in Return.select()}
    coordinator = person("coordinator")
    with pytest.raises(Invalid, match="No submitted return"):
        operations.accept_unexceptional(coordinator, the_quarter(), {(id_, 1) for id_, _ in rows})
    assert operations.accept_unexceptional(coordinator, the_quarter(), rows, form_key="k") == ["TMBC"]
    with pytest.raises(Repeated):
        operations.accept_unexceptional(coordinator, the_quarter(), rows, form_key="k")
    assert [state(slug) for slug in ("sdc", "tmbc", "twbc")] == ["submitted", "accepted", "submitted"]
    with pytest.raises(Forbidden):
        operations.accept_unexceptional(person("lead"), the_quarter(), rows)


def closed() -> Quarter:
    closing.close_quarter(person("coordinator"), the_quarter(), the_quarter().version)
    return the_quarter()


def test_a_quarter_closes_with_each_return_as_it_stands():
    step("submit", "lead")
    with time_machine.travel(dt.datetime(2011, 6, 30, 12)), pytest.raises(Invalid, match="runs until 30 June 2011"):
        closed()
    with pytest.raises(Forbidden):
        closing.close_quarter(person("lead"), the_quarter(), 1)
    assert closed().is_closed
    assert {slug: verbs(slug) for slug in ("sdc", "tmbc", "twbc")} == {
        "sdc": ["closed"], "tmbc": ["submitted", "closed"], "twbc": ["closed"],
    }  # fmt: skip
    with pytest.raises(Invalid, match="closed already"):
        closing.close_quarter(person("coordinator"), the_quarter(), the_quarter().version)
    for verb, who, slug in (("submit", "other lead", "sdc"), ("take_back", "lead", "tmbc")):
        with pytest.raises(Invalid, match="The coordinator can open the return again"):
            step(verb, who, slug)
    step("accept", "coordinator")
    with pytest.raises(Invalid, match="is closed"):
        step("send_back", "coordinator", note="Late")


def written(who="officer", slug="tmbc"):
    return builders.a_note(builders.action("1.1"), slug, as_at=INSIDE, text=f"By {who}", by=person(who))


def test_one_return_is_open_again_for_one_person_until_a_day_and_closes_by_itself():
    coordinator, tmbc = person("coordinator"), authority("tmbc")
    with pytest.raises(Invalid, match="not closed: send the return back"):
        closing.reopen_return(coordinator, the_quarter(), tmbc, until=INSIDE + dt.timedelta(days=9), reason="Late")
    quarter = closed()
    for until, reason, who, field in (
        (dt.date(2011, 7, 5), "Late", None, "until"),
        (dt.date(2012, 7, 5), "Late", None, "until"),
        (None, "Late", None, "until"),
        (dt.date(2011, 7, 9), " ", None, "reason"),
        (dt.date(2011, 7, 9), "Late", "other officer", "who"),
    ):
        with pytest.raises(Invalid) as refused:
            closing.reopen_return(
                coordinator, quarter, tmbc, until=until, reason=reason, who=person(who) if who else None
            )
        assert list(refused.value.problems) == [field]
    with pytest.raises(Forbidden):
        closing.reopen_return(person("lead"), quarter, tmbc, until=dt.date(2011, 7, 9), reason="Late")
    closing.reopen_return(
        coordinator, quarter, tmbc, until=dt.date(2011, 7, 9), reason="A figure came late", who=person("officer")
    )
    written()
    with pytest.raises(Invalid, match="is closed"):
        written("lead")
    assert closing.end_reopenings(clock.now()) == 0
    with time_machine.travel(dt.datetime(2011, 7, 10, 0, 30), tick=False):
        with pytest.raises(Invalid, match="is closed"):
            written()
        assert closing.end_reopenings(clock.now()) == 1
        assert closing.end_reopenings(clock.now()) == 0
    assert verbs() == ["closed", "reopened", "reopening ended"]
    assert Reopening.get().ended_at is not None
    assert Event.select().where(Event.verb == "reopening ended").count() == 1


def test_open_again_for_all_of_an_authority_it_can_be_submitted_and_sent_back():
    quarter = closed()
    closing.reopen_return(
        person("coordinator"), quarter, authority("tmbc"), until=dt.date(2011, 7, 9), reason="A figure came late"
    )
    written("lead")
    step("submit", "lead")
    step("send_back", "coordinator", note="And 1.2")
    with pytest.raises(Invalid, match="is closed"):
        step("submit", "other lead", "sdc")


def test_many_at_once_take_one_step_and_no_note_slips_in_after_it():
    """Leads who press at the same moment, while an officer writes: one submits; what is written was counted."""
    the_quarter()
    share, about = builders.share(builders.action("1.2"), "tmbc"), builders.outcomes(builders.action("1.2"))[0]
    lead, officer, quarter, tmbc = person("lead"), person("officer"), the_quarter(), authority("tmbc")
    assert lead.grants
    assert officer.grants
    url, done = db.database.obj, []

    def run(act):
        try:
            act()
            done.append("ok")
        except (Conflict, Invalid) as refused:
            done.append(type(refused).__name__)
        finally:
            url.close()

    def submit():
        operations.submit_return(lead, quarter, tmbc, 1)

    def write():
        plans.record_progress(officer, share, about, status=Status.ON_TRACK, text="Just now", as_at=INSIDE)

    threads = [threading.Thread(target=run, args=(act,)) for act in (submit, submit, write, submit, submit, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verbs() == ["submitted"]
    counted = json.loads(ReturnStep.get().figures)
    said = ProgressNote.select().where(ProgressNote.text == "Just now").count()
    assert counted["missing"] == (0 if said else 1)
    assert done.count("ok") == 1 + said
    assert list(faults()) == []
