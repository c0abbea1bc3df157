"""Milestones in the document of a plan: a line for each, below its action."""

import datetime as dt
from collections import defaultdict

from strategy_tracker.plans.dates.rules import with_moves
from strategy_tracker.plans.milestones.queries import due_of, milestones_of_plan, moves_of_plan
from strategy_tracker.plans.milestones.rules import as_then, told


def milestone_lines(
    plan_id: int, as_at: dt.date, until: dt.date | None = None, authority_id: int | None = None
) -> dict[int, tuple[str, ...]]:
    """The lines of each action that has milestones, by its id and in order of their dates; two selects.

    `until` None: with dates as they are now, else as they were then. With an authority: the whole action's and its own.
    """
    moves = moves_of_plan(plan_id)
    found: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    for row in milestones_of_plan(plan_id):
        if authority_id is not None and row.is_of_share and row.share.authority_id != authority_id:
            continue
        due, moved = as_then(due_of(row), moves.get(row.id, ()), until)
        whose = f" ({row.share.authority.short_name})" if row.is_of_share else ""
        line = f"{with_moves(due.shown, moved)}: {row.text}{whose}. {told(due, row.done_on, as_at)}."
        found[row.action_id].append((due.due_on or dt.date.max, line))
    return {number: tuple(line for _, line in sorted(lines, key=_day)) for number, lines in found.items()}


def _day(line: tuple[dt.date, str]) -> dt.date:
    return line[0]
