"""The rules of a decision: pure functions of values."""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from strategy_tracker.plans.rules import Precision, Status, shown_date
from strategy_tracker.text import one_line, without_exempt

LONGEST_REASON = 2000
OF_THE_WHOLE = "A date or target is of the whole action: choose all authorities, or defer for one"
TARGETS_ARE_READ = "A target stands in the plan, which all may read: leave the exempt passage out"


class Kind(StrEnum):
    """What the group decided to do."""

    ACCEPT = "accept"
    ASK_AGAIN = "ask again"
    CHANGE = "change"
    DEFER = "defer"
    CARRY_FORWARD = "carry forward"
    ESCALATE = "escalate"
    OTHER = "other"


NAMES: dict[Kind, str] = {
    Kind.ACCEPT: "Accept",
    Kind.ASK_AGAIN: "Ask again",
    Kind.CHANGE: "Change a target or a date",
    Kind.DEFER: "Defer",
    Kind.CARRY_FORWARD: "Carry forward",
    Kind.ESCALATE: "Escalate",
    Kind.OTHER: "Other",
}
SETS_ASIDE: dict[Kind, Status] = {Kind.DEFER: Status.DEFERRED, Kind.CARRY_FORWARD: Status.CARRIED_FORWARD}
"""The status that a decision gives to the shares it is about."""
CHANGES_A_PLAN = frozenset({Kind.CHANGE, *SETS_ASIDE})
LEFT_ALONE = frozenset({Status.ACHIEVED.value, Status.STOPPED.value})
"""What is achieved or stopped stays so where the rest of its action is deferred or carried forward."""


class State(StrEnum):
    """Where a decision stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


def reference(number: int, held_on: dt.date) -> str:
    """ "Decision 3 of 14 July 2011": by which it is cited everywhere."""
    return f"Decision {number} of {shown_date(held_on, Precision.DAY)}"


def approved_by(held_on: dt.date) -> str:
    """Who approved the change that a decision makes, in the words of a plan's versions."""
    return f"Steering group, {shown_date(held_on, Precision.DAY)}"


def reason_of(number: int, held_on: dt.date, words: str) -> str:
    """Why a plan changes: the decision by its reference and its words, without what is exempt; they go to all readers.

    Cut to what a reason may have.
    """
    said = one_line(without_exempt(words))
    reason = f"{reference(number, held_on)}: {said}" if said else reference(number, held_on)
    return reason if len(reason) <= LONGEST_REASON else f"{reason[: LONGEST_REASON - 1].rstrip()}…"


def is_overdue(due_on: dt.date, state: str, on: dt.date) -> bool:
    """Whether an open decision's day has passed."""
    return state == State.OPEN and due_on < on


def state_at(state: str, settled_on: dt.date | None, on: dt.date) -> State:
    """Where a decision stood at the end of a day: what was settled later was open then."""
    return State(state) if settled_on is not None and settled_on <= on else State.OPEN


def takes_status(report: str, status: Status) -> bool:
    """Whether a part with this report becomes deferred or carried forward."""
    return report not in LEFT_ALONE and report != status.value


def owner_label(person: str, authority: str, words: str) -> str:
    """Who answers for it: the person with her authority, else the post with its authority, else the authority."""
    name = person or words
    return f"{name}, {authority}" if name and authority else name or authority


def next_number(used: Iterable[int]) -> int:
    """The number after the highest that was ever given."""
    return max(used, default=0) + 1
