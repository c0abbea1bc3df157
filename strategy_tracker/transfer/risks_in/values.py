"""What the cells of a register say: numbers, levels, scores, days, and a description in its parts. Pure."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker.plans.timescales import dates_in
from strategy_tracker.risks.rules import Effectiveness, Proximity
from strategy_tracker.risks.schemes.rules import Level, Scheme

NUMBER = re.compile(r"\(?(?:[A-Za-z][\w&/ .-]{0,15}?)??[ .:/_-]{0,2}0*(?P<number>\d{1,6})\)?[.:]?")
PLAIN_NUMBER = re.compile(r"0*\d+\.?")
NOTHING = re.compile(
    r"[\s\-–—.?]*|n/?a|none|nil|not (?:scored|known|applicable|set)|t\.?b\.?[cda]\.?|vacant|to be \w+", re.I
)
LETTERS = re.compile(r"[^\W_]+")
MONTHS_OF = {
    **dict.fromkeys(("monthly", "every month", "each month", "1 month"), 1),
    **dict.fromkeys(("every two months", "every 2 months", "bi-monthly", "bimonthly"), 2),
    **dict.fromkeys(("quarterly", "every quarter", "each quarter", "every three months", "every 3 months"), 3),
    **dict.fromkeys(("half yearly", "half-yearly", "six monthly", "six-monthly", "6 monthly", "every six months"), 6),
    **dict.fromkeys(("yearly", "annually", "annual", "every year"), 12),
}
IN_MONTHS = re.compile(r"(?:every )?(\d{1,2}) months?")
OPPORTUNITIES = {"opportunity", "opportunities", "positive", "upside", "positive risk", "chance"}
THREATS = {"threat", "threats", "negative", "downside", "negative risk", "risk", "hazard"}
NEARNESS = {
    Proximity.NOW: re.compile(r"now|immediate(?:ly)?|imminent|already|today|very (?:close|soon|near)|happening.*"),
    Proximity.MONTHS: re.compile(
        r"(?:within|next|in|under|up to|<|less than|0 ?-) ?(?:the next )?(?:3|three) months?|0-3"
        r"|short(?:[- ]term)?|soon|(?:within|this|next) (?:a |the )?(?:next )?quarter|close|near(?:[- ]term)?"
    ),
    Proximity.YEAR: re.compile(
        r"(?:within|next|in|under|up to|<|less than) ?(?:the next )?(?:(?:a|1|one) year|(?:12|twelve) months)"
        r"|(?:3|4|6) ?(?:-|to) ?12(?: months)?|medium(?:[- ]term)?|this year|within the year"
    ),
    Proximity.LATER: re.compile(
        r"(?:later|more|longer|over|beyond|after|>|greater) ?(?:than )?(?:(?:a|1|one) year|(?:12|twelve) months)"
        r"|(?:12|1) ?\+ ?(?:months|years?)?|long(?:[- ]term)?|distant|far|later|next year"
    ),
}
"""Our words, and what others write under "Proximity"."""
CONTROL = re.compile(rf"(?m:^)({'|'.join(Effectiveness)})[^\S\n]*:[^\S\n]*", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?;](?=\s)")
PARTS = re.compile(
    r"(?m:^)[^\S\n]*(?:risk )?(?P<part>cause|event|risk|description|effect|consequence|impact)s?[^\S\n]*"
    r"(?::|[-–—](?=\s))[^\S\n]*",
    re.IGNORECASE,
)


def is_number(words: str) -> bool:
    return number_in(words) is not None


def number_in(words: str) -> int | None:
    """ "7", "7.", "R07", "HS-7" are 7; None where there is none, or a zero."""
    match = NUMBER.fullmatch(words.strip())
    return int(match["number"]) or None if match else None


def is_plain_number(words: str) -> bool:
    return PLAIN_NUMBER.fullmatch(words.strip()) is not None


def is_nothing(words: str) -> bool:
    """Whether a cell holds no more than a dash, "n/a" or "TBC"."""
    return NOTHING.fullmatch(words.strip()) is not None


def _plain(words: str) -> str:
    return " ".join(LETTERS.findall(words.casefold()))


def level_in(words: str, levels: Sequence[Level]) -> int | None:
    """The place of the level: by its mark ("3", "3.0"), its name, or both ("3 Critical", "Critical (3)").

    None where the scheme has no such level, or the mark is one's and the name another's.
    """
    said = _plain(re.sub(r"(?<=\d)\.0+\Z", "", words.strip()))
    for place, level in enumerate(levels):
        mark, name = _plain(level.mark) or level.mark.casefold(), _plain(level.name)
        if said and said in (mark, name, f"{mark} {name}", f"{name} {mark}"):
            return place
    return None


def says_cell(words: str, value: int | None, band: str) -> bool:
    """Whether a score's words fit a cell: "12", "12 High", "High"; a number where the scheme has none says nothing."""
    numbers = [int(number) for number in re.findall(r"\d+", words)[:1]]
    name = _plain(re.sub(r"\d+", " ", words))
    return (not numbers or value is None or numbers == [value]) and (
        not name or name == _plain(band) or name in COLOURS
    )


COLOURS = {"red", "amber", "green", "yellow", "orange", "r", "a", "g", "y"}
"""Words of a score that name no band, and so neither agree with a cell nor contradict it."""


def cells_with(words: str, shape: Scheme) -> list[tuple[int, int]]:
    """The cells (impact, likelihood) of which a score alone can be: of value 12, of the band "High"."""
    if not LETTERS.search(words) or _plain(words) in COLOURS:
        return []
    return [
        (impact, likelihood)
        for impact in range(len(shape.impact))
        for likelihood in range(len(shape.likelihood))
        if says_cell(words, shape.cell(impact, likelihood).value, shape.band(impact, likelihood).name)
        and (shape.cell(impact, likelihood).value is not None or not re.search(r"\d", words))
    ]


def day_in(words: str) -> dt.date | None:
    """The one day that a cell names; of a month or quarter the last. None where it names none, or several."""
    days = {found.on for found in dates_in(words)}
    return days.pop() if len(days) == 1 else None


def months_in(words: str) -> int | None:
    """How often, in months: "Monthly", "every quarter", "5 months"."""
    said = " ".join(words.split()).strip(" .").casefold()
    counted = IN_MONTHS.fullmatch(said)
    return MONTHS_OF.get(said) or (int(counted[1]) if counted else None)


def opportunity_in(words: str) -> bool | None:
    """Whether a cell names an opportunity; None where it names neither that nor a threat."""
    said = _plain(words)
    return True if said in OPPORTUNITIES else False if said in THREATS else None


def proximity_in(words: str) -> Proximity | None:
    """How soon, in our own words or in those of others; None where a cell says something else."""
    said = " ".join(words.casefold().replace("–", "-").split()).strip(" .")
    return next((near for near, pattern in NEARNESS.items() if pattern.fullmatch(said)), None)


def controls_in(text: str) -> list[tuple[str, Effectiveness]]:
    """What is in place, each with how good it is: "Good: ..." begins one. A text without such words is one alone."""
    begins = list(CONTROL.finditer(text))
    ends = [*(match.start() for match in begins), len(text)]
    before = text[: ends[0]].strip()
    found = [(before, Effectiveness.NOT_TESTED)] if before else []
    for match, end in zip(begins, ends[1:], strict=True):
        if words := text[match.end() : end].strip():
            found.append((words, Effectiveness(match[1].casefold())))
    return found


@dataclass(frozen=True)
class Parts:
    """A description divided; `note` says how, empty where all of it is what may happen."""

    event: str
    cause: str = ""
    effect: str = ""
    note: str = ""


def parts_of(description: str, longest: int) -> Parts:
    """What may happen in one line. No word is lost: the first line is the event and what follows it the effect.

    "Cause: ... Event: ... Effect: ..." in lines of their own are taken as they say. Lines that only go on with the one
    before are no lines of their own.
    """
    if labelled := _labelled(description):
        return labelled
    lines = _whole_lines(description)
    if not lines:
        return Parts("")
    first, rest = lines[0], "\n".join(lines[1:])
    note = "the first line of the description is what may happen, the rest its effect" if rest else ""
    if len(first) > longest and (end := _sentence_end(first, longest)):
        first, rest = first[:end].strip(), "\n".join(filter(None, (first[end:].strip(), rest)))
        note = "the first sentence of the description is what may happen, the rest its effect"
    return Parts(first, effect=rest, note=note)


def _labelled(description: str) -> Parts | None:
    labels = list(PARTS.finditer(description))
    if not labels or description[: labels[0].start()].strip():
        return None
    said: dict[str, list[str]] = {}
    for label, end in zip(labels, [*(each.start() for each in labels[1:]), len(description)], strict=True):
        name = label["part"].casefold()
        part = {"cause": "cause", "event": "event", "risk": "event", "description": "event"}.get(name, "effect")
        said.setdefault(part, []).append(description[label.end() : end].strip())
    joined = {part: "\n".join(filter(None, words)) for part, words in said.items()}
    event = " ".join(joined.get("event", "").split())
    if not event:
        return None
    note = "the description says its parts: " + ", ".join(
        part for part in ("cause", "event", "effect") if part in joined
    )
    return Parts(event, joined.get("cause", ""), joined.get("effect", ""), note if len(joined) > 1 else "")


def _whole_lines(description: str) -> list[str]:
    lines: list[str] = []
    for line in (" ".join(each.split()) for each in description.split("\n")):
        if line and lines and line[0].islower() and not lines[-1].endswith((".", ":", ";", "!", "?")):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
    return lines


def _sentence_end(line: str, longest: int) -> int:
    """Where the first sentence ends that is short enough; 0 where none is."""
    first = SENTENCE.search(line)
    return first.end() if first and first.end() <= longest else 0
