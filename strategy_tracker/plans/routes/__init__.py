"""The pages of a plan."""

from strategy_tracker.plans.routes.blueprint import blueprint

from . import downloads, glossary, outcomes, parts, progress, reading, shares, whole

__all__ = ["blueprint", "downloads", "glossary", "outcomes", "parts", "progress", "reading", "shares", "whole"]
