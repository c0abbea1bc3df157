"""Putting a risk forward to the next level, and what comes of it."""

from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import LONGEST_REASON, Problems, checked_reason
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.recording import hold, keep, record, require_open
from strategy_tracker.risks.operations.registers import random_slug
from strategy_tracker.risks.operations.risks import outer_number, raised_number
from strategy_tracker.risks.queries import current_score, escalations_of, next_level
from strategy_tracker.risks.rules import RUNNING, EscalationState
from strategy_tracker.text import listed


def nominate_risk(
    person: Acting, risk: Risk, version: int, *, words: str, share: bool = False, form_key: str | None = None
) -> Escalation:
    """Puts it forward to the next level: that of its own register, or of the register that has accepted it.

    Where that is the partnership's, those who decide there may read it from now on; `share` lets everybody in the
    partnership read it. Raises Conflict, Forbidden, and Invalid where there is no next level, where an answer is
    awaited, and where as many of its register as may be put forward there are.
    """
    require(person, Permission.RISK_SHARE, risk)
    require_open(risk)
    problems = Problems()
    said = problems.text("words", "Why it is put forward", words, longest=LONGEST_REASON)
    problems.marks(words=said)
    problems.raise_if_any()
    with history.writing(person, form_key):
        hold(risk.register)
        to = _next_level(risk)
        if refusal := room_for(risk, to):
            raise Invalid({"": refusal})
        score = current_score(risk.id)
        if score is None:
            raise Invalid({"": "Score the risk before you put it forward"})
        is_raised = to.authority_id is None
        is_shared = risk.is_shared or share
        told = _told(risk, is_raised=is_raised, is_shared=is_shared)
        save_versioned(risk, version, is_raised=risk.is_raised or is_raised, is_shared=is_shared, **told)
        escalation = Escalation.create(
            risk=risk,
            to=to,
            slug=random_slug(),
            event=risk.event,
            score=score,
            words=said,
            nominated_on=risk.register.day,
            nominated_by=person.id,
        )
        keep(person, risk)
        record(person, risk, "risk put forward", after={"to": to.title, "words": said, "shared": is_shared})
    return escalation


def accept_escalation(
    person: Acting, escalation: Escalation, version: int, *, words: str = "", form_key: str | None = None
) -> None:
    """The next level takes it among its top risks. Raises Conflict, Forbidden, Invalid."""
    _decide(person, escalation, version, EscalationState.ACCEPTED, words, form_key)


def decline_escalation(
    person: Acting, escalation: Escalation, version: int, *, words: str, form_key: str | None = None
) -> None:
    """The next level does not take it, and says why. Raises Conflict, Forbidden, Invalid."""
    if not words.strip():
        raise Invalid({"words": "Say why it is declined: its owner reads it"})
    _decide(person, escalation, version, EscalationState.DECLINED, words, form_key)


def return_escalation(
    person: Acting, escalation: Escalation, version: int, *, reason: str, form_key: str | None = None
) -> None:
    """The next level gives back what it had accepted, with a reason. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.ESCALATION_DECIDE, escalation)
    _end(person, escalation, version, EscalationState.RETURNED, reason, form_key)


def withdraw_escalation(
    person: Acting, escalation: Escalation, version: int, *, reason: str, form_key: str | None = None
) -> None:
    """Its own authority takes it back, with a reason. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.RISK_SHARE, escalation.risk)
    _end(person, escalation, version, EscalationState.WITHDRAWN, reason, form_key)


def _next_level(risk: Risk) -> Register:
    running = escalations_of([risk.id]).get(risk.id, [])
    to = next_level(risk, running)
    if to is not None:
        return to
    if running:
        raise Invalid({"": f"This risk stands in “{running[0].to.title}” already"})
    raise Invalid({"": "This register has no next level: its settings say to which register it goes"})


def _told(risk: Risk, *, is_raised: bool, is_shared: bool) -> dict[str, Any]:
    """The columns of what people outside learn: its number for them, and since when they may know of it."""
    if is_shared and not risk.is_shared:
        return {"told_at": clock.now(), **outer_number(risk)}
    if is_raised and not risk.is_shared and not risk.is_raised:
        return {"told_at": clock.now(), **raised_number(risk)}
    return {}


def room_for(risk: Risk, to: Register) -> str:
    """Why no more of its register may be put forward there; "" where there is room."""
    standing = list(
        Escalation.select(Escalation, Risk)
        .join(Risk)
        .where(Risk.register == risk.register, Escalation.to == to, Escalation.state.in_(sorted(RUNNING)))
    )
    if len(standing) < risk.register.top:
        return ""
    numbers = [str(number) for number in sorted(row.risk.number for row in standing)]
    told = f"risk {numbers[0]} is" if len(numbers) == 1 else f"risks {listed(numbers)} are"
    return f"At most {risk.register.top} may be put forward at a time, and {told}. Take one of them back first"


def _decide(
    person: Acting, escalation: Escalation, version: int, state: EscalationState, words: str, form_key: str | None
) -> None:
    require(person, Permission.ESCALATION_DECIDE, escalation)
    problems = Problems()
    said = problems.text("words", "What you say to it", words, longest=LONGEST_REASON, required=False)
    problems.marks(words=said)
    problems.raise_if_any()
    with history.writing(person, form_key):
        if escalation.state != EscalationState.NOMINATED:
            raise Invalid({"": f"It is {escalation.state} already"})
        save_versioned(
            escalation,
            version,
            state=state.value,
            decided_on=escalation.to.day,
            decided_by=person.id,
            decided_words=said,
        )
        _settle(escalation)
        record(person, escalation.risk, f"escalation {state.value}", after={"to": escalation.to.title, "words": said})


def _end(
    person: Acting, escalation: Escalation, version: int, state: EscalationState, reason: str, form_key: str | None
) -> None:
    why = checked_reason(reason, "Say why it goes back")
    needed = {EscalationState.ACCEPTED} if state is EscalationState.RETURNED else RUNNING
    with history.writing(person, form_key):
        if escalation.state not in needed:
            raise Invalid({"": f"It is {escalation.state}, and so cannot be {state.value}"})
        highest = escalations_of([escalation.risk_id])[escalation.risk_id][0]
        if highest.id != escalation.id:
            raise Invalid({"": f"It stands in “{highest.to.title}” as well: it comes back from there first"})
        save_versioned(
            escalation, version, state=state.value, ended_on=escalation.to.day, ended_by=person.id, ended_words=why
        )
        _settle(escalation)
        record(person, escalation.risk, f"escalation {state.value}", after={"to": escalation.to.title}, reason=why)


def _settle(escalation: Escalation) -> None:
    """What no longer stands before the steering group is its authority's alone again, unless it is shared."""
    query = (
        Escalation.select()
        .join(Register, on=(Escalation.to == Register.id))
        .where(
            Escalation.risk == escalation.risk_id,
            Escalation.state.in_(sorted(RUNNING)),
            Register.authority.is_null(),
        )
    )
    is_raised = query.exists()
    told = {} if is_raised or escalation.risk.is_shared else {"told_at": None}
    Risk.update(is_raised=is_raised, version=Risk.version + 1, **told).where(
        Risk.id == escalation.risk_id, Risk.is_raised != is_raised
    ).execute()
