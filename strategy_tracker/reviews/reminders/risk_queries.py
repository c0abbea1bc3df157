"""The risks, acceptances and nominations of which somebody may be told on a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from peewee import JOIN

from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.reviews.reminders.queries import FARTHEST
from strategy_tracker.risks.models import Acceptance, Escalation, Register, Risk, Score
from strategy_tracker.risks.rules import EscalationState


@dataclass(frozen=True)
class RisksDue:
    """The open risks, acceptances and nominations of which a mail may be due. `scores` are of the first two."""

    reviews: Sequence[Risk] = ()
    acceptances: Sequence[Acceptance] = ()
    nominations: Sequence[Escalation] = ()

    @property
    def partnerships(self) -> list[Partnership]:
        registers = [one.register for one in self.reviews] + [one.risk.register for one in self.acceptances]
        return [one.partnership for one in (*registers, *(row.to for row in self.nominations))]


def risks_due(today: dt.date) -> RisksDue:
    """Of registers that are shown as at a day of their own nobody is told: they stand still."""
    live = (Risk.closed_on.is_null()) & Register.as_at.is_null() & Register.closed_at.is_null()
    near = Risk.review_due_on.between(today - FARTHEST, today + FARTHEST)
    reviews = Risk.reach().query.where(live, near).order_by(Risk.review_due_on, Risk.id)
    accepted = (
        Acceptance.select(Acceptance, Risk, Register, Partnership, Authority)
        .join(Risk)
        .join(Register)
        .join(Partnership)
        .switch(Register)
        .join(Authority, JOIN.LEFT_OUTER)
        .where(live, Acceptance.ended_on.is_null(), Acceptance.until.between(today - FARTHEST, today + FARTHEST))
        .order_by(Acceptance.until, Acceptance.id)
    )
    whose = Register.alias()
    nominated = (
        Escalation.select(Escalation, Register, Partnership, Risk, whose, Score)
        .join(Register, on=(Escalation.to == Register.id))
        .join(Partnership)
        .switch(Escalation)
        .join(Risk)
        .join(whose, on=(Risk.register == whose.id))
        .switch(Escalation)
        .join(Score, JOIN.LEFT_OUTER)
        .where(
            Escalation.state == EscalationState.NOMINATED.value,
            Escalation.nominated_on >= today - FARTHEST,
            whose.as_at.is_null(),
            Risk.closed_on.is_null(),
        )
        .order_by(Escalation.id)
    )
    return RisksDue(list(reviews), list(accepted), list(nominated))
