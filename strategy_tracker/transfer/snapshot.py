"""A plan as it stood when it went out: whole, or one authority's part of it, with the ids of its parts."""

import datetime as dt
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.rules import Precision, Status, Timescale, TimescaleKind
from strategy_tracker.transfer.draft import (
    AbbreviationDraft,
    ActionDraft,
    NoteDraft,
    ObjectiveDraft,
    OutcomeDraft,
    PlanDraft,
    ShareDraft,
)
from strategy_tracker.transfer.stored import StoredAction, StoredOutcome, StoredPlan, owner_of

Json = list[Any]


@dataclass(frozen=True)
class Snapshot:
    """`authority` is the slug of the one whose part it is, empty for the whole plan. Reports as at later than `until`
    are left out (None: none is); `last_note` is the id of the last report that was written when it was taken."""

    plan: PlanDraft
    authority: str = ""
    until: dt.date | None = None
    last_note: int = 0


def snapshot_of(
    stored: StoredPlan, authority: str = "", as_at: dt.date | None = None, *, whole: bool = False
) -> Snapshot:
    """Of what was said, the last report of each authority on each outcome (until a date, where one is given).

    `whole`: as a JSON copy has it, with every report, the parts of the others in an action, and the glossary.
    """
    if stored.row is None:
        return Snapshot(PlanDraft(), authority)
    slugs = {row.id: slug for slug, row in stored.authorities.items()}
    objectives = [
        ObjectiveDraft(
            part.row.number,
            part.row.title,
            slugs.get(part.row.lead_id),
            tuple(
                _action(action, slugs, authority, as_at, whole) for action in part.actions if _is_of(action, authority)
            ),
            row=part.row.id,
        )
        for part in stored.objectives
    ]
    return Snapshot(
        PlanDraft(
            tuple(part for part in objectives if part.actions or not authority),
            glossary=tuple(AbbreviationDraft(short, entry.meaning) for short, entry in stored.glossary.items())
            if whole
            else (),
            strategy=stored.row.strategy,
            title=stored.row.title,
            period_from=stored.row.period_from,
            period_to=stored.row.period_to,
        ),
        authority,
        as_at,
        _last_note(stored, authority),
    )


def _last_note(stored: StoredPlan, authority: str) -> int:
    """Of the authority's reports, or of all, whatever date they speak of."""
    return max(
        (
            note.id
            for objective in stored.objectives
            for action in objective.actions
            for outcome in action.outcomes
            for (slug, _), note in outcome.notes.items()
            if authority in ("", slug)
        ),
        default=0,
    )


def _is_of(action: StoredAction, authority: str) -> bool:
    return not authority or authority in action.shares


def _action(
    action: StoredAction, slugs: dict[int, str], authority: str, as_at: dt.date | None, whole: bool
) -> ActionDraft:
    return ActionDraft(
        action.row.number,
        action.row.text,
        slugs.get(action.row.lead_id),
        owner_of(action.row),
        tuple(
            ShareDraft(slug, owner_of(share))
            for slug, share in action.shares.items()
            if whole or authority in ("", slug)
        ),
        tuple(_outcome(outcome, slugs, authority, as_at, whole) for outcome in action.outcomes),
        row=action.row.id,
    )


def _outcome(
    outcome: StoredOutcome, slugs: dict[int, str], authority: str, as_at: dt.date | None, whole: bool
) -> OutcomeDraft:
    said = [
        (slug, note)
        for (slug, on), note in outcome.notes.items()
        if authority in ("", slug) and (as_at is None or on <= as_at)
    ]
    said.sort(key=lambda pair: (pair[0], pair[1].as_at, pair[1].id))
    if not whole:
        said = list(dict(said).items())
    return OutcomeDraft(
        outcome.row.text,
        outcome.timescale,
        lead=slugs.get(outcome.row.lead_id),
        notes=tuple(_note(slug, note) for slug, note in said),
        row=outcome.row.id,
    )


def _note(slug: str, note: ProgressNote) -> NoteDraft:
    status = Status(note.status) if note.status else None
    return NoteDraft(note.text, status, authority=slug, as_at=note.as_at, reason=note.reason, row=note.id)


def packed(snapshot: Snapshot) -> bytes:
    """For keeping; the same snapshot gives the same bytes."""
    plan = snapshot.plan
    content = [
        snapshot.authority,
        _iso(snapshot.until),
        snapshot.last_note,
        plan.title,
        plan.strategy,
        _iso(plan.period_from),
        _iso(plan.period_to),
        [_packed_objective(part) for part in plan.objectives],
        *([{entry.short: entry.meaning for entry in plan.glossary}] if plan.glossary else []),
    ]
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def _packed_objective(part: ObjectiveDraft) -> Json:
    return [part.row, part.number, part.title, part.lead, [_packed_action(action) for action in part.actions]]


def _packed_action(part: ActionDraft) -> Json:
    owner = part.owner or Owner()
    shares = [[share.authority, share.owner.kind, share.owner.name] for share in part.shares or ()]
    outcomes = [_packed_outcome(outcome) for outcome in part.outcomes]
    return [part.row, part.number, part.text, part.lead, [owner.kind, owner.name], shares, outcomes]


def _packed_outcome(part: OutcomeDraft) -> Json:
    when = part.timescale or Timescale()
    timescale = [when.kind, _iso(when.due_on), when.precision, when.words]
    notes = [[note.row, note.authority, _iso(note.as_at), note.status, note.text, note.reason] for note in part.notes]
    return [part.row, part.text, timescale, part.lead, notes]


def unpacked(content: bytes) -> Snapshot:
    """What `packed` kept."""
    authority, until, last_note, title, strategy, first, last, objectives, *more = json.loads(zlib.decompress(content))
    return Snapshot(
        PlanDraft(
            tuple(_unpacked_objective(*part) for part in objectives),
            glossary=tuple(AbbreviationDraft(*entry) for entries in more for entry in entries.items()),
            strategy=strategy,
            title=title,
            period_from=_date(first),
            period_to=_date(last),
        ),
        authority,
        _date(until),
        last_note,
    )


def _unpacked_objective(row: int, number: str, title: str, lead: str | None, actions: Iterable[Json]) -> ObjectiveDraft:
    return ObjectiveDraft(number, title, lead, tuple(_unpacked_action(*action) for action in actions), row=row)


def _unpacked_action(
    row: int, number: str, text: str, lead: str | None, owner: list[str], shares: list[list[str]], outcomes: list[Json]
) -> ActionDraft:
    return ActionDraft(
        number,
        text,
        lead,
        _owner(*owner),
        tuple(ShareDraft(slug, _owner(kind, name)) for slug, kind, name in shares),
        tuple(_unpacked_outcome(*outcome) for outcome in outcomes),
        row=row,
    )


def _unpacked_outcome(row: int, text: str, when: Json, lead: str | None, notes: list[Json]) -> OutcomeDraft:
    kind, due_on, precision, words = when
    timescale = Timescale(TimescaleKind(kind), _date(due_on), Precision(precision) if precision else None, words)
    return OutcomeDraft(text, timescale, lead=lead, notes=tuple(_unpacked_note(*note) for note in notes), row=row)


def _unpacked_note(row: int, authority: str, as_at: str, status: str | None, text: str, reason: str) -> NoteDraft:
    said = Status(status) if status else None
    return NoteDraft(text, said, authority=authority, as_at=_date(as_at), reason=reason, row=row)


def _owner(kind: str, name: str) -> Owner:
    return Owner(OwnerKind(kind), name)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _date(words: str | None) -> dt.date | None:
    return dt.date.fromisoformat(words) if words else None
