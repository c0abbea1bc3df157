"""What the pages of reports show, as values."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.documents.sections import words_of as words_in
from strategy_tracker.jobs.models import Job
from strategy_tracker.reports.copies import FULL, Copy
from strategy_tracker.reports.discarding import why_not_discarded
from strategy_tracker.reports.forms import BOARD_HINT, quarter_label
from strategy_tracker.reports.models import Report, ReportIssue
from strategy_tracker.reports.names import names_in
from strategy_tracker.reports.public import may_be_names
from strategy_tracker.reports.queries import (
    begun_correction,
    circulations_of,
    is_of_the_group,
    is_public,
    issues_of,
    public_rules,
    publishing_job,
    publishing_under_way,
    quarters_without_report,
    replaced_by,
    reports_of,
)
from strategy_tracker.reports.reading import Reading
from strategy_tracker.reports.rules import FOR_VIEWERS, Audience, State, Step, can, wishes_of
from strategy_tracker.reviews.report_sections.summary import too_long_for_a_board

Link = tuple[str, str]
"""(words, address)."""
OFFERED = 3
"""How many quarters without a report the list offers to begin one for."""


@dataclass(frozen=True)
class ListedReport:
    """One line of the list."""

    title: str
    address: str
    state: str
    standing: str
    remark: str
    files: tuple[Link, ...]


@dataclass(frozen=True)
class ListedQuarter:
    name: str
    reports: tuple[ListedReport, ...]


@dataclass(frozen=True)
class ReportsPage:
    """`missing` are quarters of which a report can be begun, for who may; `rule` is who may read, in words."""

    quarters: tuple[ListedQuarter, ...]
    missing: tuple[Link, ...]
    may_edit: bool
    rule: str


@dataclass(frozen=True)
class DraftRow:
    """A draft that was circulated."""

    number: int
    on: str
    who: str
    note: str
    address: str


@dataclass(frozen=True)
class ReportPage:
    """All round the report itself. `digests` are (what, SHA-256), empty unless it is published; `suspects` words of
    the public copy that may be names, each with how often it stands there.
    """

    report: Report
    reading: Reading
    address: str
    state: str
    standing: str
    notices: tuple[tuple[str, str, str], ...]
    copies: tuple[tuple[Copy, bool], ...]
    files: tuple[Link, ...]
    steps: tuple[Link, ...]
    edits: tuple[Link, ...]
    drafts: tuple[DraftRow, ...]
    digests: tuple[tuple[str, str], ...]
    public_address: str
    job: Job | None
    suspects: tuple[tuple[str, int], ...] = ()


def address_of(report: Report) -> str:
    return f"/p/{report.partnership.slug}/reports/{report.slug}/"


def reports_page(person: Acting, partnership: Partnership) -> ReportsPage:
    reports = reports_of(person, partnership.id)
    issues: dict[int, list[ReportIssue]] = defaultdict(list)
    of_the_group = is_of_the_group(person, partnership.id)
    for one in issues_of(reports):
        if of_the_group or one.audience in FOR_VIEWERS:
            issues[one.report_id].append(one)
    replacing = {one.replaces_id: one for one in reports if one.replaces_id and one.state == State.PUBLISHED}
    groups: dict[str, list[ListedReport]] = {}
    for report in reports:
        name = quarter_label(report.quarter) if report.quarter else "Board packs"
        groups.setdefault(name, []).append(_listed(report, issues[report.id], replacing.get(report.id)))
    may_edit = may(person, Permission.REPORT_EDIT, partnership)
    missing = quarters_without_report(partnership.id, clock.today())[:OFFERED] if may_edit else []
    base = f"/p/{partnership.slug}/reports/new"
    return ReportsPage(
        tuple(ListedQuarter(name, tuple(listed)) for name, listed in groups.items()),
        tuple((quarter_label(one), f"{base}?quarter={one.slug}") for one in missing),
        may_edit,
        _rule_words(partnership) if may_edit else "",
    )


def _listed(report: Report, issues: list[ReportIssue], replacing: Report | None) -> ListedReport:
    address = address_of(report)
    files = tuple((one.name, f"{address[:-1]}.pdf{query_of(one)}") for one in issues)
    if report.state != State.PUBLISHED:
        files = (("Draft", f"{address[:-1]}.pdf"),)
    remark = f"Replaced by {replacing.title}, {_on(replacing.published_at)}" if replacing else ""
    if report.replaces_id:
        remark = "Corrected issue" if not remark else f"Corrected issue. {remark}"
    return ListedReport(report.title, address, report.state, _standing(report), remark, files)


def query_of(found: ReportIssue) -> str:
    if found.audience == FULL.audience:
        return ""
    return f"?audience={found.audience}" + (f"&authority={found.whose}" if found.whose else "")


def report_page(person: Acting, report: Report, reading: Reading, base_url: str) -> ReportPage:
    address, may_edit = address_of(report), may(person, Permission.REPORT_EDIT, report)
    of_the_group = is_of_the_group(person, report.partnership_id)
    query = _query(reading)
    job = publishing_job(report) if report.state == State.APPROVED and report.asked_at else None
    return ReportPage(
        report=report,
        reading=reading,
        address=address,
        state=report.state,
        standing=_standing(report),
        notices=(*_notices(report, reading), *(_warnings(report, address) if may_edit else ())),
        copies=tuple((one, one == reading.copy) for one in reading.copies),
        files=(("PDF", f"{address[:-1]}.pdf{query}"), ("JSON", f"{address[:-1]}.json{query}")),
        steps=tuple(_steps(person, report, address)),
        edits=_edits(report, address) if may_edit else (),
        drafts=tuple(_drafts(report, address)) if of_the_group else (),
        digests=_digests(reading.issue),
        public_address=_public_address(report, reading, base_url),
        job=job,
        suspects=tuple(_suspects(report, reading)) if may_edit else (),
    )


def _suspects(report: Report, reading: Reading) -> list[tuple[str, int]]:
    """Before it is published: words of the public copy that may be names."""
    if reading.copy.audience is not Audience.PUBLIC or reading.issue is not None:
        return []
    words = "\n".join(words_in(json.loads(reading.content)["sections"]))
    return may_be_names(words, names_in(report.partnership_id))


def _query(reading: Reading) -> str:
    query = reading.copy.query
    if reading.draft is not None:
        query += f"{'&' if query else '?'}draft={reading.draft}"
    return query


def _steps(person: Acting, report: Report, address: str) -> Iterable[Link]:
    """What this person can do next, in the order of its life."""
    edits = may(person, Permission.REPORT_EDIT, report)
    if edits and can(report.state, Step.CIRCULATE):
        yield "Circulate it to the group", f"{address}circulation"
    if may(person, Permission.REPORT_APPROVE, report) and can(report.state, Step.APPROVE):
        yield "Record the group’s approval" if edits else "Approve it for the group", f"{address}approval"
    if edits and can(report.state, Step.PUBLISH) and publishing_under_way(report) is None:
        yield "Publish it", f"{address}publication"
    if edits and can(report.state, Step.TAKE_BACK):
        yield "Take it back to a draft", f"{address}taking-back"
    if edits and report.state == State.PUBLISHED and begun_correction(report) is None:
        yield "Mend a mistake in a corrected issue", f"{address}correction"


def _edits(report: Report, address: str) -> tuple[Link, ...]:
    if report.state != State.DRAFT:
        return ()
    edits = ("Title, summary and readers", f"{address}edit"), ("Sections and their order", f"{address}sections")
    return edits if why_not_discarded(report) else (*edits, ("Discard this draft", f"{address}discarding"))


def _notices(report: Report, reading: Reading) -> Iterable[tuple[str, str, str]]:
    """(sentence, words of a link, address) that stand above the report and are no part of it."""
    new = replaced_by(report) if report.state == State.PUBLISHED else None
    if new is not None:
        words = f"This report was replaced on {_on(new.published_at)} by a corrected issue: {new.why}"
        yield words, "Read the corrected issue", address_of(new)
    if report.replaces is not None:
        old = report.replaces
        yield "This is a corrected issue. It replaces another: ", old.title, address_of(old)
    if reading.draft is not None and reading.draft != report.draft:
        yield f"This is draft {reading.draft}, as it was circulated. ", "Show the report", address_of(report)


def _warnings(report: Report, address: str) -> Iterable[tuple[str, str, str]]:
    """For who edits reports: how the board's copy ends before it is published, what is in work after."""
    new = begun_correction(report) if report.state == State.PUBLISHED else None
    if new is not None and new.state != State.PUBLISHED:
        yield "A corrected issue of this report is in work: ", new.title, address_of(new)
    for_a_board = Audience.BOARD in wishes_of(report.audiences)
    if report.state != State.PUBLISHED and for_a_board and too_long_for_a_board(report.summary):
        words = f"The board’s copy ends the summary early, and says that it goes on in the full report. {BOARD_HINT}."
        yield words, "Read the board’s copy", f"{address}{Copy(Audience.BOARD).query}"


def _drafts(report: Report, address: str) -> Iterable[DraftRow]:
    for one in circulations_of(report.id):
        who: Any = one.person.name if one.person else "Command line"
        yield DraftRow(one.number, _on(one.at), who, one.note, f"{address}?draft={one.number}")


def _digests(found: ReportIssue | None) -> tuple[tuple[str, str], ...]:
    if found is None:
        return ()
    return ("PDF", found.pdf_sha256), ("Page", found.html_sha256), ("JSON", found.content_sha256)


def _standing(report: Report) -> str:
    """Where it stands, in a sentence."""
    match State(report.state):
        case State.DRAFT:
            return f"Draft {report.draft}, not circulated yet"
        case State.CIRCULATED:
            return f"Draft {report.draft} is circulated and waits for the group’s approval"
        case State.APPROVED:
            return f"Draft {report.draft}, approved by the steering group on {_approved(report)}; not published yet"
        case State.PUBLISHED:
            return f"Approved by the steering group on {_approved(report)}. Published {_on(report.published_at)}"


def _approved(report: Report) -> str:
    return f"{clock.long_date(report.approved_on)}, {report.approved_at}" if report.approved_on else ""


def _public_address(report: Report, reading: Reading, base_url: str) -> str:
    """Where everybody reads it; "" where nobody does."""
    is_there = report.state == State.PUBLISHED and any(one.audience == "public" for one in reading.copies)
    if not is_there or not is_public(report.partnership_id, clock.today()):
        return ""
    return f"{base_url}/public/{report.partnership.slug}/reports/{report.slug}/"


def _rule_words(partnership: Partnership) -> str:
    today = clock.today()
    rules = public_rules(partnership.id)
    now = next((one for one in rules if one.since <= today), None)
    coming = [one for one in rules if one.since > today]
    words = "Public copies can be read by everybody" if now and now.allowed else "Nothing is public"
    for one in reversed(coming):
        words += f"; from {clock.long_date(one.since)} {'everybody may read' if one.allowed else 'nothing is public'}"
    return words


def _on(instant: Any) -> str:
    return clock.long_date(clock.in_london(instant).date()) if instant else ""
