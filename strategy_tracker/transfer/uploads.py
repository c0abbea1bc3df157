"""An uploaded file on its way into a plan: kept, looked at, chosen for, applied."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from pathlib import PureWindowsPath
from typing import Any

from strategy_tracker import clock, history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import load, require, visible
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import Problems, checked_slug
from strategy_tracker.errors import Conflict, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.text import one_line
from strategy_tracker.transfer.back.clashes import require_settled
from strategy_tracker.transfer.back.reading import draft_for
from strategy_tracker.transfer.changes import Kind, PlanChanges
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.heads import Meaning, meaning_of_code
from strategy_tracker.transfer.models import ImportDraft
from strategy_tracker.transfer.operations import import_plan
from strategy_tracker.transfer.queries import IMPORTED, remembered_mapping
from strategy_tracker.transfer.stored import known_authorities

KEPT_FOR = dt.timedelta(days=1)
LONGEST_NAME = 200


def keep_upload(
    person: Acting,
    partnership: Partnership,
    filename: str,
    content: bytes,
    chosen: Mapping[str, Any],
    *,
    form_key: str | None = None,
) -> ImportDraft:
    """Keeps a file for a day. `chosen` holds at least "plan", the plan's slug. Raises Invalid where that is none.

    Heads that were settled by hand for the partnership's last import are settled in the same way.
    """
    require(person, Permission.PLAN_IMPORT, partnership)
    problems = Problems()
    checked_slug(problems, str(chosen.get("plan", "")))
    problems.raise_if_any()
    with history.writing(person, form_key):
        ImportDraft.delete().where(ImportDraft.created_at < clock.now() - KEPT_FOR).execute()
        row = ImportDraft.create(
            partnership=partnership,
            person=person.id,
            filename=plain_name(filename),
            content=content,
            choices=json.dumps({"map": remembered_mapping(partnership.id)} | dict(chosen)),
            created_at=clock.now(),
        )
        digest = hashlib.sha256(content).hexdigest()
        history.record(person, partnership.id, "plan uploaded", row, sha256=digest, plan=chosen["plan"])
    return row


def plain_name(filename: str) -> str:
    """The last part of whatever path a browser sends."""
    return one_line(PureWindowsPath(filename).name)[:LONGEST_NAME] or "file"


def own_upload(person: Acting, partnership: str, number: int, *, applied: bool = False) -> ImportDraft:
    """The upload, for whoever brought it alone. Raises NotFound for everybody else, and where it is old.

    It still waits, or else it is `applied`; the other is not found.
    """
    found: ImportDraft = load(
        person,
        ImportDraft,
        number,
        Permission.PLAN_IMPORT,
        Partnership.slug == partnership,
        ImportDraft.person == person.id,
        ImportDraft.applied_at.is_null(not applied),
        ImportDraft.created_at >= clock.now() - KEPT_FOR,
    )
    return found


def last_upload(person: Acting, partnership: Partnership, filename: str) -> ImportDraft | None:
    """What this person brought last for a partnership, if it has that name."""
    mine = visible(person, ImportDraft, Permission.PLAN_IMPORT).where(
        ImportDraft.partnership == partnership.id, ImportDraft.person == person.id
    )
    last = mine.order_by(ImportDraft.id.desc()).first()
    return last if last is not None and last.filename == plain_name(filename) else None


def counts_in(row: ImportDraft) -> dict[str, int]:
    """How much of each kind of change an import brought."""
    query = Event.select(Event.data).where(
        Event.verb == IMPORTED, Event.subject_type == ImportDraft.__name__, Event.subject_id == row.id
    )
    kept = json.loads(query.get().data)
    return {kind: kept.get(kind, 0) for kind in Kind}


def choose(person: Acting, row: ImportDraft, chosen: Mapping[str, Any]) -> None:
    """Keeps what its person chose on the page."""
    require(person, Permission.PLAN_IMPORT, row)
    row.choices = json.dumps(dict(chosen))
    row.save(only=[ImportDraft.choices])


def chosen_in(row: ImportDraft) -> dict[str, Any]:
    """As kept: plan, title, progress_of, as_at, period_from, period_to, shares, map (plain head to code)."""
    return dict(json.loads(row.choices))


def choices_of(row: ImportDraft) -> Choices:
    chosen = chosen_in(row)
    first, last = _date(chosen.get("period_from")), _date(chosen.get("period_to"))
    return Choices(
        title=chosen.get("title") or "",
        progress_of=chosen.get("progress_of") or None,
        as_at=_date(chosen.get("as_at")),
        period=(first, last) if first and last else None,
        shares=tuple(chosen.get("shares") or ()) or None,
        reason=chosen.get("reason") or f"Imported from {row.filename}",
    )


def mapping_of(row: ImportDraft) -> dict[str, Meaning]:
    """The heads that were settled by hand."""
    codes: dict[str, str] = chosen_in(row).get("map") or {}
    return {head: meaning for head, code in codes.items() if (meaning := meaning_of_code(code))}


def settled_in(row: ImportDraft) -> dict[str, str]:
    """Whose words are taken, for each clash by its key: the file's or the plan's."""
    return dict(chosen_in(row).get("clashes") or {})


def apply_upload(person: Acting, row: ImportDraft, seen: str, *, form_key: str | None = None) -> PlanChanges:
    """Applies the file as its person saw it: `seen` is the digest of the changes that the preview showed.

    Raises Conflict where the plan was changed meanwhile so that the import would now do something else, Repeated where
    the file was applied before, and Invalid with everything that is wrong.
    """
    chosen = chosen_in(row)
    content, authorities = bytes(row.content), known_authorities(row.partnership_id)
    with history.writing(person, form_key):
        waiting = (
            ImportDraft.update(applied_at=clock.now())
            .where(ImportDraft.id == row.id, ImportDraft.applied_at.is_null())
            .execute()
        )
        if not waiting:
            raise Repeated
        draft = draft_for(row.partnership, chosen["plan"], content, authorities, mapping_of(row), settled_in(row))
        require_settled(draft)
        changes = import_plan(person, row.partnership, chosen["plan"], draft, choices_of(row))
        if digest_of(changes) != seen:
            raise Conflict(row)
        said = {"plan": chosen["plan"], "map": chosen.get("map") or {}, "changes": len(changes.lines)}
        counts = {kind.value: changes.count(kind) for kind in Kind}
        history.record(person, row.partnership_id, IMPORTED, row, **said, **counts)
    return changes


def digest_of(changes: PlanChanges) -> str:
    """Tells two sets of changes apart."""
    return hashlib.sha256(repr(changes.lines).encode()).hexdigest()


def _date(words: Any) -> dt.date | None:
    return dt.date.fromisoformat(words) if words else None
