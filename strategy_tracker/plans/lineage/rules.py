"""The rules of going on: pure functions of values."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum

from strategy_tracker.plans.rules import Precision, Status, Timescale, last_day

ENDED = frozenset({Status.ACHIEVED.value, Status.STOPPED.value})
"""A part with such a status has nothing to go on with. "Achieved and ongoing" goes on."""
TOLD = ENDED | {Status.ACHIEVED_AND_ONGOING.value, Status.CARRIED_FORWARD.value}
"""Reports that stand as they are where an action is carried forward; all others may become "carried forward"."""
SAID = "The work goes on in the plan that follows."
"""The words of a report that an action is carried forward. They name no plan: its draft is not for every reader."""
YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/])((?:19|20)?\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)(?!\d)")


class Kind(StrEnum):
    """How a plan is made from another."""

    SUCCESSOR = "successor"
    TEMPLATE = "template"


def is_unfinished(statuses: Iterable[str]) -> bool:
    """Whether an action goes on: any of its shares is neither achieved nor stopped, or nobody has a share yet."""
    found = list(statuses)
    return not found or any(status not in ENDED for status in found)


def next_period(begins: dt.date, ends: dt.date) -> tuple[dt.date, dt.date]:
    """The period of the same length that follows: July 2010 to June 2011 is followed by July 2011 to June 2012."""
    first = ends + dt.timedelta(days=1)
    months = months_between(begins, first)
    if moved(begins, months) == first:
        return first, moved(first, months) - dt.timedelta(days=1)
    return first, first + (ends - begins)


def next_words(words: str, years: int) -> str:
    """A title or short address with the years that it names moved on: "Action plan 2010-11" becomes 2011-12."""

    def later(match: re.Match[str]) -> str:
        if match[4]:
            return str(int(match[4]) + years)
        end = int(match[3]) + years
        return f"{int(match[1]) + years}{match[2]}{end if len(match[3]) == 4 else f'{end % 100:02}'}"

    return YEARS.sub(later, words)


def months_between(first: dt.date, second: dt.date) -> int:
    """Calendar months from one to the other, whatever the days."""
    return (second.year - first.year) * 12 + second.month - first.month


def moved(day: dt.date, months: int) -> dt.date:
    """The same day so many months on; the last day of a month stays the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end = last_day(dt.date(year, month + 1, 1), Precision.MONTH)
    return end if day == last_day(day, Precision.MONTH) or day.day > end.day else end.replace(day=day.day)


def shifted(timescale: Timescale, months: int) -> Timescale:
    """A timescale so many months on. Words stay where there is no date; beside one they would speak of the old."""
    if timescale.due_on is None or timescale.precision is None or not months:
        return timescale
    return Timescale.by(moved(timescale.due_on, months), timescale.precision)
