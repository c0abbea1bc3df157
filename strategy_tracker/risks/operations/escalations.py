"""Putting a risk forward to the next level, and what comes of it.

Each step has the day of the register in which it is taken, and is never dated before the step that it follows: of two
registers one may be shown as at an earlier day than the other.
"""

import datetime as dt
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import LONGEST_REASON, Problems, checked_reason
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.recording import hold, keep, record, require_open, require_open_register
from strategy_tracker.risks.operations.registers import random_slug
from strategy_tracker.risks.operations.risks import outer_number, raised_number
from strategy_tracker.risks.queries import current_score, escalations_of, next_level
from strategy_tracker.risks.rules import RUNNING, EscalationState
from strategy_tracker.risks.whole_register import gone_up
from strategy_tracker.text import listed

READ = "read who will read it there, and put it forward then"


def nominate_risk(
    person: Acting,
    risk: Risk,
    version: int,
    to: Register | None = None,
    *,
    words: str,
    share: bool = False,
    form_key: str | None = None,
) -> Escalation:
    """Puts it forward to the next level: that of its own register, or of the register that has accepted it.

    `to` is the next level that the person was shown, so that nobody else reads the risk than she was told: another is
    refused. None: whichever it is, for who was shown none. Where it is the partnership's, those who decide there may
    read the risk from now on; `share` lets everybody in the partnership read it. Raises Conflict, Forbidden, and
    Invalid where `way_up` refuses.
    """
    require(person, Permission.RISK_SHARE, risk)
    require_open(risk)
    problems = Problems()
    said = problems.text("words", "Why it is put forward", words, longest=LONGEST_REASON)
    problems.marks(words=said)
    problems.raise_if_any()
    with history.writing(person, form_key):
        risk.register = hold(risk.register)
        for below in reversed(escalations_of([risk.id]).get(risk.id, [])):
            hold(below.to)
        level, refusal = way_up(risk)
        if level is not None and to is not None and level != to:
            raise Invalid({"to": f"Its next level is “{level.title}” now, and was “{to.title}”: {READ}"})
        if level is None or refusal:
            raise Invalid({"": refusal})
        require_open_register(hold(level))
        is_raised = level.authority_id is None
        is_shared = risk.is_shared or share
        told = _told(risk, is_raised=is_raised, is_shared=is_shared)
        save_versioned(risk, version, is_raised=risk.is_raised or is_raised, is_shared=is_shared, **told)
        escalation = Escalation.create(
            risk=risk,
            to=level,
            slug=random_slug(),
            event=risk.event,
            score=current_score(risk.id),
            words=said,
            nominated_on=risk.register.day,
            nominated_by=person.id,
        )
        keep(person, risk)
        record(person, risk, "risk put forward", after={"to": level.title, "words": said, "shared": is_shared})
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


def way_up(risk: Risk) -> tuple[Register | None, str]:
    """The register to which it may be put forward, None where there is none; and why it cannot be now, "" if it can."""
    running = escalations_of([risk.id]).get(risk.id, [])
    to = next_level(risk, running)
    if to is None and running:
        return None, f"This risk stands in “{running[0].to.title}” already"
    if to is None:
        return None, "This register has no next level: its settings say to which register its risks go up"
    if current_score(risk.id) is None:
        return to, "Score the risk before you put it forward"
    return to, _full(running[0].to if running else risk.register, to)


def _told(risk: Risk, *, is_raised: bool, is_shared: bool) -> dict[str, Any]:
    """The columns of what people outside learn: its number for them, and since when they may know of it."""
    if is_shared and not risk.is_shared:
        return {"told_at": clock.now(), **outer_number(risk)}
    if is_raised and not risk.is_shared and not risk.is_raised:
        return {"told_at": clock.now(), **raised_number(risk)}
    return {}


def _full(register: Register, to: Register) -> str:
    """Why no more may go up there from the register in which it stands; "" where there is room.

    What came to it from below is not named: whoever puts this one forward may not read it.
    """
    standing = gone_up(register, to)
    if len(standing) < register.top:
        return ""
    if any(row.risk.register_id != register.id for row in standing):
        return f"At most {register.top} may go up from “{register.title}” at a time, and no place is free"
    numbers = [str(number) for number in sorted(row.risk.number for row in standing)]
    told = f"risk {numbers[0]} is" if len(numbers) == 1 else f"risks {listed(numbers)} are"
    return f"At most {register.top} may be put forward at a time, and {told}. Take one of them back first"


def _decide(
    person: Acting, escalation: Escalation, version: int, state: EscalationState, words: str, form_key: str | None
) -> None:
    require(person, Permission.ESCALATION_DECIDE, escalation)
    problems = Problems()
    said = problems.text("words", "What you say to it", words, longest=LONGEST_REASON, required=False)
    if state is EscalationState.DECLINED and not said:
        problems.add("words", "Say why it is declined: its owner reads it")
    problems.marks(words=said)
    problems.raise_if_any()
    with history.writing(person, form_key):
        if escalation.state != EscalationState.NOMINATED:
            raise Invalid({"": f"It is {escalation.state} already"})
        save_versioned(
            escalation,
            version,
            state=state.value,
            decided_on=_after(escalation, escalation.to),
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
        taken_in = escalation.to if state is EscalationState.RETURNED else escalation.risk.register
        day = _after(escalation, taken_in)
        save_versioned(escalation, version, state=state.value, ended_on=day, ended_by=person.id, ended_words=why)
        for above in escalations_of([escalation.risk_id]).get(escalation.risk_id, []):
            if above.id > escalation.id:
                raise Invalid({"": f"It stands in “{above.to.title}” as well: it comes back from there first"})
        _settle(escalation)
        record(person, escalation.risk, f"escalation {state.value}", after={"to": escalation.to.title}, reason=why)


def _after(escalation: Escalation, register: Register) -> dt.date:
    """The day of a step that is taken in this register now."""
    return max(register.day, escalation.decided_on or escalation.nominated_on)


def _settle(escalation: Escalation) -> None:
    """What no longer stands before the steering group is its authority's alone again, unless it is shared.

    The escalation has its risk as it stands then, whatever was saved of that since it was read.
    """
    Risk.update(version=Risk.version).where(Risk.id == escalation.risk_id).execute()
    risk: Risk = Risk.get_by_id(escalation.risk_id)
    is_raised = any(one.to.authority_id is None for one in escalations_of([risk.id]).get(risk.id, []))
    if risk.is_raised != is_raised:
        told = {} if is_raised or risk.is_shared else {"told_at": None}
        save_versioned(risk, risk.version, is_raised=is_raised, **told)
    escalation.risk = risk
