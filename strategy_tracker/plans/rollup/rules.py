"""The arithmetic of the roll-up: pure functions of values."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from strategy_tracker.plans.rules import (
    DONE,
    NOT_GIVEN,
    NOT_REPORTED,
    STATUS_WORDS,
    WORST_FIRST,
    Status,
    Timescale,
    late_by,
)

MOST_GRACE = 92
FIRST = (Status.OFF_TRACK, Status.AT_RISK)
"""What every partnership's order begins with, so that no roll-up hides what goes wrong."""


@dataclass(frozen=True)
class Rule:
    """What makes a date overdue, what an overdue share counts as, and which status is the worst.

    `since` None: the product's own rule, which holds until a partnership gives itself one. `grace` is in days.
    `overdue_as` None: an overdue share counts as what it reports.
    """

    since: dt.date | None = None
    grace: int = 0
    overdue_as: Status | None = Status.OFF_TRACK
    order: tuple[Status, ...] = WORST_FIRST

    def late_on(self, as_at: dt.date) -> dt.date:
        """A date before this one is overdue."""
        return as_at - dt.timedelta(days=self.grace)

    def counted(self, status: str, is_overdue: bool) -> str:
        """What a share counts as: the worse of its status and of what overdue counts as.

        The absence of a report is no status, and stays what it is however late the work may be.
        """
        if not is_overdue or self.overdue_as is None or status not in STATUS_WORDS:
            return status
        return min(Status(status), self.overdue_as, key=self.order.index).value


@dataclass(frozen=True, slots=True)
class RollUp:
    """The worst of `of` shares: `count` of them have it. `missing` have no report; they never make it better or worse.

    `status` is NOT_REPORTED where nobody reported, NOT_GIVEN where no report had a status.
    """

    status: str
    count: int
    of: int
    missing: int
    overdue: int

    @property
    def words(self) -> str:
        """ "Off track: 2 of 12 shares, 1 not reported"."""
        shown = self.status[:1].upper() + self.status[1:]
        missing = f", {self.missing} not reported" if self.missing and self.status != NOT_REPORTED else ""
        return f"{shown}: {self.count} of {self.of} share{'' if self.of == 1 else 's'}{missing}"


def roll_up(shares: Iterable[tuple[str, bool]], rule: Rule) -> RollUp:
    """The roll-up of shares, each with its status and whether it is overdue."""
    found = Counter(shares)
    counted: Counter[str] = Counter()
    for (status, late), count in found.items():
        counted[rule.counted(status, late)] += count
    missing = sum(count for (status, _), count in found.items() if status == NOT_REPORTED)
    overdue = sum(count for (_, late), count in found.items() if late)
    given = [Status(status) for status in counted if status in STATUS_WORDS]
    unsaid = NOT_GIVEN if NOT_GIVEN in counted else NOT_REPORTED
    worst = min(given, key=rule.order.index).value if given else unsaid
    return RollUp(worst, counted[worst], found.total(), missing, overdue)


def why_overdue(timescale: Timescale, status: str, as_at: dt.date, rule: Rule, shown_as_at: str) -> str:
    """Which rule makes it overdue, with the values that it used; empty where there is no date."""
    if timescale.due_on is None:
        return ""
    grace = f"{rule.grace} day{'' if rule.grace == 1 else 's'} of grace" if rule.grace else "no days of grace"
    said = "nothing was reported" if status == NOT_REPORTED else f"“{status}” is neither achieved nor set aside"
    counted = rule.counted(status, is_overdue=True)
    counts = f", and so it counts as {counted}" if counted != status else ""
    return (
        f"Overdue: due {timescale.shown}, {late_by(timescale.due_on, as_at)} before {shown_as_at}, with {grace}; "
        f"{said}{counts}."
    )


def problem_with_order(order: Iterable[str]) -> str:
    """What is wrong with an order of statuses, worst first; empty where nothing is."""
    lines = [line.strip().lower() for line in order if line.strip()]
    unknown = [line for line in lines if line not in STATUS_WORDS]
    if unknown:
        return f"“{unknown[0]}” is no status"
    twice = [line for line in lines if lines.count(line) > 1]
    if twice:
        return f"“{twice[0]}” is there twice"
    missing = [status.value for status in WORST_FIRST if status.value not in lines]
    if missing:
        return f"“{missing[0]}” is missing"
    if tuple(lines[:2]) != tuple(status.value for status in FIRST):
        return "Off track and then at risk must stand first: a roll-up never hides the worst"
    if set(lines[-2:]) != {status.value for status in DONE}:
        return "What is achieved must stand last"
    return ""
