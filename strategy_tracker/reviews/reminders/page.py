"""The reminders of a quarter, shaped for their pages: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from strategy_tracker import clock
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.reminders import queries
from strategy_tracker.reviews.reminders.facts import Days, Known, facts_of_quarter
from strategy_tracker.reviews.reminders.letters import told_once, what
from strategy_tracker.reviews.reminders.operations import why
from strategy_tracker.reviews.reminders.queries import ToldRow
from strategy_tracker.reviews.reminders.rules import DueMail, Facts, due_mails
from strategy_tracker.reviews.reminders.stages import Rule, Stage, ruling, stage_words
from strategy_tracker.reviews.returns.shapes import BoardFigures

NATION_NAMES = {"england": "England", "wales": "Wales", "scotland": "Scotland", "northern-ireland": "Northern Ireland"}
OF_QUARTER, OF_NEW = "quarter-", "assigned-"
"""What an occasion begins with."""
WHO_IS_LEFT = "Who is left"
NOBODY_LEFT = "nobody had anything left to report"
NOT_RUNNING = "the tracker was not running on that day"


@dataclass(frozen=True)
class Day:
    """One date of a quarter's reminders. `where` names its nations, where they have not all the same dates.

    `to` is to how many people, in words; `state` is Sent, Planned, Passed over or No mail, `note` why it is so.
    """

    on: dt.date
    stage: str
    where: str
    to: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class Reader:
    """One person's planned mail: what it will be about as things stand, and why, item by item."""

    name: str
    what: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Planned:
    """The mails of one day to come. Whoever reports in between drops out."""

    on: dt.date
    readers: tuple[Reader, ...]


@dataclass(frozen=True)
class Sent:
    """A mail that was written. `part_id` is what of it this partnership may read, `state` how far it got."""

    part_id: int | None
    name: str
    on: dt.date
    count: int
    stage: str
    state: str


@dataclass(frozen=True)
class Passed:
    """What somebody was not told for a day."""

    on: dt.date
    name: str
    count: int
    stage: str


@dataclass(frozen=True)
class Reminders:
    """All that a coordinator is told of a quarter's reminders."""

    days: tuple[Day, ...]
    planned: tuple[Planned, ...]
    sent: tuple[Sent, ...]
    passed: tuple[Passed, ...]
    rule: Rule


def days_of(quarter: Quarter, today: dt.date, board: BoardFigures | None = None) -> tuple[Day, ...]:
    """The dates of a quarter's reminders with what has become of each, for everybody who sees the board."""
    known = facts_of_quarter(today, quarter, board, reports_alone=True)
    return tuple(_days(quarter, today, known, queries.told_rows(quarter)))


def reminders_of(quarter: Quarter, today: dt.date) -> Reminders:
    """Everything, as things stand today."""
    known, rows = facts_of_quarter(today, quarter), queries.told_rows(quarter)
    rules = known.rules[quarter.partnership_id]
    return Reminders(
        days=tuple(_days(quarter, today, known, rows)),
        planned=tuple(_planned(known, today)),
        sent=tuple(_sent(rows, queries.parts_of_quarter(quarter))),
        passed=tuple(_passed(rows)),
        rule=ruling(rules, today) or Rule(),
    )


def _days(quarter: Quarter, today: dt.date, known: Known, rows: Sequence[ToldRow]) -> Iterator[Day]:
    told = [row for row in rows if row.occasion == f"quarter-{quarter.id}" and row.days is not None]
    is_next, dates = True, list(_dates(known.days))
    silent = {on for on, *_ in dates if on < today} - {row.dated_on for row in told}
    ran = queries.running_days(silent) if not quarter.is_closed else frozenset()
    for on, stage, where in dates:
        written = [row for row in told if row.dated_on == on and row.mail_id is not None]
        passed = {row.person_id for row in told if row.dated_on == on and row.mail_id is None}
        if written:
            count = len({row.person_id for row in written})
            yield Day(on, stage.words, where, people(count), _states(written), _late(on, written))
        elif passed:
            yield Day(on, stage.words, where, people(len(passed)), "Passed over", "no mail was written in time")
        elif on >= today and not quarter.is_closed:
            coming = len(due_mails(on, known.facts)) if is_next else 0
            is_next = False if on > today or coming else is_next
            yield Day(on, stage.words, where, people(coming) if coming else WHO_IS_LEFT, "Planned")
        else:
            yield Day(
                on,
                stage.words,
                where,
                people(0),
                "No mail",
                "" if quarter.is_closed else _why_none(on, known, ran=on in ran),
            )


def _why_none(on: dt.date, known: Known, *, ran: bool) -> str:
    """Why nobody was told on a day that is over; "" where what is kept does not show it."""
    is_left = any(stage.on == on for item in known.facts.items for stage in item.stages)
    if ran:
        return "" if is_left else NOBODY_LEFT
    return NOT_RUNNING if is_left else ""


def _dates(days: Days) -> Iterator[tuple[dt.date, Stage, str]]:
    """Each date with its stage, and its nations where they differ."""
    by_date: dict[dt.date, dict[str, Stage]] = {}
    for nation, found in days.items():
        for stage in found:
            by_date.setdefault(stage.on, {})[nation] = stage
    for on, nations in sorted(by_date.items()):
        where = "" if len(nations) == len(days) else " and ".join(NATION_NAMES[one] for one in nations)
        yield on, next(iter(nations.values())), where


def _planned(known: Known, today: dt.date) -> Iterator[Planned]:
    dates = sorted({stage.on for item in known.facts.items for stage in item.stages if stage.on >= today})
    told_today = queries.mailed_on(today)
    for on in dates:
        mailed = told_today if on == today else frozenset()
        found = due_mails(on, Facts(known.facts.items, known.facts.told, mailed))
        if found:
            yield Planned(on, tuple(sorted((_reader(known, mail, on) for mail in found), key=lambda one: one.name)))


def _reader(known: Known, mail: DueMail, on: dt.date) -> Reader:
    return Reader(
        known.names[mail.person_id],
        what(told_once([item for item, _ in mail.due]), on),
        tuple(why(item, stage) for item, stage in mail.due),
    )


def _sent(rows: Sequence[ToldRow], parts: dict[int, int]) -> Iterator[Sent]:
    written = [row for row in rows if row.mail_id is not None]
    written.sort(key=lambda row: (-(row.mailed_on or row.dated_on).toordinal(), row.name, row.mail_id or 0))
    for mail_id, group in groupby(written, key=lambda row: row.mail_id):
        of = list(group)
        first = of[0]
        yield Sent(
            part_id=parts.get(mail_id or 0),
            name=first.name,
            on=first.mailed_on or first.dated_on,
            count=len(of),
            stage=_why(of),
            state=_state(first),
        )


def _passed(rows: Sequence[ToldRow]) -> Iterator[Passed]:
    over = [row for row in rows if row.mail_id is None]
    for (on, name, _), group in groupby(over, key=lambda row: (row.dated_on, row.name, row.person_id)):
        of = list(group)
        yield Passed(on, name, len(of), Stage(on, max(row.days or 0 for row in of), on).words)


def _state(row: ToldRow) -> str:
    if row.sent_at is not None:
        here = clock.in_london(row.sent_at)
        return f"Sent {clock.short_date(here.date())}, {here:%H:%M}"
    return f"Not sent: {row.error}" if row.error else "Waiting to be sent"


def _states(rows: Sequence[ToldRow]) -> str:
    """Of all the mails of a day."""
    failed = {row.mail_id for row in rows if row.sent_at is None and row.error}
    if failed:
        return f"{len(failed)} not sent"
    return "Sent" if all(row.sent_at is not None for row in rows) else "Being sent"


def _late(on: dt.date, rows: Sequence[ToldRow]) -> str:
    last = max(row.mailed_on or on for row in rows)
    return "" if last <= on else f"on {clock.long_date(last)}, when the tracker ran again"


def _why(rows: Sequence[ToldRow]) -> str:
    """The stage that made a mail due: of the quarter itself before that of anything else."""
    due = [row for row in rows if row.days is not None]
    if not due:
        return "Listed with something else"
    first = min(due, key=lambda row: not row.occasion.startswith(OF_QUARTER))
    if first.occasion.startswith(OF_NEW):
        return "New decision"
    words = stage_words(first.days or 0)
    return words if first.occasion.startswith(OF_QUARTER) else f"{words}: {first.occasion.partition('-')[0]}"


def people(count: int) -> str:
    """In words: "Nobody", "1 person", "6 people"."""
    return "Nobody" if not count else "1 person" if count == 1 else f"{count} people"
