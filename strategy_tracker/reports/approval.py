"""On which day a group can have approved a draft: not before it had it, and not in the future."""

import datetime as dt

from strategy_tracker import clock
from strategy_tracker.reports.models import Report
from strategy_tracker.reports.queries import circulations_of
from strategy_tracker.reviews.meetings.models import Meeting


def circulated_on(report: Report) -> dt.date | None:
    """The day on which the draft that stands went to the group; None where it has not."""
    last = next((one for one in circulations_of(report.id) if one.number == report.draft), None)
    return clock.in_london(last.at).date() if last else None


def problem_with_day(report: Report, day: dt.date | None) -> str:
    """What is wrong with the day of an approval; "" where nothing is."""
    if day is None:
        return "Enter the date of the approval"
    if day > clock.today():
        return "The date cannot be in the future"
    since = circulated_on(report)
    if since is not None and day < since:
        return f"Draft {report.draft} was circulated on {clock.long_date(since)}: nobody can have approved it before"
    return ""


def since_words(report: Report) -> str:
    """What the form says of the meetings that it leaves out."""
    since = circulated_on(report)
    if since is None:
        return ""
    return f"Only meetings since draft {report.draft} was circulated, {clock.long_date(since)}, can have approved it"


def could_approve(report: Report, meetings: list[Meeting]) -> list[Meeting]:
    return [one for one in meetings if not problem_with_day(report, one.held_on)]


def at_words(meeting: Meeting) -> str:
    return f"at its meeting at {meeting.venue}" if meeting.venue else "at its meeting"
