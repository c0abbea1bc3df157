"""Work that is done apart from the pages: rows that one worker at a time takes, tries again, and never loses."""

from strategy_tracker.jobs.operations import queue
from strategy_tracker.jobs.rules import GiveUp, TryLater

__all__ = ["GiveUp", "TryLater", "queue"]
