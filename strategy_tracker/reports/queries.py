"""The selects of reports. None of them reads the bytes of a PDF but `pdf_of`."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from peewee import JOIN

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.access.scope import visible
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.rules import JobState
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reports.models import PublicReading, Report, ReportCirculation, ReportDraft, ReportIssue
from strategy_tracker.reports.rules import FOR_VIEWERS, State
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.reviews.meetings.queries import meetings_between

WITHOUT_BYTES = (
    ReportIssue.id,
    ReportIssue.report,
    ReportIssue.audience,
    ReportIssue.whose,
    ReportIssue.name,
    ReportIssue.title,
    ReportIssue.partnership,
    ReportIssue.issued_at,
    ReportIssue.content_sha256,
    ReportIssue.html_sha256,
    ReportIssue.pdf_sha256,
)
PUBLISHING = "publish report"
"""The kind of the jobs that publish."""
MEETINGS = 8
GROUP = (Role.STEERING_MEMBER.value, Role.COORDINATOR.value)


def is_of_the_group(person: Acting, partnership_id: int) -> bool:
    """Whether a person reads drafts and every copy; a viewer reads what is published for a board or for everybody."""
    return allows(person, Permission.REPORT_READ, Place(partnership_id, is_settled=False))


def reports_of(person: Acting, partnership_id: int) -> list[Report]:
    """The reports that a person may read, the latest quarter first, a corrected issue before what it replaces."""
    query = visible(person, Report).where(Report.partnership == partnership_id)
    if not is_of_the_group(person, partnership_id):
        shared = ReportIssue.select(ReportIssue.report).where(ReportIssue.audience.in_(FOR_VIEWERS))
        query = query.where(Report.id.in_(shared))
    return list(query.order_by(Quarter.period_from.desc(nulls="last"), Report.id.desc()))


def issues_of(reports: Iterable[Report]) -> list[ReportIssue]:
    """What was published of these reports, without content and bytes, in the order full, board, public, extracts."""
    numbers = [report.id for report in reports]
    if not numbers:
        return []
    rows = ReportIssue.select(*WITHOUT_BYTES).where(ReportIssue.report.in_(numbers)).order_by(ReportIssue.id)
    return list(rows)


def readable_issues(person: Acting, report: Report) -> list[ReportIssue]:
    """The published copies that a person may read, the first of them the one that is shown where none is asked for."""
    issues = issues_of([report])
    if is_of_the_group(person, report.partnership_id):
        return issues
    return [one for audience in FOR_VIEWERS for one in issues if one.audience == audience]


def issue(report: Report, audience: str, whose: str = "") -> ReportIssue | None:
    """One published copy with its content, without the bytes of its PDF."""
    columns = (*WITHOUT_BYTES, ReportIssue.content, ReportIssue.html)
    return ReportIssue.select(*columns).where(*_copy(report, audience, whose)).first()


def pdf_of(found: ReportIssue) -> bytes:
    """The bytes that were published."""
    return bytes(ReportIssue.select(ReportIssue.pdf).where(ReportIssue.id == found.id).scalar())


def circulations_of(report_id: int) -> list[ReportCirculation]:
    """Every draft that went to the group, the last first, with who circulated it."""
    return list(
        ReportCirculation.select(ReportCirculation, Person.id, Person.name)
        .join(Person, JOIN.LEFT_OUTER)
        .where(ReportCirculation.report == report_id)
        .order_by(ReportCirculation.number.desc())
    )


def drafts_of(report_id: int, number: int) -> list[ReportDraft]:
    """What each audience got of a circulated draft."""
    return list(
        ReportDraft.select()
        .join(ReportCirculation)
        .where(ReportCirculation.report == report_id, ReportCirculation.number == number)
        .order_by(ReportDraft.id)
    )


def reports_of_quarter(quarter_id: int) -> list[Report]:
    """The first one and its corrected issues, in that order."""
    query = Report.select().where(Report.quarter == quarter_id, Report.discarded_at.is_null())
    return list(query.order_by(Report.id))


def chain_of(report: Report) -> list[Report]:
    """The reports that this one replaces, directly or by another, the first that there was at the beginning."""
    chain: list[Report] = []
    before = report.replaces
    while before is not None:
        chain.insert(0, before)
        before = before.replaces
    return chain


def replaced_by(report: Report) -> Report | None:
    """The corrected issue that replaces this report; None as long as it is not published."""
    return Report.get_or_none(Report.replaces == report.id, Report.state == State.PUBLISHED.value)


def begun_correction(report: Report) -> Report | None:
    """The corrected issue of this report, published or not."""
    return Report.get_or_none(Report.replaces == report.id)


def slugs_in(partnership_id: int) -> list[str]:
    return [slug for (slug,) in Report.select(Report.slug).where(Report.partnership == partnership_id).tuples()]


def public_rules(partnership_id: int) -> list[PublicReading]:
    """What was settled about reading by everybody, the last first."""
    query = PublicReading.select(PublicReading, Person.id, Person.name).join(Person, JOIN.LEFT_OUTER)
    query = query.where(PublicReading.partnership == partnership_id)
    return list(query.order_by(PublicReading.since.desc(), PublicReading.id.desc()))


def is_public(partnership_id: int, day: dt.date) -> bool:
    """Whether everybody may read the partnership's public copies on a day; without a word about it, no."""
    query = PublicReading.select(PublicReading.allowed).where(
        PublicReading.partnership == partnership_id, PublicReading.since <= day
    )
    return bool(query.order_by(PublicReading.since.desc(), PublicReading.id.desc()).limit(1).scalar())


def public_issue(partnership: str, slug: str, day: dt.date) -> ReportIssue | None:
    """What everybody may read under this address; None where there is nothing, or it is not allowed."""
    found = Report.select(Report).join(Partnership).where(Partnership.slug == partnership, Report.slug == slug)
    report = found.where(Report.state == State.PUBLISHED.value).first()
    if report is None or not is_public(report.partnership_id, day):
        return None
    return issue(report, "public")


def quarters_without_report(partnership_id: int, today: dt.date) -> list[Quarter]:
    """The quarters of which a report can be begun, the latest first: those that have begun and have none."""
    have = Report.select(Report.quarter).where(
        Report.partnership == partnership_id, Report.quarter.is_null(False), Report.discarded_at.is_null()
    )
    query = Quarter.select().where(Quarter.partnership == partnership_id, Quarter.period_from <= today)
    return list(query.where(Quarter.id.not_in(have)).order_by(Quarter.period_from.desc()))


def quarter_before(quarter: Quarter) -> Quarter | None:
    query = Quarter.select().where(
        Quarter.partnership == quarter.partnership_id, Quarter.period_from < quarter.period_from
    )
    return query.order_by(Quarter.period_from.desc()).first()


def the_group(partnership_id: int) -> list[Person]:
    """Who gets a circulated draft: the steering group's members and the coordinators."""
    held = Membership.select(Membership.person).where(
        Membership.partnership == partnership_id, Membership.role.in_(GROUP), Membership.ended_at.is_null()
    )
    return list(Person.select().where(Person.id.in_(held)).order_by(Person.name, Person.id))


def meetings_held(partnership_id: int, today: dt.date) -> list[Meeting]:
    """The last meetings by now, the latest first: one of them approved what is circulated."""
    return meetings_between(partnership_id, dt.date.min, today)[: -MEETINGS - 1 : -1]


def publishing_job(report: Report) -> Job | None:
    """The last job that was asked to publish this report."""
    keys = f"report-{report.id}-"
    query = Job.select().where(Job.kind == PUBLISHING, Job.key.startswith(keys))
    return query.order_by(Job.id.desc()).first()


def publishing_under_way(report: Report) -> Job | None:
    """The job that waits to publish this report as it stands, or is at it."""
    job = publishing_job(report) if report.state == State.APPROVED and report.asked_at else None
    return job if job is not None and job.state in (JobState.QUEUED, JobState.RUNNING) else None


def issue_faults() -> Iterator[str]:
    """A line for each published copy whose page, JSON or PDF is not what was published. One at a time."""
    rows: Sequence[tuple[int, str]] = list(Report.select(Report.id, Report.slug).order_by(Report.id).tuples())
    for number, slug in rows:
        found = list(ReportIssue.select(*WITHOUT_BYTES).where(ReportIssue.report == number).order_by(ReportIssue.id))
        for each in found:
            yield from _faults_of(each, f"report {slug}, {each.audience}{f' of {each.whose}' if each.whose else ''}")
    published = Report.select(Report.slug).where(Report.state == State.PUBLISHED.value)
    for (slug,) in published.where(Report.id.not_in(ReportIssue.select(ReportIssue.report))).tuples():
        yield f"report {slug}: it is published and nothing of it is kept"


def _faults_of(each: ReportIssue, name: str) -> Iterator[str]:
    row = ReportIssue.select(ReportIssue.content, ReportIssue.html, ReportIssue.pdf).where(ReportIssue.id == each.id)
    content, html, pdf = row.tuples().get()
    for what, kept, digest in (
        ("page", html.encode(), each.html_sha256),
        ("JSON", content.encode(), each.content_sha256),
        ("PDF", bytes(pdf), each.pdf_sha256),
    ):
        if hashlib.sha256(kept).hexdigest() != digest:
            yield f"{name}: its {what} is not what was published"


def _copy(report: Report, audience: str, whose: str) -> tuple[object, ...]:
    return ReportIssue.report == report.id, ReportIssue.audience == audience, ReportIssue.whose == whose
