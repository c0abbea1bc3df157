"""An action's evidence as its page shows it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.plans.attached.operations import may_write
from strategy_tracker.plans.evidence.kinds import KINDS
from strategy_tracker.plans.evidence.queries import evidence_of_action
from strategy_tracker.plans.models import Action


@dataclass(frozen=True)
class EvidenceView:
    """One file. `authority` is empty where it is the whole action's; `size` is in words."""

    id: int
    title: str
    kind: str
    size: str
    by: str
    on: dt.date
    authority: str
    may_write: bool


def evidence_views(action: Action, person: Acting) -> tuple[EvidenceView, ...]:
    """The newest first; one select, however many there are."""
    return tuple(_view(row, action, person) for row in evidence_of_action(action.id))


def _view(row: Any, action: Action, person: Acting) -> EvidenceView:
    row.action = action
    return EvidenceView(
        id=row.id,
        title=row.title,
        kind=KINDS[row.media_type].words,
        size=size_in_words(row.size),
        by=row.person.name if row.person_id else "Import",
        on=clock.in_london(row.added_at).date(),
        authority=row.share.authority.short_name if row.is_of_share else "",
        may_write=may_write(person, row),
    )


def size_in_words(size: int) -> str:
    """ "96 KB", "1.4 MB"; never 0."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
