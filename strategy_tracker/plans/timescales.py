"""Timescales as people write them: "by end March 2011", "every quarter", "subject to funding", "Q3 2025/26".

Pure. What is not clear stays words: a date that nobody set can never be overdue.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker.plans.rules import Precision, Timescale, TimescaleKind, last_day

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
DAY = r"(?P<day>\d{1,2})\s?(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
SHORT_YEAR = r"[-/'’](?P<short>\d\d)"

DATE = re.compile(
    rf"\b(?:(?P<iso>{YEAR.replace('year', 'iso_year')}-\d\d-\d\d)"
    rf"|{DAY}(?: of)?\s+{MONTH},?\s+{YEAR}"
    rf"|(?P<slashed>\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d))"
    rf"|(?:Q|quarter\s)(?P<quarter>[1-4]),?\s+(?P<quarter_year>20\d\d)[/-](?:20)?\d\d"
    rf"|{MONTH.replace('month', 'only_month')},?(?:\s*{YEAR.replace('year', 'month_year')}|\s?{SHORT_YEAR})"
    r")(?![\d/-])",
    re.IGNORECASE,
)
WHOLE_YEAR = re.compile(rf"{YEAR}(?:[/-](?:20)?(?P<next>\d\d))?", re.IGNORECASE)
LEAD_IN = re.compile(
    r"(?:to be )?(?:complet(?:ed?|ion)|finish(?:ed)?|achieved?|deliver(?:ed)?|due|deadline|target(?: date)?|by|in|on"
    r"|no later than|not later than"
    r"|until|to|the|end(?: of)?|:|[-–])\s*",
    re.IGNORECASE,
)
RECURRING = re.compile(
    r"\b(?:every|each (?:month|quarter|year|week)|monthly|quarterly|weekly|daily|fortnightly|annual(?:ly)?|yearly"
    r"|bi-?annual(?:ly)?|six-monthly|on-?\s?going|continu(?:ous|ously|ing|al|ally)|twice a|once a"
    r"|per (?:month|quarter|year|annum|week)|throughout|rolling)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:subject to|to be (?:confirmed|agreed|determined|decided|set)|t\.?b\.?[ca]\b|depend(?:s|ent|ing)"
    r"|once(?! an? )|when(?:ever)?|following|pending|as required|if|after|upon|awaiting|when necessary)\b",
    re.IGNORECASE,
)
BY = re.compile(r"\b(?:by|no later than)\s+(?:the\s+)?(?:end(?:\s+of)?\s+)?$", re.IGNORECASE)
LONGEST_READ = 10_000
"""Characters. Nothing longer is an outcome or a timescale, and is not searched for dates."""


@dataclass(frozen=True)
class FoundDate:
    """A date in a text: its last day, its precision, and where it stands."""

    on: dt.date
    precision: Precision
    start: int
    end: int


def dates_in(text: str) -> Iterator[FoundDate]:
    """The real dates that a text names, in order: 30 June 2011, Sept 2024, 30/9/2024, 2024-09-30, Mar-25, Q2 2024/25.

    Days come before months, as in Britain. A quarter is one of the year that begins in April.
    """
    for match in DATE.finditer(text):
        try:
            yield FoundDate(*_meaning(match), match.start(), match.end())
        except ValueError:
            continue


def _meaning(match: re.Match[str]) -> tuple[dt.date, Precision]:
    """Raises ValueError for what is no date, such as 31 June."""
    found = match.groupdict()
    if found["iso"]:
        return dt.date.fromisoformat(found["iso"]), Precision.DAY
    if found["month"]:
        return dt.date(int(found["year"]), MONTHS[found["month"].lower()], int(found["day"])), Precision.DAY
    if found["slashed"]:
        day, month, year = re.split(r"[/.]", found["slashed"])
        return dt.date(_full_year(year), int(month), int(day)), Precision.DAY
    if found["quarter"]:
        first_month = int(found["quarter"]) * 3 + 1
        day_in = dt.date(int(found["quarter_year"]) + first_month // 12, (first_month - 1) % 12 + 1, 1)
        return last_day(day_in, Precision.QUARTER), Precision.QUARTER
    year = int(found["month_year"]) if found["month_year"] else _full_year(found["short"])
    return last_day(dt.date(year, MONTHS[found["only_month"].lower()], 1), Precision.MONTH), Precision.MONTH


def timescale_of(words: str) -> Timescale:
    """What a cell of a timescale column says.

    A date where the cell is one ("by end March 2011"); a rhythm, a condition, or else the words as they stand.
    """
    words = " ".join(words.split())
    if not words or len(words) > LONGEST_READ:
        return Timescale(words=words)
    return _whole_date(words) or Timescale(_kind(words), words=words)


def _kind(words: str) -> TimescaleKind:
    if CONDITION.search(words):
        return TimescaleKind.CONDITION
    return TimescaleKind.RECURRING if RECURRING.search(words) else TimescaleKind.NONE


def _whole_date(words: str) -> Timescale | None:
    rest = words.rstrip(" .;")
    while match := LEAD_IN.match(rest):
        rest = rest[match.end() :]
    found = next(dates_in(rest), None)
    if found and (found.start, found.end) == (0, len(rest)):
        return Timescale(TimescaleKind.DATE, found.on, found.precision, words)
    if not (year := WHOLE_YEAR.fullmatch(rest)):
        return None
    first = int(year["year"])
    if not year["next"]:
        return Timescale.by(dt.date(first, 12, 31), Precision.YEAR, words)
    if (first + 1) % 100 != int(year["next"]):
        return None
    return Timescale.by(dt.date(first + 1, 3, 31), Precision.DAY, words)


def timescale_within(text: str) -> Timescale:
    """The one date that an outcome's text clearly sets: "Training organised by December 2010".

    None where it names several dates, recurs or hangs on a condition. The text itself stays whole.
    """
    found = list(dates_in(text)) if len(text) <= LONGEST_READ else []
    if len(found) != 1 or RECURRING.search(text) or CONDITION.search(text):
        return Timescale()
    date = found[0]
    if not (by := BY.search(text[: date.start])):
        return Timescale()
    return Timescale(TimescaleKind.DATE, date.on, date.precision, text[by.start() : date.end])


def _full_year(digits: str | None) -> int:
    """Two digits mean this century."""
    year = int(digits or "")
    return year if year > 99 else 2000 + year
