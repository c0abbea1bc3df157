"""The plan as it is kept, with its rows at hand: what a draft is compared with and an export is made of."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import authorities_of
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import queries
from strategy_tracker.plans.models import (
    Action,
    Objective,
    Outcome,
    Plan,
    ProgressNote,
    Share,
)
from strategy_tracker.plans.rules import Precision, Timescale, TimescaleKind
from strategy_tracker.plans.versions.parts import Parts, standing_parts
from strategy_tracker.transfer.heads import Known
from strategy_tracker.transfer.queries import standing_notes

NoteKey = tuple[str, dt.date]
"""Whose (a slug), and as at when."""


@dataclass(frozen=True)
class StoredOutcome:
    row: Outcome
    notes: dict[NoteKey, ProgressNote]
    """What stands; a note that a correction replaced does not."""

    @property
    def timescale(self) -> Timescale:
        precision = Precision(self.row.due_precision) if self.row.due_precision else None
        return Timescale(TimescaleKind(self.row.timescale_kind), self.row.due_on, precision, self.row.timescale_words)


@dataclass(frozen=True)
class StoredAction:
    row: Action
    shares: dict[str, Share]
    outcomes: tuple[StoredOutcome, ...]


@dataclass(frozen=True)
class StoredObjective:
    row: Objective
    actions: tuple[StoredAction, ...]


@dataclass(frozen=True)
class StoredPlan:
    """`row` is None and everything else empty for a plan that is yet to come."""

    row: Plan | None
    authorities: dict[str, Authority]
    objectives: tuple[StoredObjective, ...] = ()
    glossary: dict[str, Any] = field(default_factory=dict)

    @property
    def standing(self) -> list[str]:
        """The authorities that take part in what is new: those that did not end."""
        return [slug for slug, row in self.authorities.items() if row.ended_on is None]

    def slug_of(self, authority_id: int | None) -> str | None:
        return next((slug for slug, row in self.authorities.items() if row.id == authority_id), None)


def owner_of(row: Action | Share) -> Owner:
    return Owner(OwnerKind(row.owner_kind), row.owner_name)


def known_authorities(partnership_id: int) -> tuple[Known, ...]:
    """The authorities that heads and cells of a file may name."""
    return tuple(Known(row.slug, row.short_name, row.name) for row in authorities_of(partnership_id))


def stored_plan(partnership_id: int, plan: Plan | None, parts: Parts | None = None) -> StoredPlan:
    """Reads the whole plan in a fixed number of queries. `parts`: as one of its versions had it, for reading only."""
    authorities = {row.slug: row for row in authorities_of(partnership_id)}
    glossary = {entry.short: entry for entry in queries.abbreviations(partnership_id)}
    if plan is None:
        return StoredPlan(None, authorities, (), glossary)
    parts = parts or standing_parts(plan)
    return StoredPlan(parts.plan, authorities, _objectives(parts, authorities), glossary)


def _objectives(parts: Parts, authorities: dict[str, Authority]) -> tuple[StoredObjective, ...]:
    plan = parts.plan
    slugs = {row.id: slug for slug, row in authorities.items()}
    objectives = {row.id: row for row in parts.objectives}
    actions = {row.id: row for row in parts.actions}
    shares: dict[int, dict[str, Share]] = defaultdict(dict)
    owners: dict[int, str] = {}
    for share in parts.shares:
        share.action = actions[share.action_id]
        shares[share.action_id][slugs[share.authority_id]] = share
        owners[share.id] = slugs[share.authority_id]
    notes = _notes(plan, owners)
    outcomes: dict[int, list[StoredOutcome]] = defaultdict(list)
    for outcome in parts.outcomes:
        outcome.action = actions[outcome.action_id]
        outcomes[outcome.action_id].append(StoredOutcome(outcome, notes.get(outcome.id, {})))
    of_objective: dict[int, list[StoredAction]] = defaultdict(list)
    for action in actions.values():
        action.objective = objectives[action.objective_id]
        of_objective[action.objective_id].append(StoredAction(action, shares[action.id], tuple(outcomes[action.id])))
    for objective in objectives.values():
        objective.plan = plan
    return tuple(StoredObjective(row, tuple(of_objective[row.id])) for row in objectives.values())


def _notes(plan: Plan, owners: dict[int, str]) -> dict[int, dict[NoteKey, ProgressNote]]:
    """By outcome; of two notes for the same date the later written stands."""
    found: dict[int, dict[NoteKey, ProgressNote]] = defaultdict(dict)
    for note in standing_notes(plan.id):
        if note.share_id in owners:
            found[note.outcome_id][owners[note.share_id], note.as_at] = note
    return found
