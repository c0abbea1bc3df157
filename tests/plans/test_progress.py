"""What an authority says: added, corrected by adding, never lost, never changed."""

import datetime as dt

import pytest
from peewee import DatabaseError

from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.plans import operations, queries
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.rules import Status
from tests import builders
from tests.cast import person

JUNE = dt.date(2011, 6, 30)
pytestmark = pytest.mark.usefixtures("database")


def record(who: str, slug: str = "tmbc", number: str = "1.1", **changes):
    action = builders.action(number)
    words = {"status": Status.ON_TRACK, "text": "Forty visits", "as_at": JUNE} | changes
    return operations.record_progress(person(who), builders.share(action, slug), builders.outcomes(action)[0], **words)


def test_a_note_reads_back_as_it_was_written_with_who_when_and_history():
    note = record("officer", text="  Forty visits\r\nand ŵ ŷ £ – “ ” • →  ")
    stored = ProgressNote.get_by_id(note.id)
    assert stored.text == "Forty visits\nand ŵ ŷ £ – “ ” • →"
    assert (stored.status, stored.as_at, stored.on_behalf) == ("on track", JUNE, False)
    assert stored.person == person("officer")
    event = Event.select().order_by(Event.id.desc()).first()
    assert (event.verb, event.subject_id, event.person_id) == ("progress recorded", note.id, person("officer").id)
    assert "Forty visits" in event.data


@pytest.mark.parametrize("who", ["other officer", "viewer", "steering member", "partnership viewer", "administrator"])
def test_nobody_writes_another_authoritys_progress(who):
    before = ProgressNote.select().count()
    with pytest.raises(Forbidden):
        record(who)
    assert ProgressNote.select().count() == before


def test_a_coordinator_writes_on_behalf_and_is_named_so():
    note = record("coordinator")
    assert note.on_behalf
    assert note.person == person("coordinator")


@pytest.mark.parametrize("status", [Status.DEFERRED, Status.CARRIED_FORWARD, Status.STOPPED])
def test_setting_an_action_aside_needs_a_reason(status):
    with pytest.raises(Invalid) as refused:
        record("officer", status=status)
    assert refused.value.problems == {"reason": f"Enter a reason: the status is {status.value}"}
    assert record("officer", status=status, reason="The grant was withdrawn").reason == "The grant was withdrawn"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"as_at": dt.date(1, 1, 1)}, "as_at"),
        ({"as_at": dt.date(9999, 12, 31)}, "as_at"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_field(changes, field):
    with pytest.raises(Invalid) as refused:
        record("officer", **changes)
    assert list(refused.value.problems) == [field]


def test_the_same_form_sent_twice_is_one_note():
    before = ProgressNote.select().count()
    record("officer", form_key="abc")
    with pytest.raises(Repeated):
        record("officer", form_key="abc")
    record("lead", form_key="abc")
    assert ProgressNote.select().count() == before + 2


def test_a_note_written_meanwhile_is_a_conflict_that_shows_it():
    action = builders.action("1.1")
    seen = queries.last_note(builders.outcomes(action)[0].id, builders.share(action, "tmbc").id)
    theirs = record("lead", text="Said first", seen=seen.id)
    with pytest.raises(Conflict) as conflict:
        record("officer", text="Said second", seen=seen.id)
    assert conflict.value.current == theirs
    assert record("officer", text="Said second", seen=theirs.id).text == "Said second"


def test_a_correction_is_a_revision_and_the_old_words_stay():
    note = record("officer", text="Four visits")
    revision = operations.correct_progress(
        person("officer"), note, status=Status.AT_RISK, text="Fourteen visits", as_at=JUNE, reason="Miscounted"
    )
    assert revision.replaces_id == note.id
    assert ProgressNote.get_by_id(note.id).text == "Four visits"
    current = {row.id for row in queries.current_notes(builders.plan().id)}
    assert revision.id in current
    assert note.id not in current


def test_of_two_corrections_of_one_note_the_second_is_a_conflict():
    note = record("officer")
    words = {"status": Status.ON_TRACK, "text": "Again", "as_at": JUNE}
    first = operations.correct_progress(person("officer"), note, **words)
    with pytest.raises(Conflict) as conflict:
        operations.correct_progress(person("lead"), note, **words)
    assert conflict.value.current == first


def test_a_plan_as_at_a_date_shows_what_was_said_until_then():
    march = record("officer", text="In March", as_at=dt.date(2011, 3, 31))
    june = record("officer", text="In June", as_at=JUNE)
    late = record("officer", text="In March, said late", as_at=dt.date(2011, 3, 31))
    plan = builders.plan()

    def current(as_at):
        return {row.id for row in queries.current_notes(plan.id, as_at)} & {march.id, june.id, late.id}

    assert current(dt.date(2011, 3, 30)) == set()
    assert current(dt.date(2011, 4, 1)) == {late.id}
    assert current(None) == {june.id}


@pytest.mark.parametrize(
    "change",
    [
        "update progress_note set text = 'other'",
        "delete from progress_note",
        "update event set data = '{}'",
        "delete from event",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_said(database, change):
    record("officer")
    with pytest.raises(DatabaseError, match="append-only"), database.atomic():
        database.execute_sql(change)


def test_a_closed_plan_takes_no_more_notes():
    plan = builders.plan()
    operations.close_plan(person("coordinator"), plan, plan.version)
    with pytest.raises(Forbidden, match="closed"):
        record("officer")


def test_a_failure_half_way_leaves_nothing_behind(monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("history is away")

    before = ProgressNote.select().count()
    monkeypatch.setattr("strategy_tracker.history.record", broken)
    with pytest.raises(RuntimeError):
        record("officer", form_key="half")
    monkeypatch.undo()
    assert ProgressNote.select().count() == before
    record("officer", form_key="half")
