"""What the lines above a table say: the strategy, the plan and its period."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from strategy_tracker.plans.timescales import MONTH, MONTHS, YEAR

PERIOD = re.compile(
    rf"(?:(?P<day_a>\d{{1,2}})\s+)?{MONTH.replace('month', 'month_a')}\s*(?:{YEAR.replace('year', 'year_a')})?"
    rf"\s*(?:[-–—]|to|until)\s*"
    rf"(?:(?P<day_b>\d{{1,2}})\s+)?{MONTH.replace('month', 'month_b')}\s*{YEAR.replace('year', 'year_b')}",
    re.IGNORECASE,
)
PLAN_YEAR = re.compile(r"\b(?P<first>20\d\d)\s?[-–/]\s?(?:20)?(?P<last>\d\d)\b")
STRATEGY = re.compile(r"\bstrategy\b", re.IGNORECASE)
ADOPTED = re.compile(r"\s*\((?P<year>(?:19|20)\d\d)\)$")
PLAN_WORDS = re.compile(
    r"\b(?:action|delivery|implementation|improvement|work|service|business)\s+(?:plan|programme)\b", re.IGNORECASE
)
GLOSSARY_WORDS = re.compile(r"^(?:glossary|abbreviations|list of abbreviations|key)\b", re.IGNORECASE)
LONGEST = 300


@dataclass(frozen=True)
class Titles:
    """Empty or None where no line says so. `adopted` is the year in brackets behind the strategy's title."""

    strategy: str = ""
    title: str = ""
    adopted: int | None = None
    period_from: dt.date | None = None
    period_to: dt.date | None = None


def titles_in(lines: Iterable[str]) -> Titles:
    """The first line that names a strategy, the first that names a plan, and the first period."""
    titles = Titles()
    for line in (" ".join(line.split()) for line in lines):
        if len(line) > LONGEST or GLOSSARY_WORDS.match(line):
            continue
        titles = _with_period(titles, line)
        if not titles.strategy and STRATEGY.search(line) and not PLAN_WORDS.search(line):
            adopted = ADOPTED.search(line)
            year = int(adopted["year"]) if adopted else None
            titles = replace(titles, strategy=ADOPTED.sub("", line), adopted=year)
        elif not titles.title and PLAN_WORDS.search(line):
            titles = replace(titles, title=line)
    return titles


def _with_period(titles: Titles, line: str) -> Titles:
    period = None if titles.period_from else period_in(line)
    return replace(titles, period_from=period[0], period_to=period[1]) if period else titles


def period_in(line: str) -> tuple[dt.date, dt.date] | None:
    """July 2010 – June 2011 is 1 July 2010 to 30 June 2011; 2016/17 is the year from April."""
    if found := PERIOD.search(line):
        return _months(found)
    if (found := PLAN_YEAR.search(line)) and (int(found["first"]) + 1) % 100 == int(found["last"]):
        first = int(found["first"])
        return dt.date(first, 4, 1), dt.date(first + 1, 3, 31)
    return None


def _months(found: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    last_year = int(found["year_b"])
    first_month, last_month = MONTHS[found["month_a"].lower()], MONTHS[found["month_b"].lower()]
    first_year = int(found["year_a"]) if found["year_a"] else last_year - (first_month > last_month)
    try:
        start = dt.date(first_year, first_month, int(found["day_a"] or 1))
        if found["day_b"]:
            end = dt.date(last_year, last_month, int(found["day_b"]))
        else:
            end = dt.date(last_year + last_month // 12, last_month % 12 + 1, 1) - dt.timedelta(days=1)
    except ValueError:
        return None
    return (start, end) if start <= end else None
