"""What happened: events in a hash chain for each partnership, written in the transaction of the change."""

from strategy_tracker.history.operations import record, writing

__all__ = ["record", "writing"]
