"""Which part of a copy of a plan is which of the parts that went out."""

from dataclasses import dataclass, field
from typing import Any

from strategy_tracker.plans.models import Action, Objective, Outcome
from strategy_tracker.transfer.back.merge import parts_of
from strategy_tracker.transfer.back.order import Path
from strategy_tracker.transfer.back.tree import Part
from strategy_tracker.transfer.draft import ActionDraft, ObjectiveDraft, PlanDraft
from strategy_tracker.transfer.matching import pair_actions, pair_objectives, pair_outcomes
from strategy_tracker.transfer.stored import StoredAction, StoredObjective, StoredOutcome


@dataclass
class Paired:
    """The parts of the copy with the parts that went out; `new` with the part in which, and after which, they stand."""

    pairs: list[tuple[Part, Any, Any]] = field(default_factory=list)
    new: list[tuple[Part | None, Part | None, Any]] = field(default_factory=list)
    gone: list[Part] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)


def paired(base: PlanDraft, copy: PlanDraft) -> Paired:
    found = Paired()
    kept = _kept(base)
    pairing = pair_objectives(kept, copy.objectives)
    before = parts_of(base)
    found.gone += [("objective", old.row.id) for old in pairing.gone]
    last: Part | None = None
    for old, new in pairing.pairs:
        if old is None:
            found.new.append((None, last, new))
            continue
        last = ("objective", old.row.id)
        found.pairs.append((last, before[last], new))
        found.paths.append((old.row.id,))
        _pair_actions(found, before, old, new)
    return found


def _pair_actions(found: Paired, before: dict[Part, Any], objective: StoredObjective, given: ObjectiveDraft) -> None:
    pairing = pair_actions(objective.actions, given.actions)
    found.gone += [("action", old.row.id) for old in pairing.gone]
    last: Part | None = None
    for old, new in pairing.pairs:
        if old is None:
            found.new.append((("objective", objective.row.id), last, new))
            continue
        last = ("action", old.row.id)
        found.pairs.append((last, before[last], new))
        path = (objective.row.id, old.row.id)
        found.paths.append(path)
        outcomes = pair_outcomes(old.outcomes, new.outcomes)
        above: Part | None = None
        found.gone += [("outcome", one.row.id) for one in outcomes.gone]
        for one, said in outcomes.pairs:
            if one is None:
                found.new.append((last, above, said))
                continue
            above = ("outcome", one.row.id)
            found.pairs.append((above, before[above], said))
            found.paths.append((*path, one.row.id))


def _kept(plan: PlanDraft) -> list[StoredObjective]:
    """What went out, as rows that can be paired; they are never saved."""
    return [
        StoredObjective(
            Objective(id=part.row, number=part.number, title=part.title), tuple(map(_kept_action, part.actions))
        )
        for part in plan.objectives
    ]


def _kept_action(part: ActionDraft) -> StoredAction:
    outcomes = tuple(StoredOutcome(Outcome(id=one.row, text=one.text), {}) for one in part.outcomes)
    return StoredAction(Action(id=part.row, number=part.number, text=part.text), {}, outcomes)
