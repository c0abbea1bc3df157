"""The verbs of a report: begun, edited, circulated, taken back, approved, asked to be published, corrected."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from peewee import IntegrityError

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import LONGEST_REASON, Problems
from strategy_tracker.db import save_versioned, transaction
from strategy_tracker.errors import Invalid
from strategy_tracker.jobs import queue
from strategy_tracker.jobs.models import Job
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reports.approval import at_words, problem_with_day
from strategy_tracker.reports.circulating import keep_draft, tell_the_group
from strategy_tracker.reports.making import arranged_sections
from strategy_tracker.reports.models import PublicReading, Report
from strategy_tracker.reports.queries import (
    PUBLISHING,
    begun_correction,
    is_public,
    publishing_under_way,
    reports_of_quarter,
    slugs_in,
)
from strategy_tracker.reports.rules import (
    HAS_ONE,
    NOT_A_DRAFT,
    NOT_PUBLISHED,
    Audience,
    State,
    Step,
    after,
    corrected_slug,
    in_order,
    title_of,
)
from strategy_tracker.reviews.meetings.models import Meeting
from strategy_tracker.text import EXEMPT, INVISIBLE, problem_with_marks

WISHES = (Audience.BOARD, Audience.PUBLIC, Audience.EXTRACT)
"""What a report can be made for besides the group."""


def begin_report(
    person: Acting, quarter: Quarter, *, audiences: Iterable[str] = ("board", "extract"), form_key: str | None = None
) -> Report:
    """The first draft of a quarter's report. Raises Invalid where the quarter has one, or has not begun."""
    require(person, Permission.REPORT_EDIT, quarter.partnership)
    if quarter.period_from > clock.today():
        raise Invalid({"quarter": "This quarter has not begun"})
    title = title_of(quarter.period_from, quarter.period_to)
    with history.writing(person, form_key):
        has_one = Invalid({"quarter": "This quarter has a report. A mistake in it is mended by a corrected issue"})
        if reports_of_quarter(quarter.id):
            raise has_one
        report = _made(
            has_one,
            partnership=quarter.partnership,
            quarter=quarter,
            slug=quarter.slug,
            title=title,
            audiences=json.dumps(_wishes(quarter.partnership, audiences)),
        )
        _record(person, report, "report begun", after={"title": title})
    return report


def edit_report(
    person: Acting,
    report: Report,
    version: int,
    *,
    title: str,
    summary: str,
    audiences: Iterable[str],
    form_key: str | None = None,
) -> None:
    """New words of a draft, and for whom it is made. Raises Conflict, Invalid."""
    require(person, Permission.REPORT_EDIT, report)
    problems = Problems()
    columns = {
        "title": problems.line("title", "The title", title),
        "summary": problems.text("summary", "The summary", summary, required=False),
    }
    if EXEMPT.search(INVISIBLE.sub("", columns["title"])):
        problems.add("title", "A title cannot hold an exempt passage")
    if wrong := problem_with_marks(columns["summary"]):
        problems.add("summary", wrong)
    problems.raise_if_any()
    columns["audiences"] = json.dumps(_wishes(report.partnership, audiences))
    _save(person, report, version, "report edited", columns, form_key)


def arrange_sections(
    person: Acting,
    report: Report,
    version: int,
    *,
    places: Mapping[str, int],
    shown: Iterable[str],
    form_key: str | None = None,
) -> None:
    """Puts the sections at the places that were typed, and those that are not `shown` out. Raises Conflict, Invalid."""
    require(person, Permission.REPORT_EDIT, report)
    keys = [key for key, _ in arranged_sections(report)]
    if set(places) != set(keys):
        raise Invalid({"sections": "The sections have changed meanwhile: look at them again"})
    wrong = {f"place-{key}": f"Enter a place from 1 to {len(keys)}" for key in keys if not 0 < places[key] <= len(keys)}
    if wrong:
        raise Invalid(wrong)
    chosen = set(shown)
    columns = {"sections": json.dumps([[key, key in chosen] for key in in_order(keys, places)])}
    _save(person, report, version, "report sections arranged", columns, form_key)


def circulate(
    person: Acting, report: Report, version: int, *, note: str = "", base_url: str, form_key: str | None = None
) -> None:
    """Sends the draft to the group, and keeps what it said. Raises Conflict, Invalid."""
    require(person, Permission.REPORT_EDIT, report)
    problems = Problems()
    note = problems.text("note", "What is new", note, longest=LONGEST_REASON, required=False)
    problems.raise_if_any()
    state = after(report.state, Step.CIRCULATE)
    with history.writing(person, form_key):
        save_versioned(report, version, state=state.value)
        circulation = keep_draft(person, report, note)
        _record(person, report, "report circulated", draft=report.draft, note=note)
        tell_the_group(person, circulation, base_url)


def take_back(person: Acting, report: Report, version: int, *, reason: str, form_key: str | None = None) -> None:
    """Makes it the next draft; an approval ends with it, and so does a publishing. Raises Conflict, Invalid."""
    require(person, Permission.REPORT_EDIT, report)
    problems = Problems()
    reason = problems.text("reason", "A reason", reason, longest=LONGEST_REASON)
    problems.raise_if_any()
    state = after(report.state, Step.TAKE_BACK)
    nobody: dict[str, Any] = {"approved_on": None, "approved_at": "", "approved_by": None, "meeting": None}
    with history.writing(person, form_key):
        number = report.draft + 1
        save_versioned(report, version, state=state.value, draft=number, asked_at=None, **nobody)
        _record(person, report, "report taken back", draft=number, reason=reason)


def approve(
    person: Acting,
    report: Report,
    version: int,
    *,
    approved_on: dt.date | None = None,
    at: str = "",
    meeting: Meeting | None = None,
    form_key: str | None = None,
) -> None:
    """The group's approval, given by a member or recorded by the coordinator.

    Where it was given at a `meeting` that is kept here, its date and place stand; else `approved_on`, and `at` in
    words. It was not given before the draft was circulated. Raises Conflict, Invalid.
    """
    require(person, Permission.REPORT_APPROVE, report)
    if meeting is not None and meeting.partnership_id != report.partnership_id:
        raise Invalid({"meeting": "Select a meeting of this partnership"})
    day = meeting.held_on if meeting is not None else approved_on
    words = at_words(meeting) if meeting is not None else at
    problems = Problems()
    words = problems.line("at", "At which meeting, or how", words)
    if wrong := problem_with_day(report, day):
        problems.add("meeting" if meeting is not None else "approved_on", wrong)
    problems.raise_if_any()
    state = after(report.state, Step.APPROVE)
    columns = {"approved_on": day, "approved_at": words, "approved_by": person.id, "meeting": meeting}
    with history.writing(person, form_key):
        save_versioned(report, version, state=state.value, **columns)
        _record(person, report, "report approved", draft=report.draft, on=day, at=words)


def ask_to_publish(person: Acting, report: Report, version: int, *, form_key: str | None = None) -> Job:
    """Has a worker freeze and publish what the group approved; the job that does, where it was asked for before.

    Raises Conflict, Invalid.
    """
    require(person, Permission.REPORT_EDIT, report)
    if (job := publishing_under_way(report)) is not None:
        return job
    after(report.state, Step.PUBLISH)
    with history.writing(person, form_key):
        save_versioned(report, version, asked_at=clock.now())
        _record(person, report, "report publishing asked for", draft=report.draft)
        return queue(
            PUBLISHING,
            f"report-{report.id}-version-{report.version}",
            {"report": report.id, "version": report.version, "title": f"Publishing of {report.title}"},
            partnership_id=report.partnership_id,
            person=person,
        )


def begin_correction(person: Acting, report: Report, *, why: str, form_key: str | None = None) -> Report:
    """A draft that will replace a published report, whose words and sections it begins with. Raises Invalid."""
    require(person, Permission.REPORT_EDIT, report)
    problems = Problems()
    why = problems.text("why", "What was wrong", why, longest=LONGEST_REASON)
    if EXEMPT.search(INVISIBLE.sub("", why)):
        problems.add("why", "This cannot hold an exempt passage: it stands in every copy of the corrected issue")
    problems.raise_if_any()
    if report.state != State.PUBLISHED:
        raise Invalid({"state": NOT_PUBLISHED})
    with history.writing(person, form_key):
        if begun_correction(report) is not None:
            raise Invalid({"why": HAS_ONE})
        new = _made(
            Invalid({"why": HAS_ONE}),
            partnership=report.partnership,
            quarter=report.quarter,
            kind=report.kind,
            slug=corrected_slug(report.slug, slugs_in(report.partnership_id)),
            title=report.title,
            summary=report.summary,
            sections=report.sections,
            audiences=report.audiences,
            replaces=report,
            why=why,
        )
        _record(person, new, "corrected report begun", replaces=report.id, reason=why)
    return new


def settle_public_reading(
    person: Acting, partnership: Partnership, *, allowed: bool, since: dt.date, reason: str, form_key: str | None = None
) -> None:
    """Whether everybody may read the public copies, from a day on that is not in the past. Raises Invalid."""
    require(person, Permission.REPORT_EDIT, partnership)
    problems = Problems()
    reason = problems.text("reason", "A reason", reason, longest=LONGEST_REASON)
    problems.date("since", "The date", since)
    if since < clock.today():
        problems.add("since", "The date must be today or later: what was public cannot be taken back")
    problems.raise_if_any()
    with history.writing(person, form_key):
        rule = PublicReading.create(
            partnership=partnership,
            since=since,
            allowed=allowed,
            reason=reason,
            person=person.id,
            recorded_at=clock.now(),
        )
        said: dict[str, Any] = {"since": since, "allowed": allowed, "reason": reason}
        history.record(person, partnership.id, "public reading settled", rule, **said)


def _made(has_one: Invalid, **columns: Any) -> Report:
    """A new row; raises `has_one` where another was made at the same moment."""
    try:
        with transaction():
            return Report.create(**columns)
    except IntegrityError:
        raise has_one from None


def _save(
    person: Acting, report: Report, version: int, verb: str, columns: dict[str, Any], form_key: str | None
) -> None:
    if report.state != State.DRAFT:
        raise Invalid({"state": NOT_A_DRAFT})
    before = {name: getattr(report, name) for name in columns}
    with history.writing(person, form_key):
        save_versioned(report, version, **columns)
        _record(person, report, verb, before=before, after=columns)


def _wishes(partnership: Partnership, audiences: Iterable[str]) -> list[str]:
    """The audiences in their order. Raises Invalid for the public where the partnership does not allow it."""
    chosen = set(audiences)
    if Audience.PUBLIC in chosen and not is_public(partnership.id, clock.today()):
        raise Invalid({"audiences": "This partnership’s reports are not public. Settle that first"})
    return [one.value for one in WISHES if one in chosen]


def _record(person: Acting, report: Report, verb: str, **data: Any) -> None:
    history.record(person, report.partnership_id, verb, report, version=report.version, **data)
