"""The verbs of evidence."""

import hashlib

from strategy_tracker import clock, history
from strategy_tracker.access.policy import Acting
from strategy_tracker.checks import Problems, checked_reason
from strategy_tracker.db import save_versioned
from strategy_tracker.errors import Invalid
from strategy_tracker.plans import checks
from strategy_tracker.plans.attached.operations import require_attach, require_write
from strategy_tracker.plans.evidence import queries
from strategy_tracker.plans.evidence.kinds import checked
from strategy_tracker.plans.evidence.models import Evidence, EvidenceContent
from strategy_tracker.plans.evidence.names import kept_name, title_of
from strategy_tracker.plans.models import Action, Share

MOST_FILES = 20
"""Files that stand with one action."""
MOST_BYTES = 2 * 1024**3
"""What all files of a partnership may take up, those that were removed too: they are kept."""


def add_evidence(
    person: Acting,
    action: Action,
    share: Share | None = None,
    *,
    filename: str,
    content: bytes,
    title: str = "",
    form_key: str | None = None,
) -> Evidence:
    """Keeps a file with the action, or with one authority's share of it; without a title it is called by its name.

    Raises Invalid, at "file" where it is not one that is kept.
    """
    require_attach(person, action, share)
    problems = Problems()
    said = problems.line("title", "The title", title or title_of(filename))
    problems.raise_if_any()
    found = checked(content, filename)
    columns = {
        "title": said,
        "filename": kept_name(filename, found.kind.endings[0]),
        "media_type": found.kind.media_type,
        "size": len(found.content),
        "sha256": hashlib.sha256(found.content).hexdigest(),
    }
    with history.writing(person, form_key):
        checks.require_open(action.plan)
        evidence = Evidence.create(action=action, share=share, person=person.id, added_at=clock.now(), **columns)
        EvidenceContent.create(evidence=evidence, content=found.content)
        _record(person, evidence, "evidence added", after=columns, came_with_sha256=hashlib.sha256(content).hexdigest())
        _require_room(action)
    return evidence


def remove_evidence(
    person: Acting, evidence: Evidence, version: int, *, reason: str, form_key: str | None = None
) -> None:
    """Takes the file away from the action, which needs a reason: it cannot be had any more, and its bytes are kept."""
    require_write(person, evidence)
    why = checked_reason(reason, "Say why the file is removed: the history keeps it")
    with history.writing(person, form_key):
        checks.require_open(evidence.plan)
        save_versioned(evidence, version, removed_at=clock.now())
        _record(person, evidence, "evidence removed", reason=why)


def _require_room(action: Action) -> None:
    """After history is written, which lets in one writer at a time, so that two files cannot pass a limit at once."""
    if queries.count_of_action(action.id) > MOST_FILES:
        raise Invalid({"file": f"This action has {MOST_FILES} files already; remove one that is no longer needed"})
    if queries.bytes_of_partnership(action.plan.partnership_id) > MOST_BYTES:
        raise Invalid({"file": f"The partnership’s files fill the {MOST_BYTES // 1024**3} GB that they may take up"})


def _record(person: Acting, evidence: Evidence, verb: str, **data: object) -> None:
    data |= {"of": evidence.of, "text": evidence.title}
    history.record(person, evidence.plan.partnership_id, verb, evidence, version=evidence.version, **data)
