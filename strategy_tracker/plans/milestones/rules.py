"""The rules of a milestone: pure functions of values."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from strategy_tracker.plans.dates.rules import Move
from strategy_tracker.plans.rules import NOT_REPORTED, Precision, Status, Timescale, is_overdue, late_by, shown_date


class State(StrEnum):
    TO_DO = "to do"
    DONE = "done"
    MISSED = "missed"


def state_of(due: Timescale, done_on: dt.date | None, as_at: dt.date) -> State:
    """As at a date: what was done later was not done then. The rule of a passed date is the one of outcomes."""
    is_done = done_on is not None and done_on <= as_at
    if is_overdue(due, Status.ACHIEVED if is_done else NOT_REPORTED, as_at):
        return State.MISSED
    return State.DONE if is_done else State.TO_DO


def told(due: Timescale, done_on: dt.date | None, as_at: dt.date) -> str:
    """ "To do", "Done 4 August 2010, 5 days late", "Missed, 3 months late"."""
    state = state_of(due, done_on, as_at)
    if state is State.MISSED and due.due_on is not None:
        return f"Missed, {late_by(due.due_on, as_at)} late"
    if state is State.DONE and done_on is not None:
        done = f"Done {shown_date(done_on, Precision.DAY)}"
        is_late = due.due_on is not None and done_on > due.due_on
        return f"{done}, {late_by(due.due_on, done_on)} late" if is_late and due.due_on else done
    return "To do"


def as_then(due: Timescale, moves: Sequence[Move], until: dt.date | None) -> tuple[Timescale, tuple[Move, ...]]:
    """The date as it stood on a day (None: now), and the moves up to then."""
    known = tuple(move for move in moves if until is None or move.on is None or move.on <= until)
    later = moves[len(known) :]
    return (later[0].old if later else due), known
