"""A register's life by keyboard alone: its scheme changed, a risk accepted, closed and opened, a table brought in."""

import datetime as dt
from pathlib import Path

from strategy_tracker import clock
from strategy_tracker.risks.models import Risk
from tests.journeys.hands import WITH_AND_WITHOUT_SCRIPTS, Hands
from tests.risks.making import a_register, a_risk, a_scheme
from tests.risks_in.files import word_file

pytestmark = WITH_AND_WITHOUT_SCRIPTS
ALL = "/p/west-kent/risks/"
REGISTER = f"{ALL}tmbc-risks/"
FIVE = "1 Trivial\n2 Slight\n3 Serious: services stop\n4 Grave\n5 Disastrous"


def test_a_scheme_is_changed_and_says_what_is_proposed_at_the_next_review(page_as, javascript):
    scheme = a_scheme("ours", whose="tmbc")
    a_risk(a_register(scheme=scheme), "Partners give less money")
    lead = Hands(page_as("lead", javascript=javascript))
    lead.page.goto(f"{ALL}schemes/ours/")
    lead.follow("Change the scheme")
    lead.write("Levels of impact", FIVE)
    lead.follow("Go on to the table")
    assert "Say why the scheme changes" in lead.given_focus(), "the summary has the focus"
    lead.write("Reason", "As the county does")
    lead.follow("Go on to the table")
    assert "impact 1 to 5 by likelihood 1 to 6" in lead.read(), "what was typed is still there"
    lead.follow("Save version 2")
    assert "Version 2 counts from now on" in lead.read()
    lead.choose("Impact 3 Critical", "3")
    lead.follow("Save what is proposed")
    assert "Their scores stay as they are" in lead.read()
    assert "12 High 3 Critical, 4 Significant" in lead.read()
    lead.follow("Score risk 1")
    assert lead.page.locator("#impact option:checked").inner_text() == "3 Serious", "as it was mapped, not the nearest"
    assert lead.page.locator("#likelihood option:checked").inner_text() == "4 Significant"
    lead.write("Why", "Reviewed as the county does")
    lead.follow("Save the score")
    assert "Impact 3 Serious and likelihood 4 Significant make 12 High" in lead.read()
    assert "ours, version 2" in lead.read()
    lead.follow("Operational risks of tmbc")
    assert "under ours, version 1" not in lead.read()


def test_a_risk_is_accepted_until_it_rises_then_closed_and_opened_again(page_as, javascript):
    a_risk(a_register(), "The roof falls in", score=(2, 3))
    lead = Hands(page_as("lead", javascript=javascript))
    lead.page.goto(REGISTER)
    lead.follow("The roof falls in")
    assert "12 High is above that: somebody must accept it" in lead.read()
    lead.follow("Record who accepts it")
    lead.write("Who accepts it", "Head of Housing")
    until = clock.today() + dt.timedelta(days=60)
    for box, value in (("Day", until.day), ("Month", until.month), ("Year", until.year)):
        lead.write(box, str(value))
    lead.follow("Record who accepts it")
    assert "Enter the reason" in lead.given_focus()
    lead.write("Reason", "The builders come in spring")
    lead.follow("Record who accepts it")
    assert f"Head of Housing accepts it until {clock.long_date(until)}." in lead.read()

    lead.follow("Give a new score")
    lead.choose("Impact", "4")
    lead.write("Why", "It rains in")
    lead.follow("Save the score")
    void = (
        f"Nobody accepts it. Void since {clock.long_date(clock.today())}: the score rose from 12 High to 16 Very high."
    )
    assert void in lead.read()

    lead.follow("Close the risk")
    lead.write("Reason", "The roof is new")
    lead.follow("Close the risk")
    assert "The roof is new" in lead.read()
    address = lead.page.url
    lead.page.goto(REGISTER)
    assert "The roof falls in" not in lead.read(), "a closed risk leaves every live view"
    lead.page.goto(address)
    lead.follow("Open it again")
    lead.write("Reason", "It leaks already")
    lead.follow("Open it again")
    assert "The risk is open again." in lead.read()
    assert void in lead.read(), "it was void before and stays so"
    lead.page.goto(REGISTER)
    assert "The roof falls in" in lead.read()


def test_a_table_in_word_comes_in_after_a_look_at_it(page_as, tmp_path: Path, javascript):
    a_register()
    file = tmp_path / "risks.docx"
    file.write_bytes(word_file())
    officer = Hands(page_as("officer", javascript=javascript))
    officer.page.on("filechooser", lambda _: None)  # asked for in time: begun with the key, it may come too late
    officer.page.goto(REGISTER)
    officer.follow("Import risks")
    officer.follow("Show the risks as they will be")
    assert "Select the file of the risk register" in officer.given_focus()
    officer.reach("Risk register")
    with officer.page.expect_file_chooser() as chosen:
        officer.page.keyboard.press("Enter")
    chosen.value.set_files(file)
    officer.follow("Show the risks as they will be")
    preview = officer.read()
    assert "The file has 7 risks: 7 new, 0 already there." in preview
    assert "12 High impact 3 Critical, likelihood 4 Significant" in preview
    assert "Tolerate: as far as our own means allow Treat: look for other grants with our partners" in preview
    assert Risk.select().count() == 0, "nothing is saved until she says so"
    officer.follow("Import")
    assert "7 risks added from risks.docx, private to TMBC." in officer.read()
    assert "Builders bring forward too few cheap homes" in officer.read()
