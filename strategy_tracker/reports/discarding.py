"""A draft that was begun by mistake goes from every list; the history keeps it."""

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import LONGEST_REASON, Problems
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.queries import circulations_of
from strategy_tracker.reports.rules import State


def why_not_discarded(report: Report) -> str:
    """Why it cannot be discarded; "" where it can."""
    if report.state != State.DRAFT:
        return f"Only a draft can be discarded; this report is {report.state}."
    if circulations_of(report.id):
        return "The group has had a draft of this report: it stays, and can be changed and circulated again."
    return ""


def discard(person: Acting, report: Report, version: int, *, reason: str, form_key: str | None = None) -> None:
    """Takes a draft away that nobody had. Its address is free again, and so is what it would have replaced.

    Raises Conflict, Invalid.
    """
    require(person, Permission.REPORT_EDIT, report)
    problems = Problems()
    reason = problems.text("reason", "A reason", reason, longest=LONGEST_REASON)
    problems.raise_if_any()
    if why_not := why_not_discarded(report):
        raise Invalid({"state": why_not.rstrip(".")})
    was = {"slug": report.slug, "title": report.title, "replaces": report.replaces_id}
    with history.writing(person, form_key):
        slug = f"discarded-{report.id}"
        save_versioned(report, version, discarded_at=clock.now(), slug=slug, replaces=None)
        said = {"version": report.version, "reason": reason, "before": was}
        history.record(person, report.partnership_id, "report discarded", report, **said)
