"""Evidence: who may add, have and remove it, what is kept, and what an action and a partnership can hold."""

import hashlib
import json

import pytest

from strategy_tracker import db
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.scope import load
from strategy_tracker.errors import Conflict, Forbidden, Invalid, NotFound, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.evidence import operations
from strategy_tracker.plans.evidence.models import Evidence, EvidenceContent
from strategy_tracker.plans.evidence.page import evidence_views, size_in_words
from strategy_tracker.plans.evidence.queries import content_of
from strategy_tracker.verification import faults
from tests import builders
from tests.cast import person
from tests.evidence.files import PDF, with_place
from tests.evidence.making import a_file

pytestmark = pytest.mark.usefixtures("database")
EVERYBODY = ["officer", "lead", "other officer", "other lead", "coordinator", "steering member", "viewer"]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("of", "may"), [("tmbc", {"officer", "lead", "coordinator"}), ("", {"lead", "coordinator"})], ids=["share", "whole"]
)
def test_who_adds_and_removes(who, of, may):
    action = builders.action("1.1")
    if who in may:
        evidence = a_file(action, of=of, by=person(who))
        operations.remove_evidence(person(who), evidence, 1, reason="The wrong one")
        return
    evidence = a_file(action, of=of)
    with pytest.raises(Forbidden):
        a_file(action, of=of, by=person(who))
    with pytest.raises(Forbidden):
        operations.remove_evidence(person(who), evidence, 1, reason="The wrong one")
    assert [(one.authority, one.may_write) for one in evidence_views(action, person(who))] == [(of.upper(), False)]


def test_what_is_kept_is_what_came_with_its_digest_and_who_added_it():
    a_file(builders.action("1.1"), "The protocol", of="tmbc", name="C:\\x\\Protocol 4.PDF", by=person("officer"))
    row = Evidence.get()
    assert (row.title, row.filename, row.media_type) == ("The protocol", "Protocol 4.pdf", "application/pdf")
    assert (row.size, row.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert content_of(row) == PDF
    (view,) = evidence_views(builders.action("1.1"), person("viewer"))
    assert (view.kind, view.size, view.by, view.authority) == ("PDF", "1 KB", "Olive Officer", "TMBC")
    data = json.loads(Event.select().order_by(Event.id.desc()).get().data)
    assert data["after"]["sha256"] == row.sha256


def test_the_digest_of_a_picture_is_that_of_the_picture_that_is_kept():
    came = with_place()
    a_file(builders.action("1.1"), name="photo.jpg", content=came)
    row, data = Evidence.get(), json.loads(Event.select().order_by(Event.id.desc()).get().data)
    assert row.sha256 == hashlib.sha256(content_of(row)).hexdigest() != hashlib.sha256(came).hexdigest()
    assert data["came_with_sha256"] == hashlib.sha256(came).hexdigest()
    assert list(faults()) == []


def test_without_a_title_it_is_called_by_its_name():
    assert a_file(builders.action("1.1"), "", name="Rent_arrears.pdf").title == "Rent arrears"


@pytest.mark.parametrize(
    ("given", "field"), [({"title": "x" * 301}, "title"), ({"content": b""}, "file"), ({"name": "a.exe"}, "file")]
)
def test_what_is_refused_leaves_nothing(given, field):
    with pytest.raises(Invalid) as refused:
        a_file(builders.action("1.1"), **given)
    assert list(refused.value.problems) == [field]
    assert Evidence.select().count() == EvidenceContent.select().count() == 0


def test_the_same_form_twice_is_one_file():
    a_file(builders.action("1.1"), by=person("lead"), form_key="k" * 20)
    with pytest.raises(Repeated):
        a_file(builders.action("1.1"), by=person("lead"), form_key="k" * 20)
    assert Evidence.select().count() == 1


def test_removal_needs_a_reason_and_keeps_the_bytes_out_of_reach():
    evidence = a_file(builders.action("1.1"))
    with pytest.raises(Invalid, match="Say why"):
        operations.remove_evidence(person("lead"), evidence, 1, reason=" ")
    with pytest.raises(Conflict):
        operations.remove_evidence(person("lead"), evidence, 9, reason="Why")
    operations.remove_evidence(person("lead"), evidence, 1, reason="It names a tenant")
    with pytest.raises(NotFound):
        load(person("coordinator"), Evidence, evidence.id, Permission.PLAN_READ)
    assert evidence_views(builders.action("1.1"), person("coordinator")) == ()
    assert content_of(evidence) == PDF
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.verb, json.loads(event.data)["reason"]) == ("evidence removed", "It names a tenant")


def test_an_action_and_a_partnership_hold_so_much_and_no_more(monkeypatch):
    action = builders.action("1.1")
    monkeypatch.setattr(operations, "MOST_FILES", 2)
    first = a_file(action)
    a_file(action)
    with pytest.raises(Invalid, match="has 2 files already"):
        a_file(action)
    operations.remove_evidence(person("lead"), first, 1, reason="The wrong one")
    a_file(action)
    monkeypatch.setattr(operations, "MOST_BYTES", 3 * len(PDF))
    with pytest.raises(Invalid, match="fill the"):
        a_file(builders.action("1.2"))
    a_file(builders.action("1.1", of="east-fen"))
    assert Evidence.select().count() == EvidenceContent.select().count() == 4


def test_a_viewer_has_what_is_agreed_and_nothing_of_a_draft():
    of_draft, of_agreed = a_file(builders.action("1.1", "2011-12")), a_file(builders.action("1.1"))
    assert load(person("viewer"), Evidence, of_agreed.id, Permission.PLAN_READ)
    for who in ("viewer", "outsider", "administrator", "provider", "nobody"):
        with pytest.raises(NotFound):
            load(person(who), Evidence, of_draft.id, Permission.PLAN_READ)


def test_it_goes_with_its_share_and_with_its_action():
    action = builders.action("1.1")
    evidence = a_file(action, of="sdc")
    share = builders.share(action, "tmbc")
    plans.set_shares(person("coordinator"), action, action.version, [share.authority], change=builders.WHY)
    with pytest.raises(NotFound):
        load(person("coordinator"), Evidence, evidence.id, Permission.PLAN_READ)
    assert evidence_views(builders.action("1.1"), person("coordinator")) == ()


def test_nothing_is_added_to_a_closed_plan_and_what_is_there_can_be_read():
    evidence, plan = a_file(builders.action("1.1")), builders.plan()
    plans.close_plan(person("coordinator"), plan, plan.version)
    with pytest.raises(Forbidden):
        a_file(builders.action("1.1"))
    with pytest.raises(Forbidden):
        operations.remove_evidence(person("lead"), Evidence.get_by_id(evidence.id), 1, reason="Why")
    assert load(person("viewer"), Evidence, evidence.id, Permission.PLAN_READ)


def test_bytes_are_never_changed_and_verify_says_where_they_are_not_what_came():
    evidence = a_file(builders.action("1.1"))
    with pytest.raises(Exception, match="append-only"), db.database.atomic():
        EvidenceContent.update(content=b"other").execute()
    Evidence.update(sha256="0" * 64).execute()
    assert list(faults()) == [f"evidence {evidence.id}: its bytes are not those that were added"]
    EvidenceContent.delete().execute()
    assert list(faults()) == [f"evidence {evidence.id}: its bytes are missing"]


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 KB"), (98_304, "96 KB"), (1_048_575, "1024 KB"), (1_468_006, "1.4 MB"), (10_485_760, "10.0 MB")],
)
def test_sizes_in_words(size, words):
    assert size_in_words(size) == words
