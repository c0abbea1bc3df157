"""What is to be known for a day's mails: of all partnerships for the sweep, of one quarter for its page."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from strategy_tracker.authorities.models import Partnership
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.reminders import queries
from strategy_tracker.reviews.reminders.around import Around
from strategy_tracker.reviews.reminders.items import items_of, uncounted
from strategy_tracker.reviews.reminders.queries import FARTHEST
from strategy_tracker.reviews.reminders.risk_queries import risks_due
from strategy_tracker.reviews.reminders.rules import Facts
from strategy_tracker.reviews.reminders.stages import Rule, Stage
from strategy_tracker.reviews.returns.shapes import BoardFigures

Days = Mapping[str, Sequence[Stage]]
"""The days of a quarter's reminders in each nation of the partnership."""


@dataclass(frozen=True)
class Known:
    """What one day's mails are made of. `rules` are each partnership's reminder days, in the order of their dates.

    `days` and `names` (of everybody in the partnership) are there for one quarter alone.
    """

    facts: Facts = field(default_factory=Facts)
    partnerships: Mapping[int, Partnership] = field(default_factory=dict)
    rules: Mapping[int, Sequence[Rule]] = field(default_factory=dict)
    days: Days = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


def facts_of(today: dt.date) -> Known:
    """What may be due on a day, of every partnership. Where nobody can have anything due, figures are not counted."""
    around = Around(
        today,
        queries.open_quarters(today),
        queries.running_reopenings(today),
        queries.open_decisions(today),
        risks=risks_due(today),
    )
    if not around.partnerships or not _is_day(around):
        return Known()
    facts = Facts(tuple(items_of(around)), queries.told_since(today - 2 * FARTHEST), queries.mailed_on(today))
    return Known(facts, around.partnerships, around.rules)


def facts_of_quarter(
    today: dt.date, quarter: Quarter, board: BoardFigures | None = None, *, reports_alone: bool = False
) -> Known:
    """What may become due for a quarter, as things stand today, whether it has opened or not; its partnership's alone.

    `board` are its figures, where they were counted already. `reports_alone`: without decisions and reopenings.
    Risks stand under no quarter.
    """
    home = quarter.partnership_id
    reopenings = [] if reports_alone else queries.running_reopenings(today)
    decisions = [] if reports_alone else queries.open_decisions(today)
    around = Around(
        today,
        [quarter],
        [one for one in reopenings if one.of.quarter_id == quarter.id],
        [one for one in decisions if one.meeting.partnership_id == home],
        {quarter.id: board} if board else None,
    )
    days = {nation: around.stages(quarter, nation) for nation in around.nations(home)}
    if quarter.is_closed:
        around.quarters = []
    items = tuple(item for item in items_of(around) if item.quarter_id == quarter.id)
    facts = Facts(items, queries.told_since(today - 2 * FARTHEST))
    names = {one.id: one.name for one in around.members}
    return Known(facts, around.partnerships, around.rules, days, names)


def _is_day(around: Around) -> bool:
    """Whether a stage of anything has come and is not too long ago, so that figures are worth counting."""
    if around.reopenings:
        return True
    for quarter in around.quarters:
        for nation in around.nations(quarter.partnership_id):
            found = around.stages(quarter, nation)
            if found and found[0].on <= around.today <= found[-1].on:
                return True
    return any(item.reached(around.today) for item in uncounted(around))
