"""Reporting on everything in one sitting: what is valid is saved, and nothing that was typed is lost."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker import clock
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import operations
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.rules import Status
from tests import builders
from tests.cast import CAST, PASSWORD, person
from tests.html_check import words


def entry(number: str, slug: str = "tmbc", outcome: int = 0) -> str:
    """What the names of an entry's fields end in."""
    action = builders.action(number)
    return f"{builders.share(action, slug).id}-{builders.outcomes(action)[outcome].id}"


def notes_said(text: str) -> list[ProgressNote]:
    return list(ProgressNote.select().where(ProgressNote.text == text))


def heads(page) -> list[str]:
    return [words(head) for head in page.all("h2") if "(" in words(head)]


def test_everything_that_waits_stands_on_one_page_with_what_was_said_last(visitor_as):
    page = visitor_as("officer").get("/")
    assert "2 of 2 actions still to report" in page.words
    assert heads(page) == ["Overdue or off track (1)", "Not reported yet (1)", "Nothing more is due (1)"]
    assert "Advice is given at two offices." in page.words
    assert "12 loans of £400 each" in page.words
    assert "The post is vacant" not in page.words, "that is another authority's"


def test_one_save_keeps_all_that_is_valid_and_gives_the_rest_back(visitor_as):
    officer = visitor_as("officer")
    builders.a_note(builders.action("1.2"), "tmbc", Status.ONGOING, "Loans go on", outcome=1, reason="A new fund")
    first, second, third = entry("1.1"), entry("1.2"), entry("1.2", outcome=1)
    fields = {
        f"same-{third}": "1",
        f"status-{first}": "deferred",
        f"text-{first}": "We wait for the grant",
        f"status-{second}": "on track",
        f"text-{second}": "Rules are agreed",
    }
    page = officer.send(officer.get("/"), fields)
    assert "2 reports are saved." in page.words
    assert page.errors == ["1.1: enter a reason: the status is deferred"]
    assert "We wait for the grant" in page.html
    assert len(notes_said("Rules are agreed")) == 1
    again = officer.send(page, {f"reason-{first}": "The grant comes in May"})
    assert "1 report is saved." in again.words
    assert [note.reason for note in notes_said("We wait for the grant")] == ["The grant comes in May"]
    assert len(notes_said("Rules are agreed")) == 1, "what was saved is not saved twice"
    assert "All 2 actions are reported" in again.words


def test_no_change_is_a_report_that_says_what_it_confirms(visitor_as):
    officer, key = visitor_as("officer"), entry("1.1")
    before = notes_said("Advice is given at two offices.\n\n• 41 people came\n• 30 stayed")[0]
    officer.send(officer.get("/"), {f"same-{key}": "1"})
    note = ProgressNote.get(ProgressNote.confirms == before)
    assert (note.status, note.text, note.as_at) == (before.status, before.text, clock.today())
    assert "TMBC reported no change: ongoing" in officer.get("/p/west-kent/plans/2010-11/actions/1").words


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"status": "on track"}, "1.1: enter a progress note"),
        ({"text": "Forty visits"}, "1.1: choose a status"),
        ({"status": "splendid", "text": "Forty visits"}, "1.1: choose a status"),
        (
            {"same": "1", "text": "Forty visits"},
            "1.1: either tick no change, or choose a status and write a note. Only one can be saved",
        ),
        ({"status": "on track", "text": "x" * 10_001}, "1.1: a progress note must be 10,000 characters or fewer"),
    ],
)
def test_what_cannot_be_saved_says_what_to_do_and_drops_nothing(visitor_as, fields, error):
    officer, key = visitor_as("officer"), entry("1.1")
    count = ProgressNote.select().count()
    page = officer.send(officer.get("/"), {f"{name}-{key}": value for name, value in fields.items()})
    assert len(page.errors) == 1
    assert page.errors[0].startswith(error)
    assert ProgressNote.select().count() == count
    assert fields.get("text", "") in page.html


def test_a_colleagues_report_meanwhile_is_shown_and_both_can_be_kept(visitor_as):
    officer, key = visitor_as("officer"), entry("1.1")
    page = officer.get("/")
    builders.a_note(
        builders.action("1.1"), "tmbc", Status.AT_RISK, "Said by the lead", by=person("lead"), reason="Said"
    )
    conflict = officer.send(page, {f"status-{key}": "on track", f"text-{key}": "Said by the officer"})
    assert "somebody else reported while you wrote (at risk: Said by the lead)" in conflict.errors[0]
    assert notes_said("Said by the officer") == []
    officer.send(conflict)
    assert len(notes_said("Said by the officer")) == len(notes_said("Said by the lead")) == 1


def test_the_same_page_sent_twice_is_one_report(visitor_as):
    officer, key = visitor_as("officer"), entry("1.1")
    page = officer.get("/")
    for _ in range(2):
        officer.send(page, {f"status-{key}": "on track", f"text-{key}": "Once"})
    assert len(notes_said("Once")) == 1


def test_words_of_an_ended_session_come_back_into_their_fields(visitor_as):
    officer, key = visitor_as("officer"), entry("1.1")
    page = officer.get("/")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        sign_in = officer.send(page, {f"status-{key}": "ongoing", f"text-{key}": "Typed before lunch"})
        back = officer.send(sign_in, {"email": CAST["officer"].email, "password": PASSWORD})
        assert "Typed before lunch" in back.html
        officer.send(back)
    assert [note.status for note in notes_said("Typed before lunch")] == ["ongoing"]


def test_nobody_reports_for_an_authority_that_is_not_hers(visitor_as):
    officer, theirs = visitor_as("officer"), entry("1.1", "sdc")
    fields = {f"seen-{theirs}": "0", f"status-{theirs}": "on track", f"text-{theirs}": "Not mine"}
    page = officer.send(officer.get("/"), fields)
    assert "These words could not be saved" in page.words
    assert notes_said("Not mine") == []


def test_shares_that_name_her_come_to_her_alone(visitor_as):
    hers = builders.share(builders.action("1.2"), "tmbc")
    owner = Owner(OwnerKind.PERSON, person("officer").name)
    operations.edit_share(person("lead"), hers, hers.version, owner)
    assert "1 of 1 actions still to report" in visitor_as("officer").get("/").words
    assert "2 of 2 actions still to report" in visitor_as("lead").get("/").words


def test_somebody_without_an_authority_is_led_to_the_overview(visitor_as):
    page = visitor_as("steering member").get("/")
    assert "There is no plan on which you report" in page.words
    assert page.all("textarea") == []
