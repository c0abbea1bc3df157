"""The pages of reports."""

from strategy_tracker.reports.routes.blueprint import blueprint

from . import editing, public, reading, steps

__all__ = ["blueprint", "editing", "public", "reading", "steps"]
