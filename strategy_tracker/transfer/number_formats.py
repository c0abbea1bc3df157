"""A number as a spreadsheet shows it: its format decides whether 0.9 is 90%, a day or "£0.90"."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900, from_excel

from strategy_tracker.clock import long_date

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<science>E[+-]0+)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)(?P<scale>,*)"
    r"|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.DOTALL,
)
CONDITION = re.compile(r"(?P<sign><=|>=|<>|<|>|=)(?P<limit>-?\d+(?:\.\d+)?)")
ELAPSED = re.compile(r"\[h+\]", re.IGNORECASE)
NOT_DATE_PARTS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
LONGEST_FORMAT = 255


def shown_number(value: str, number_format: str, epoch: dt.datetime = CALENDAR_WINDOWS_1900) -> str:
    """0.9 as "90%", 3500000 as "£3.5m"; a day as "31 March 2025", a day of which the month is shown as "March 2025".

    The value itself where its format cannot be followed.
    """
    if len(number_format) > LONGEST_FORMAT:
        return value
    try:
        number = Decimal(f"{float(value):.15g}")
        if is_date_format(number_format):
            return _shown_day(float(value), number_format, epoch)
        return _shown(number, number_format)
    except (ValueError, OverflowError, InvalidOperation):
        return value


def _general(number: Decimal) -> str:
    return f"{float(number):.15g}"


def _shown_day(number: float, number_format: str, epoch: dt.datetime) -> str:
    parts = NOT_DATE_PARTS.sub("", number_format).lower()
    if not set(parts) & {"d", "y"} and ("h" in parts or "s" in parts or ELAPSED.search(number_format)):
        minutes = round(number * 24 * 60)
        hours = minutes // 60 if ELAPSED.search(number_format) else minutes // 60 % 24
        return f"{hours:02}:{minutes % 60:02}"
    day = from_excel(number, epoch)
    if not isinstance(day, dt.datetime):
        return str(day)
    if "d" in parts:
        return long_date(day.date())
    return f"{day:%B %Y}" if "m" in parts else f"{day:%Y}"


@dataclass(frozen=True)
class Section:
    """One of the parts of a format: for what is positive, negative or zero, or meets a condition."""

    tokens: tuple[re.Match[str], ...]

    @property
    def condition(self) -> tuple[str, Decimal] | None:
        for token in self.tokens:
            if token["bracket"] and (found := CONDITION.fullmatch(token["bracket"])):
                return found["sign"], Decimal(found["limit"])
        return None

    def has(self, what: str) -> bool:
        return any(token[what] is not None for token in self.tokens)


def _sections(number_format: str) -> list[Section]:
    sections: list[list[re.Match[str]]] = [[]]
    for token in TOKEN.finditer(number_format):
        if token["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return [Section(tuple(tokens)) for tokens in sections]


def _shown(number: Decimal, number_format: str) -> str:
    if not number_format or number_format == "General":
        return _general(number)
    sections = _sections(number_format)
    section, signed = _section_for(number, sections)
    words = _filled(section, abs(number) if signed else number)
    return words if words is not None else _general(number)


def _section_for(number: Decimal, sections: list[Section]) -> tuple[Section, bool]:
    """The section that a number is shown in, and whether that section says the sign itself."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _meets(number, *section.condition):
                return section, False
        return sections[-1], False
    if len(sections) > 2 and number == 0:
        return sections[2], False
    if len(sections) > 1 and number < 0:
        return sections[1], True
    return sections[0], False


def _meets(number: Decimal, sign: str, limit: Decimal) -> bool:
    match sign:
        case "<":
            return number < limit
        case "<=":
            return number <= limit
        case ">":
            return number > limit
        case ">=":
            return number >= limit
        case "<>":
            return number != limit
        case _:
            return number == limit


def _filled(section: Section, number: Decimal) -> str | None:
    """None where the section wants what is not done here: fractions, powers of ten, digits in several places."""
    places = sum(1 for token in section.tokens if token["digits"] is not None)
    slashed = any(token["other"] == "/" for token in section.tokens)
    if places > 1 or section.has("science") or (slashed and places):
        return None
    if section.has("percent"):
        number *= 100
    words = "".join(_word(token, abs(number)) for token in section.tokens).strip()
    has_number = bool(places) or section.has("general") or section.has("text")
    return f"-{words}" if number < 0 and has_number else words


def _word(token: re.Match[str], number: Decimal) -> str:
    for literal in ("quoted", "escaped", "currency", "percent", "other"):
        if token[literal] is not None:
            return token[literal]
    if token["general"] is not None or token["text"] is not None:
        return _general(number)
    return _digits(token["digits"], token["scale"], number) if token["digits"] is not None else ""


def _digits(form: str, scale: str, number: Decimal) -> str:
    whole, _, fraction = form.partition(".")
    thousands = len(scale) + len(whole) - len(whole.rstrip(","))
    whole = whole.rstrip(",")
    rounded = (number / 1000**thousands).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    words = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    before, _, after = words.partition(".")
    before = before.rjust(whole.count("0"), "0")
    if before == "0" and "0" not in whole:
        before = ""
    needed = len(fraction.rstrip("#?"))
    while len(after) > needed and after.endswith("0"):
        after = after[:-1]
    return f"{before}.{after}" if after else before
