"""What a person learns of risks that are put forward: those that wait for her answer, and the answers to her own."""

import datetime as dt
from dataclasses import dataclass

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import POLICY, Acting
from strategy_tracker.reviews.risks import queries
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Escalation
from strategy_tracker.risks.queries import names_of, registers_with
from strategy_tracker.risks.rows import TONES

NEWS = dt.timedelta(days=14)
"""How long an answer stands in the work of those whose risk it is about."""


@dataclass(frozen=True)
class PutForward:
    """A risk that waits for the person's answer, in the words and with the score with which it was put forward."""

    event: str
    address: str
    whose: str
    to: str
    score: str
    tone: str
    nominated_on: dt.date


@dataclass(frozen=True)
class AnswerTold:
    """A risk of her authority that was declined, or given back; `words` are what was said with it."""

    number: int
    event: str
    address: str
    register: str
    by: str
    state: str
    words: str
    answered_on: dt.date


def put_forward_to(person: Acting) -> tuple[PutForward, ...]:
    """The earliest first. No select for whoever decides nowhere, else three at most."""
    if not _has_any(person, Permission.ESCALATION_DECIDE):
        return ()
    found = queries.waiting_for(person)
    origins = registers_with(person, {one.risk.register_id for one in found}) if found else {}
    names = names_of(origins.values()) if origins else {}
    return tuple(_waiting(one, names[one.risk.register_id]) for one in found)


def answers_to(person: Acting) -> tuple[AnswerTold, ...]:
    """Those of the last fourteen days, the latest first. No select for whoever puts nothing forward, else two."""
    if not _has_any(person, Permission.RISK_SHARE):
        return ()
    told = [_told(one) for one in queries.answers_about(queries.registers_shared_by(person), NEWS)]
    return tuple(sorted(told, key=lambda one: one.answered_on, reverse=True))


def _has_any(person: Acting, permission: Permission) -> bool:
    return any(grant.role in POLICY[permission] for grant in person.grants)


def _waiting(one: Escalation, whose: str) -> PutForward:
    return PutForward(
        event=one.event,
        address=f"{address_of_register(one.to)}escalations/{one.slug}/",
        whose=whose,
        to=one.to.title,
        score=one.score.words if one.score_id else "",
        tone=TONES[one.score.tone] if one.score_id else "",
        nominated_on=one.nominated_on,
    )


def _told(one: Escalation) -> AnswerTold:
    risk = one.risk
    return AnswerTold(
        number=risk.number,
        event=risk.event,
        address=address_of_risk(risk),
        register=risk.register.title,
        by=one.to.title,
        state=one.state,
        words=one.ended_words or one.decided_words,
        answered_on=one.ended_on or one.decided_on,
    )
