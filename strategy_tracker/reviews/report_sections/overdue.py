"""What is overdue, and by which rule."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.plans.rollup.rules import Rule
from strategy_tracker.reviews.report_sections.entries import Named, named
from strategy_tracker.reviews.report_sections.lines import ActionLine, OutcomeLine, PlanReading, Reading
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.reviews.report_sections.rules import brief
from strategy_tracker.text import listed

LONGEST_OUTCOME = 90


@dataclass(frozen=True)
class Late:
    """A date that has passed, with the authorities that are late by what they count as."""

    action: Named
    about: str
    when: str
    late: str
    standing: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Overdue:
    """The longest overdue first; `shares` is how many are late. `rule` says what makes them so."""

    rule: str
    shares: int
    dates: tuple[Late, ...]


def overdue(context: SectionContext) -> Overdue:
    read = reading(context)
    found = sorted(_late(read), key=lambda pair: pair[0])
    return Overdue(
        rule=rule_in_words(read.rule, read.rule.late_on(context.as_at)),
        shares=sum(share.is_overdue for share in read.shares),
        dates=tuple(late for _, late in found),
    )


def rule_in_words(rule: Rule, late_on: dt.date) -> str:
    days = f"{rule.grace} day{'' if rule.grace == 1 else 's'} of grace" if rule.grace else "no days of grace"
    counts = f" An overdue share counts as {rule.overdue_as} where statuses are rolled up." if rule.overdue_as else ""
    return (
        f"Overdue means: the date was before {clock.long_date(late_on)} ({days}), and the work was neither achieved "
        f"nor deferred, carried forward or stopped.{counts}"
    )


def _late(read: Reading) -> Iterator[tuple[dt.date, Late]]:
    for plan in read.plans:
        for action in plan.actions:
            yield from _late_of(read, plan, action)


def _late_of(read: Reading, plan: PlanReading, action: ActionLine) -> Iterator[tuple[dt.date, Late]]:
    by_outcome: dict[int, list[tuple[str, OutcomeLine]]] = {}
    for share in action.shares:
        for line in share.outcomes:
            by_outcome.setdefault(line.outcome.id, []).append((share.authority, line))
    for pairs in by_outcome.values():
        late = [(authority, line) for authority, line in pairs if line.late]
        if not late:
            continue
        line = late[0][1]
        statuses = dict.fromkeys(one.status for _, one in late)
        standing = tuple((status, listed(name for name, one in late if one.status == status)) for status in statuses)
        about = brief(line.outcome.text, LONGEST_OUTCOME)
        yield line.due_on or dt.date.max, Late(named(read, plan, action), about, line.when, line.late, standing)
