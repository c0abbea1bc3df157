"""What was put forward to a register, for those who decide there."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import may, visible
from strategy_tracker.risks import queries
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.holders import held_on, takings_of
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.past import stood_on
from strategy_tracker.risks.rows import TONES
from strategy_tracker.risks.rules import RUNNING, EscalationState
from strategy_tracker.risks.standing import quarter_before


@dataclass(frozen=True)
class Received:
    """One that was put forward, with its words and score as they were then.

    `whose` put it forward; `from_name` is what its register is called now beside its number. `state_on` is the day of
    its state, `state_words` what was said with it. `risk_address` is "" where the reader may not read the risk (any
    more). `may_answer`: the reader decides here. Not `is_told`: the reader knows as everybody does that a shared risk
    stands here, and what was said is for those who decide.
    """

    event: str
    address: str
    whose: str
    from_name: str
    from_title: str
    score: str
    tone: str
    words: str
    nominated_on: dt.date
    state: str
    state_on: dt.date | None
    state_words: str
    risk_address: str
    risk_ref: str
    may_answer: bool
    is_told: bool

    @property
    def is_waiting(self) -> bool:
        return self.state == EscalationState.NOMINATED

    @property
    def is_accepted(self) -> bool:
        return self.state == EscalationState.ACCEPTED

    @property
    def name(self) -> str:
        """By which the reader knows the risk: "TMBC E1"; "" where she may not read it."""
        return f"{self.from_name} {self.risk_ref}" if self.risk_ref else ""

    @property
    def standing(self) -> str:
        """ "Waits for an answer since 5 Jun 2014", "Taken up 20 Mar 2014"."""
        if self.is_waiting:
            return f"Waits for an answer since {clock.short_date(self.nominated_on)}"
        said = "Taken up" if self.is_accepted else self.state.capitalize()
        return f"{said} {clock.short_date(self.state_on)}" if self.state_on else said

    @property
    def is_running(self) -> bool:
        return self.is_waiting or self.is_accepted


def received_by(person: Acting, register: Register) -> tuple[Received, ...]:
    """Those that wait for an answer first, then what is accepted, then what came back; of each the latest first."""
    return _in_order(person, register, _known(person, register))


def received_on(person: Acting, register: Register, day: dt.date) -> tuple[Received, ...]:
    """The same for a document as at a day: as they stood then, and of what came back that of the day's quarter alone.

    What came back is its authority's alone again, and no paper that is sent round goes on naming it.
    """
    previous = quarter_before(register.partnership_id, day)
    stood = stood_on(_known(person, register), day)
    return _in_order(person, register, [one for one in stood if one.state in RUNNING or _came_after(one, previous)])


def _known(person: Acting, register: Register) -> list[Escalation]:
    """All, for those who decide here; for everybody else the risks that the partnership took up and she may read as
    everybody does."""
    found = queries.escalations_to(person, register)
    if found or register.authority_id is not None:
        return found
    accepted = Escalation.state == EscalationState.ACCEPTED.value
    there = list(Escalation.reach().query.where(Escalation.to == register, accepted).order_by(Escalation.id.desc()))
    risks = queries.readable_risks(person, [one.risk_id for one in there])
    everybodys = {key for key, risk in risks.items() if risk.place().is_settled}
    return [one for one in there if one.risk_id in everybodys]


def _came_after(one: Escalation, previous: dt.date | None) -> bool:
    came = one.ended_on or one.decided_on
    return previous is not None and came is not None and came > previous


def _in_order(person: Acting, register: Register, found: Sequence[Escalation]) -> tuple[Received, ...]:
    if not found:
        return ()
    risks = queries.readable_risks(person, {one.risk_id for one in found})
    registers = queries.registers_with(person, {one.risk.register_id for one in found})
    base, names = address_of_register(register), queries.names_of(registers.values())
    takings = takings_of(registers.values())
    rows = []
    for one in found:
        origin = registers[one.risk.register_id]
        then = held_on(takings.get(origin.id, ()), one.nominated_on)
        whose = then.short_name if then else origin.short
        rows.append(_received(person, one, risks.get(one.risk_id), origin, whose, names[origin.id], base))
    return tuple(sorted(rows, key=lambda row: (not row.is_waiting, not row.is_accepted)))


def waiting_in(person: Acting, registers: Sequence[Register]) -> Counter[int]:
    """How many wait for this person's answer in each of these registers, by its id."""
    return _count(person, registers, EscalationState.NOMINATED, Permission.ESCALATION_DECIDE)


def accepted_in(person: Acting, registers: Sequence[Register]) -> Counter[int]:
    """How many that came from others are accepted in each of these registers, for those who know all of that."""
    return _count(person, registers, EscalationState.ACCEPTED, Permission.RISK_READ)


def _count(person: Acting, registers: Sequence[Register], state: EscalationState, needs: Permission) -> Counter[int]:
    there = Escalation.to.in_([register.id for register in registers])
    rows = visible(person, Escalation, needs).where(there, Escalation.state == state.value)
    return Counter(row.to_id for row in rows)


def _received(
    person: Acting, one: Escalation, risk: Risk | None, origin: Register, whose: str, name: str, base: str
) -> Received:
    is_own, is_told = queries.is_own(person, origin), may(person, Permission.RISK_READ, one)
    score = one.score if one.score_id and is_told else None
    return Received(
        event=one.event if is_told or risk is None else risk.event,
        address=f"{base}escalations/{one.slug}/" if is_told else "",
        whose=whose,
        from_name=name,
        from_title=origin.title,
        score=score.words if score else "",
        tone=TONES[score.tone] if score else "",
        words=one.words if is_told else "",
        nominated_on=one.nominated_on,
        state=one.state,
        state_on=one.ended_on or one.decided_on,
        state_words=(one.ended_words or one.decided_words) if is_told else "",
        risk_address=address_of_risk(risk) if risk else "",
        risk_ref=queries.reference(risk, own=is_own) if risk else "",
        may_answer=may(person, Permission.ESCALATION_DECIDE, one),
        is_told=is_told,
    )
