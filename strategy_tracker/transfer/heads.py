"""What the head of a column means: found by its words, or settled by hand."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from strategy_tracker.errors import Invalid
from strategy_tracker.plans.rules import Precision, last_day
from strategy_tracker.plans.timescales import MONTH, MONTHS, dates_in, quarter_end
from strategy_tracker.transfer.head_words import TIMESCALES, WORDS


class Field(StrEnum):
    """What a column can hold. NONE: passed over on purpose. REVISED: the timescale that took the first one's place."""

    NUMBER = "number"
    OBJECTIVE = "objective"
    ACTION = "action"
    OUTCOME = "outcome"
    TIMESCALE = "timescale"
    REVISED = "revised"
    LEAD = "lead"
    OWNER = "owner"
    STATUS = "status"
    PROGRESS = "progress"
    NONE = "none"


@dataclass(frozen=True)
class Meaning:
    """`authority` (a slug) and `as_at` are of progress and status alone, None where the head does not say.
    `dated`: an outcome's column that holds its timescale too."""

    field: Field
    authority: str | None = None
    as_at: dt.date | None = None
    dated: bool = False

    @property
    def code(self) -> str:
        """As `--map` writes it: progress:tmbc@2024-09-30."""
        authority = f":{self.authority}" if self.authority else ""
        return f"{self.field}{authority}{f'@{self.as_at}' if self.as_at else ''}"


@dataclass(frozen=True)
class Head:
    """A column's head as it stands in the file, and what it was taken for: None where nobody knows."""

    column: int
    words: str
    meaning: Meaning | None
    by_hand: bool = False


@dataclass(frozen=True)
class Known:
    """An authority that heads and cells may name."""

    slug: str
    short_name: str
    name: str


SHORT_HEAD = 90
PATTERNS = {Field(name): re.compile(words) for name, words in WORDS.items()}
HALVES = re.compile(r"\s*[/|\n]\s*|\s+[-–]\s+")
QUARTER_ALONE = re.compile(r"\b(?:Q\s?|quarter\s|qtr\.?\s|chwarter\s)(?P<quarter>[1-4])\b", re.IGNORECASE)
MONTH_ALONE = re.compile(rf"\b{MONTH}(?!\w)", re.IGNORECASE)
YEAR_ALONE = re.compile(r"\b(?P<first>20\d\d)\s?[/–-]\s?(?:20)?\d\d\b")
RISK = re.compile(r"risks?(?: (?:description|title|identified))?|hazards?")
LIKELIHOOD = re.compile(r"(?:.* )?(?:likelihood|probability|impact)(?: .*)?")
DATED = re.compile(rf"\b(?:{TIMESCALES})\b")
MAPPED = re.compile(r"(?P<field>[a-z]+)(?::(?P<authority>[a-z0-9-]+))?(?:@(?P<as_at>\d{4}-\d\d-\d\d))?")


def plain(words: str) -> str:
    """A head without what differs from file to file: case, line ends, closing dots and colons."""
    return " ".join(words.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).strip(" .:*?").casefold()


def meaning_of(words: str, authorities: Iterable[Known] = ()) -> Meaning | None:
    """None where the words of a head say nothing certain."""
    if len(words) > SHORT_HEAD:
        return None
    head = plain(words)
    for field, pattern in PATTERNS.items():
        if not pattern.fullmatch(head):
            continue
        if field in (Field.PROGRESS, Field.STATUS):
            return Meaning(field, authority_in(head, authorities), date_of(words))
        if field is Field.OUTCOME and pattern.fullmatch(DATED.sub("", head).strip(" /&")) is None:
            return Meaning(Field.TIMESCALE)
        return Meaning(field, dated=field is Field.OUTCOME and DATED.search(head) is not None)
    return _said_twice(words, authorities)


def _said_twice(words: str, authorities: Iterable[Known]) -> Meaning | None:
    """Of a head in two languages, where both halves mean the same: "Cam gweithredu / Action"."""
    halves = [half for half in HALVES.split(words) if half]
    meanings = [meaning_of(half, authorities) for half in halves] if len(halves) > 1 else []
    if not meanings or len({meaning.field if meaning else None for meaning in meanings}) > 1:
        return None
    return next((meaning for meaning in meanings if meaning and (meaning.as_at or meaning.authority)), meanings[0])


def date_of(words: str) -> dt.date | None:
    """The last date that a head names: "1 April to 30 June 2011" runs to 30 June, "Q1 RAG 2024/25" too."""
    words = words[: 2 * SHORT_HEAD]
    named = max((found.on for found in dates_in(words)), default=None)
    if named is None and (quarter := QUARTER_ALONE.search(words)) and (year := YEAR_ALONE.search(words)):
        return quarter_end(int(quarter["quarter"]), int(year["first"]))
    return named


def days_within(words: str, first: dt.date, last: dt.date) -> list[dt.date]:
    """The days in a plan's period on which the quarter or month ends that a head names without a year."""
    years = range(first.year - 1, last.year + 1)
    if quarter := QUARTER_ALONE.search(words):
        days = [quarter_end(int(quarter["quarter"]), year) for year in years]
    elif month := MONTH_ALONE.search(words):
        days = [last_day(dt.date(year, MONTHS[month["month"].lower()], 1), Precision.MONTH) for year in years]
    else:
        return []
    return [day for day in days if first <= day <= last]


def authority_in(words: str, authorities: Iterable[Known]) -> str | None:
    """The slug of the one authority that the words name."""
    named = {known.slug for known in authorities if is_named(known, words)}
    return named.pop() if len(named) == 1 else None


def is_named(known: Known, words: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain(words)) for name in names_of(known))


def names_of(known: Known) -> list[str]:
    """Plain and longest first: name, short name, slug, and the name without what kind of council it is."""
    name = plain(known.name)
    bare = re.sub(r"\b(?:district|borough|county|city|metropolitan|unitary|council|the)\b", "", name)
    names = {plain(known.short_name), plain(known.slug), name, plain(bare)} - {""}
    names |= {name.replace(" and ", " & ") for name in names}
    return sorted(names, key=lambda name: (-len(name), name))


def parse_mapping(pairs: Sequence[str], authorities: Iterable[Known]) -> dict[str, Meaning]:
    """`HEAD=FIELD` as given on the command line, keyed by the plain head. Raises Invalid for a field there is not."""
    slugs = {known.slug for known in authorities}
    mapping = {}
    for pair in pairs:
        head, equals, code = pair.rpartition("=")
        match = MAPPED.fullmatch(code.strip().lower())
        if not equals or not head.strip() or not match or match["field"] not in set(Field):
            raise Invalid({"map": f"--map {pair} is not HEAD=FIELD with a field of: {', '.join(Field)}"})
        mapping[plain(head)] = _mapped(pair, match, slugs)
    return mapping


def meaning_of_code(code: str) -> Meaning | None:
    """What `Meaning.code` says, back again; None for anything else. An outcome's column may hold its timescale too."""
    match = MAPPED.fullmatch(code)
    if not match or match["field"] not in set(Field):
        return None
    try:
        as_at = dt.date.fromisoformat(match["as_at"]) if match["as_at"] else None
    except ValueError:
        return None
    field = Field(match["field"])
    return Meaning(field, match["authority"], as_at, dated=field is Field.OUTCOME)


def _mapped(pair: str, match: re.Match[str], slugs: set[str]) -> Meaning:
    authority = match["authority"]
    if authority and authority not in slugs:
        there = ", ".join(sorted(slugs))
        raise Invalid({"map": f"--map {pair} names no authority of the partnership; there are {there}"})
    if (authority or match["as_at"]) and match["field"] not in (Field.PROGRESS, Field.STATUS):
        raise Invalid({"map": f"--map {pair}: only progress and status are of an authority or a date"})
    meaning = meaning_of_code(match[0])
    if meaning is None:
        raise Invalid({"map": f"--map {pair}: {match['as_at']} is no date"})
    return meaning


def understand(words: Sequence[str], authorities: Sequence[Known], mapping: Mapping[str, Meaning]) -> tuple[Head, ...]:
    """Each column that has a head, with its meaning; what is mapped by hand wins."""
    return tuple(
        Head(column, head, mapping.get(plain(head)) or meaning_of(head, authorities), plain(head) in mapping)
        for column, head in enumerate(words)
        if head
    )


def looks_like_heads(heads: Sequence[Head], authorities: Sequence[Known] = ()) -> bool:
    """Whether a row is the head of a plan's table: an action's column and one more that is understood.

    Heads such as "Q1" or a council's name may be over anything, and speak neither for it nor against it.
    """
    fields = [head.meaning.field for head in heads if head.meaning]
    unknown = [head for head in heads if head.meaning is None and not _may_be_a_report(head.words, authorities)]
    if _is_of_risks(heads) and Field.OBJECTIVE not in fields:
        return False
    return Field.ACTION in fields and len(set(fields)) > 1 and len(fields) >= len(unknown)


def _may_be_a_report(words: str, authorities: Sequence[Known]) -> bool:
    head = plain(words)
    if any(head in names_of(known) for known in authorities):
        return True
    return any(pattern.match(head) for pattern in (QUARTER_ALONE, MONTH_ALONE))


def _is_of_risks(heads: Sequence[Head]) -> bool:
    """A register of risks has mitigating actions, and is no plan."""
    words = [plain(head.words) for head in heads]
    return any(map(RISK.fullmatch, words)) and any(map(LIKELIHOOD.fullmatch, words))
