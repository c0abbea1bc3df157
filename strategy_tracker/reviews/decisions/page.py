"""What the pages of decisions show: frozen, and built without a request."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, Place, allows
from strategy_tracker.access.scope import may
from strategy_tracker.accounts.roles import Role
from strategy_tracker.history.queries import events_of
from strategy_tracker.plans.pages import address_of
from strategy_tracker.plans.rules import Precision, shown_date
from strategy_tracker.quarters.queries import return_of, state_of
from strategy_tracker.quarters.rules import Verb, may_follow
from strategy_tracker.reviews.decisions import queries
from strategy_tracker.reviews.decisions.applying import Proposal, proposal_of
from strategy_tracker.reviews.decisions.models import Decision, DecisionRevision
from strategy_tracker.reviews.decisions.operations import may_answer
from strategy_tracker.reviews.decisions.queries import Told
from strategy_tracker.reviews.decisions.rules import Kind, State
from strategy_tracker.text import guarded

SHOWN = {"": "All", "open": "Open", "overdue": "Overdue", "mine": "Yours"}
HAPPENED = {
    "decision recorded": "Recorded",
    "decision edited": "Changed",
    "decision done": "Done",
    "decision dropped": "Dropped",
    "decision opened again": "Open again",
    "decision applied": "Applied to the plan",
}
HEADS = (
    *("Decision", "Meeting", "Kind", "Words", "About", "Owner", "By", "State", "Overdue", "What came of it"),
    *("Settled on", "Applied on"),
)


@dataclass(frozen=True)
class AppliedView:
    """What a decision made of a plan. `plan_address` leads to the version that took it, or to the action's history."""

    lines: tuple[str, ...]
    who: str
    on: dt.date
    plan: str
    plan_address: str
    version: str


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a decision; `at` is UTC."""

    heading: str
    who: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True)
class DecisionPage:
    """A decision. `send_back` leads to where the return can be sent back that it asks for again; empty elsewhere."""

    told: Told
    version: int
    meeting_address: str
    outcome: str
    share: str
    new_due: str
    new_text: str
    proposal: Proposal | None
    applied: AppliedView | None
    revisions: tuple[DecisionRevision, ...]
    history: tuple[Happened, ...]
    send_back: str
    send_back_to: str
    may_edit: bool
    may_answer: bool
    may_apply: bool


def decision_page(decision: Decision, person: Acting, today: dt.date) -> DecisionPage:
    """The page of a decision that the person may read."""
    meeting: Any = decision.meeting
    share: Any = decision.share if decision.share_id else None
    outcome: Any = decision.outcome if decision.outcome_id else None
    send_back, to = _send_back(decision, person)
    precision = Precision(decision.new_precision or "day")
    return DecisionPage(
        told=queries.told(decision, today),
        version=decision.version,
        meeting_address=f"/p/{meeting.partnership.slug}/meetings/{meeting.id}/",
        outcome=outcome.text if outcome else "",
        share=share.authority.short_name if share else "",
        new_due=shown_date(decision.new_due_on, precision) if decision.new_due_on else "",
        new_text=decision.new_text,
        proposal=proposal_of(person, decision),
        applied=_applied(decision),
        revisions=tuple(queries.revisions_of(decision)),
        history=tuple(_happened(event) for event in events_of("Decision", [decision.id])),
        send_back=send_back,
        send_back_to=to,
        may_edit=may(person, Permission.DECISION_WRITE, decision),
        may_answer=decision.state == State.OPEN and may_answer(person, decision),
        may_apply=may(person, Permission.MEETING_EDIT, decision),
    )


def chosen(rows: Iterable[Told], show: str, person: Acting) -> tuple[Told, ...]:
    """The decisions of a view: open, overdue, hers (those of the authorities she leads among them), or all."""
    led = {grant.authority_id for grant in person.grants if grant.role is Role.LEAD}

    def is_hers(one: Told) -> bool:
        return one.owner_id == person.id if one.owner_id else one.authority_id in led

    tests: dict[str, Callable[[Told], bool]] = {
        "open": lambda one: one.state is State.OPEN,
        "overdue": lambda one: one.is_overdue,
        "mine": is_hers,
    }
    return tuple(one for one in rows if show not in tests or tests[show](one))


def csv_of(rows: Sequence[Told]) -> bytes:
    """UTF-8 with a byte order mark; dates as 2011-06-30; formulas made harmless."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(HEADS)
    for one in rows:
        cells = (
            *(one.reference, one.held_on.isoformat(), one.kind_words, one.words, one.about, one.owner),
            *(one.due_on.isoformat(), one.state.value, "yes" if one.is_overdue else "", one.answer),
            *(_iso(one.settled_on), _iso(one.applied_on)),
        )
        writer.writerow([guarded(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _applied(decision: Decision) -> AppliedView | None:
    row: Any = queries.applied(decision)
    if row is None:
        return None
    plan, meeting = row.plan, decision.meeting
    base = address_of(meeting.partnership.slug, plan.slug)
    is_version = row.edition is not None
    return AppliedView(
        lines=tuple(row.words.split("\n")),
        who=row.person.name if row.person_id else "Command line",
        on=clock.in_london(row.recorded_at).date(),
        plan=plan.title,
        plan_address=f"{base}?version={row.edition}" if is_version else f"{base}actions/{decision.action_id}#hi",
        version=f"version {row.edition}" if is_version else "",
    )


def _happened(event: Any) -> Happened:
    data: Mapping[str, Any] = json.loads(event.data)
    reason = data.get("reason") or data.get("answer") or ""
    return Happened(HAPPENED.get(event.verb, event.verb.capitalize()), event.name or "Command line", event.at, reason)


def _send_back(decision: Decision, person: Acting) -> tuple[str, str]:
    """Where the return of the authority that is asked again can be sent back, and whose it is."""
    meeting: Any = decision.meeting
    authority: Any = decision.authority if decision.authority_id else None
    quarter: Any = meeting.quarter if meeting.quarter_id else None
    if decision.kind != Kind.ASK_AGAIN or authority is None or quarter is None or decision.state != State.OPEN:
        return "", ""
    found = state_of(return_of(quarter.id, authority.id))
    if not may_follow(Verb.SEND_BACK, found, is_closed=quarter.closed_at is not None, is_reopened=False):
        return "", ""
    if not allows(person, Permission.RETURN_ACCEPT, Place(meeting.partnership_id, authority.id)):
        return "", ""
    base = f"/p/{meeting.partnership.slug}/quarters/{quarter.slug}/returns/{authority.slug}/"
    return f"{base}sending-back", authority.short_name
