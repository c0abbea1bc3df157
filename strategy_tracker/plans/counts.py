"""How many shares stand how: the figures of the plan page and of the overview. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans.filters import ATTENTION, WELL
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, SET_ASIDE, Status
from strategy_tracker.plans.standing import Line, ObjectivePart

OVERDUE = "overdue"
EXCEPTIONS: tuple[str, ...] = (Status.OFF_TRACK.value, Status.AT_RISK.value, NOT_REPORTED)
STATUSES: tuple[str, ...] = (
    *EXCEPTIONS,
    NOT_GIVEN,
    Status.NOT_STARTED.value,
    Status.ON_TRACK.value,
    Status.ONGOING.value,
    Status.ACHIEVED_AND_ONGOING.value,
    Status.ACHIEVED.value,
    Status.DEFERRED.value,
    Status.CARRIED_FORWARD.value,
    Status.STOPPED.value,
)
"""In the order in which figures are given: what needs a look first."""


@dataclass(frozen=True)
class Group:
    """Several statuses counted together; `filters` is the part of the address that shows them."""

    words: str
    statuses: frozenset[str]
    filters: str
    is_always_shown: bool = True


GROUPS = (
    Group("Off track", frozenset({Status.OFF_TRACK.value}), "status=off-track"),
    Group("At risk", frozenset({Status.AT_RISK.value}), "status=at-risk"),
    Group("Not reported", frozenset({NOT_REPORTED}), "not_reported=1"),
    Group("Overdue", frozenset({OVERDUE}), "overdue=1"),
    Group("No status given", frozenset({NOT_GIVEN}), "status=status-not-given", is_always_shown=False),
    Group("Not started", frozenset({Status.NOT_STARTED.value}), "status=not-started", is_always_shown=False),
    Group("On track or done", frozenset(map(str, WELL)), "status=well"),
    Group("Set aside", frozenset(map(str, SET_ASIDE)), "status=set-aside"),
)


@dataclass(frozen=True)
class Tally:
    """The shares of one authority, counted by status and, on top of it, those that are overdue."""

    authority: str
    slug: str
    name: str
    is_mine: bool
    counts: Counter[str]

    @property
    def total(self) -> int:
        return sum(count for status, count in self.counts.items() if status != OVERDUE)

    @property
    def reported(self) -> int:
        return self.total - self.counts[NOT_REPORTED]

    def of(self, group: Group) -> int:
        return sum(self.counts[status] for status in group.statuses)


def lines_of(objectives: Iterable[ObjectivePart]) -> list[Line]:
    return [line for objective in objectives for action in objective.actions for line in action.lines]


def tally(lines: Iterable[Line]) -> Counter[str]:
    """How many shares have each status, and how many are overdue."""
    lines = list(lines)
    counts = Counter([line.status for line in lines])
    late = sum([line.is_overdue for line in lines])
    return counts + Counter({OVERDUE: late})


def tallies(lines: Sequence[Line], authorities: Iterable[Authority], own: frozenset[int]) -> tuple[Tally, ...]:
    """A tally for each authority that has a share, the reader's own first."""
    by_authority: dict[int, list[Line]] = {}
    for line in lines:
        by_authority.setdefault(line.authority_id, []).append(line)
    found = [
        Tally(each.short_name, each.slug, each.name, each.id in own, tally(by_authority[each.id]))
        for each in authorities
        if each.id in by_authority
    ]
    return tuple(sorted(found, key=lambda one: not one.is_mine))


def exceptions(lines: Iterable[Line]) -> tuple[tuple[str, int], ...]:
    """Each of off track, at risk, not reported and overdue that occurs, with its count."""
    counts = tally(lines)
    return tuple((status, counts[status]) for status in (*EXCEPTIONS, OVERDUE) if counts[status])


def is_unsaid(line: Line) -> bool:
    """Whether something still has to be reported: all of it, or one of several outcomes."""
    return line.status == NOT_REPORTED or line.missing > 0


def needs_a_look(line: Line) -> bool:
    return line.is_overdue or is_unsaid(line) or line.status in ATTENTION
