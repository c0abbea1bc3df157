"""Taking a risk above tolerance upon oneself, until a day."""

import datetime as dt

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.checks import LONGEST_NAME, LONGEST_REASON, Problems, checked_reason
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.models import Acceptance, Risk
from strategy_tracker.risks.operations.recording import is_on_behalf, record, require_open
from strategy_tracker.risks.operations.seen import seen_score
from strategy_tracker.risks.queries import acceptance_of, is_above_tolerance
from strategy_tracker.risks.rules import months_later

LONGEST_MONTHS = 24


def accept_risk(
    person: Acting,
    risk: Risk,
    version: int,
    *,
    accepted_by: str,
    until: dt.date,
    reason: str,
    seen: int | None = None,
    form_key: str | None = None,
) -> Acceptance:
    """A named person accepts the current score, up to a day at most two years ahead; it ends the one before.

    `seen` is as in `seen_score`. Raises Conflict, Forbidden, and Invalid for another score than that, and for a risk
    that is not above tolerance: nobody needs to accept it.
    """
    require(person, Permission.RISK_ACCEPT, risk)
    require_open(risk)
    problems, today = Problems(), risk.register.day
    name = problems.line("accepted_by", "Who accepts it", accepted_by, longest=LONGEST_NAME)
    why = problems.text("reason", "The reason", reason, longest=LONGEST_REASON)
    problems.marks(reason=why)
    last = months_later(today, LONGEST_MONTHS)
    if not today < until <= last:
        shown = ", since the register stands as at the day before" if risk.register.as_at else ""
        first = clock.long_date(today + dt.timedelta(days=1))
        problems.add("until", f"Enter a day from {first}{shown and f'{shown},'} to {clock.long_date(last)}")
    problems.raise_if_any()
    with history.writing(person, form_key):
        score = seen_score(risk.id, seen)
        if score is None or not is_above_tolerance(risk, score):
            raise Invalid({"": "This risk is not above tolerance: nobody needs to accept it"})
        save_versioned(risk, version)
        before, now = acceptance_of(risk.id), clock.now()
        accepted = Acceptance.create(
            risk=risk,
            score=score,
            accepted_by=name,
            accepted_on=today,
            until=until,
            reason=why,
            person=person.id,
            on_behalf=is_on_behalf(person, risk),
            recorded_at=now,
        )
        if before is not None:
            save_versioned(before, before.version, ended_on=today, ended_at=now, followed_by=accepted)
        record(person, risk, "risk accepted", after={"by": name, "until": until, "score": score.words}, reason=why)
    return accepted


def end_acceptance(person: Acting, risk: Risk, version: int, *, reason: str, form_key: str | None = None) -> None:
    """Nobody accepts it any more. Raises Conflict, Forbidden, Invalid."""
    require(person, Permission.RISK_ACCEPT, risk)
    require_open(risk)
    why = checked_reason(reason, "Say why it is accepted no longer")
    with history.writing(person, form_key):
        held = acceptance_of(risk.id)
        if held is None:
            raise Invalid({"": "Nobody accepts this risk"})
        save_versioned(risk, version)
        save_versioned(held, held.version, ended_on=risk.register.day, ended_at=clock.now(), ended_why=why)
        record(person, risk, "acceptance ended", reason=why)
