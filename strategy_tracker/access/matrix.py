"""The policy as a table for people."""

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import POLICY
from strategy_tracker.accounts.roles import Role


def as_table() -> str:
    """Role by permission in columns of text; "-" where a role does not have it."""
    head = ["", *(role.value for role in Role)]
    rows = [
        [permission.value, *(POLICY[permission][role].value if role in POLICY[permission] else "-" for role in Role)]
        for permission in Permission
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in [head, *rows]
    )
