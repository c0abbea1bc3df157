"""Reports in the words of the domain, made by the product's own operations."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reports import operations
from strategy_tracker.reports.models import Report, ReportIssue
from strategy_tracker.reports.publishing import publish
from tests.cast import partnership, person

LAST_QUARTER = ("2010-11-q4", 4, dt.date(2011, 4, 1), dt.date(2011, 6, 30))
BASE = "http://127.0.0.1:8000"
EVERYBODY = ("board", "public", "extract")


def a_quarter(
    slug: str = LAST_QUARTER[0],
    number: int = LAST_QUARTER[1],
    first: dt.date = LAST_QUARTER[2],
    last: dt.date = LAST_QUARTER[3],
    *,
    of: str = "west-kent",
) -> Quarter:
    """April to June 2011, unless it is said otherwise."""
    found = Quarter.get_or_none(Quarter.partnership == partnership(of), Quarter.slug == slug)
    return found or Quarter.create(
        partnership=partnership(of),
        slug=slug,
        year=slug[:7],
        number=number,
        period_from=first,
        period_to=last,
        opens_on=last + dt.timedelta(days=1),
        due_on=last + dt.timedelta(days=14),
        meeting_on=last + dt.timedelta(days=28),
    )


def a_report(*, of: str = "west-kent", audiences: Iterable[str] = ("board", "extract"), **quarter: Any) -> Report:
    """A draft for the last quarter of the plan's year."""
    report = operations.begin_report(OPERATOR, a_quarter(of=of, **quarter), audiences=audiences)
    return fresh(report)


CIRCULATED = dt.datetime(2011, 7, 7, 9)


def circulated(report: Report, note: str = "") -> Report:
    """On 7 July 2011, before the meeting that approves it."""
    with clock.standing_at(CIRCULATED):
        operations.circulate(OPERATOR, report, report.version, note=note, base_url=BASE)
    return fresh(report)


def approved(report: Report) -> Report:
    """Circulated if need be, and approved by the steering member at a meeting on 14 July 2011."""
    if report.state == "draft":
        report = circulated(report)
    day, at = dt.date(2011, 7, 14), "at its meeting at Sevenoaks"
    operations.approve(person("steering member"), report, report.version, approved_on=day, at=at)
    return fresh(report)


def published(report: Report, render: Any = None) -> Report:
    """All the way; PDFs are stand-ins where no `render` is named."""
    if report.state != "approved":
        report = approved(report)
    operations.ask_to_publish(person("coordinator"), report, report.version)
    publish(person("coordinator"), report, report.version, render or quick)
    return fresh(report)


def quick(page: str) -> bytes:
    """A stand-in for a PDF, which says which page it was made of."""
    return b"%PDF-" + page.encode()


def made_public(of: str = "west-kent") -> None:
    """Everybody may read the partnership's public copies."""
    today = clock.today()
    operations.settle_public_reading(OPERATOR, partnership(of), allowed=True, since=today, reason="The group agreed")


def a_row(quarter: Quarter, slug: str, *, is_published: bool) -> Report:
    """A report as it lies in the table, with a copy for the group and one for a board where it is published."""
    state = "published" if is_published else "draft"
    report = Report.create(
        partnership=quarter.partnership, quarter=quarter, slug=slug, title=f"Report {slug}", state=state
    )
    for audience in ("full", "board") if is_published else ():
        an_issue(report, audience)
    return report


def an_issue(report: Report, audience: str = "full", whose: str = "") -> ReportIssue:
    """A published copy that says little."""
    html, content, pdf = f"<h1>For {audience}</h1>", f'{{"for": "{audience}"}}', b"%PDF-"
    digests = [hashlib.sha256(one).hexdigest() for one in (html.encode(), content.encode(), pdf)]
    names = ("html_sha256", "content_sha256", "pdf_sha256")
    return ReportIssue.create(
        report=report,
        audience=audience,
        whose=whose,
        name=audience,
        title=report.title,
        partnership="West Kent",
        issued_at=clock.now(),
        content=content,
        html=html,
        pdf=pdf,
        **dict(zip(names, digests, strict=True)),
    )


def fresh(report: Report) -> Report:
    return Report.get_by_id(report.id)
