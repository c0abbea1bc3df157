"""Where the pages of registers and risks hang, and how each of them finds what it is about."""

from flask import Blueprint

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.risks.models import Register, Risk

__all__ = ["ALL", "REGISTER", "RISK", "blueprint", "the_register", "the_risk"]

blueprint = Blueprint("risks", __name__)
ALL = "/p/<partnership>/risks/"
REGISTER = f"{ALL}<register>/"
RISK = f"{REGISTER}<risk>/"


def the_register(
    person: Acting, partnership: str, register: str, permission: Permission = Permission.REGISTER_READ
) -> Register:
    """Raises NotFound, Forbidden."""
    found: Register = load(person, Register, Register.slug == register, permission, Partnership.slug == partnership)
    return found


def the_risk(
    person: Acting, partnership: str, register: str, risk: str, permission: Permission = Permission.RISK_READ
) -> Risk:
    """Raises NotFound, also for one of another register; Forbidden."""
    within = (Register.slug == register, Partnership.slug == partnership)
    found: Risk = load(person, Risk, Risk.slug == risk, permission, *within)
    return found
