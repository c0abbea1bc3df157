"""A person's own work across partnerships, shaped for one page: frozen, and built without a request."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.plans.models import Outcome, Plan, ProgressNote, Share
from strategy_tracker.plans.pages import address_of, effective_date, reader_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, Status, Timescale, is_overdue, why_reason
from strategy_tracker.plans.standing import timescale_of
from strategy_tracker.reviews import queries
from strategy_tracker.reviews.rules import Need, is_reported, need


@dataclass(frozen=True)
class Entry:
    """One outcome of one share, to be reported on. `seen` is the id of the last note written (0: none)."""

    share: Share
    outcome: Outcome
    timescale: Timescale
    last: ProgressNote | None
    seen: int
    part: str
    is_overdue: bool
    is_reported: bool
    need: Need

    @property
    def key(self) -> str:
        """What the names of its fields end in."""
        return f"{self.share.id}-{self.outcome.id}"

    @property
    def number(self) -> str:
        return str(self.share.action.number)

    @property
    def status(self) -> str:
        return NOT_REPORTED if self.last is None else self.last.status or NOT_GIVEN

    @property
    def reasoned(self) -> frozenset[str]:
        """The statuses that ask for a reason after what was said last."""
        before = Status(self.last.status) if self.last and self.last.status else None
        return frozenset(status.value for status in Status if why_reason(before, status))

    @property
    def can_be_confirmed(self) -> bool:
        return self.last is not None and self.last.status is not None and self.last.id == self.seen


@dataclass(frozen=True)
class Work:
    """What the person reports on in one plan, by need."""

    plan: Plan
    as_at: dt.date
    entries: tuple[Entry, ...]

    @property
    def base(self) -> str:
        return address_of(self.plan.partnership.slug, self.plan.slug)

    @property
    def as_at_words(self) -> str:
        return clock.long_date(self.as_at)

    @property
    def groups(self) -> list[tuple[Need, list[Entry]]]:
        """The needs that have entries, the most urgent first; each in the order of the plan."""
        found = [(kind, [entry for entry in self.entries if entry.need is kind]) for kind in Need]
        return [(kind, entries) for kind, entries in found if entries]

    @property
    def open(self) -> int:
        """Actions of which something is still to be reported."""
        return len({entry.share.id for entry in self.entries if not entry.is_reported})

    @property
    def total(self) -> int:
        return len({entry.share.id for entry in self.entries})


def work_of(person: Acting) -> tuple[Work, ...]:
    """The plans in which the person reports for an authority; those that name her come to her alone."""
    found = []
    for plan in queries.running_plans(person):
        reader = reader_of(person, plan.partnership_id)
        shares = queries.own_shares(plan.id, reader.authority_ids) if reader.authority_ids else []
        hers = [share for share in shares if share.owner_name.casefold() == reader.name.casefold()]
        if shares:
            as_at = effective_date(plan, None)
            late_on = rule_of(plan.partnership_id, as_at).late_on(as_at)
            found.append(Work(plan, as_at, tuple(_entries(hers or shares, as_at, late_on))))
    return tuple(found)


def _entries(shares: Sequence[Share], as_at: dt.date, late_on: dt.date) -> Iterable[Entry]:
    outcomes: dict[int, list[Outcome]] = {}
    for outcome in queries.standing_outcomes({share.action_id for share in shares}):
        outcomes.setdefault(outcome.action_id, []).append(outcome)
    notes: dict[tuple[int, int], list[ProgressNote]] = {}
    for note in queries.notes_of([share.id for share in shares]):
        notes.setdefault((note.share_id, note.outcome_id), []).append(note)
    for share in shares:
        parts = outcomes.get(share.action_id, [])
        for place, outcome in enumerate(parts, start=1):
            part = f"outcome {place}" if len(parts) > 1 else ""
            yield _entry(share, outcome, notes.get((share.id, outcome.id), []), part, as_at, late_on)


def _entry(
    share: Share, outcome: Outcome, notes: list[ProgressNote], part: str, as_at: dt.date, late_on: dt.date
) -> Entry:
    replaced = {note.replaces_id for note in notes}
    current = [note for note in notes if note.id not in replaced and note.as_at <= as_at]
    last = max(current, key=lambda note: (note.as_at, note.id), default=None)
    status = NOT_REPORTED if last is None else last.status or NOT_GIVEN
    due_on = outcome.due_on.isoformat() if outcome.due_on else None
    timescale = timescale_of(outcome.timescale_kind, due_on, outcome.due_precision, outcome.timescale_words)
    overdue, reported = is_overdue(timescale, status, late_on), is_reported(last.as_at if last else None, as_at)
    return Entry(
        share=share,
        outcome=outcome,
        timescale=timescale,
        last=last,
        seen=notes[-1].id if notes else 0,
        part=part,
        is_overdue=overdue,
        is_reported=reported,
        need=need(reported=reported, overdue=overdue, status=status, due_on=outcome.due_on, as_at=as_at),
    )
