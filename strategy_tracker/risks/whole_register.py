"""The selects of a register as a whole, whoever reads it: for rules of those who may read all of it."""

import datetime as dt
from typing import Any

from peewee import Expression, fn

from strategy_tracker.risks.models import Acceptance, Escalation, Register, Risk, RiskReview, Score
from strategy_tracker.risks.queries import escalations_of, stood_in
from strategy_tracker.risks.rules import RUNNING

DAYS: dict[Any, tuple[Any, ...]] = {
    Risk: (Risk.opened_on, Risk.closed_on),
    Score: (Score.scored_on,),
    RiskReview: (RiskReview.reviewed_on,),
    Acceptance: (Acceptance.accepted_on, Acceptance.ended_on),
    Escalation: (Escalation.nominated_on, Escalation.decided_on, Escalation.ended_on),
}
"""The columns that say on which day something was said."""


def last_said(which: Expression) -> dt.date | None:
    """The last day on which something was said of these risks, by anybody; None where there are none.

    The words of a risk, its responses and its controls have no day of their own: they stand as on its register's.
    """
    found = []
    for model, columns in DAYS.items():
        query = model.select(*map(fn.MAX, columns))
        query = (query if model is Risk else query.join(Risk, on=(model.risk == Risk.id))).where(which)
        found += [day for row in query.tuples() for day in row if day]
    return max((dt.date.fromisoformat(day) if isinstance(day, str) else day for day in found), default=None)


def standing_there(register: Register) -> list[Escalation]:
    """What others have put forward to a register and nobody has taken back, the earliest first."""
    running = Escalation.state.in_(sorted(RUNNING))
    query = Escalation.select(Escalation, Risk).join(Risk).where(Escalation.to == register, running)
    return list(query.order_by(Escalation.id))


def gone_up(register: Register, to: Register) -> list[Escalation]:
    """What stands in `to` and went up from this register: risks of its own, and those that it had accepted."""
    there = standing_there(to)
    running = escalations_of([one.risk_id for one in there])
    return [one for one in there if stood_in(one, running[one.risk_id]) == register.id]


def leading_to(register: Register) -> list[Register]:
    """The registers in use whose risks go up to this one."""
    query = Register.select().where(Register.goes_to == register, Register.closed_at.is_null())
    return list(query.order_by(Register.title, Register.id))
