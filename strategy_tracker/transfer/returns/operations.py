"""A return on its way: handed out, kept when it comes back, looked at, reported."""

import json
from collections.abc import Mapping
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may, require
from strategy_tracker.authorities.models import Authority
from strategy_tracker.errors import Conflict, Invalid
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans import queries
from strategy_tracker.plans.checks import require_open
from strategy_tracker.plans.models import Outcome, Plan, Share
from strategy_tracker.plans.pages import report_date
from strategy_tracker.quarters.queries import why_not_written
from strategy_tracker.transfer import keeping
from strategy_tracker.transfer.back.edits import mark_of
from strategy_tracker.transfer.models import OfflineReturn
from strategy_tracker.transfer.out.export import export_of
from strategy_tracker.transfer.out.layout import Row, rows_of
from strategy_tracker.transfer.queries import export_with, successions_of
from strategy_tracker.transfer.reading import read_document
from strategy_tracker.transfer.returns.check import Checked, Checking, Report
from strategy_tracker.transfer.returns.filled import Filled, filled_in
from strategy_tracker.transfer.snapshot import snapshot_of, unpacked
from strategy_tracker.transfer.stored import stored_plan

REPORTED = "return reported"
"""The verb of the event that says how much a return brought."""


def blank_return(person: Acting, plan: Plan, authority: Authority, base_url: str) -> bytes:
    """The workbook of an authority's parts, for those who may report for it, as at the date that the plan shows.

    Raises Forbidden for a closed plan.
    """
    from strategy_tracker.transfer.returns.workbook import return_file

    require(person, Permission.PROGRESS_WRITE, authority)
    require_open(plan)
    export = export_of(person, plan, authority=authority, as_at=None, base_url=base_url, latest=True)
    return return_file(export, report_date(plan, authority.id, person))


def authority_in(person: Acting, plan: Plan, content: bytes) -> Authority:
    """Whose return a file is. Raises Invalid where it is none of this plan's, or may not be sent in by this person."""
    filled = filled_in(read_document(content))
    export = export_with(plan.partnership_id, filled.stamp)
    slug = unpacked(bytes(export.content)).authority if export is not None and export.plan_id == plan.id else ""
    authority = Authority.get_or_none(Authority.partnership == plan.partnership_id, Authority.slug == slug)
    if authority is None:
        raise Invalid({"file": "This return is none of this plan’s. Download the plan’s return and fill that in"})
    if went_on := ", ".join(one.new.name for one in successions_of(authority)):
        ended = f" ended on {clock.long_date(authority.ended_on)}" if authority.ended_on else " has ended"
        words = f"This is the return of {authority.name}, which{ended}. {went_on} goes on with its part"
        raise Invalid(
            {"file": f"{words}: download a new return, and copy into it what you wrote. Your file stays as it is"}
        )
    if not may(person, Permission.PROGRESS_WRITE, authority):
        raise Invalid({"file": f"This is the return of {authority.name}, for which you do not report"})
    return authority


def keep_return(
    person: Acting, plan: Plan, authority: Authority, filename: str, content: bytes, *, form_key: str | None = None
) -> OfflineReturn:
    """Keeps a filled-in return for a day."""
    require(person, Permission.PROGRESS_WRITE, authority)
    require_open(plan)
    with history.writing(person, form_key):
        row: OfflineReturn
        row, digest = keeping.keep(OfflineReturn, person, filename, content, plan=plan, authority=authority)
        history.record(person, plan.partnership_id, "return uploaded", row, sha256=digest, authority=authority.id)
    return row


def own_return(person: Acting, number: int, *within: Any, reported: bool = False) -> OfflineReturn:
    """As `keeping.own`."""
    found: OfflineReturn = keeping.own(
        OfflineReturn, person, number, Permission.PROGRESS_WRITE, *within, applied=reported
    )
    return found


def last_return(person: Acting, plan: Plan, filename: str) -> OfflineReturn | None:
    """What this person sent in last for a plan, if it has that name."""
    last: OfflineReturn | None = keeping.last(
        OfflineReturn, person, filename, Permission.PROGRESS_WRITE, OfflineReturn.plan == plan.id
    )
    return last


def reported_in(row: OfflineReturn) -> tuple[int, bool]:
    """How many reports a return brought, and whether some of its lines were wrong."""
    data = keeping.told_of(row, REPORTED)
    return data["reports"], data.get("wrong", 0) > 0


def checked_return(row: OfflineReturn) -> Checked:
    """What it would report as things stand now. Raises Invalid where the file is no return of this plan."""
    filled = filled_in(read_document(bytes(row.content)))
    base = _rows_then(row, filled)
    return Checking(filled, base, _rows_now(row), chosen_in(row), _why_not(row, filled)).checked()


def _why_not(row: OfflineReturn, filled: Filled) -> str:
    if filled.as_at is None:
        return ""
    who: Acting = row.person
    return why_not_written(row.plan.partnership_id, row.authority_id, filled.as_at, who, clock.today())


def _rows_then(row: OfflineReturn, filled: Filled) -> dict[str, Row]:
    export = export_with(row.plan.partnership_id, filled.stamp)
    if export is None or export.plan_id != row.plan_id:
        raise Invalid({"file": "This return is none of this plan’s"})
    return {mark_of(each): each for each in rows_of(unpacked(bytes(export.content)).plan, {})}


def _rows_now(row: OfflineReturn) -> dict[str, Row]:
    snapshot = snapshot_of(stored_plan(row.plan.partnership_id, row.plan), row.authority.slug)
    return {mark_of(each): each for each in rows_of(snapshot.plan, {})}


def chosen_in(row: OfflineReturn) -> dict[str, str]:
    """Whose words are taken, for each clash by its key."""
    return dict(json.loads(row.choices))


def choose(person: Acting, row: OfflineReturn, chosen: Mapping[str, str]) -> None:
    """Keeps what its person chose on the page."""
    keeping.keep_choices(row, person, Permission.PROGRESS_WRITE, chosen)


def digest_of(checked: Checked) -> str:
    """Tells two sets of reports apart."""
    return keeping.digest_of(checked.reports)


def report_all(person: Acting, row: OfflineReturn, seen: str, *, form_key: str | None = None) -> Checked:
    """Writes every report of a return as its person saw it: `seen` is the digest of what the page showed.

    Lines in which something is wrong are not reported; the rest is. Raises Conflict where somebody reported meanwhile,
    Repeated where the return was reported before.
    """
    with history.writing(person, form_key):
        keeping.claim(row)
        checked = checked_return(row)
        if digest_of(checked) != seen or any(not clash.taken for clash in checked.clashes):
            raise Conflict(row)
        outcomes = {outcome.id: outcome for outcome in queries.outcomes(row.plan_id)}
        shares = _shares(row)
        for report in checked.reports:
            outcome = outcomes[report.outcome]
            _write(person, shares[outcome.action_id], outcome, report)
        history.record(
            person,
            row.plan.partnership_id,
            REPORTED,
            row,
            authority=row.authority_id,
            reports=len(checked.reports),
            wrong=len(checked.problems),
        )
    return checked


def _shares(row: OfflineReturn) -> dict[int, Share]:
    """The authority's shares, by their actions, with what their place is told from."""
    query = Share.reach().query.where(Share.authority == row.authority_id, Plan.id == row.plan_id)
    return {share.action_id: share for share in query}


def _write(person: Acting, share: Share, outcome: Outcome, report: Report) -> None:
    last = queries.last_note(outcome.id, share.id)
    seen = last.id if last else 0
    if report.confirms and report.last == seen:
        plans.confirm_progress(person, share, outcome, as_at=report.as_at, seen=seen)
    else:
        plans.record_progress(
            person,
            share,
            outcome,
            status=report.status,
            text=report.text,
            as_at=report.as_at,
            reason=report.reason or None,
            seen=seen,
        )
