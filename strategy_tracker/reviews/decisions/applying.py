"""What a decision makes of a plan: shown before, done once, and recorded on both."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require, visible
from strategy_tracker.authorities.models import Authority
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Conflict, Forbidden, Invalid
from strategy_tracker.history.chain import canonical
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Action, Outcome, Plan, Share
from strategy_tracker.plans.queries import status_before
from strategy_tracker.plans.rules import NOT_REPORTED, Precision, Status, Timescale
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.reviews.decisions.models import Decision, DecisionApplied
from strategy_tracker.reviews.decisions.rules import (
    CHANGES_A_PLAN,
    OF_THE_WHOLE,
    SETS_ASIDE,
    TARGETS_ARE_READ,
    Kind,
    approved_by,
    reason_of,
    takes_status,
)
from strategy_tracker.text import has_marks, listed

LONGEST_QUOTED = 160
SO_ALREADY = "The plan says so already: there is nothing to apply"
GONE = "What the decision is about is no longer in the plan"


@dataclass(frozen=True)
class Proposal:
    """What would become of the plan, line by line; or `refusal`, why nothing can.

    `seen` is what the lines were made from: where it is another when the button is pressed, somebody came between.
    """

    lines: tuple[str, ...] = ()
    refusal: str = ""
    seen: str = ""


@dataclass(frozen=True)
class _Part:
    share: Share
    outcome: Outcome
    report: str


def proposal_of(person: Acting, decision: Decision) -> Proposal | None:
    """None where the decision changes no plan, or has changed it."""
    if Kind(decision.kind) not in CHANGES_A_PLAN or not decision.action_id or decision.applied_at is not None:
        return None
    action = visible(person, Action).where(Action.id == decision.action_id).first()
    if action is None:
        return Proposal(refusal=GONE)
    if action.plan.state == "closed":
        return Proposal(refusal="The plan is closed: nothing in it can be changed any more")
    if decision.kind == Kind.CHANGE:
        return _change_of(person, decision)
    parts = list(_parts(person, decision))
    status = SETS_ASIDE[Kind(decision.kind)]
    lines = tuple(
        f"{action.number}, {part.share.authority.short_name}: {part.report} becomes {status}{_which(part)}"
        for part in parts
    )
    seen = " ".join(f"{part.share.id}-{part.outcome.id}-{part.share.version}" for part in parts)
    return Proposal(lines, "" if lines else SO_ALREADY, seen)


def apply_decision(
    person: Acting, decision: Decision, version: int, *, seen: str, form_key: str | None = None
) -> DecisionApplied:
    """Changes the plan as the proposal says, once. The plan's history names the decision, the decision the change.

    Raises Conflict, Forbidden, and Invalid with the plan's own refusal in words.
    """
    require(person, Permission.MEETING_EDIT, decision)
    with history.writing(person, form_key):
        _take(decision, version)
        proposal = proposal_of(person, decision)
        if proposal is None:
            raise Invalid({"decision": "The decision changes no plan"})
        if proposal.refusal:
            raise Invalid({"decision": proposal.refusal})
        if proposal.seen != seen:
            raise Invalid(
                {"decision": "The plan was changed since you looked: see again what the decision makes of it"}
            )
        plan, edition, wrote = _written(person, decision)
        done = DecisionApplied.create(
            decision=decision,
            plan=plan,
            edition=edition,
            words="\n".join(proposal.lines),
            wrote=canonical(wrote),
            person=person.id,
            recorded_at=clock.now(),
        )
        meeting: Any = decision.meeting
        data = {"meeting": meeting.id, "number": decision.number, "plan": plan.id, "edition": edition, "wrote": wrote}
        history.record(person, meeting.partnership_id, "decision applied", decision, version=decision.version, **data)
    return done


def _take(decision: Decision, version: int) -> None:
    """Whoever comes second waits here, and then meets the conflict. The row is marked, the decision in hand is not."""
    if decision.applied_at is not None:
        raise Invalid({"decision": "The decision is applied already"})
    save_versioned(decision, version, applied_at=clock.now())
    decision.applied_at = None


def _written(person: Acting, decision: Decision) -> tuple[Plan, int | None, dict[str, Any]]:
    """What the plan's own operations wrote. Their refusals are told as the decision's."""
    try:
        if decision.kind == Kind.CHANGE:
            return _changed(person, decision)
        return _set_aside(person, decision)
    except Invalid as error:
        raise Invalid({"decision": f"The plan cannot take it. {'. '.join(error.problems.values())}"}) from error
    except Forbidden as error:
        raise Invalid({"decision": str(error) or "You may not change that part of the plan"}) from error
    except Conflict as error:
        raise Invalid({"decision": "The plan was changed at the same moment: try again"}) from error


def _changed(person: Acting, decision: Decision) -> tuple[Plan, int | None, dict[str, Any]]:
    outcome = _outcome(person, decision)
    if outcome is None:
        raise Invalid({"decision": GONE})
    meeting: Any = decision.meeting
    plans.edit_outcome(
        person,
        outcome,
        outcome.version,
        text=decision.new_text or outcome.text,
        timescale=_new_timescale(decision) or outcome.timescale,
        lead=outcome.lead,
        change=Change(_reason(decision), approved_by(meeting.held_on)),
    )
    plan: Plan = outcome.plan
    return plan, None if plan.state == "draft" else plan.edition, {"outcome": outcome.id}


def _set_aside(person: Acting, decision: Decision) -> tuple[Plan, int | None, dict[str, Any]]:
    reason, meeting = _reason(decision), decision.meeting
    parts = list(_parts(person, decision))
    notes = [
        plans.record_progress(
            person,
            part.share,
            part.outcome,
            status=SETS_ASIDE[Kind(decision.kind)],
            text=reason,
            reason=reason,
            as_at=meeting.held_on,
        )
        for part in parts
    ]
    return parts[0].share.plan, None, {"notes": [note.id for note in notes]}


def _change_of(person: Acting, decision: Decision) -> Proposal:
    outcome = _outcome(person, decision)
    if outcome is None:
        return Proposal(refusal=GONE)
    if decision.share_id or has_marks(decision.new_text):
        return Proposal(refusal=OF_THE_WHOLE if decision.share_id else TARGETS_ARE_READ)
    whose = _whom_it_moves(person, decision)
    lines, timescale = [], _new_timescale(decision)
    number = outcome.action.number
    if timescale is not None and timescale != outcome.timescale:
        lines.append(f"{number}: {_due(outcome.timescale)} becomes {_due(timescale)}{whose}")
    if decision.new_text and decision.new_text != outcome.text:
        lines.append(f"{number}: “{_cut(outcome.text) or 'no words'}” becomes “{_cut(decision.new_text)}”{whose}")
    return Proposal(tuple(lines), "" if lines else SO_ALREADY, f"{outcome.version}{whose}")


def _whom_it_moves(person: Acting, decision: Decision) -> str:
    """ " for SDC, TMBC and TWBC": every authority with a share of the action."""
    shares = visible(person, Share).where(Share.action == decision.action_id)
    rows = shares.order_by(Authority.position, Authority.id)
    names = listed(share.authority.short_name for share in rows)
    return f" for {names}" if names else ""


def _outcome(person: Acting, decision: Decision) -> Outcome | None:
    found: Outcome | None = visible(person, Outcome).where(Outcome.id == decision.outcome_id).first()
    return found


def _parts(person: Acting, decision: Decision) -> Iterator[_Part]:
    """What becomes deferred or carried forward, with what was said of it last by the day of the meeting."""
    here: Any = Share.action == decision.action_id
    shares = visible(person, Share).where(here & (Share.id == decision.share_id) if decision.share_id else here)
    outcomes = Outcome.select().where(Outcome.action == decision.action_id, Outcome.removed_at.is_null())
    if decision.outcome_id:
        outcomes = outcomes.where(Outcome.id == decision.outcome_id)
    standing = list(outcomes.order_by(Outcome.position, Outcome.id))
    meeting: Any = decision.meeting
    status = SETS_ASIDE[Kind(decision.kind)]
    for share in shares.order_by(Share.id):
        for outcome in standing:
            report = status_before(outcome.id, share.id, meeting.held_on) or NOT_REPORTED
            if takes_status(report, Status(status)):
                yield _Part(share, outcome, report)


def _new_timescale(decision: Decision) -> Timescale | None:
    if decision.new_due_on is None:
        return None
    return Timescale.by(decision.new_due_on, Precision(decision.new_precision or "day"))


def _reason(decision: Decision) -> str:
    meeting: Any = decision.meeting
    return reason_of(decision.number, meeting.held_on, decision.words)


def _due(timescale: Timescale) -> str:
    if timescale.due_on is not None:
        return f"due {timescale.shown}"
    return timescale.shown or "no date"


def _which(part: _Part) -> str:
    return f" (outcome: {_cut(part.outcome.text)})" if part.outcome.text else ""


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTED else f"{words[:LONGEST_QUOTED].rstrip()}…"
