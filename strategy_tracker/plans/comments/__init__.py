"""Comments on an action: what the partnership says to itself, beside progress and never part of a report."""
