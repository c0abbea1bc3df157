"""The pages of registers and risks."""

from strategy_tracker.risks.routes import (
    editing,
    escalations,
    parts,
    reading,
    retiring,
    risk,
    schemes,
    settings,
    sharing,
    standing_steps,
)
from strategy_tracker.risks.routes.blueprint import blueprint

__all__ = [
    "blueprint",
    "editing",
    "escalations",
    "parts",
    "reading",
    "retiring",
    "risk",
    "schemes",
    "settings",
    "sharing",
    "standing_steps",
]
