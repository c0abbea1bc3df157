"""The words that stand around the rows of an export, and how cells are kept harmless; written and read back."""

import re

from strategy_tracker.text import FORMULA

NUMBER = "No."
OBJECTIVE_LINE = re.compile(r"Objective (?P<number>[^:]{0,40}):\s*(?P<title>.*)", re.DOTALL)
OBJECTIVE_LEAD = "Led by "
CONTINUED = "… "
LONGEST_CELL = 32_000
"""Characters; Excel cuts off cells that hold more than 32,767."""


def unguarded(text: str) -> str:
    """Takes off again what `text.guarded` put there."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def pieces(text: str) -> list[str]:
    """Words too long for a cell, in as many as they need; the first may be blank."""
    return [text[at : at + LONGEST_CELL] for at in range(0, len(text), LONGEST_CELL)] or [""]
