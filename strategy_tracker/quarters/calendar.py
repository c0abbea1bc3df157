"""The quarters of one partnership, read once: which of them a day belongs to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker.quarters.models import Quarter
from strategy_tracker.quarters.rules import overlap


@dataclass(frozen=True)
class Calendar:
    """The earliest first. None of them has a day in common with another."""

    quarters: tuple[Quarter, ...]

    def with_day(self, day: dt.date) -> Quarter | None:
        """The quarter in which a date lies; None where there is none for it."""
        return next((one for one in self.quarters if one.period_from <= day <= one.period_to), None)

    def open_on(self, day: dt.date) -> Quarter | None:
        """The quarter that takes returns: the latest that has opened and is not closed; None where none does."""
        return next((one for one in reversed(self.quarters) if one.opens_on <= day and not one.is_closed), None)

    def current_on(self, day: dt.date, planned: Sequence[tuple[dt.date, dt.date]] = ()) -> Quarter | None:
        """The open quarter, else the latest that has begun, else the first there will be; None where there is none.

        Of those in which one of the `planned` periods has a day, as long as there is one: in others nobody returns.
        """
        of = [
            one for one in self.quarters if any(overlap(period, (one.period_from, one.period_to)) for period in planned)
        ]
        here = Calendar(tuple(of)) if of else self
        begun = [one for one in here.quarters if one.period_from <= day]
        return here.open_on(day) or next(reversed(begun), None) or next(iter(here.quarters), None)

    @property
    def closed(self) -> tuple[Quarter, ...]:
        """Those that are closed, the latest first."""
        return tuple(one for one in reversed(self.quarters) if one.is_closed)


def calendar_of(partnership_id: int) -> Calendar:
    """In one select."""
    query = Quarter.select().where(Quarter.partnership == partnership_id).order_by(Quarter.period_from)
    return Calendar(tuple(query))
