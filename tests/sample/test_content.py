"""What the sample says. These tests only read, so they share one loaded database of each kind."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from strategy_tracker import db
from strategy_tracker.accounts import passwords
from strategy_tracker.accounts.models import Membership
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.plans import queries
from strategy_tracker.plans.models import Abbreviation, Action, Objective, Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.rules import SET_ASIDE, Status
from strategy_tracker.sample import loader
from strategy_tracker.transfer.plan_json import plan_as_json
from strategy_tracker.verification import faults
from tests.cast import QUICK
from tests.databases import new_postgres_database, using

SIZES = {Objective: 16, Action: 33, Outcome: 35, Share: 104, Abbreviation: 9, Authority: 4, Partnership: 1, Plan: 1}
COUNCILS = ("sdc", "tmbc", "twbc")

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A database with the sample in it and nothing else."""
    if request.param == "sqlite":
        yield from _loaded(f"sqlite:///{tmp_path_factory.mktemp('sample') / 'sample.db'}")
        return
    server: Any = request.getfixturevalue("postgres")
    with new_postgres_database(server) as url:
        yield from _loaded(url)


def _loaded(url: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, using(url):
        patch.setattr(passwords, "HASHER", QUICK)
        db.migrate()
        loader.load()
        yield


def test_the_sample_is_whole() -> None:
    assert {model: model.select().count() for model in SIZES} == SIZES
    assert list(faults()) == []


def test_there_is_a_person_for_every_role() -> None:
    assert {membership.role for membership in Membership.select()} == set(Role)


def test_every_council_has_a_share_of_every_action() -> None:
    for slug in COUNCILS:
        assert Share.select().join(Authority).where(Authority.slug == slug).count() == SIZES[Action]


def test_the_councils_tell_different_stories() -> None:
    told = {
        slug: [note.status for note in queries.current_notes(Plan.get().id) if note.share.authority.slug == slug]
        for slug in COUNCILS
    }
    assert len({tuple(statuses) for statuses in told.values()}) == len(COUNCILS)
    assert {status for statuses in told.values() for status in statuses} == set(Status)


def test_officers_write_for_their_own_authority_and_the_coordinator_for_others() -> None:
    for note in ProgressNote.select():
        own = note.share.authority_id in {grant.authority_id for grant in note.person.grants}
        assert note.on_behalf == (not own)
    assert {note.person.email for note in ProgressNote.select().where(ProgressNote.on_behalf)} == {
        "coordinator@westkent.example"
    }


def test_what_is_set_aside_has_a_reason() -> None:
    set_aside = ProgressNote.select().where(ProgressNote.status.in_(sorted(SET_ASIDE)))
    assert set_aside.count() and all(note.reason for note in set_aside)


def test_some_shares_are_not_reported_at_all_and_some_not_this_time() -> None:
    plan = Plan.get()
    notes = list(queries.current_notes(plan.id))
    assert any(note.as_at < plan.as_at for note in notes)
    assert {share.id for share in Share.select()} - {note.share_id for note in notes}


def test_a_note_was_written_after_the_day_it_speaks_of_and_before_today() -> None:
    for note in ProgressNote.select():
        assert note.as_at < note.recorded_at.date() and note.recorded_at.year == 2011


def test_the_plan_leaves_as_the_json_it_came_from() -> None:
    given = loader.content()
    loading = (
        "partnership_name",
        "authorities",
        "people",
        "password",
        "approved_by",
        "revisions",
        "milestones",
        "links",
    )
    expected = {name: given[name] for name in given if name not in loading}
    for action in actions_of(expected):
        for revision in given["revisions"]:
            action["text"] = revision["words"].get(action["number"], action["text"])
            for outcome in action["outcomes"]:
                outcome["timescale"] = revision["dates"].get(action["number"], outcome["timescale"])
    for note in notes_of(expected):
        for name in ("person", "recorded_at", "replaces"):
            note.pop(name, None)
    left = json.loads(plan_as_json(Plan.get()))
    assert len(left.pop("timescale_changes")) == sum(len(revision["dates"]) for revision in given["revisions"])
    assert left.pop("mark") and (left.pop("extract_of"), left.pop("version")) == (None, None)
    assert left == expected


def actions_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for objective in plan["objectives"]:
        yield from objective["actions"]


def notes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for action in actions_of(plan):
        for outcome in action["outcomes"]:
            yield from outcome["progress"]
