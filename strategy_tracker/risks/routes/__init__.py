"""The pages of registers and risks."""

from strategy_tracker.risks.routes import reading, schemes, settings
from strategy_tracker.risks.routes.blueprint import blueprint

__all__ = ["blueprint", "reading", "schemes", "settings"]
