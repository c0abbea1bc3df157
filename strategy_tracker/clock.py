"""Dates and instants as the partners see them."""

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> dt.datetime:
    """This instant in UTC, without a zone: the form in which instants are stored."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def today() -> dt.date:
    """The date in London, where a deadline ends at midnight."""
    return dt.datetime.now(LONDON).date()


def in_london(instant: dt.datetime) -> dt.datetime:
    """A stored instant as the clock on the wall showed it."""
    return instant.replace(tzinfo=dt.UTC).astimezone(LONDON)


def long_date(day: dt.date) -> str:
    """4 January 2027."""
    return f"{day.day} {day:%B %Y}"


def short_date(day: dt.date) -> str:
    """4 Jan 2027."""
    return f"{day.day} {day:%b %Y}"
