"""How a quarter's report counts, orders and shortens: pure functions of values."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from strategy_tracker.plans.rules import (
    DONE,
    NOT_GIVEN,
    NOT_REPORTED,
    SET_ASIDE,
    STATUS_WORDS,
    Status,
    goodness,
    share_status,
    worst,
)
from strategy_tracker.reviews.returns.rules import NOTHING_MORE
from strategy_tracker.text import exempt_parts

NOTHING_DUE = frozenset(map(str, NOTHING_MORE))
"""What was said before the quarter still holds in it."""
ENDED = frozenset(status.value for status in DONE | SET_ASIDE)
WELL = frozenset(
    {Status.ACHIEVED.value, Status.ACHIEVED_AND_ONGOING.value, Status.ON_TRACK.value, Status.ONGOING.value}
)
EXCEPTIONS = (Status.OFF_TRACK.value, Status.AT_RISK.value, NOT_REPORTED, NOT_GIVEN)
ELLIPSIS = "…"


@dataclass(frozen=True)
class Group:
    """Statuses that a picture and its table count together."""

    key: str
    label: str
    statuses: frozenset[str]


GROUPS = (
    Group("achieved", "Achieved", frozenset(map(str, DONE))),
    Group("going", "On track or ongoing", frozenset({Status.ON_TRACK.value, Status.ONGOING.value})),
    Group("risk", "At risk", frozenset({Status.AT_RISK.value})),
    Group("off", "Off track", frozenset({Status.OFF_TRACK.value})),
    Group("held", "Not in progress", frozenset({*map(str, SET_ASIDE), Status.NOT_STARTED.value})),
    Group("none", "Not reported", frozenset({NOT_REPORTED})),
)
UNSAID = Group("unsaid", "No status given", frozenset({NOT_GIVEN}))
"""Shown where it occurs: words came without a status, which is another thing than no words."""


def outcome_status(status: str | None, *, in_quarter: bool) -> str:
    """What an outcome's last word says for a quarter. None: nothing was ever said.

    A word from before the quarter speaks for it only where nothing more is due after it.
    """
    if status is not None and (in_quarter or status in NOTHING_DUE):
        return status
    return NOT_REPORTED


def quarter_status(reports: Iterable[str]) -> str:
    """What a share counts as in a quarter, of what it says about each of its outcomes.

    Off track and at risk are never hidden; and what is missing about one outcome is never covered by good words about
    another.
    """
    found = list(reports)
    given = worst(Status(report) for report in found if report in STATUS_WORDS)
    if given in (Status.OFF_TRACK, Status.AT_RISK):
        return given.value
    return NOT_REPORTED if NOT_REPORTED in found else share_status(found)


def turn(old: str, new: str) -> str:
    """Which list of changes a share belongs to whose status is another than it was."""
    if new == NOT_REPORTED:
        return "silent"
    if new in ENDED and old not in ENDED:
        return "closed"
    if old == NOT_REPORTED:
        return "begun"
    if old not in STATUS_WORDS or new not in STATUS_WORDS:
        return "other"
    step = goodness(Status(new)) - goodness(Status(old))
    return "worse" if step < 0 else "better" if step else "other"


def counted(statuses: Iterable[str]) -> Counter[str]:
    """How many there are in each group, by the group's key."""
    of = {status: group.key for group in (*GROUPS, UNSAID) for status in group.statuses}
    return Counter(of[status] for status in statuses)


def brief(text: str, longest: int) -> str:
    """The text in one line of no more letters than that, cut between words, and marked there.

    What is exempt stays within its marks, wherever the cut falls.
    """
    line = " ".join("".join(_remarked(text)).split())
    return line if len(line) <= longest else _cut(line, longest)


def _cut(line: str, longest: int) -> str:
    kept = line[: longest - 2]
    whole = kept.rsplit(" ", 1)[0] if " " in kept and not line[longest - 2].isspace() else kept
    return f"{whole.rstrip(' ,;:.')} {ELLIPSIS}"


def _remarked(text: str) -> Iterator[str]:
    for is_exempt, words in exempt_parts(text):
        yield f"[exempt]{words}[/exempt]" if is_exempt else words


def number_of(count: int, noun: str) -> str:
    """ "1 share", "4 shares", "no shares"."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def is_too_long(text: str, longest: int, most_lines: int) -> bool:
    """Whether `shortened` leaves something out."""
    return shortened(text, longest, most_lines) != "".join(_remarked(text))


def shortened(text: str, longest: int, most_lines: int) -> str:
    """The text in its own lines, cut where it has more letters or lines than that, and marked where it was cut."""
    lines = "".join(_remarked(text)).split("\n")
    kept, left = [], longest
    for line in lines[:most_lines]:
        if len(line) > left:
            kept.append(_cut(line, max(left, 3)))
            return "\n".join(kept)
        kept.append(line)
        left -= len(line)
    return "\n".join(kept) + (f"\n{ELLIPSIS}" if len(lines) > most_lines else "")
