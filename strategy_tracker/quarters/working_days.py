"""Working days of one nation or of several: pure functions of values.

A nation is one of `authorities.models.Nation`. A day on which one of the nations has a bank holiday is a working day
of none.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern-ireland": "NIR"}
SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


def is_working_day(day: dt.date, nations: Iterable[str]) -> bool:
    """Whether it is neither a Saturday or Sunday nor a bank holiday of any of the nations."""
    return day.weekday() < SATURDAY and not any(day in bank_holidays(nation, day.year) for nation in nations)


def next_working_day(day: dt.date, nations: Iterable[str]) -> dt.date:
    """The day itself where it is a working day, else the first after it that is."""
    everywhere = tuple(nations)
    while not is_working_day(day, everywhere):
        day += ONE_DAY
    return day


def clear_working_days(first: dt.date, last: dt.date, nations: Iterable[str]) -> int:
    """How many whole working days lie between two days: neither of the two counts, as the law counts notice."""
    everywhere = tuple(nations)
    between = ((first + n * ONE_DAY) for n in range(1, (last - first).days))
    return sum(is_working_day(day, everywhere) for day in between)


@lru_cache(maxsize=512)
def bank_holidays(nation: str, year: int) -> frozenset[dt.date]:
    """The bank holidays of a nation in a year, the days on which a weekend's is made up for among them."""
    from holidays import country_holidays  # here, since it costs every command a fifth of a second

    return frozenset(country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=year))
