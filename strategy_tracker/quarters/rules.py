"""The rules of quarters and returns: pure functions of values."""

from enum import StrEnum


class ReturnState(StrEnum):
    """Where a return stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SENT_BACK = "sent back"
    ACCEPTED = "accepted"


WRITABLE = frozenset({ReturnState.OPEN, ReturnState.SENT_BACK})
"""The states in which an authority still writes; in the others its words are with the coordinator."""
