"""Reports on pages: who is shown and offered what, what comes back when it is refused, and two people at once."""

import datetime as dt
import json

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker import clock, documents
from strategy_tracker.jobs.models import Job
from strategy_tracker.reports import operations
from strategy_tracker.reports.models import PublicReading, Report
from strategy_tracker.reports.publishing import publish_asked
from tests import builders
from tests.cast import person
from tests.html_check import words
from tests.meetings.making import a_meeting
from tests.reports.making import a_quarter, a_report, a_row, approved, circulated, fresh, made_public, published, quick

REPORTS = "/p/west-kent/reports/"
ONE = f"{REPORTS}2010-11-q4/"


def steps(page):
    return [words(each) for box in page.all("div", class_="report-steps") for each in box.iter("a")]


def files(page):
    return [each.attrib["href"] for each in page.all("a") if each.attrib["href"].split("?")[0].endswith(".pdf")]


def test_the_coordinator_composes_a_report(visitor_as):
    a_quarter()
    cora = visitor_as("coordinator")
    page = cora.get(REPORTS)
    assert "April to June 2011 (quarter 4 of 2010-11) Begin its report" in page.words
    page = cora.send(cora.get(f"{REPORTS}new?quarter=2010-11-q4"))
    assert page.address == ONE
    assert "The report is begun." in page.words
    assert "Draft 1, not circulated yet" in page.words
    assert steps(page) == [
        "Circulate it to the group",
        "Title, summary and readers",
        "Sections and their order",
        "Discard this draft",
    ]
    page = cora.send(cora.get(f"{ONE}edit"), {"summary": "Two sites [exempt]of Canary Ltd[/exempt]\n\n• stopped"})
    assert "Exempt of Canary Ltd" in page.words
    refused = cora.send(cora.get(f"{ONE}edit"), {"title": "", "summary": "open [exempt]"})
    assert refused.errors == ["Enter the title"]
    refused = cora.send(refused, {"title": "A title"})
    assert refused.errors == ["Close each exempt passage: it begins with [exempt] and ends with [/exempt]"]
    assert "open [exempt]" in refused.words


def test_a_summary_that_is_too_long_for_a_board_says_so_to_both(visitor_as):
    a_report()
    cora = visitor_as("coordinator")
    form = cora.get(f"{ONE}edit")
    assert "A board’s copy has its first 1,800 letters, on at most 16 lines" in form.words
    page = cora.send(form, {"summary": "As long as it may be. " * 80})
    assert "ends the summary early" not in page.words
    assert "goes on in the full report" not in cora.get(f"{ONE}?audience=board").words
    page = cora.send(cora.get(f"{ONE}edit"), {"summary": "One word too many. " * 100})
    assert "The board’s copy ends the summary early" in page.words
    assert "This summary is longer: it goes on in the full report." in cora.get(f"{ONE}?audience=board").words
    assert "ends the summary early" not in visitor_as("officer").get(ONE).words


def test_sections_are_ordered_by_numbers_and_left_out_by_ticks(visitor_as):
    a_report()
    cora = visitor_as("coordinator")
    form = cora.get(f"{ONE}sections")
    assert "Summary for a board" not in form.words
    refused = cora.send(form, {"place-versions": "0"})
    assert refused.errors[0].startswith("Place of Version and approval: enter a number from 1 to")
    page = cora.send(refused, {"place-versions": "1", "shown-exceptions": []})
    assert "The sections are saved." in page.words
    heads = [words(each) for each in page.all("h2")]
    assert heads[0] == "Version and approval"
    assert "Exceptions" not in heads
    again = cora.get(f"{ONE}sections")
    assert again.all("input", id="place-versions")[0].attrib["value"] == "1"
    assert "checked" not in again.all("input", id="shown-exceptions")[0].attrib


def test_while_it_is_published_it_is_not_offered_again_and_a_second_press_leads_to_the_job(visitor_as):
    approved(a_report())
    cora = visitor_as("coordinator")
    second_tab = cora.get(f"{ONE}publication")
    page = cora.send(cora.get(f"{ONE}publication"))
    job = Job.get(Job.kind == "publish report")
    assert page.address == f"/p/west-kent/jobs/{job.id}/"
    assert cora.send(second_tab).address == page.address
    assert cora.get(f"{ONE}publication").address == page.address
    assert Job.select().where(Job.kind == "publish report").count() == 1
    assert steps(cora.get(ONE)) == ["Take it back to a draft"]
    row = Report.get()
    operations.take_back(person("coordinator"), row, row.version, reason="A figure is wrong")
    Job.update(state="done", finished_at=job.created_at, result=json.dumps(publish_asked(job))).execute()
    told = cora.get(page.address)
    assert "Nothing was published: the report was taken back" in told.words
    assert "Try again" not in told.words


def test_from_circulation_to_what_is_published(visitor_as, monkeypatch):
    monkeypatch.setattr(documents, "unhurried", quick)
    a_report()
    today = a_meeting(clock.today()).held_on
    a_meeting(dt.date(2011, 7, 14))
    cora, stan = visitor_as("coordinator"), visitor_as("steering member")
    assert "Stan Steering" in cora.get(f"{ONE}circulation").words
    page = cora.send(cora.get(f"{ONE}circulation"), {"note": "TMBC’s return is in"})
    assert steps(page) == ["Record the group’s approval", "Take it back to a draft"]
    page = stan.get(ONE)
    assert steps(page) == ["Approve it for the group"]
    assert "TMBC’s return is in" in page.words
    form = stan.get(f"{ONE}approval")
    assert f"Only meetings since draft 1 was circulated, {clock.long_date(today)}, can have approved it" in form.words
    assert "14 July 2011" not in form.words
    page = stan.send(form)
    assert f"Draft 1, approved by the steering group on {clock.long_date(today)}" in page.words
    assert steps(page) == []
    builders.a_note(builders.action("1.1"), "tmbc", text="Written later")
    assert "the tracker says other things in:" in cora.get(f"{ONE}publication").words
    page = cora.send(cora.get(f"{ONE}publication"), follow=False, status=302)
    job = Job.get(Job.kind == "publish report")
    assert page.headers["Location"] == f"/p/west-kent/jobs/{job.id}/"
    assert "It is being published." in cora.get(ONE).words
    publish_asked(job)
    page = cora.get(ONE)
    assert f"Approved by the steering group on {clock.long_date(today)}" in page.words
    assert "Written later" not in page.words
    assert len(page.all("code")) == 3
    assert steps(page) == ["Mend a mistake in a corrected issue"]


def test_taking_back_makes_the_next_draft_and_keeps_the_one_before(visitor_as):
    circulated(a_report(), "The first")
    cora = visitor_as("coordinator")
    refused = cora.send(cora.get(f"{ONE}taking-back"))
    assert refused.errors == ["Enter a reason"]
    page = cora.send(refused, {"reason": "A figure is wrong"})
    assert "Draft 2, not circulated yet" in page.words
    old = cora.get(f"{ONE}?draft=1")
    assert "This is draft 1, as it was circulated." in old.words
    cora.get(f"{ONE}?draft=2", status=404)
    cora.get(f"{ONE}?draft=x", status=404)


def test_a_step_out_of_turn_leads_back_with_the_reason(visitor_as):
    report = a_report()
    cora = visitor_as("coordinator")
    page = cora.get(f"{ONE}publication")
    assert page.address == ONE
    assert "Only what the group approved can be published; this report is draft." in page.words
    assert "Only what is published is mended by a corrected issue" in cora.get(f"{ONE}correction").words
    form = cora.get(f"{ONE}edit")
    circulated(report)
    refused = cora.send(form, {"summary": "Words typed meanwhile"})
    assert refused.errors == ["Only a draft can be changed. Take the report back first"]
    assert "Words typed meanwhile" in refused.words


def test_two_who_edit_at_once_see_both_versions(visitor_as):
    report = a_report()
    cora = visitor_as("coordinator")
    form = cora.get(f"{ONE}edit")
    operations.edit_report(
        person("coordinator"), report, report.version, title="Theirs", summary="Their words", audiences=["board"]
    )
    page = cora.send(form, {"title": "Mine", "summary": "My words"}, status=409)
    assert "Their words" in page.words
    assert "My words" in page.words
    form = cora.get(f"{ONE}sections")
    report = fresh(report)
    places = {key: n for n, (key, _) in enumerate(operations.arranged_sections(report), start=1)}
    operations.arrange_sections(person("coordinator"), report, report.version, places=places, shown=["cover"])
    page = cora.send(form, {"place-versions": "1"}, status=409)
    assert "Place of Version and approval" in page.words
    page = cora.send(page, button="Save and go on")
    assert "The sections are saved." in page.words


@pytest.mark.parametrize(
    ("who", "shown", "hidden"),
    [("viewer", ["board"], ["full", "extract"]), ("officer", ["full", "board", "extract"], [])],
)
def test_who_reads_what_of_a_published_report(visitor_as, who, shown, hidden):
    report = published(a_report())
    other = a_report(slug="2010-11-q3", number=3, first=dt.date(2011, 1, 1), last=dt.date(2011, 3, 31))
    visitor = visitor_as(who)
    page = visitor.get(REPORTS)
    assert report.title in page.words
    assert (other.title in page.words) == (who == "officer")
    for audience in ("full", "board", "extract"):
        query = f"?audience={audience}" + ("&authority=tmbc" if audience == "extract" else "")
        status = 200 if audience in shown else 404
        for address in (f"{ONE}{query}", f"{ONE[:-1]}.pdf{query}", f"{ONE[:-1]}.json{query}"):
            visitor.get(address, status=status)
    assert all(f"audience={audience}" not in address for audience in hidden for address in files(page))
    first = json.loads(visitor.get(f"{ONE[:-1]}.json").data)
    assert first["audience"] == shown[0]
    visitor.get(f"{REPORTS}2010-11-q3/", status=200 if who == "officer" else 404)


def test_a_published_report_that_viewers_have_no_copy_of_is_not_there_for_them(visitor_as):
    published(a_report(audiences=[]))
    viewer = visitor_as("viewer")
    assert "There is no report yet." in viewer.get(REPORTS).words
    viewer.get(ONE, status=404)


def test_a_corrected_issue_and_the_one_it_replaces_name_each_other(visitor_as):
    report = published(a_report())
    cora = visitor_as("coordinator")
    page = cora.send(cora.get(f"{ONE}correction"), {"why": "TWBC’s figure was SDC’s"})
    assert page.address == f"{REPORTS}2010-11-q4-corrected/"
    assert "This corrected issue replaces version 1" in page.words
    old = cora.get(ONE)
    assert "was replaced" not in old.words
    published(Report.get(Report.slug == "2010-11-q4-corrected"))
    old = cora.get(ONE)
    assert "by a corrected issue: TWBC’s figure was SDC’s" in old.words
    assert "Read the corrected issue" in old.words
    article = old.all("article")[0]
    assert "replaced" not in words(article)
    assert "Replaced by" in cora.get(REPORTS).words
    assert report.title in cora.get(f"{REPORTS}2010-11-q4-corrected/").words


def test_the_coordinator_settles_who_may_read_public_copies(visitor_as):
    cora = visitor_as("coordinator")
    assert "Nothing is public" in cora.get(REPORTS).words
    page = cora.send(cora.get(f"{REPORTS}public-reading"), {"allowed": "yes", "reason": ""})
    assert page.errors == ["Enter a reason"]
    page = cora.send(page, {"reason": "The group agreed"})
    assert "Public copies can be read by everybody" in page.words
    assert PublicReading.get().allowed is True
    assert "The group agreed" in cora.get(f"{REPORTS}public-reading").words
    visitor_as("steering member").get(f"{REPORTS}public-reading", status=403)


def test_a_report_that_waits_is_approved_by_letter_too(visitor_as):
    circulated(a_report())
    cora = visitor_as("coordinator")
    page = cora.send(cora.get(f"{ONE}approval"))
    assert set(page.errors) == {"Enter at which meeting, or how", "Enter the date of the approval"}
    page = cora.send(page, {"approved_on": ["14", "7", "2011"], "at": "by letter"})
    assert "approved by the steering group on 14 July 2011, by letter; not published yet" in page.words


def test_a_publishing_that_failed_can_be_asked_for_again(visitor_as):
    report = approved(a_report())
    operations.ask_to_publish(person("coordinator"), report, report.version)
    Job.update(state="failed", error="the document took more than 150 seconds").execute()
    cora = visitor_as("coordinator")
    page = cora.get(ONE)
    assert "Publishing failed: the document took more than 150 seconds." in page.words
    cora.send(cora.get(f"{ONE}publication"), follow=False, status=302)
    assert "It is being published." in cora.get(ONE).words


def test_files_are_named_after_the_report_and_its_reader(visitor_as, monkeypatch):
    monkeypatch.setattr(documents, "pdf", lambda page, **_: quick(page))
    made_public()
    a_report(audiences=["public", "extract"])
    cora = visitor_as("coordinator")
    for query, name in (
        ("", "west-kent-2010-11-q4-draft-1.pdf"),
        ("?audience=public", "west-kent-2010-11-q4-public-draft-1.pdf"),
        ("?audience=extract&authority=tmbc", "west-kent-2010-11-q4-tmbc-draft-1.pdf"),
    ):
        answer = cora.get(f"{ONE[:-1]}.pdf{query}")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert b"DRAFT 1, not approved" in answer.data


def test_the_number_of_reports_costs_no_query(visitor_as):
    visitors = [visitor_as(who, check=False) for who in ("coordinator", "viewer")]
    published(a_report())

    def counted():
        counts = []
        for visitor in visitors:
            for address in (REPORTS, ONE, f"{ONE[:-1]}.pdf"):
                visitor.get(address)
                with count_queries() as counter:
                    visitor.get(address)
                counts.append(counter.count)
        return counts

    few = counted()
    for number in (1, 2, 3):
        slug, first = f"2010-11-q{number}", dt.date(2010, 3 + 3 * number, 1)
        a_row(a_quarter(slug, number, first, first + dt.timedelta(days=80)), slug, is_published=True)
    assert counted() == few
    assert max(few) <= 20
