"""What the page of a risk that was put forward shows, to those who decide at the next level."""

import datetime as dt
from dataclasses import dataclass

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may
from strategy_tracker.accounts.models import Person
from strategy_tracker.risks import queries
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.holders import as_held
from strategy_tracker.risks.models import Escalation, Register
from strategy_tracker.risks.rows import TONES
from strategy_tracker.risks.rules import EscalationState


@dataclass(frozen=True)
class Step:
    """Something that was done with it: by whom ("" where nobody is named), when, and in which words."""

    heading: str
    on: dt.date
    who: str
    words: str


@dataclass(frozen=True)
class EscalationPage:
    """`score` and `event` are what the risk had and said when it was put forward, `now` its score today.

    `risk_address` is "" where the reader may not read the risk (any more).
    """

    event: str
    whose: str
    origin: str
    to: str
    register_address: str
    address: str
    state: str
    score: str
    tone: str
    now: str
    steps: tuple[Step, ...]
    risk_address: str
    may_return: bool


def escalation_page(person: Acting, row: Escalation) -> EscalationPage:
    """One that the person may read."""
    risk = queries.readable_risks(person, [row.risk_id]).get(row.risk_id)
    origin: Register = queries.registers_with(person, [row.risk.register_id])[row.risk.register_id]
    current = queries.current_score(risk.id) if risk else None
    then = as_held([origin], row.nominated_on)[0]
    base = address_of_register(row.to)
    decides = may(person, Permission.ESCALATION_DECIDE, row)
    return EscalationPage(
        event=row.event,
        whose=then.short,
        origin=origin.title,
        to=row.to.title,
        register_address=base,
        address=f"{base}escalations/{row.slug}/",
        state=row.state,
        score=row.score.words if row.score_id else "",
        tone=TONES[row.score.tone] if row.score_id else "",
        now=current.words if current else "",
        steps=steps_of(row),
        risk_address=address_of_risk(risk) if risk else "",
        may_return=decides and row.state == EscalationState.ACCEPTED,
    )


def steps_of(row: Escalation) -> tuple[Step, ...]:
    """What was done with it, the first thing first."""
    steps = [Step("Put forward", row.nominated_on, _name(row.nominated_by), row.words)]
    if row.decided_on:
        was_declined = row.state == EscalationState.DECLINED
        heading = "Declined" if was_declined else "Accepted"
        steps.append(Step(heading, row.decided_on, _name(row.decided_by), row.decided_words))
    if row.ended_on:
        heading = "Returned" if row.state == EscalationState.RETURNED else "Taken back by its own authority"
        steps.append(Step(heading, row.ended_on, _name(row.ended_by), row.ended_words))
    return tuple(steps)


def _name(person: Person | None) -> str:
    return person.name if person else "Command line"
