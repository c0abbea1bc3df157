"""Finding quarters and returns."""

import datetime as dt

from strategy_tracker.quarters.models import Quarter


def quarters_of(partnership_id: int) -> list[Quarter]:
    """The quarters of a partnership, the earliest first."""
    return list(Quarter.select().where(Quarter.partnership == partnership_id).order_by(Quarter.period_from))


def quarter_with(partnership_id: int, day: dt.date) -> Quarter | None:
    """The quarter in which a date lies; None where the partnership has none for it."""
    return Quarter.get_or_none(
        Quarter.partnership == partnership_id, Quarter.period_from <= day, Quarter.period_to >= day
    )
