"""A plan while it is put together: what stands in the tracker, with what a file adds, changes and takes out."""

from dataclasses import dataclass, field
from typing import Any

from strategy_tracker.owners import Owner
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.transfer.draft import ActionDraft, NoteDraft, ObjectiveDraft, OutcomeDraft, PlanDraft, ShareDraft

Part = tuple[str, int]
"""A part of the plan that is kept: its kind (objective, action, outcome) and id."""


@dataclass
class OutcomeNode:
    row: int | None = None
    text: str = ""
    timescale: Timescale | None = None
    lead: str | None = None
    place: str = ""
    notes: dict[str | None, NoteDraft] = field(default_factory=dict)

    def draft(self) -> OutcomeDraft:
        timescale = self.timescale or Timescale()
        notes = tuple(self.notes.values())
        return OutcomeDraft(self.text, timescale, lead=self.lead, notes=notes, place=self.place, row=self.row)


@dataclass
class ActionNode:
    """`shares` None: the file names nobody."""

    row: int | None = None
    number: str = ""
    text: str = ""
    lead: str | None = None
    owner: Owner = Owner()
    shares: dict[str, Owner] | None = None
    outcomes: list[OutcomeNode] = field(default_factory=list)
    place: str = ""

    def draft(self) -> ActionDraft:
        shares = None if self.shares is None else tuple(ShareDraft(*share) for share in self.shares.items())
        owner = self.owner if self.row is not None or self.owner != Owner() else None
        outcomes = tuple(outcome.draft() for outcome in self.outcomes)
        return ActionDraft(self.number, self.text, self.lead, owner, shares, outcomes, self.place, self.row)


@dataclass
class ObjectiveNode:
    row: int | None = None
    number: str = ""
    title: str = ""
    lead: str | None = None
    actions: list[ActionNode] = field(default_factory=list)
    place: str = ""

    def draft(self) -> ObjectiveDraft:
        actions = tuple(action.draft() for action in self.actions)
        return ObjectiveDraft(self.number, self.title, self.lead, actions, self.place, self.row)


@dataclass
class Tree:
    objectives: list[ObjectiveNode] = field(default_factory=list)

    @classmethod
    def of(cls, plan: PlanDraft, *, notes: bool) -> "Tree":
        """`notes`: with what was said, too."""
        return cls([_objective(part, notes) for part in plan.objectives])

    def drafts(self) -> tuple[ObjectiveDraft, ...]:
        return tuple(objective.draft() for objective in self.objectives)

    def drop(self, node: Any) -> None:
        """Takes a node out, with all that is in it."""
        self.objectives = [one for one in self.objectives if one is not node]
        for objective in self.objectives:
            objective.actions = [one for one in objective.actions if one is not node]
            for action in objective.actions:
                action.outcomes = [one for one in action.outcomes if one is not node]

    def known(self) -> dict[Part, Any]:
        found: dict[Part, Any] = {}
        for objective in self.objectives:
            _keep(found, "objective", objective)
            for action in objective.actions:
                _keep(found, "action", action)
                for outcome in action.outcomes:
                    _keep(found, "outcome", outcome)
        return found

    def without_rows(self) -> "Tree":
        """For another plan, in which all of it is new."""
        for node in list(self.known().values()):
            node.row = None
        return self


def _keep(found: dict[Part, Any], kind: str, node: Any) -> None:
    if node.row is not None:
        found[kind, node.row] = node


def _objective(part: ObjectiveDraft, notes: bool) -> ObjectiveNode:
    actions = [_action(action, notes) for action in part.actions]
    return ObjectiveNode(part.row, part.number, part.title, part.lead, actions, part.place)


def _action(part: ActionDraft, notes: bool) -> ActionNode:
    return ActionNode(
        part.row,
        part.number,
        part.text,
        part.lead,
        part.owner or Owner(),
        {share.authority: share.owner for share in part.shares or ()},
        [outcome_node(outcome, notes) for outcome in part.outcomes],
        part.place,
    )


def outcome_node(part: OutcomeDraft, notes: bool) -> OutcomeNode:
    said: dict[str | None, NoteDraft] = {note.authority: note for note in part.notes} if notes else {}
    return OutcomeNode(part.row, part.text, part.timescale, part.lead, part.place, said)
