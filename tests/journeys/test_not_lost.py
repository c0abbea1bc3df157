"""Words written in a browser are never lost: another saved first, or the session ended meanwhile."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.plans.models import ProgressNote
from tests import builders
from tests.cast import CAST, PASSWORD
from tests.journeys.hands import WITH_AND_WITHOUT_SCRIPTS, Hands

HERS = "The first flat is let. 12 loans were given."
HIS = "The first flat is let. 15 loans were given."
BOTH = "The first flat is let. 12 loans were given, and three more in June."


def report_address() -> str:
    action = builders.action("1.2")
    share, outcome = builders.share(action, "tmbc"), builders.outcomes(action)[0]
    return f"/p/west-kent/plans/2010-11/shares/{share.id}/outcomes/{outcome.id}/progress"


def fill(hands: Hands, text: str) -> None:
    hands.choose("Status", "On track")
    hands.write("Progress note", text)


@pytest.fixture
def late(page_as):
    """The lead of the authority, at the page of two versions: the officer saved while he wrote."""
    address = report_address()
    officer, lead = Hands(page_as("officer", javascript=False)), Hands(page_as("lead", javascript=False))
    for hands in (officer, lead):
        hands.page.goto(address)
    fill(officer, HERS)
    officer.follow("Save report")
    fill(lead, HIS)
    answer = lead.follow("Save report")
    assert answer is not None
    assert answer.status == 409
    assert HERS.split(".")[1] in lead.read().replace("only here: ", "")
    assert "15 loans" in lead.read().replace("only here: ", "")
    return lead


def current() -> list[str]:
    action = builders.action("1.2")
    rows = ProgressNote.select().where(ProgressNote.outcome == builders.outcomes(action)[0])
    return [note.text for note in rows.order_by(ProgressNote.id)]


def test_two_wrote_and_the_second_s_words_go_after_the_first_s(late):
    late.tick("One from both")
    late.page.keyboard.press("ArrowUp")
    late.follow("Save and go on")
    assert "is saved" in late.read()
    assert current() == [HERS, HIS]


def test_two_wrote_and_the_first_s_words_stay(late):
    late.tick("One from both")
    late.page.keyboard.press("ArrowUp")
    late.page.keyboard.press("ArrowUp")
    late.follow("Save and go on")
    assert "Yours was not saved" in late.read()
    assert current() == [HERS]


def test_two_wrote_and_one_text_is_made_of_both(late):
    box = late.page.get_by_label("Progress note")
    assert HERS in box.input_value()
    assert HIS in box.input_value()
    late.write("Progress note", BOTH)
    late.follow("Save and go on")
    assert current() == [HERS, BOTH]


@WITH_AND_WITHOUT_SCRIPTS
def test_the_session_ended_while_she_wrote(page_as, javascript):
    hands = Hands(page_as("officer", javascript=javascript))
    hands.page.goto(report_address())
    fill(hands, HERS)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        hands.follow("Save report")
        assert "You were signed out" in hands.read()
        hands.write("E-mail address", CAST["officer"].email)
        hands.write("Password", PASSWORD)
        hands.follow("Sign in")
        assert "Your words are back" in hands.read()
        assert hands.page.get_by_label("Progress note").input_value() == HERS
        hands.follow("Save report")
        assert current() == [HERS]


def test_going_back_after_saving_and_writing_more_is_saved_too(page_as):
    hands = Hands(page_as("officer"))
    hands.page.goto(report_address())
    fill(hands, HERS)
    hands.follow("Save report")
    hands.page.go_back()
    fill(hands, BOTH)
    hands.follow("Save report")
    assert BOTH in hands.read()
    assert current() == [HERS, BOTH]
