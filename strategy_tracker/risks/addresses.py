"""Addresses of registers and risks."""

from strategy_tracker.risks.models import Register, Risk

RESERVED = frozenset({"add", "import", "schemes", "top"})
"""What no register may be called, since pages of all registers stand there."""


def address_of_register(register: Register) -> str:
    return f"/p/{register.partnership.slug}/risks/{register.slug}/"


def address_of_risk(risk: Risk) -> str:
    return f"{address_of_register(risk.register)}{risk.slug}/"
