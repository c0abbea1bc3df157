"""Which risks are the top ones of a partnership: one rule for the list for the board, packs, reports and agendas."""

from collections.abc import Iterable
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.risks.models import Escalation, Register
from strategy_tracker.risks.rules import EscalationState
from strategy_tracker.risks.severity import by_severity
from strategy_tracker.risks.standing import RiskLine


@dataclass(frozen=True)
class Top:
    """The registers at which a risk becomes a top one: the partnership's own, whose own risks are top ones too.

    Where it has none (not `is_own`), those whose risks go to no further level.
    """

    registers: tuple[Register, ...]
    is_own: bool

    def taken(self, line: RiskLine) -> Escalation | None:
        """The escalation by which one of them took it up."""
        ids = {register.id for register in self.registers}
        accepted = (one for one in line.escalations if one.state == EscalationState.ACCEPTED)
        return next((one for one in accepted if one.to_id in ids), None)

    def of(self, lines: Iterable[RiskLine]) -> tuple[RiskLine, ...]:
        """The open ones of these that are top risks, the worst first and opportunities last."""
        return by_severity(
            line
            for line in lines
            if line.closed_on is None and (line.register.authority_id is None or self.taken(line))
        )

    @property
    def words(self) -> str:
        """What the list is of."""
        if self.is_own:
            return (
                "These are the open risks of the partnership’s own registers, and those that were taken up there from "
                "the registers of its partners."
            )
        bodies = "; ".join(dict.fromkeys(f"{one.short}, {one.title}" for one in self.registers))
        there = f" ({bodies})" if bodies else ""
        return (
            "The partnership has no register of its own: these are the open risks that were taken up at the highest "
            f"level of its partners{there}."
        )


def top_of(home: Partnership | int) -> Top:
    used = Register.reach().query.where(Register.partnership == home, Register.closed_at.is_null())
    own = tuple(used.where(Register.authority.is_null()).order_by(Register.id))
    if own:
        return Top(own, is_own=True)
    up = Register.alias()
    led_to = up.select(up.goes_to).where(up.partnership == home, up.goes_to.is_null(False))
    highest = used.where(Register.goes_to.is_null(), Register.id.in_(led_to))
    return Top(tuple(highest.order_by(Authority.position, Register.id)), is_own=False)


def taken_words(one: Escalation) -> str:
    """ "Taken up by the steering group on 18 May 2011"; "" before there is an answer."""
    if one.decided_on is None:
        return ""
    return f"Taken up by {body_words(one.to)} on {clock.long_date(one.decided_on)}"


def body_words(register: Register) -> str:
    """ "the steering group", "RSL forum"; where nobody is named, the register."""
    body: str = register.body
    if not body:
        return f"“{register.title}”"
    is_plain = body[1:2].islower() and not body.startswith(("The ", "the "))
    return f"the {body[:1].lower()}{body[1:]}" if is_plain else body
