"""Counts by status and by authority, as picture and table, with those of the quarter before."""

from collections.abc import Iterable
from dataclasses import dataclass

from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, Status
from strategy_tracker.reviews.report_sections.lines import Reading, ShareLine
from strategy_tracker.reviews.report_sections.rules import GROUPS, NOTHING_DUE, UNSAID, WELL, Group, counted, number_of

MOST_ROWS = 24
"""Authorities of whom a board's picture shows each; it shows all of them together where there are more."""


@dataclass(frozen=True)
class Count:
    """One group of statuses. `was` is its count in the quarter before; None where nothing is compared."""

    key: str
    label: str
    now: int
    was: int | None


@dataclass(frozen=True)
class Row:
    """The shares of an authority, or of all of them."""

    short: str
    name: str
    counts: tuple[Count, ...]
    total: int


@dataclass(frozen=True)
class Figures:
    """`most` is the greatest total of an authority, by which the picture is scaled. `all` is None where one reports."""

    rows: tuple[Row, ...]
    whole: Row
    most: int
    previous: str
    nothing_due: str


def figures(read: Reading, *, authorities: bool = True) -> Figures | None:
    """None where the quarter has no shares. `authorities` False: all of them together alone."""
    shares = list(read.shares)
    if not shares:
        return None
    groups = (*GROUPS, UNSAID) if any(NOT_GIVEN in (one.status, one.was) for one in shares) else GROUPS
    compared = bool(read.previous_words) and any(plan.before for plan in read.plans)
    rows = tuple(
        _row(each.short_name, each.name, [one for one in shares if one.authority_id == each.id], groups, compared)
        for each in (read.authorities if authorities else ())
    )
    whole = _row("All", "All authorities", shares, groups, compared)
    return Figures(
        rows=rows if len(rows) <= MOST_ROWS else (),
        whole=whole,
        most=max((row.total for row in rows), default=whole.total),
        previous=read.previous_words if compared else "",
        nothing_due=_nothing_due(shares),
    )


def lead(read: Reading) -> str:
    """What the figures come to, in two sentences; empty where there are none."""
    shares = list(read.shares)
    if not shares:
        return ""
    well = sum(one.status in WELL for one in shares)
    off = [one for one in shares if one.status == Status.OFF_TRACK]
    was_off = sum(one.was == Status.OFF_TRACK for one in shares)
    missing = sum(one.status == NOT_REPORTED for one in shares)
    risk = sum(one.status == Status.AT_RISK for one in shares)
    compared = bool(read.previous_words) and any(plan.before for plan in read.plans)
    then = f" ({was_off or 'none'} in the quarter before)" if compared else ""
    return (
        f"{well} of {number_of(len(shares), 'share')} {_are(well)} achieved, on track or ongoing. "
        f"{_begin(len(off))} {_are(len(off))} off track{then} and {risk or 'none'} at risk; "
        f"{missing or 'none'} {'was' if missing == 1 else 'were'} not reported."
    )


def _row(short: str, name: str, shares: Iterable[ShareLine], groups: tuple[Group, ...], compared: bool) -> Row:
    shares = list(shares)
    now = counted(one.status for one in shares)
    was = counted(one.was for one in shares if one.was is not None)
    counts = tuple(
        Count(group.key, group.label, now[group.key], was[group.key] if compared else None) for group in groups
    )
    return Row(short, name, counts, len(shares))


def _nothing_due(shares: list[ShareLine]) -> str:
    """Shares that reported before the quarter what ends reporting."""
    count = sum(_needs_nothing(one) for one in shares)
    if not count:
        return ""
    return (
        f"Of {number_of(count, 'share')} no report was due: what was said of {'it' if count == 1 else 'them'} before "
        "the quarter (achieved, stopped or carried forward) still holds, and is counted."
    )


def _needs_nothing(share: ShareLine) -> bool:
    return share.status in NOTHING_DUE and not any(one.is_of_quarter for one in share.outcomes)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _begin(count: int) -> str:
    return str(count) if count else "None"
