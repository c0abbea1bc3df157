"""Whether the quarters of a file's reports still take words: said with each report's place before any is applied."""

import datetime as dt
from collections.abc import Iterator
from functools import cache

from strategy_tracker import clock
from strategy_tracker.access.policy import Acting
from strategy_tracker.quarters.queries import why_not_written
from strategy_tracker.transfer.changes import NoteChange, PlanChanges
from strategy_tracker.transfer.stored import StoredPlan


def not_taken(person: Acting, partnership_id: int, stored: StoredPlan, changes: PlanChanges) -> dict[str, str]:
    """Place to sentence, of the reports that are new or corrected; one select or two for each authority and date."""
    today = clock.today()

    @cache
    def why(slug: str, day: dt.date) -> str:
        return why_not_written(partnership_id, stored.authorities[slug].id, day, person, today)

    found: dict[str, str] = {}
    for note in _notes(changes):
        slug, day = note.key
        words = why(slug, day) or (why(slug, note.old.as_at) if note.old else "")
        if words:
            found.setdefault(note.draft.place, f"{stored.authorities[slug].short_name}: {words}")
    return found


def _notes(changes: PlanChanges) -> Iterator[NoteChange]:
    for objective in changes.objectives:
        for action in objective.actions:
            for outcome in action.outcomes:
                yield from outcome.notes
