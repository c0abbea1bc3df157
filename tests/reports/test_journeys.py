"""A quarter's report from its first draft to a board member's copy, in a real browser and without scripts."""

import hashlib
from pathlib import Path

import pytest

from strategy_tracker import clock, documents
from strategy_tracker.db import database
from strategy_tracker.jobs.models import Job
from strategy_tracker.reports.models import Report, ReportIssue
from strategy_tracker.reports.publishing import publish_asked
from tests.axe import assert_accessible
from tests.journeys.hands import Hands
from tests.meetings.making import a_meeting
from tests.reports.making import a_quarter, a_report, circulated, made_public, published, quick

REPORTS = "/p/west-kent/reports/"
ONE = f"{REPORTS}2010-11-q4/"


@pytest.fixture
def quick_pdfs(monkeypatch):
    for name in ("pdf", "unhurried"):
        monkeypatch.setattr(documents, name, lambda page, **_: quick(page))


@pytest.mark.parametrize("javascript", [True, False])
def test_the_coordinator_composes_circulates_and_publishes(app, page_as, quick_pdfs, javascript):
    a_quarter()
    a_meeting(clock.today())
    hands = Hands(page_as("coordinator", javascript=javascript))
    hands.page.goto("/p/west-kent/")
    hands.follow("Reports")
    hands.follow("Begin its report")
    hands.follow("Begin the report")
    hands.follow("Title, summary and readers")
    hands.write("Summary in words", "Two posts are vacant. [exempt]One of them is contested.[/exempt]")
    hands.follow("Save")
    assert "Exempt One of them is contested." in hands.read()
    hands.follow("Sections and their order")
    hands.write("Place of Version and approval", "1")
    hands.tick("Exceptions is in the report")
    hands.follow("Save")
    said = hands.read()
    assert said.index("Version and approval") < said.index("How are we doing?")
    hands.follow("Circulate it to the group")
    hands.write("What is new in this draft", "All returns are in")
    hands.follow("Circulate it")
    assert "Draft 1 is circulated" in hands.read()
    hands.follow("Record the group’s approval")
    hands.follow("Record the approval")
    hands.follow("Publish it")
    hands.follow("Publish it")
    assert "Publishing of Quarterly report" in hands.read()
    with database.connection_context():
        publish_asked(Job.get(Job.kind == "publish report"))
        issue = ReportIssue.get(ReportIssue.audience == "full")
    hands.page.goto(ONE)
    assert "Published" in hands.read()
    assert issue.pdf_sha256 in hands.read()


def test_a_member_of_the_group_reads_and_approves(app, page_as, quick_pdfs):
    circulated(a_report(), "All returns are in")
    hands = Hands(page_as("steering member", javascript=False))
    hands.page.goto(REPORTS)
    hands.follow("Quarterly report, April to June 2011")
    assert "Draft 1 is circulated and waits for the group’s approval" in hands.read()
    hands.follow("Approve it for the group")
    for label, value in (("Day", "14"), ("Month", "7"), ("Year", "2011")):
        hands.write(label, value)
    hands.write("and at which meeting, or how", "at its meeting at Sevenoaks")
    hands.follow("Record the approval")
    assert "approved by the steering group on 14 July 2011, at its meeting at Sevenoaks" in hands.read()


def test_a_board_member_downloads_the_copy_for_a_board(app, page_as, tmp_path: Path):
    published(a_report())
    hands = Hands(page_as("partnership viewer", javascript=False))
    hands.page.goto(REPORTS)
    assert "Full report" not in hands.read()
    hands.follow("Quarterly report, April to June 2011")
    assert "Summary for boards and cabinets" in hands.read()
    with hands.page.expect_download() as sent:
        hands.page.get_by_role("link", name="PDF", exact=True).click()
    kept = tmp_path / sent.value.suggested_filename
    sent.value.save_as(kept)
    assert kept.name == "west-kent-2010-11-q4-board.pdf"
    assert hashlib.sha256(kept.read_bytes()).hexdigest() in hands.read()


def test_every_page_of_a_report_is_accessible(app, page_as, quick_pdfs):
    made_public()
    a_report(audiences=["board", "public", "extract"])
    page, stranger = page_as("coordinator"), page_as()

    def judge(*addresses: str, by=page) -> None:
        for address in addresses:
            by.goto(address)
            assert_accessible(by)

    judge(f"{ONE}edit", f"{ONE}sections", f"{ONE}?audience=board")
    circulated(Report.get())
    judge(ONE, f"{ONE}approval")
    published(Report.get())
    judge(REPORTS, f"{ONE}correction")
    judge("/public/west-kent/reports/2010-11-q4/", by=stranger)
