"""The verbs of a pack: put together, changed, asked for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from strategy_tracker import history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require, visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import Problems
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import NotFound, Repeated
from strategy_tracker.jobs import queue
from strategy_tracker.jobs.models import Job
from strategy_tracker.jobs.rules import JobState
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.versions.view import view_of
from strategy_tracker.reports.copies import LABELS
from strategy_tracker.reports.models import Report, ReportIssue
from strategy_tracker.reports.packs.models import BoardPack, PackPart
from strategy_tracker.reports.packs.queries import PACK, job_key, last_job
from strategy_tracker.reports.packs.rules import AUDIENCES, MOST_PARTS, Chosen
from strategy_tracker.reports.rules import Audience
from strategy_tracker.risks.models import Register

PARTS: dict[str, tuple[Any, Any]] = {
    "report": (Report, Report.partnership),
    "plan": (Plan, Plan.partnership),
    "register": (Register, Register.partnership),
    "top": (Partnership, Partnership.id),
}
"""What can be a part: its model, and the column that says in which partnership it is."""


@dataclass(frozen=True)
class Details:
    """What the cover says, and which copies of the reports are taken."""

    title: str
    for_whom: str = ""
    meeting: str = ""
    meeting_on: dt.date | None = None
    audience: str = Audience.BOARD


def add_pack(
    person: Acting,
    partnership: Partnership,
    details: Details,
    parts: Sequence[Chosen],
    *,
    form_key: str | None = None,
) -> BoardPack:
    """A pack of these parts in this order; nothing is made of it yet. Raises Forbidden, Invalid."""
    require(person, Permission.REPORT_EDIT, partnership)
    columns, rows = _checked(person, partnership, details, parts)
    with history.writing(person, form_key):
        pack = BoardPack.create(partnership=partnership, **columns)
        _put(pack, rows)
        _record(person, pack, "board pack added", after=columns | {"parts": [one.key for one in parts]})
    return pack


def edit_pack(
    person: Acting,
    pack: BoardPack,
    version: int,
    details: Details,
    parts: Sequence[Chosen],
    *,
    form_key: str | None = None,
) -> None:
    """Other words, parts or order. What was made before stays. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.REPORT_EDIT, pack)
    columns, rows = _checked(person, pack.partnership, details, parts)
    before = {name: getattr(pack, name) for name in columns}
    with history.writing(person, form_key):
        save_versioned(pack, version, **columns)
        PackPart.delete().where(PackPart.pack == pack).execute()
        _put(pack, rows)
        _record(person, pack, "board pack edited", before=before, after=columns | {"parts": [one.key for one in parts]})


def ask_for_pack(person: Acting, pack: BoardPack, *, form_key: str | None = None) -> Job:
    """Has a worker make the PDF. While it is at it, a second asking gives the same job. Raises Forbidden, Repeated."""
    require(person, Permission.REPORT_EDIT, pack)
    standing = last_job(pack)
    if standing is not None and standing.state in (JobState.QUEUED, JobState.RUNNING):
        return standing
    with history.writing(person, form_key):
        asked = pack.asked + 1
        mine = BoardPack.update(asked=asked).where(BoardPack.id == pack.id, BoardPack.asked == pack.asked)
        if not mine.execute():
            raise Repeated
        _record(person, pack, "board pack asked for", asked=asked)
        return queue(
            PACK,
            job_key(pack.id, asked),
            {"pack": pack.id, "asked": asked, "title": pack.title},
            partnership_id=pack.partnership_id,
            person=person,
        )


def _checked(
    person: Acting, partnership: Partnership, details: Details, parts: Sequence[Chosen]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    problems = Problems()
    columns: dict[str, Any] = {
        "title": problems.line("title", "The title", details.title),
        "for_whom": problems.line("for_whom", "For whom", details.for_whom, required=False),
        "meeting": problems.line("meeting", "The meeting", details.meeting, required=False),
        "meeting_on": details.meeting_on,
        "audience": details.audience,
    }
    if details.meeting_on is not None:
        problems.date("meeting_on", "The date of the meeting", details.meeting_on)
    if details.audience not in AUDIENCES:
        problems.add("audience", "Select whose copies of the reports are taken")
    if not parts:
        problems.add("parts", "Type 1 beside what comes first in the pack: it has no part yet")
    if len(parts) > MOST_PARTS:
        problems.add("parts", f"A pack has at most {MOST_PARTS} parts; this one has {len(parts)}")
    if len({one.key for one in parts}) < len(parts):
        problems.add("parts", "Nothing is twice in a pack")
    rows = [_part(person, partnership, details.audience, one, problems) for one in parts]
    problems.raise_if_any()
    return columns, rows


def _part(
    person: Acting, partnership: Partnership, audience: str, chosen: Chosen, problems: Problems
) -> dict[str, Any]:
    """Only what this person may read can be put in."""
    model, home = PARTS[chosen.kind]
    row = visible(person, model).where(model.id == chosen.id, home == partnership.id).first()
    if row is None:
        problems.add(chosen.key, "This is no longer there: choose again")
        return {}
    if chosen.kind == "report":
        return _report_part(row, audience, chosen, problems)
    if chosen.kind == "plan":
        return _plan_part(row, chosen, problems)
    if audience == Audience.PUBLIC:
        problems.add("audience", "Public copies hold no risks: leave them out, or choose other copies")
    return {"register" if chosen.kind == "register" else "top_of": row}


def _report_part(report: Report, audience: str, chosen: Chosen, problems: Problems) -> dict[str, Any]:
    query = ReportIssue.select(ReportIssue.id).where(ReportIssue.report == report, ReportIssue.audience == audience)
    issue = query.scalar()
    if issue is None and audience in AUDIENCES:
        label = LABELS[Audience(audience)].lower()
        problems.add(chosen.key, f"{report.title} was not published as: {label}")
    return {"issue": issue}


def _plan_part(plan: Plan, chosen: Chosen, problems: Problems) -> dict[str, Any]:
    if chosen.as_at is not None:
        problems.date(f"{chosen.key}-as_at", "The date", chosen.as_at)
    try:
        view_of(plan, chosen.as_at, chosen.number)
    except NotFound:
        problems.add(f"{chosen.key}-number", f"{plan.title} has no version {chosen.number}")
    return {"plan": plan, "number": chosen.number, "as_at": chosen.as_at}


def _put(pack: BoardPack, rows: Sequence[dict[str, Any]]) -> None:
    for position, columns in enumerate(rows, start=1):
        PackPart.create(pack=pack, position=position, **columns)


def _record(person: Acting, pack: BoardPack, verb: str, **data: Any) -> None:
    history.record(person, pack.partnership_id, verb, pack, version=pack.version, **data)
