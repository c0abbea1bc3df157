"""Timescales as people write them: "by end March 2011", "every quarter", "subject to funding", "Q3 2025/26".

Pure. What is not clear stays words: a date that nobody set can never be overdue.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker.plans.rules import Precision, Timescale, TimescaleKind, last_day

WELSH = "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr"
CHANGED_FIRST_LETTERS = {"fawrth": 3, "fai": 5, "fehefin": 6, "orffennaf": 7, "fedi": 9, "dachwedd": 11, "ragfyr": 12}
"""Welsh months as they stand after "i" (to) and "o" (of)."""
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
MONTHS |= {name: number for number, name in enumerate(WELSH.split(), 1)} | CHANGED_FIRST_LETTERS
MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
DAY = r"(?P<day>\d{1,2})\s?(?:st|nd|rd|th|af|ain|fed|ydd)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
DASH = "[-\N{NON-BREAKING HYPHEN}\N{EN DASH}]"
SHORT_YEAR = rf"(?:{DASH}|[/'’])(?P<short>\d\d)"
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
QUARTER = (
    r"(?:(?:Q\s?|quarter\s|qtr\.?\s|chwarter\s)(?P<quarter>[1-4])"
    rf"|(?P<ordinal>{'|'.join(QUARTERS)})\s(?:quarter|qtr))"
)
FINANCIAL_YEAR = r"(?:(?:FY|financial year)\s?)?(?P<first_year>(?:20)?\d\d)(?P<next>[/-](?:20)?\d\d)"

DATE = re.compile(
    rf"\b(?:(?P<iso>{YEAR.replace('year', 'iso_year')}-\d\d-\d\d)"
    rf"|{DAY}(?:\s+of)?(?:\s+|{DASH}){MONTH},?(?:(?:\s+|{DASH}){YEAR}|\s?{SHORT_YEAR.replace('short', 'day_short')})"
    rf"|{MONTH.replace('month', 'us_month')}\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?"
    rf"\s+{YEAR.replace('year', 'us_year')}"
    r"|(?P<slashed>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|(?<!-)\d\d))"
    rf"|{QUARTER},?\s+(?:of\s+)?{FINANCIAL_YEAR}"
    rf"|{FINANCIAL_YEAR.replace('P<', 'P<late_')},?\s+{QUARTER.replace('P<', 'P<late_')}"
    r"|(?P<numbered>(?:0[1-9]|1[0-2])/20\d\d)"
    rf"|{MONTH.replace('month', 'only_month')},?(?:(?:\s*|{DASH}){YEAR.replace('year', 'month_year')}|\s?{SHORT_YEAR})"
    r")(?![\d/-])",
    re.IGNORECASE,
)
WHOLE_YEAR = re.compile(
    rf"(?:(?:FY|financial year|year end(?:ing)?)\s?)?{YEAR}(?:\s?[/\N{{EN DASH}}-]\s?(?:20)?(?P<next>\d\d))?"
    r"(?: financial year)?",
    re.IGNORECASE,
)
DAY_AND_SHORT_YEAR = re.compile(rf"(?P<until_year>{DAY}\s+{MONTH})\s+(?P<short>\d\d)", re.IGNORECASE)
WEEKDAY = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,?"
LEAD_IN = re.compile(
    r"(?:to be (?:complet|finish|achiev|deliver)ed|(?:complet|finish|achiev|deliver)ed (?=by|in|no)"
    r"|complet(?:e (?=by|in)|ion)|due|deadline|target(?: date)?|during|in|on|before(?: the)? end(?: of)?|by|erbyn"
    r"|(?:no|not) later than|until|up to|to|the|(?:month )?end(?: of)?|diwedd|week ending|w/e|year \d(?=\s*[(:–-])"
    rf"|{WEEKDAY}|:|[(–-])\s*",
    re.IGNORECASE,
)
LEAD_OUT = re.compile(
    r"(?:,?\s+(?:at the )?latest|[T ]00:00(?::00)?|\s*\(?year \d\)?|\)|\s*\((?:was|previously|originally|formerly|"
    r"(?:revised|extended|moved|changed|slipped) from)\s[^()]*\))$",
    re.IGNORECASE,
)
PERIOD = re.compile(
    rf"(?:from\s+)?(?P<first>.+?)\s*(?:{DASH}|\N{{EM DASH}}|\bto\b|\buntil\b|\bi\b)\s*(?P<last>\S.*)", re.IGNORECASE
)
OPENS_A_PERIOD = re.compile(rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}|Q\s?[1-4])", re.IGNORECASE)
EITHER_MONTH = re.compile(rf"{MONTH}/(?={MONTH.replace('month', 'other')}\s+\d{{4}}$)", re.IGNORECASE)
RECURRING = re.compile(
    r"\b(?:every|each(?: \w+)? (?:month|quarter|year|week|spring|summer|autumn|winter|term|meeting)|monthly|quarterly"
    r"|weekly|daily|fortnightly|annual(?:ly)?|yearly|termly"
    r"|bi-?annual(?:ly)?|six-monthly|on-?\s?going|continu(?:ous|ously|ing|al|ally)|twice a|once a"
    r"|per (?:month|quarter|year|annum|week|term)|throughout|rolling|life(?:time)? of (?:the |this )?(?:plan|strategy)"
    r"|parhaus|(?:bob|pob) \w+|(?:yn )?[bf]lynyddol|(?:yn )?chwarterol|(?:yn )?f?misol)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:subject to|to be (?:confirmed|agreed|determined|decided|set)|t\.?b\.?[ca]\b|depend(?:s|ent|ing)"
    r"|once(?! an? )|when(?:ever)?|following|pending|if|after|upon|awaiting|when necessary"
    r"|as(?: and when)? (?:required|needed|necessary)|on (?:request|demand)"
    r"|(?:on|within .{1,40} of) (?:the )?(?:completion|adoption|approval|agreement|receipt|appointment|publication"
    r"|award|sign-?off)"
    r"|i'w (?:gadarnhau|benderfynu|gytuno)|yn amodol ar|yn ddibynnol ar)(?!\w)",
    re.IGNORECASE,
)
BY = re.compile(r"\b(?:by|no later than)\s+(?:the\s+)?(?:end(?:\s+of)?\s+)?$", re.IGNORECASE)
LONGEST_READ = 10_000
"""Characters. Nothing longer is an outcome or a timescale, and is not searched for dates."""

LONGEST_DATE = 200


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
        year = _full_year(found["year"] or found["day_short"])
        return dt.date(year, MONTHS[found["month"].lower()], int(found["day"])), Precision.DAY
    if found["us_month"]:
        return dt.date(int(found["us_year"]), MONTHS[found["us_month"].lower()], int(found["us_day"])), Precision.DAY
    if found["slashed"]:
        day, month, year_words = found["slashed"].split(found["mark"])
        return dt.date(_full_year(year_words), int(month), int(day)), Precision.DAY
    for late in ("", "late_"):
        if first_year := found[late + "first_year"]:
            quarter = found[late + "quarter"] or QUARTERS[found[late + "ordinal"].lower()]
            return quarter_end(int(quarter), _financial_year(first_year, found[late + "next"])), Precision.QUARTER
    if found["numbered"]:
        month, year_words = found["numbered"].split("/")
        return last_day(dt.date(int(year_words), int(month), 1), Precision.MONTH), Precision.MONTH
    year = int(found["month_year"]) if found["month_year"] else _full_year(found["short"])
    return last_day(dt.date(year, MONTHS[found["only_month"].lower()], 1), Precision.MONTH), Precision.MONTH


def quarter_end(quarter: int, first_year: int) -> dt.date:
    """The last day of a quarter of the year that begins in April of `first_year`."""
    first_month = quarter * 3 + 1
    return last_day(dt.date(first_year + first_month // 12, (first_month - 1) % 12 + 1, 1), Precision.QUARTER)


def _financial_year(first: str, following: str) -> int:
    """The year in which 2025/26 begins. Raises ValueError where one year does not follow the other."""
    year = _full_year(first)
    if (year + 1) % 100 != int(following[-2:]):
        raise ValueError(f"{first}{following}")
    return year


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
    """The date of words that are one, or are a period that ends with one: "April – June 2011"."""
    if len(words) > LONGEST_DATE:
        return None
    rest = _bare(words.rstrip(" .;"))
    if found := _only_date(rest):
        return Timescale(TimescaleKind.DATE, found.on, found.precision, words)
    period = PERIOD.fullmatch(rest)
    if not period or not (last := _only_date(_bare(period["last"]))):
        return None
    first = _only_date(_bare(period["first"]))
    if first is not None and first.on >= last.on:
        return None
    if first is None and not OPENS_A_PERIOD.fullmatch(period["first"]):
        return None
    return Timescale(TimescaleKind.DATE, last.on, last.precision, words)


def _bare(words: str) -> str:
    """Without what may stand before and after a date and does not change it."""
    while match := LEAD_IN.match(words) or LEAD_OUT.search(words):
        words = (words[: match.start()] + words[match.end() :]).strip()
    return words


def _only_date(words: str) -> FoundDate | None:
    """The date that all of the words are."""
    if short := DAY_AND_SHORT_YEAR.fullmatch(words):
        words = f"{short['until_year']} {_full_year(short['short'])}"
    words = EITHER_MONTH.sub("", words)
    found = next(dates_in(words), None)
    if found and (found.start, found.end) == (0, len(words)):
        return found
    if not (year := WHOLE_YEAR.fullmatch(words)):
        return None
    first = int(year["year"])
    if not year["next"]:
        return FoundDate(dt.date(first, 12, 31), Precision.YEAR, 0, len(words))
    if (first + 1) % 100 != int(year["next"]):
        return None
    return FoundDate(dt.date(first + 1, 3, 31), Precision.DAY, 0, len(words))


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
