"""Publishing: what the group approved is frozen for each audience, as content, page and PDF with their digests."""

import hashlib
from collections.abc import Callable
from typing import Any

from strategy_tracker import clock, documents, history
from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.accounts.models import Person
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.jobs import GiveUp
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.operations import arguments_of
from strategy_tracker.reports.copies import Copy, extract_for
from strategy_tracker.reports.making import Made, made_of
from strategy_tracker.reports.models import Report, ReportDraft, ReportIssue
from strategy_tracker.reports.queries import drafts_of, is_public
from strategy_tracker.reports.rules import Audience, State, Step, after

Render = Callable[[str], bytes]
TAKEN_BACK = "Nothing was published: the report was taken back after its publishing was asked for"


def publish_asked(job: Job) -> dict[str, Any]:
    """The handler of PUBLISHING. Safe to run twice: what is published stays as it is.

    It ends without publishing where the report was taken back meanwhile. Raises GiveUp where it cannot be published.
    """
    asked = arguments_of(job)
    report = Report.get_by_id(asked["report"])
    person: Acting = Person.get_by_id(job.person_id) if job.person_id else OPERATOR
    if not _is_as_asked(report, asked["version"]):
        return _ended(report)
    try:
        publish(person, report, asked["version"])
    except Invalid as refused:
        raise GiveUp(str(refused)) from refused
    except Conflict:
        return _ended(Report.get_by_id(report.id))
    return _ended(Report.get_by_id(report.id))


def _is_as_asked(report: Report, version: int) -> bool:
    return report.state == State.APPROVED and report.version == version


def _ended(report: Report) -> dict[str, Any]:
    """What the job's page says, and where it leads on: to the report, at once where it is published."""
    address = f"/p/{report.partnership.slug}/reports/{report.slug}/"
    return {"address": address} if report.state == State.PUBLISHED else {"address": address, "said": TAKEN_BACK}


def publish(person: Acting, report: Report, version: int, render: Render | None = None) -> None:
    """Freezes every copy and publishes the report, at once or not at all.

    `render` makes a PDF of a page; None: documents.unhurried. It is done before the transaction begins.
    Raises Conflict, Invalid, documents.RenderFailed.
    """
    if report.state == State.PUBLISHED:
        return
    state = after(report.state, Step.PUBLISH)
    made = [made_of(report, _copy(draft), draft.content) for draft in _drafts(report)]
    frozen = [(one, (render or documents.unhurried)(one.page)) for one in made]
    now = clock.now()
    with history.writing(person):
        save_versioned(report, version, state=state.value, published_at=now)
        digests = [_freeze(report, one, pdf, now) for one, pdf in frozen]
        history.record(
            person, report.partnership_id, "report published", report, version=report.version, issues=digests
        )


def _drafts(report: Report) -> list[ReportDraft]:
    """What was circulated last; without a public copy where the partnership allows none any more."""
    may_all_read = is_public(report.partnership_id, clock.today())
    drafts = drafts_of(report.id, report.draft)
    return [one for one in drafts if one.audience != Audience.PUBLIC or may_all_read]


def _copy(draft: ReportDraft) -> Copy:
    return extract_for(draft.authority) if draft.authority is not None else Copy(Audience(draft.audience))


def _freeze(report: Report, made: Made, pdf: bytes, now: Any) -> dict[str, str]:
    """The append-only row, and its digests as the history keeps them."""
    digests = {
        "content_sha256": hashlib.sha256(made.content.encode()).hexdigest(),
        "html_sha256": hashlib.sha256(made.html.encode()).hexdigest(),
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
    }
    ReportIssue.create(
        report=report,
        audience=made.copy.audience.value,
        whose=made.copy.whose,
        name=made.copy.label,
        title=str(made.words["title"]),
        partnership=str(made.words["partnership"]),
        issued_at=now,
        content=made.content,
        html=made.html,
        pdf=pdf,
        **digests,
    )
    return {"audience": made.copy.audience.value, "whose": made.copy.whose, **digests}
