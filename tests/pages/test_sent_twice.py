"""A form sent twice: the same words are one save, and words that changed in between are not lost."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker import clock
from strategy_tracker.plans import operations
from strategy_tracker.plans.models import Abbreviation, ProgressNote
from strategy_tracker.plans.rules import Status
from tests import builders
from tests.cast import CAST, PASSWORD, authority, person
from tests.visitor import standing_values

FIRST, SECOND = "Three loans are late", "Three loans are late, and one was paid back"


def texts() -> list[str]:
    rows = ProgressNote.select().where(ProgressNote.text.contains("loans are late")).order_by(ProgressNote.id)
    return [note.text for note in rows]


@pytest.fixture
def officer(visitor_as):
    builders.a_note(builders.action("1.2"), "tmbc", Status.ONGOING, "Loans go on", outcome=1, reason="A new fund")
    return visitor_as("officer")


@pytest.fixture
def report(officer):
    action = builders.action("1.2")
    share, outcome = builders.share(action, "tmbc"), builders.outcomes(action)[1]
    return officer.get(f"/p/west-kent/plans/2010-11/shares/{share.id}/outcomes/{outcome.id}/progress")


def test_the_same_words_are_saved_once(officer, report):
    for _ in range(2):
        assert officer.send(report, {"status": "at risk", "reason": "Rents rose", "text": FIRST}).address.endswith(
            f"/actions/{builders.action('1.2').id}"
        )
    assert texts() == [FIRST]


def test_changed_words_meet_what_was_saved(officer, report):
    officer.send(report, {"status": "at risk", "reason": "Rents rose", "text": FIRST})
    both = officer.send(report, {"status": "at risk", "reason": "Rents rose", "text": SECOND}, status=409)
    assert SECOND in both.html
    assert texts() == [FIRST]


def test_changed_words_on_my_work_come_back(officer):
    page = officer.get("/")
    action = builders.action("1.2")
    key = f"{builders.share(action, 'tmbc').id}-{builders.outcomes(action)[1].id}"
    fields = {f"status-{key}": "at risk", f"reason-{key}": "Rents rose", f"text-{key}": FIRST}
    for _ in range(2):
        assert "1 report is saved." in officer.send(page, fields).words
    assert texts() == [FIRST]
    again = officer.send(page, fields | {f"text-{key}": SECOND})
    assert "somebody else reported" in again.words
    assert SECOND in again.html
    officer.send(again)
    assert texts() == [FIRST, SECOND]


def test_words_kept_from_a_session_that_ended_are_shown_though_somebody_else_reported(officer):
    page = officer.get("/")
    action = builders.action("1.2")
    key = f"{builders.share(action, 'tmbc').id}-{builders.outcomes(action)[1].id}"
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        sign_in = officer.send(page, {f"status-{key}": "at risk", f"reason-{key}": "Rents rose", f"text-{key}": SECOND})
        builders.a_note(action, "tmbc", Status.ACHIEVED, FIRST, outcome=1, as_at=clock.today())
        back = officer.send(sign_in, {"email": CAST["officer"].email, "password": PASSWORD})
        assert SECOND in back.html
        officer.send(back)
        assert texts() == [FIRST, SECOND]


def close(plan, action, coordinator):
    operations.close_plan(coordinator, plan, plan.version)


def remove(plan, action, coordinator):
    operations.remove(coordinator, action, action.version, change=builders.WHY)


def give_away(plan, action, coordinator):
    operations.set_shares(coordinator, action, action.version, [authority("sdc")], change=builders.WHY)


@pytest.mark.parametrize("taken", [close, remove, give_away])
def test_words_about_what_was_taken_away_meanwhile_are_given_back(officer, report, taken):
    page, action = officer.get("/"), builders.action("1.2")
    key = f"{builders.share(action, 'tmbc').id}-{builders.outcomes(action)[1].id}"
    taken(builders.plan(), action, person("coordinator"))
    back = officer.send(page, {f"status-{key}": "at risk", f"reason-{key}": "Rents rose", f"text-{key}": SECOND})
    assert "could not be saved" in back.words
    assert SECOND in back.html
    officer.check = False
    refused = officer.client.post(
        report.address, data=standing_values(report.form()) | {"text": SECOND, "status": "at risk"}
    )
    assert refused.status_code in {200, 403, 404, 409}
    assert SECOND in refused.text
    assert texts() == []


def test_what_is_added_with_changed_words_is_added_too(visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get("/p/west-kent/glossary/new")
    for short in ("CBL", "CBL", "RSL"):
        coordinator.send(page, {"short": short, "meaning": "Something"})
    assert [entry.short for entry in Abbreviation.select().order_by(Abbreviation.id)] == ["CBL", "RSL"]
