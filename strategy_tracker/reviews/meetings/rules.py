"""The rules of a meeting: pure functions of values.

Papers are out five clear working days before, as for meetings of councils (Local Government Act 1972, section 100B):
neither the day on which they are published counts nor that of the meeting.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.plans.rules import Precision, shown_date
from strategy_tracker.quarters.working_days import clear_working_days, is_working_day

CLEAR_DAYS = 5
TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
TWELVE = re.compile(r"(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?\s*([ap])\.?m\.?", re.IGNORECASE)


class Presence(StrEnum):
    """How an authority was there."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"


class Stands(StrEnum):
    """Where an item of the coordinator's own stands."""

    BEFORE = "before"
    AFTER = "after"


def out_by(held_on: dt.date, nations: Iterable[str], days: int = CLEAR_DAYS) -> dt.date:
    """The last working day on which papers can be published in time."""
    nations = tuple(nations)
    day = held_on - dt.timedelta(days=days + 1)
    while clear_working_days(day, held_on, nations) < days or not is_working_day(day, nations):
        day -= dt.timedelta(days=1)
    return day


@dataclass(frozen=True)
class Notice:
    """How many clear working days lie between the day a paper counts from and the meeting, and how many should.

    `added_on` is set where the paper came here after the day that is given as that of its publication.
    """

    clear_days: int
    added_on: dt.date | None = None
    wanted: int = CLEAR_DAYS

    @property
    def is_late(self) -> bool:
        return self.clear_days < self.wanted

    @property
    def words(self) -> str:
        """ "3 clear working days before, 2 too few"; "5 clear working days before"."""
        days = f"{self.clear_days} clear working day{'' if self.clear_days == 1 else 's'} before"
        return f"{days}, {self.wanted - self.clear_days} too few" if self.is_late else days


def notice(published_on: dt.date, added_on: dt.date, held_on: dt.date, nations: Iterable[str]) -> Notice:
    """Nobody can read a paper here before it is added, so that the later of the two days counts.

    Nothing lies between where a paper comes on the day of the meeting or later.
    """
    out_on = max(published_on, added_on)
    days = clear_working_days(out_on, held_on, nations) if out_on < held_on else 0
    return Notice(days, added_on if added_on > published_on else None)


def rule_words(held_on: dt.date, nations: Iterable[str]) -> str:
    """The rule with the values that it used, as a page shows it beside a warning."""
    last = shown_date(out_by(held_on, nations), Precision.DAY)
    return (
        f"Papers must be out by {last}: {CLEAR_DAYS} clear working days before the meeting. Neither the day on which "
        "they are published (or added here, where that is later) counts nor the day of the meeting, nor "
        "Saturdays, Sundays and bank holidays of any partner."
    )


def time_of(typed: str) -> str | None:
    """ "10:00" for "10:00", "10.00", "10 am" or "10am"; "" for nothing; None for what is no time."""
    typed = typed.strip()
    if not typed:
        return ""
    found = TIME.fullmatch(typed)
    if found:
        return f"{int(found[1]):02}:{found[2]}"
    found = TWELVE.fullmatch(typed)
    if not found:
        return None
    hour = int(found[1]) % 12 + (12 if found[3].lower() == "p" else 0)
    return f"{hour:02}:{found[2] or '00'}"


def time_words(starts_at: str) -> str:
    """ "10am", "2.30pm"; empty where no time is set."""
    if not starts_at:
        return ""
    hour, minute = (int(part) for part in starts_at.split(":"))
    shown = f"{hour % 12 or 12}" if minute == 0 else f"{hour % 12 or 12}.{minute:02}"
    return f"{shown}{'am' if hour < 12 else 'pm'}"
