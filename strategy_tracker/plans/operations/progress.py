"""What an authority says about its part: added, and corrected by adding."""

import datetime as dt
from typing import Any

from peewee import IntegrityError

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting, acts_for_another
from strategy_tracker.access.scope import require
from strategy_tracker.checks import Problems
from strategy_tracker.db import transaction
from strategy_tracker.errors import Conflict, Invalid, NotFound
from strategy_tracker.plans import checks, queries
from strategy_tracker.plans.checks import require_open
from strategy_tracker.plans.models import Outcome, ProgressNote, Share
from strategy_tracker.plans.rules import Status
from strategy_tracker.quarters.queries import why_not_written


def record_progress(
    person: Acting,
    share: Share,
    outcome: Outcome,
    *,
    status: Status | None,
    text: str,
    as_at: dt.date,
    reason: str | None = "",
    seen: int | None = None,
    recorded_at: dt.datetime | None = None,
    form_key: str | None = None,
) -> ProgressNote:
    """Adds a note. `status` is None only for words that came in without one.

    `seen` is the id of the last note that the writer was shown (0: none); where another has been written since,
    Conflict carries that one and nothing is saved. None skips the check, for imports that hold the whole plan.
    Raises Invalid without a reason where the status turns worse or sets the work aside; with None the words serve.
    """
    before = queries.status_before(outcome.id, share.id, as_at)
    columns = _checked(person, share, status, text, reason, as_at, before)
    if outcome.action_id != share.action_id:
        raise NotFound
    with history.writing(person, form_key):
        require_open(share.plan)
        _lock(share)
        if seen is not None:
            _require_last(share, outcome, seen)
        note = _write(person, share, outcome.id, columns, recorded_at)
        history.record(person, share.plan.partnership_id, "progress recorded", note, after=_said(note))
        _require_writable(person, share, note.as_at)
    return note


def confirm_progress(
    person: Acting, share: Share, outcome: Outcome, *, as_at: dt.date, seen: int, form_key: str | None = None
) -> ProgressNote:
    """Reports that nothing has changed since the note `seen`: the same status and words, as at a new date.

    Raises Conflict as `record_progress` does, and Invalid where there is nothing to confirm.
    """
    require(person, Permission.PROGRESS_WRITE, share)
    if outcome.action_id != share.action_id:
        raise NotFound
    with history.writing(person, form_key):
        require_open(share.plan)
        _lock(share)
        last = _require_last(share, outcome, seen)
        if last is None or last.status is None:
            raise Invalid({"same": "There is no status to confirm: choose one, and write a note"})
        columns = _checked(person, share, Status(last.status), last.text, last.reason, as_at, last.status, typed=False)
        note = _write(person, share, outcome.id, columns, None, confirms=last)
        history.record(
            person, share.plan.partnership_id, "progress confirmed", note, confirms=last.id, after=_said(note)
        )
        _require_writable(person, share, note.as_at)
    return note


def correct_progress(
    person: Acting,
    note: ProgressNote,
    *,
    status: Status | None,
    text: str,
    as_at: dt.date,
    reason: str | None = "",
    recorded_at: dt.datetime | None = None,
    form_key: str | None = None,
) -> ProgressNote:
    """Adds a revision that replaces the note; both stay. Raises Conflict with the revision that came first."""
    columns = _checked(person, note.share, status, text, reason, as_at, note.status)
    with history.writing(person, form_key):
        require_open(note.plan)
        _lock(note.share)
        try:
            with transaction():
                revision = _write(person, note.share, note.outcome_id, columns, recorded_at, replaces=note)
        except IntegrityError:
            raise Conflict(ProgressNote.get_or_none(ProgressNote.replaces == note)) from None
        history.record(
            person,
            note.plan.partnership_id,
            "progress corrected",
            revision,
            replaces=note.id,
            before=_said(note),
            after=_said(revision),
        )
        _require_writable(person, note.share, note.as_at, revision.as_at)
    return revision


def _checked(
    person: Acting,
    share: Share,
    status: Status | None,
    text: str,
    reason: str | None,
    as_at: dt.date,
    before: str | None,
    *,
    typed: bool = True,
) -> dict[str, Any]:
    """`typed` False: the words stand in an earlier note, and nobody can mend their marks here."""
    require(person, Permission.PROGRESS_WRITE, share)
    problems = Problems()
    columns = checks.note(problems, status, text, reason, as_at, Status(before) if before else None)
    if typed:
        problems.marks(text=text, reason=reason or "")
    problems.raise_if_any()
    return columns


def _write(
    person: Acting,
    share: Share,
    outcome_id: int,
    columns: dict[str, Any],
    recorded_at: dt.datetime | None,
    **ties: ProgressNote,
) -> ProgressNote:
    """`ties`: the note that this one replaces or confirms."""
    return ProgressNote.create(
        share=share,
        outcome=outcome_id,
        person=person.id,
        on_behalf=acts_for_another(person, Permission.PROGRESS_WRITE, share.place()),
        recorded_at=recorded_at or clock.now(),
        **ties,
        **columns,
    )


def _lock(share: Share) -> None:
    """Everyone who writes to this share waits here for the one before."""
    standing = Share.update(version=Share.version + 1).where(Share.id == share.id, Share.removed_at.is_null()).execute()
    if not standing:
        raise Conflict(None)


def _require_writable(person: Acting, share: Share, *days: dt.date) -> None:
    """Raises Invalid where the return of a day's quarter takes no words any more.

    After the event, which holds the partnership's chain: from then on nobody submits or closes before this is saved.
    """
    for day in dict.fromkeys(days):
        why = why_not_written(share.plan.partnership_id, share.authority_id, day, person, clock.today())
        if why:
            raise Invalid({"as_at": why})


def _require_last(share: Share, outcome: Outcome, seen: int) -> ProgressNote | None:
    """The last note, if it is the one that the writer was shown (0: none). Raises Conflict with it otherwise."""
    last = queries.last_note(outcome.id, share.id)
    if (last.id if last else 0) != seen:
        raise Conflict(last)
    return last


def _said(note: ProgressNote) -> dict[str, Any]:
    return {
        "share": note.share_id,
        "outcome": note.outcome_id,
        "as_at": note.as_at,
        "status": note.status,
        "text": note.text,
        "reason": note.reason,
        "on_behalf": note.on_behalf,
    }
