"""Milestones, evidence and links by keyboard alone, in a real browser with scripts and without."""

from pathlib import Path

from tests import builders
from tests.evidence.files import PDF, a_picture
from tests.journeys.hands import WITH_AND_WITHOUT_SCRIPTS, Hands

PLAN = "/p/west-kent/plans/2010-11/"


@WITH_AND_WITHOUT_SCRIPTS
def test_an_officer_shows_what_was_done(page_as, tmp_path: Path, javascript):
    for name, content in (("site.jpg", a_picture("PNG")), ("protocol.pdf", PDF)):
        (tmp_path / name).write_bytes(content)
    page = page_as("officer", javascript=javascript)
    hands = Hands(page)
    page.goto(f"{PLAN}actions/{builders.action('1.1').id}")
    hands.follow("Add a milestone for TMBC")
    hands.write("Milestone", "The protocol is agreed")
    hands.write("Month", "12")
    hands.write("Year", "2010")
    hands.follow("Save")
    assert "December 2010 The protocol is agreed" in hands.read()
    hands.follow("Mark as done: The protocol is agreed")
    for box, value in (("Day", "12"), ("Month", "1"), ("Year", "2011")):
        hands.write(box, value)
    hands.follow("Mark as done")
    assert "Done 12 January 2011, 12 days late" in hands.read()

    hands.follow("Add a file for TMBC")
    hands.write("Title", "The protocol as agreed")
    page.set_input_files("input[type=file]", tmp_path / "site.jpg")
    hands.follow("Add the file")
    assert "give it a name that ends in .png" in hands.given_focus()
    assert "choose it again" in hands.read()
    assert page.locator("[name=title]").input_value() == "The protocol as agreed"
    page.set_input_files("input[type=file]", tmp_path / "protocol.pdf")
    page.get_by_role("button", name="Add the file").click()
    assert "The file is added." in hands.read()
    with page.expect_download() as kept:
        page.get_by_role("link", name="The protocol as agreed (PDF").click()
    assert kept.value.suggested_filename == "protocol.pdf"
    assert kept.value.path().read_bytes() == PDF


def test_the_coordinator_links_two_actions(page_as):
    page = page_as("coordinator", javascript=False)
    hands = Hands(page)
    page.goto(f"{PLAN}actions/{builders.action('1.1').id}")
    hands.follow("Link to another action")
    hands.write("Number of the other action", "9.9")
    hands.follow("Link")
    assert "There is no action 9.9" in hands.given_focus()
    hands.write("Number of the other action", "2.1")
    hands.follow("Link")
    assert "Depends on 2.1" in hands.read()
    hands.follow("2.1 Bring empty homes back into use")
    assert "Needed by 1.1" in hands.read()
