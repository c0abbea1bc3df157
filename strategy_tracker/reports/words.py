"""What a report says of itself: title, standing, approval and versions."""

from collections.abc import Iterator
from typing import Any

from strategy_tracker import clock
from strategy_tracker.documents.sections import REPORT_WORDS
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reports.copies import Copy, standing_in
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.queries import chain_of, circulations_of
from strategy_tracker.reports.rules import (
    Audience,
    approval_sentence,
    closed,
    edition,
    replaces_sentence,
    watermark,
)

APPROVED = "Approved by the steering group"


def words_of(report: Report, copy: Copy, *, is_published: bool = False) -> dict[str, Any]:
    """Plain values for the title block, the margins and the sections: REPORT_WORDS says what each is."""
    quarter: Quarter = report.quarter
    chain = chain_of(report)
    number = len(chain) + 1
    approved_on = clock.long_date(report.approved_on) if report.approved_on else ""
    words = {
        "title": report.title,
        "partnership": report.partnership.name,
        "for_whom": copy.on_the_cover,
        "as_at": clock.long_date(min(quarter.period_to, max(clock.today(), quarter.period_from))),
        "edition": edition(number, approved_on) if is_published else f"Draft {report.draft}",
        "state": "" if is_published else watermark(report.draft),
        "approval": approval_sentence(approved_on, report.approved_at, _by(report, copy)) if is_published else "",
        "summary": report.summary,
        "partners": tuple(one.name for one in standing_in(report)),
        "replaces": _replaces(chain, report),
        "versions": tuple(_versions(report, chain, approved_on if is_published else "")),
    }
    return {**REPORT_WORDS, **words}


def _by(report: Report, copy: Copy) -> str:
    """Nobody's name in a public copy."""
    return "" if copy.audience is Audience.PUBLIC or report.approved_by is None else str(report.approved_by.name)


def _replaces(chain: list[Report], report: Report) -> str:
    if not chain:
        return ""
    return replaces_sentence(len(chain), _published(chain[-1]), report.why)


def _versions(report: Report, chain: list[Report], approved_on: str) -> Iterator[dict[str, str]]:
    """The newest first: the version, the drafts before it, and the versions that it replaces."""
    circulations = circulations_of(report.id)
    number = str(len(chain) + 1)
    if approved_on:
        yield _row(number, approved_on, APPROVED, closed(report.why))
    elif report.draft not in {one.number for one in circulations}:
        yield _row(f"Draft {report.draft}", clock.long_date(clock.today()), "Not circulated yet", "")
    for one in circulations:
        on = clock.long_date(clock.in_london(one.at).date())
        yield _row(f"Draft {one.number}", on, "Circulated to the steering group", one.note)
    for place in range(len(chain), 0, -1):
        old = chain[place - 1]
        yield _row(str(place), _published(old), "Published, and replaced", closed(old.why))


def _row(number: str, on: str, standing: str, what: str) -> dict[str, str]:
    return {"number": number, "on": on, "standing": standing, "what": what}


def _published(report: Report) -> str:
    return clock.long_date(clock.in_london(report.published_at).date()) if report.published_at else ""
