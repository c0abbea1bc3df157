"""An authority ends: its registers go on under another, with all that is in them."""

from strategy_tracker import history
from strategy_tracker.access.policy import Acting
from strategy_tracker.authorities.models import Authority
from strategy_tracker.db import save_versioned
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.schemes.models import ScoringScheme

TAKEN_OVER = "register taken over"
"""The verb of the event that says from which authority a register went to which."""


def hand_over(person: Acting, old: Authority, new: Authority) -> int:
    """Moves every register and scheme of an authority to another, and returns how many registers moved.

    They stay together: a register may go to another of its authority, and its risks are private to whoever reads
    that. What was said in them, and who said it, stays as it is. Runs inside the writing of the succession.
    """
    for scheme in ScoringScheme.select().where(ScoringScheme.authority == old).order_by(ScoringScheme.id):
        _move(person, scheme, new, "scheme taken over")
    registers = registers_of(old)
    for register in registers:
        _move(person, register, new, TAKEN_OVER)
    return sum(register.closed_at is None for register in registers)


def registers_of(authority: Authority) -> list[Register]:
    """Those of an authority, closed ones too."""
    return list(Register.select().where(Register.authority == authority).order_by(Register.id))


def _move(person: Acting, row: Register | ScoringScheme, new: Authority, verb: str) -> None:
    before = row.authority_id
    save_versioned(row, row.version, authority=new)
    history.record(
        person,
        row.partnership_id,
        verb,
        row,
        version=row.version,
        before={"authority": before},
        after={"authority": new.id},
    )
