"""Dates and instants as the partners see them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_standing_at: ContextVar[dt.datetime | None] = ContextVar("standing_at", default=None)


def now() -> dt.datetime:
    """This instant in UTC, without a zone: the form in which instants are stored."""
    return _standing_at.get() or dt.datetime.now(dt.UTC).replace(tzinfo=None)


def today() -> dt.date:
    """The date in London, where a deadline ends at midnight."""
    return in_london(now()).date()


@contextmanager
def standing_at(instant: dt.datetime) -> Iterator[None]:
    """For the sample, which tells of a year that is over: what is done inside is done at this instant (UTC)."""
    before = _standing_at.set(instant)
    try:
        yield
    finally:
        _standing_at.reset(before)


def in_london(instant: dt.datetime) -> dt.datetime:
    """A stored instant as the clock on the wall showed it."""
    return instant.replace(tzinfo=dt.UTC).astimezone(LONDON)


def long_date(day: dt.date) -> str:
    """4 January 2027."""
    return f"{day.day} {day:%B %Y}"


def short_date(day: dt.date) -> str:
    """4 Jan 2027."""
    return f"{day.day} {day:%b %Y}"
