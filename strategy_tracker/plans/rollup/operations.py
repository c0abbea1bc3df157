"""Giving a partnership a rule of its own."""

import datetime as dt

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import LONGEST_REASON, Problems
from strategy_tracker.plans.rollup.models import RollUpRule
from strategy_tracker.plans.rollup.rules import FIRST, MOST_GRACE, problem_with_order


def set_rule(
    person: Acting,
    partnership: Partnership,
    *,
    since: dt.date,
    grace: int,
    overdue_as: str,
    worst_first: str,
    reason: str,
    form_key: str | None = None,
) -> RollUpRule:
    """The rule from a date on; earlier dates keep theirs. `worst_first` is a status a line. Raises Invalid."""
    require(person, Permission.PLAN_EDIT, partnership)
    problems = Problems()
    problems.date("since", "The date from which it holds", since)
    reason = problems.text("reason", "Why the rule changes", reason, longest=LONGEST_REASON)
    if not 0 <= grace <= MOST_GRACE:
        problems.add("grace", f"The days of grace must be between 0 and {MOST_GRACE}")
    if overdue_as not in ("", *FIRST):
        problems.add("overdue_as", "Overdue can count as off track, as at risk, or as what was reported")
    lines = worst_first.splitlines()
    if wrong := problem_with_order(lines):
        problems.add("worst_first", wrong)
    problems.raise_if_any()
    columns = {
        "since": since,
        "grace": grace,
        "overdue_as": overdue_as,
        "worst_first": "\n".join(line.strip().lower() for line in lines if line.strip()),
        "reason": reason,
    }
    with history.writing(person, form_key):
        rule = RollUpRule.create(partnership=partnership, person=person.id, recorded_at=clock.now(), **columns)
        history.record(person, partnership.id, "rule of the roll-up set", rule, after=columns)
    return rule
