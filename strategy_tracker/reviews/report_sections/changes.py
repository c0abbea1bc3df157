"""What changed since the quarter before: statuses, dates, and the plan itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.plans.dates.rules import TIMES, Move
from strategy_tracker.plans.rules import STATUS_WORDS, Status, goodness
from strategy_tracker.plans.versions.differences import Kind
from strategy_tracker.reviews.report_sections.entries import Named, Placed, named, placed, reason_of
from strategy_tracker.reviews.report_sections.lines import ActionLine, PlanReading, Reading
from strategy_tracker.reviews.report_sections.reading import reading
from strategy_tracker.reviews.report_sections.rules import brief, turn
from strategy_tracker.text import listed

HEADS = {
    "worse": "Worse",
    "better": "Better",
    "closed": "Closed",
    "silent": "Reported before, not reported this quarter",
    "begun": "Not reported before, reported this quarter",
    "other": "Another status, neither better nor worse",
}
ALWAYS_SHOWN = ("worse", "better", "closed")
STRUCTURE = {
    Kind.NEW: "New in the plan",
    Kind.CLOSED: "Taken out of the plan",
    Kind.CHANGED: "Other words, lead or owner",
    Kind.PLACE: "Renumbered",
    Kind.SUCCEEDED: "Goes on with another authority",
}
LONGEST_WORDS = 160


@dataclass(frozen=True)
class Why:
    """The reason that an authority gives."""

    authority: str
    words: str


@dataclass(frozen=True)
class Turned:
    """The same turn of one action's status, by all who report it."""

    action: Named
    authorities: str
    was: str
    now: str
    why: tuple[Why, ...]


@dataclass(frozen=True)
class TurnedGroup:
    """Turns of one kind; `count` is of shares."""

    key: str
    head: str
    count: int
    turns: tuple[Turned, ...]


@dataclass(frozen=True)
class MovedDate:
    """A date that moved in the quarter. `first` says where it stood at the very first, and how often it moved."""

    action: Named
    about: str
    was: str
    now: str
    first: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class PlanChange:
    """A part of the plan that is new, gone, or says something else."""

    plan: str
    label: str
    words: str


@dataclass(frozen=True)
class PlanChanges:
    head: str
    changes: tuple[PlanChange, ...]


@dataclass(frozen=True)
class Changes:
    """`since` is the last day of the quarter before, `now` that of this one; `since` empty: nothing is compared."""

    since: str
    now: str
    groups: tuple[TurnedGroup, ...]
    moved: tuple[MovedDate, ...]
    structure: tuple[PlanChanges, ...]


def changes(context: SectionContext) -> Changes:
    read = reading(context)
    compared = any(plan.before for plan in read.plans)
    return Changes(
        since=read.previous_words if compared else "",
        now=read.as_at_words,
        groups=tuple(_groups(read)),
        moved=tuple(_moved(read)),
        structure=tuple(_structure(read)),
    )


def turned(read: Reading) -> dict[str, list[Placed]]:
    """By kind of turn every share that counts as another status than in the quarter before."""
    found: dict[str, list[Placed]] = {key: [] for key in HEADS}
    for one in placed(read):
        if one.share.was is not None and one.share.was != one.share.status:
            found[turn(one.share.was, one.share.status)].append(one)
    return found


def _groups(read: Reading) -> Iterator[TurnedGroup]:
    for key, ones in turned(read).items():
        if ones or key in ALWAYS_SHOWN:
            turns = _together(read, ones)
            if key == "worse":
                turns = sorted(turns, key=lambda one: _badness(one.now))
            yield TurnedGroup(key, HEADS[key], len(ones), tuple(turns))


def _badness(status: str) -> int:
    return goodness(Status(status)) if status in STATUS_WORDS else len(STATUS_WORDS)


def _together(read: Reading, ones: Iterable[Placed]) -> list[Turned]:
    alike: dict[tuple[int, str | None, str], list[Placed]] = {}
    for one in ones:
        alike.setdefault((one.action.id, one.share.was, one.share.status), []).append(one)
    return [
        Turned(
            action=named(read, same[0].plan, same[0].action),
            authorities=listed(one.share.authority for one in same),
            was=same[0].share.was or "",
            now=same[0].share.status,
            why=tuple(Why(one.share.authority, reason) for one in same if (reason := reason_of(one))),
        )
        for same in alike.values()
    ]


def _moved(read: Reading) -> Iterator[MovedDate]:
    for plan in read.plans:
        for action in plan.actions:
            yield from _moved_of(read, plan, action)


def _moved_of(read: Reading, plan: PlanReading, action: ActionLine) -> Iterator[MovedDate]:
    outcomes = {line.outcome.id: line for share in action.shares for line in share.outcomes}
    for line in outcomes.values():
        moves = plan.moves.get(line.outcome.id, ())
        fresh = [move for move in moves if move.on is not None and move.on > read.since]
        if fresh:
            yield MovedDate(
                action=named(read, plan, action),
                about=brief(line.outcome.text, LONGEST_WORDS) if len(outcomes) > 1 else "",
                was=fresh[0].old.shown or "No date",
                now=fresh[-1].new.shown or "No date",
                first=_first(moves),
                reasons=tuple(dict.fromkeys(move.reason for move in fresh if move.reason)),
            )


def _first(moves: tuple[Move, ...]) -> str:
    return f"{moves[0].old.shown or 'No date'}, moved {TIMES.get(len(moves), f'{len(moves)} times')}"


def _structure(read: Reading) -> Iterator[PlanChanges]:
    for kind, head in STRUCTURE.items():
        found = tuple(
            PlanChange(read.name_of(plan), one.label, brief(one.words, LONGEST_WORDS))
            for plan in read.plans
            for one in plan.structure
            if one.kind is kind
        )
        if found or kind is Kind.NEW:
            yield PlanChanges(head, found)
