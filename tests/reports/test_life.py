"""From a draft to what is published, by whom, and what follows."""

import datetime as dt
import json

import pytest

from strategy_tracker import clock, documents
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.errors import Conflict, Forbidden, Invalid, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.jobs import GiveUp
from strategy_tracker.jobs.models import Job, Mail
from strategy_tracker.plans.models import Action
from strategy_tracker.plans.rules import Status
from strategy_tracker.reports import operations, publishing
from strategy_tracker.reports.models import Report, ReportCirculation, ReportDraft, ReportIssue
from strategy_tracker.reports.queries import PUBLISHING, publishing_job, replaced_by
from strategy_tracker.reports.reading import Asked, reading
from tests import builders
from tests.cast import partnership, person
from tests.meetings.making import a_meeting
from tests.reports.making import BASE, a_quarter, a_report, approved, circulated, fresh, made_public, published, quick


def test_a_quarter_has_one_report_and_it_begins_as_draft_1(database):
    report = a_report()
    assert (report.slug, report.title) == ("2010-11-q4", "Quarterly report, April to June 2011")
    assert (report.state, report.draft) == ("draft", 1)
    with pytest.raises(Invalid, match="This quarter has a report"):
        operations.begin_report(person("coordinator"), a_quarter())
    year = clock.today().year + 1
    later = a_quarter("later-q1", 1, dt.date(year, 1, 1), dt.date(year, 3, 31))
    with pytest.raises(Invalid, match="This quarter has not begun"):
        operations.begin_report(person("coordinator"), later)


def test_of_two_who_begin_at_once_one_is_told(database, monkeypatch):
    report = published(a_report())
    operations.begin_correction(OPERATOR, report, why="A figure is wrong")
    for question in ("reports_of_quarter", "begun_correction"):
        monkeypatch.setattr(operations, question, lambda _: None)
    with pytest.raises(Invalid, match="This quarter has a report"):
        operations.begin_report(person("coordinator"), a_quarter())
    with pytest.raises(Invalid, match="has a corrected issue already"):
        operations.begin_correction(person("coordinator"), report, why="Another is wrong")


def test_a_circulated_draft_stays_to_be_read_and_the_group_is_told(database):
    report = circulated(a_report(), "TMBC’s return is in")
    assert (report.state, report.draft) == ("circulated", 1)
    assert {mail.person.email for mail in Mail.select()} == {
        person("steering member").email,
        person("coordinator").email,
    }
    mail = Mail.get(Mail.person == person("steering member"))
    assert f"{BASE}/p/west-kent/reports/2010-11-q4/" in mail.text
    assert "TMBC’s return is in" in mail.html
    advice = builders.action("1.1")
    builders.a_note(advice, "tmbc", Status.OFF_TRACK, "The office burnt down", reason="A fire")
    one = reading(person("officer"), report, Asked())
    assert "The office burnt down" not in one.html
    assert "DRAFT 1, not approved" in one.content
    operations.take_back(person("coordinator"), report, report.version, reason="A note came late")
    report = fresh(report)
    assert (report.state, report.draft) == ("draft", 2)
    assert "The office burnt down" in reading(person("officer"), report, Asked()).html
    assert reading(person("officer"), report, Asked(draft=1)).html == one.html
    again = circulated(report)
    assert [row.number for row in ReportCirculation.select().order_by(ReportCirculation.number)] == [1, 2]
    assert "The office burnt down" in reading(person("officer"), again, Asked()).html


def test_who_circulates_gets_no_mail_of_it(database):
    report = a_report()
    operations.circulate(person("coordinator"), report, report.version, base_url=BASE)
    assert [mail.person.email for mail in Mail.select()] == [person("steering member").email]


def test_each_wanted_reader_has_a_copy_of_the_draft(database):
    circulated(a_report())
    found = [(row.audience, row.authority and row.authority.slug) for row in ReportDraft.select().order_by("id")]
    assert found[:2] == [("full", None), ("board", None)]
    assert found[2:] == [("extract", slug) for slug in ("sdc", "tmbc", "twbc", "kcc")]


def test_a_member_approves_at_a_meeting_and_the_coordinator_records_one(database):
    report = circulated(a_report())
    meeting = a_meeting(dt.date(2011, 7, 14))
    with pytest.raises(Forbidden):
        operations.approve(person("lead"), report, report.version, meeting=meeting)
    with pytest.raises(Invalid, match="cannot be in the future"):
        operations.approve(
            person("coordinator"), report, report.version, approved_on=clock.today() + dt.timedelta(1), at="at once"
        )
    with pytest.raises(Invalid, match="Enter the date of the approval"):
        operations.approve(person("coordinator"), report, report.version, at="by letter")
    early = "Draft 1 was circulated on 7 July 2011: nobody can have approved it before"
    with pytest.raises(Invalid, match=early):
        operations.approve(person("coordinator"), report, report.version, approved_on=dt.date(1900, 1, 1), at="by post")
    with pytest.raises(Invalid, match=early):
        operations.approve(person("coordinator"), report, report.version, meeting=a_meeting(dt.date(2011, 7, 6)))
    operations.approve(person("steering member"), report, report.version, meeting=meeting)
    report = fresh(report)
    assert (report.state, report.approved_on, report.meeting) == ("approved", dt.date(2011, 7, 14), meeting)
    assert report.approved_by == person("steering member")
    operations.take_back(person("coordinator"), report, report.version, reason="A figure is wrong")
    report = fresh(report)
    assert (report.approved_on, report.meeting_id, report.approved_by_id) == (None, None, None)


def test_what_is_published_is_what_was_approved(database):
    report = approved(a_report())
    approved_words = reading(person("officer"), report, Asked()).content
    Action.update(text="Other words").execute()
    report = published(report)
    found = json.loads(reading(person("officer"), report, Asked()).content)
    assert "Other words" not in json.dumps(found)
    before = {one["key"]: one["content"] for one in json.loads(approved_words)["sections"]}
    after = {one["key"]: one["content"] for one in found["sections"]}
    assert {key for key in before if before[key] != after.get(key)} == {"versions"}
    assert after["versions"]["approval"] == (
        "Approved by the steering group on 14 July 2011, at its meeting at Sevenoaks. Recorded by Stan Steering."
    )
    assert found["report"]["edition"] == "Version 1, approved 14 July 2011"
    assert found["report"]["state"] == ""


def test_a_report_is_published_once_with_the_digests_in_the_history(database):
    report = published(a_report())
    rows = list(ReportIssue.select().order_by(ReportIssue.id))
    assert [(row.audience, row.whose) for row in rows][:2] == [("full", ""), ("board", "")]
    event = Event.get(Event.verb == "report published")
    assert rows[0].pdf_sha256 in event.data
    publishing.publish(person("coordinator"), report, report.version, quick)
    assert ReportIssue.select().count() == len(rows)
    with pytest.raises(Invalid, match="this report is published"):
        operations.take_back(person("coordinator"), report, report.version, reason="A mistake")
    with pytest.raises(Invalid, match="Only a draft can be changed"):
        operations.edit_report(person("coordinator"), report, report.version, title="Another", summary="", audiences=[])


def test_the_worker_publishes_what_was_asked_for_and_nothing_else(database, monkeypatch):
    monkeypatch.setattr(documents, "unhurried", quick)
    report = approved(a_report())
    operations.ask_to_publish(person("coordinator"), report, report.version)
    job = publishing_job(report)
    operations.take_back(person("coordinator"), report, fresh(report).version, reason="A figure is wrong")
    assert publishing.publish_asked(job)["said"].startswith("Nothing was published: the report was taken back")
    report = approved(fresh(report))
    assert publishing.publish_asked(job)["said"].startswith("Nothing was published: the report was taken back")
    operations.ask_to_publish(person("coordinator"), report, report.version)
    later = publishing_job(report)
    assert later != job
    assert publishing.publish_asked(later) == {"address": "/p/west-kent/reports/2010-11-q4/"}
    assert publishing.publish_asked(later) == {"address": "/p/west-kent/reports/2010-11-q4/"}
    assert fresh(report).state == "published"
    assert Job.select().where(Job.kind == PUBLISHING).count() == 2


def test_asked_for_twice_it_is_published_by_one_job_and_an_earlier_one_ends_as_done(database, monkeypatch):
    monkeypatch.setattr(documents, "unhurried", quick)
    report, cora = approved(a_report()), person("coordinator")
    earlier = operations.ask_to_publish(cora, report, report.version)
    assert operations.ask_to_publish(cora, fresh(report), report.version - 1) == earlier
    Job.update(state="failed", error="The disk was full").where(Job.id == earlier.id).execute()
    later = operations.ask_to_publish(cora, fresh(report), fresh(report).version)
    assert later != earlier
    publishing.publish_asked(later)
    assert publishing.publish_asked(earlier) == {"address": "/p/west-kent/reports/2010-11-q4/"}


def test_what_cannot_be_published_gives_up_with_its_reason(database, monkeypatch):
    report = approved(a_report())
    job = operations.ask_to_publish(person("coordinator"), report, report.version)

    def refuse(*_: object) -> None:
        raise Invalid({"sections": "Sections that are no longer there: risks"})

    monkeypatch.setattr(publishing, "made_of", refuse)
    with pytest.raises(GiveUp, match="no longer there: risks"):
        publishing.publish_asked(job)


def test_a_mistake_is_mended_by_a_corrected_issue_that_names_the_one_it_replaces(database):
    report = published(a_report())
    cora = person("coordinator")
    new = fresh(operations.begin_correction(cora, report, why="TWBC’s figure was SDC’s"))
    assert (new.slug, new.title, new.state) == ("2010-11-q4-corrected", report.title, "draft")
    assert replaced_by(report) is None
    with pytest.raises(Invalid, match="has a corrected issue already"):
        operations.begin_correction(cora, report, why="Again")
    with pytest.raises(Invalid, match="can still be changed"):
        operations.begin_correction(cora, new, why="Again")
    old = reading(cora, report, Asked()).html
    new = published(new)
    assert replaced_by(report) == new
    assert reading(cora, report, Asked()).html == old
    words = json.loads(reading(cora, new, Asked()).content)["report"]
    today = clock.long_date(clock.today())
    assert words["replaces"] == (
        f"This corrected issue replaces version 1, published {today}. TWBC’s figure was SDC’s."
    )
    assert words["edition"] == "Version 2, approved 14 July 2011"
    assert [row["number"] for row in words["versions"]] == ["2", "Draft 1", "1"]


def test_two_at_once_meet_the_conflict_and_a_form_sent_twice_is_one(database):
    report, cora = a_report(), person("coordinator")
    words = {"title": "Another", "summary": "Words", "audiences": ["board"]}
    operations.edit_report(cora, report, report.version, **words, form_key="a key")
    with pytest.raises(Repeated):
        operations.edit_report(cora, report, report.version, **words, form_key="a key")
    with pytest.raises(Conflict):
        operations.edit_report(cora, report, report.version - 1, **words)
    with pytest.raises(Invalid, match="Close each exempt passage"):
        operations.edit_report(cora, report, report.version, **(words | {"summary": "[exempt]open"}))


def test_neither_a_title_nor_the_reason_of_a_corrected_issue_holds_an_exempt_passage(database):
    report, cora = a_report(), person("coordinator")
    with pytest.raises(Invalid, match="A title cannot hold an exempt passage"):
        operations.edit_report(cora, report, report.version, title="A [exempt]b[/exempt]", summary="", audiences=[])
    report = published(report)
    with pytest.raises(Invalid, match="cannot hold an exempt passage"):
        operations.begin_correction(cora, report, why="It named [exempt]Canary Ltd[/exempt]")


def test_sections_stand_where_they_are_put(database):
    report, cora = a_report(), person("coordinator")
    keys = [one["key"] for one in json.loads(reading(cora, report, Asked()).content)["sections"]]
    places = {key: number for number, (key, _) in enumerate(operations.arranged_sections(report), start=1)}
    moved = places | {"versions": 1}
    operations.arrange_sections(cora, report, report.version, places=moved, shown=set(places) - {"summary"})
    found = [one["key"] for one in json.loads(reading(cora, report, Asked()).content)["sections"]]
    assert found == ["versions", *(key for key in keys if key not in ("versions", "summary"))]
    with pytest.raises(Invalid, match="Enter a place from 1 to"):
        operations.arrange_sections(cora, report, report.version, places=moved | {"cover": 99}, shown=[])


def test_the_public_copy_is_made_where_the_partnership_allows_it_on_that_day(database):
    with pytest.raises(Invalid, match="are not public"):
        a_report(audiences=["public"])
    made_public()
    report = approved(a_report(audiences=["public"]))
    with pytest.raises(Invalid, match="today or later"):
        operations.settle_public_reading(
            OPERATOR, partnership(), allowed=False, since=dt.date(2011, 1, 1), reason="Too late"
        )
    operations.settle_public_reading(OPERATOR, partnership(), allowed=False, since=clock.today(), reason="A leak")
    published(report)
    assert [row.audience for row in ReportIssue.select()] == ["full"]


def test_others_may_not_do_it(database):
    report = a_report()
    for who in ("officer", "lead", "steering member", "viewer", "foreign coordinator"):
        for verb in (
            lambda one: operations.begin_report(one, a_quarter()),
            lambda one: operations.edit_report(one, report, report.version, title="T", summary="", audiences=[]),
            lambda one: operations.circulate(one, report, report.version, base_url=BASE),
            lambda one: operations.ask_to_publish(one, report, report.version),
            lambda one: operations.begin_correction(one, report, why="Because"),
        ):
            with pytest.raises(Forbidden):
                verb(person(who))
    assert Report.get().version == report.version


def test_a_person_of_the_group_is_a_member_now(database):
    Membership.update(ended_at=clock.now()).where(Membership.person == person("steering member")).execute()
    circulated(a_report())
    assert [Person.get_by_id(mail.person_id).email for mail in Mail.select()] == [person("coordinator").email]
