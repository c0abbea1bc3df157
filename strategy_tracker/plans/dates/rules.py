"""The rules of a timescale that was changed: pure functions of values."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker.plans.rules import Timescale

TIMES = {1: "once", 2: "twice"}


@dataclass(frozen=True)
class Move:
    """One revision of a timescale: what it was, what it became, why, who did it and from when it counts."""

    old: Timescale
    new: Timescale
    reason: str = ""
    by: str = ""
    on: dt.date | None = None

    @property
    def is_slip(self) -> bool:
        """Whether a real date moved to a later one. A date given up for a condition or for nothing slips, too."""
        if self.old.due_on is None:
            return False
        return self.new.due_on is None or self.new.due_on > self.old.due_on


def known(moves: Sequence[Move], shown: Timescale) -> tuple[Move, ...]:
    """The moves that lead to the timescale that is shown: an old version knows nothing of those that came after."""
    last = max((place for place, move in enumerate(moves, 1) if move.new == shown), default=0)
    return tuple(moves[:last])


def slips(moves: Sequence[Move]) -> int:
    """How often the date moved to a later one."""
    return sum(move.is_slip for move in moves)


def was(moves: Sequence[Move]) -> str:
    """ "was July 2010 (moved twice)", in order of time, the original first; empty where nothing moved.

    Where it came back to what it was, or was no words at all, only how often it moved.
    """
    if not moves:
        return ""
    times = f"moved {TIMES.get(len(moves), f'{len(moves)} times')}"
    original, now = moves[0].old.shown, moves[-1].new.shown
    if not original or original == now:
        return f"({times})"
    return f"was {original[:1].lower() + original[1:] if moves[0].old.due_on is None else original} ({times})"


def with_moves(shown: str, moves: Sequence[Move]) -> str:
    """ "December 2010, was July 2010 (moved twice)"."""
    told = was(moves)
    if not told:
        return shown
    if told.startswith("("):
        return f"{shown} {told}".strip()
    return f"{shown or 'No date'}, {told}"
