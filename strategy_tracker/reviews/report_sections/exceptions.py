"""What needs a look: off track, at risk, not reported, without a status; and in brief what is worst of all."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.plans.rules import NOT_REPORTED, Status
from strategy_tracker.reviews.report_sections.entries import (
    Named,
    Placed,
    Saying,
    named,
    placed,
    sayings,
    telling,
)
from strategy_tracker.reviews.report_sections.lines import Reading
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.reviews.report_sections.rules import EXCEPTIONS, brief, turn
from strategy_tracker.text import listed

LONGEST_WORDS = 220
LONGEST_TITLE = 80


@dataclass(frozen=True)
class Exceptional:
    """One share. `was` is its status in the quarter before where that was another, `last` what was heard last."""

    action: Named
    when: str
    late: str
    authority: str
    status: str
    was: str
    said: tuple[Saying, ...]
    last: str


@dataclass(frozen=True)
class Kind:
    status: str
    shares: tuple[Exceptional, ...]


@dataclass(frozen=True)
class Exceptions:
    """Worst first; in each kind in the order of the plan."""

    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Wrong:
    """One action that goes wrong: by status the authorities that say so, and what the worst of them says."""

    action: Named
    standing: tuple[tuple[str, str], ...]
    words: str
    when: str


@dataclass(frozen=True)
class WhatIsWrong:
    """The worst actions, and how many more there are."""

    worst: tuple[Wrong, ...]
    more: int


def exceptions(context: SectionContext) -> Exceptions:
    read = reading(context)
    shares = list(placed(read))
    kinds = (Kind(status, tuple(_of_kind(read, shares, status))) for status in EXCEPTIONS)
    return Exceptions(tuple(kind for kind in kinds if kind.shares))


def _of_kind(read: Reading, shares: list[Placed], status: str) -> Iterator[Exceptional]:
    for one in shares:
        if one.share.status == status or (status == NOT_REPORTED and one.share.is_missing):
            yield _exceptional(read, one, status)


def _exceptional(read: Reading, one: Placed, status: str) -> Exceptional:
    lines = [line for line in one.share.outcomes if line.status == status]
    was = one.share.was
    return Exceptional(
        action=named(read, one.plan, one.action),
        when="; ".join(dict.fromkeys(line.when for line in lines if line.when)),
        late=_latest([line.late for line in lines], [line.due_on for line in lines]),
        authority=one.share.authority,
        status=status,
        was=was if was and was != one.share.status and was != NOT_REPORTED else "",
        said=sayings(one, telling(one.share)) if status != NOT_REPORTED else (),
        last=_last(one) if status == NOT_REPORTED else "",
    )


def _latest(late: list[str], due: list[dt.date | None]) -> str:
    """How long the outcome is overdue that was due first."""
    found = sorted((day, words) for words, day in zip(late, due, strict=True) if words and day)
    return found[0][1] if found else ""


def _last(one: Placed) -> str:
    """What was said last, before the quarter, about an outcome of which nothing is reported in it."""
    missing = [line for line in one.share.outcomes if line.status == NOT_REPORTED]
    of = len(one.share.outcomes)
    part = f"{len(missing)} of {of} outcomes not reported. " if len(missing) < of else ""
    words = [line.word for line in missing if line.word is not None]
    if not words:
        return f"{part}Nothing was ever reported."
    last = max(words, key=lambda word: word.on)
    return f"{part}{last.status.capitalize()}, as at {clock.long_date(last.on)}."


def what_is_wrong(context: SectionContext, most: int) -> WhatIsWrong:
    """The worst actions: off track before at risk, what turned worse this quarter first, then the longest overdue."""
    read = reading(context)
    wrong: dict[int, list[Placed]] = {}
    for one in placed(read):
        if one.share.status in (Status.OFF_TRACK, Status.AT_RISK):
            wrong.setdefault(one.action.id, []).append(one)
    ranked = sorted(wrong.values(), key=lambda ones: min(map(_rank, ones)))
    return WhatIsWrong(tuple(_wrong(read, ones) for ones in ranked[:most]), max(0, len(ranked) - most))


def _rank(one: Placed) -> tuple[bool, bool, dt.date]:
    share = one.share
    is_worse = share.was is not None and share.was != share.status and turn(share.was, share.status) == "worse"
    due = [line.due_on for line in share.outcomes if line.late and line.due_on]
    return share.status != Status.OFF_TRACK, not is_worse, min(due, default=dt.date.max)


def _wrong(read: Reading, ones: list[Placed]) -> Wrong:
    worst = min(ones, key=_rank)
    said = sayings(worst, telling(worst.share))
    standing = (
        (status.value, listed(one.share.authority for one in ones if one.share.status == status))
        for status in (Status.OFF_TRACK, Status.AT_RISK)
    )
    lines = telling(worst.share)
    return Wrong(
        action=named(read, worst.plan, worst.action, LONGEST_TITLE),
        standing=tuple(pair for pair in standing if pair[1]),
        words=brief(" ".join(one.text or one.reason for one in said), LONGEST_WORDS),
        when=_due(lines[0].when, lines[0].late) if lines else "",
    )


def _due(when: str, late: str) -> str:
    return f"{when}, overdue by {late}" if late else when
