"""An uploaded file on its way into a plan: kept, looked at, chosen for, applied."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from strategy_tracker import history
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Acting
from strategy_tracker.access.scope import require
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.checks import Problems, checked_slug
from strategy_tracker.errors import Conflict
from strategy_tracker.transfer import keeping
from strategy_tracker.transfer.back.clashes import require_settled
from strategy_tracker.transfer.back.reading import draft_for
from strategy_tracker.transfer.changes import Kind, PlanChanges
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.heads import Meaning, meaning_of_code
from strategy_tracker.transfer.models import ImportDraft
from strategy_tracker.transfer.operations import import_plan
from strategy_tracker.transfer.queries import IMPORTED, remembered_mapping
from strategy_tracker.transfer.stored import known_authorities


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
        choices = json.dumps({"map": remembered_mapping(partnership.id)} | dict(chosen))
        row: ImportDraft
        row, digest = keeping.keep(ImportDraft, person, filename, content, partnership=partnership, choices=choices)
        history.record(person, partnership.id, "plan uploaded", row, sha256=digest, plan=chosen["plan"])
    return row


def own_upload(person: Acting, partnership: str, number: int, *, applied: bool = False) -> ImportDraft:
    """As `keeping.own`."""
    here = Partnership.slug == partnership
    found: ImportDraft = keeping.own(ImportDraft, person, number, Permission.PLAN_IMPORT, here, applied=applied)
    return found


def last_upload(person: Acting, partnership: Partnership, filename: str) -> ImportDraft | None:
    """What this person brought last for a partnership, if it has that name."""
    last: ImportDraft | None = keeping.last(
        ImportDraft, person, filename, Permission.PLAN_IMPORT, ImportDraft.partnership == partnership.id
    )
    return last


def counts_in(row: ImportDraft) -> dict[str, int]:
    """How much of each kind of change an import brought."""
    kept = keeping.told_of(row, IMPORTED)
    return {kind: kept.get(kind, 0) for kind in Kind}


def choose(person: Acting, row: ImportDraft, chosen: Mapping[str, Any]) -> None:
    """Keeps what its person chose on the page."""
    keeping.keep_choices(row, person, Permission.PLAN_IMPORT, chosen)


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
        keeping.claim(row)
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
    return keeping.digest_of(changes.lines)


def _date(words: Any) -> dt.date | None:
    return dt.date.fromisoformat(words) if words else None
