"""The pages of registers and risks."""

from strategy_tracker.risks.routes import reading
from strategy_tracker.risks.routes.blueprint import blueprint

__all__ = ["blueprint", "reading"]
