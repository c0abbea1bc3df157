"""An officer's quarter in one sitting, by keyboard alone, in a real browser with scripts and without."""

import pytest

from strategy_tracker.plans.rules import Status
from tests import builders
from tests.cast import CAST, PASSWORD
from tests.journeys.hands import WITH_AND_WITHOUT_SCRIPTS, Hands

FIRST = "Two more flats are let, and 14 households stayed in them"
SECOND = "Three more flats are let, and 15 households stayed in them"


@WITH_AND_WITHOUT_SCRIPTS
def test_she_reports_and_corrects_and_leaves(page_as, javascript):
    page = page_as(javascript=javascript)
    hands = Hands(page)
    hands.sign_in(CAST["officer"].email, PASSWORD)
    assert "My work" in hands.read()

    hands.follow("Plan")
    assert page.url.endswith("/p/west-kent/plans/2010-11/")
    hands.reach("1.1 Advise people")
    assert hands.tabs < 30, "her own row is near the top"
    page.keyboard.press("Enter")
    hands.follow("Advise people before they lose their home")
    assert hands.tabs == 1, "the jump puts her before her row"
    hands.follow("Report on 1.1, TMBC")

    hands.choose("Status", "At risk")
    hands.write("Reason", "The flats came late")
    hands.write("Progress note", FIRST)
    hands.follow("Save report")
    assert "Your report on 1.1 is saved" in hands.read()
    assert FIRST in hands.read()

    hands.follow("Action plan 2010-11")
    row = page.locator(".act", has_text="Advise people").locator("dl > div", has_text="TMBC")
    assert FIRST in row.inner_text()
    assert "At risk" in row.inner_text()

    page.go_back()
    hands.follow("Correct this note")
    hands.write("Progress note", SECOND)
    hands.follow("Save correction")
    assert SECOND in hands.read()
    assert FIRST not in hands.read()
    hands.tick("What it said before")
    assert FIRST in hands.read()

    hands.follow("Action plan 2010-11")
    hands.reach("PDF")
    with page.expect_download() as kept:
        page.keyboard.press("Enter")
    assert kept.value.suggested_filename == "west-kent-2010-11.pdf"
    assert kept.value.path().read_bytes().startswith(b"%PDF-")

    hands.follow("Sign out")
    page.goto("/p/west-kent/plans/2010-11/")
    assert "/sign-in" in page.url


def test_what_she_forgot_is_said_and_what_she_wrote_stays(page_as):
    page = page_as("officer", javascript=False)
    hands = Hands(page)
    page.goto("/p/west-kent/plans/2010-11/")
    hands.follow("Report on 1.1")
    hands.choose("Status", "Deferred")
    hands.write("Progress note", FIRST)
    hands.follow("Save report")
    assert "Enter a reason" in hands.given_focus(), "the summary has the focus"
    hands.follow("Enter a reason")
    page.keyboard.type("The county asked for it")
    hands.follow("Save report")
    assert "is saved" in hands.read()
    assert "Reason: The county asked for it" in hands.read()
    assert FIRST in hands.read()


@WITH_AND_WITHOUT_SCRIPTS
def test_her_whole_quarter_is_done_in_one_sitting(page_as, javascript):
    builders.a_note(builders.action("1.2"), "tmbc", Status.ONGOING, "Loans go on", outcome=1, reason="A new fund")
    page = page_as("officer", javascript=javascript)
    hands = Hands(page)
    assert "Outcome 1: no words, only a timescale" in hands.read(), "she sees which of two outcomes is meant"
    hands.tick("No change since 30 June 2011, action 1.1")
    hands.choose("Status of action 1.2, outcome 1", "Off track")
    hands.write("Note on action 1.2, outcome 1", FIRST)
    hands.choose("Status of action 1.2, outcome 2", "Stopped")
    hands.follow("Save all")
    assert "2 reports are saved." in hands.read()
    assert "Enter a progress note" in hands.read() or "enter a progress note" in hands.read()
    hands.write("Reason", "No money is left")
    hands.write("Note on action 1.2, outcome 2", SECOND)
    hands.follow("Save all")
    assert "All 2 actions are reported" in hands.read()
    page.goto("/p/west-kent/plans/2010-11/?notes=whole")
    assert FIRST in hands.read()


@pytest.mark.parametrize("who", ["steering member", "partnership viewer", "viewer"])
def test_a_reader_is_offered_nothing_that_would_change_the_plan(page_as, who):
    page = page_as(who)
    for address in ("/p/west-kent/", "/p/west-kent/plans/2010-11/", "/p/west-kent/glossary"):
        page.goto(address)
        assert changing(page) == [], address
    page.get_by_role("link", name="Plan", exact=True).press("Enter")
    page.locator(".act h3 a").first.press("Enter")
    page.wait_for_url("**/actions/*")
    assert changing(page) == []


def changing(page) -> list[str]:
    """Links and forms that lead to a change; a comment, her own password and signing out change nothing in the plan."""
    words = "edit", "new", "progress", "correction", "agreement", "closure", "remove", "imports", "authorities", "end"
    links = [link.get_attribute("href") or "" for link in page.locator("main a").all()]
    posts = [form.get_attribute("action") or page.url for form in page.locator("main form[method=post]").all()]
    posts = [address for address in posts if not address.endswith("/comments/new")]
    return [one for one in [*links, *posts] if set(words) & set(one.strip("/").split("/"))] + posts
