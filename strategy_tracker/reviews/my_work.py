"""A person's own work across partnerships, shaped for one page: frozen, and built without a request."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import address_of, reader_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, Timescale, is_overdue
from strategy_tracker.plans.standing import timescale_of
from strategy_tracker.reviews import queries
from strategy_tracker.reviews.before import Before, Told, before, told_before
from strategy_tracker.reviews.deadlines import Deadline, Reporting, reporting_of
from strategy_tracker.reviews.queries import Note, Part
from strategy_tracker.reviews.rules import Need, is_reported, need


class Entry(NamedTuple):
    """One outcome of one share, to be reported on.

    `key` is what the names of its fields end in, `about` the action in the words of their labels, `place` which of the
    action's outcomes it is where there are several. `when` is the timescale and `said_on` the date of the last report,
    both in words; `seen` is the id of the last note written (0: none). `as_at` is the date of a report made now;
    `is_taken`: such a report is taken.
    """

    key: str
    share_id: int
    action_id: int
    outcome_id: int
    authority: str
    number: str
    action: str
    words: str
    place: str
    about: str
    timescale: Timescale
    when: str
    status: str
    last: Note | None
    said_on: str
    seen: int
    is_overdue: bool
    is_reported: bool
    as_at: dt.date
    need: Need
    action_version: int
    outcome_version: int
    before: Before | None = None
    is_taken: bool = True

    @property
    def is_due(self) -> bool:
        return self.need is not Need.NOTHING_DUE

    @property
    def can_be_confirmed(self) -> bool:
        return self.last is not None and self.last.status is not None and self.last.id == self.seen


@dataclass(frozen=True)
class Work:
    """What the person reports on in one plan, by need."""

    plan: Plan
    reporting: tuple[Reporting, ...]
    entries: tuple[Entry, ...]

    @cached_property
    def base(self) -> str:
        return address_of(self.plan.partnership.slug, self.plan.slug)

    @property
    def as_at_words(self) -> str:
        """ "30 June 2011"; with names where a person reports for authorities of which not all report as at one date."""
        if len({one.as_at for one in self.reporting}) == 1:
            return clock.long_date(self.reporting[0].as_at)
        return ", ".join(f"{clock.long_date(one.as_at)} for {one.authority}" for one in self.reporting)

    @property
    def deadlines(self) -> list[Deadline]:
        return [one.deadline for one in self.reporting if one.deadline is not None]

    @property
    def why_not(self) -> list[str]:
        """Why some of these reports are not taken now."""
        return list(dict.fromkeys(one.why_not for one in self.reporting if one.why_not))

    @property
    def groups(self) -> list[tuple[Need, list[Entry]]]:
        """The needs that have entries, the most urgent first; each in the order of the plan."""
        found = [(kind, [entry for entry in self.entries if entry.need is kind]) for kind in Need]
        return [(kind, entries) for kind, entries in found if entries]

    @cached_property
    def open(self) -> int:
        """Actions of which something is still to be reported."""
        return len({entry.share_id for entry in self.entries if entry.is_due and not entry.is_reported})

    @cached_property
    def to_fill(self) -> int:
        """Of those the ones of which a report is taken now."""
        return len({one.share_id for one in self.entries if one.is_due and not one.is_reported and one.is_taken})

    @cached_property
    def total(self) -> int:
        """Actions of which something is due, or is reported."""
        return len({entry.share_id for entry in self.entries if entry.is_due})


def parted(kind: Need, entries: Sequence[Entry], again: Collection[str]) -> tuple[list[Entry], list[Entry]]:
    """Of a need the entries that have a form, and those that are a line. `again`: keys of those with words."""
    is_quiet = kind in (Need.REPORTED, Need.NOTHING_DUE)
    asked = [one for one in entries if one.key in again or (one.is_taken and not is_quiet)]
    keys = {one.key for one in asked}
    return asked, [one for one in entries if one.key not in keys]


def work_of(person: Acting) -> tuple[Work, ...]:
    """The plans in which the person reports for an authority; those that name her come to her alone."""
    found = []
    plans = queries.running_plans(person)
    followers = queries.followers([plan.id for plan in plans])
    for plan in plans:
        reader = reader_of(person, plan.partnership_id)
        parts = queries.own_parts(plan.id, reader.authority_ids) if reader.authority_ids else []
        if parts:
            hers = [part for part in parts if part.owner.casefold() == reader.name.casefold()]
            notes = queries.notes_of(plan.id, reader.authority_ids, {part.owner for part in hers})
            names = {part.authority for part in hers or parts}
            authorities = [each for each in queries.authorities(reader.authority_ids) if each.short_name in names]
            reporting = reporting_of(person, plan, authorities, clock.today())
            late = {
                one: rule_of(plan.partnership_id, one).late_on(one) for one in {r.as_at for r in reporting.values()}
            }
            entries = tuple(_entries(hers or parts, notes, reporting, late))
            if plan.id in followers and not all(entry.last for entry in entries):
                entries = tuple(_with_words_before(hers or parts, entries, told_before(plan.id, reader.authority_ids)))
            found.append(Work(plan, tuple(reporting.values()), entries))
    return tuple(found)


def _entries(
    parts: Sequence[Part],
    notes: dict[queries.Keyed, list[Note]],
    reporting: Mapping[str, Reporting],
    late: Mapping[dt.date, dt.date],
) -> Iterator[Entry]:
    """`late`: before which date one is overdue, by the date of the report."""
    for _, group in groupby(parts, key=attrgetter("share_id")):
        outcomes = list(group)
        for number, part in enumerate(outcomes, start=1):
            if part.outcome_id is not None:
                place = f"outcome {number}" if len(outcomes) > 1 else ""
                said = notes.get((part.share_id, part.outcome_id), [])
                yield _entry(part, part.outcome_id, said, place, reporting[part.authority], late)


def _with_words_before(parts: Sequence[Part], entries: Sequence[Entry], told: Told) -> Iterator[Entry]:
    """The entries, those of which nothing is said yet with what the plan before had."""
    places: dict[str, tuple[Part, int, int]] = {}
    for share_id, group in groupby(parts, key=attrgetter("share_id")):
        outcomes = list(group)
        for place, part in enumerate(outcomes):
            places[f"{share_id}-{part.outcome_id}"] = part, place, len(outcomes)
    for entry in entries:
        yield entry if entry.last else entry._replace(before=before(told, *places[entry.key]))


def _entry(
    part: Part,
    outcome_id: int,
    notes: list[Note],
    place: str,
    now: Reporting,
    late: Mapping[dt.date, dt.date],
) -> Entry:
    as_at = now.as_at
    last = _last(notes, as_at.isoformat())
    status = NOT_REPORTED if last is None else last.status or NOT_GIVEN
    timescale = timescale_of(part.kind, part.due_on, part.precision, part.timescale_words)
    overdue = is_overdue(timescale, status, late[as_at])
    reported = is_reported(last.as_at if last else None, now.first, now.last)
    return Entry(
        key=f"{part.share_id}-{outcome_id}",
        share_id=part.share_id,
        action_id=part.action_id,
        outcome_id=outcome_id,
        authority=part.authority,
        number=part.number,
        action=part.action,
        words=part.words,
        place=place,
        about=f"action {part.number}, {place}" if place else f"action {part.number}",
        timescale=timescale,
        when=_shown(timescale),
        status=status,
        last=last,
        said_on=_long_date(last.as_at) if last else "",
        seen=notes[-1].id if notes else 0,
        is_overdue=overdue,
        is_reported=reported,
        as_at=as_at,
        need=need(reported=reported, overdue=overdue, status=status, due_on=timescale.due_on, as_at=as_at),
        action_version=part.action_version,
        outcome_version=part.outcome_version,
        is_taken=not now.why_not,
    )


@lru_cache(maxsize=1024)
def _shown(timescale: Timescale) -> str:
    return timescale.shown


@lru_cache(maxsize=1024)
def _long_date(day: dt.date) -> str:
    return clock.long_date(day)


def _last(notes: Sequence[Note], as_at: str) -> Note | None:
    """The report that counts on the date: of two with the same date the later written."""
    replaced = {note.replaces_id for note in notes}
    current = [note for note in notes if note.id not in replaced and note.day <= as_at]
    return max(current, key=lambda note: (note.day, note.id), default=None)
