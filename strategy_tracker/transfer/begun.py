"""What a plan that an import begins is called, and which period it covers."""

import datetime as dt

from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.draft import PlanDraft
from strategy_tracker.transfer.titles import period_in

Period = tuple[dt.date, dt.date]


def title_for(draft: PlanDraft, choices: Choices, slug: str) -> str:
    """As chosen, else as the file says, else the strategy's, else the short address."""
    return choices.title or draft.title or draft.strategy or slug


def period_for(draft: PlanDraft, choices: Choices, slug: str) -> Period | None:
    """As chosen; as the file says; or the year from April that the plan's title or short address names: 2016-17."""
    if choices.period:
        return choices.period
    if draft.period_from and draft.period_to:
        return draft.period_from, draft.period_to
    return period_in(choices.title) or period_in(slug)
