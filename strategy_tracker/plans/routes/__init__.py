"""The pages of a plan."""

from strategy_tracker.plans.routes.blueprint import blueprint

from . import glossary, outcomes, parts, progress, reading, shares, whole

__all__ = ["blueprint", "glossary", "outcomes", "parts", "progress", "reading", "shares", "whole"]
