"""The order of the rows in a file that came back: the plan's, where the file still reads as a plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from strategy_tracker.transfer.back.edits import Edits
from strategy_tracker.transfer.back.own import OwnFile
from strategy_tracker.transfer.back.tree import Part, Tree
from strategy_tracker.transfer.draft import PlanDraft

Path = tuple[int, ...]
"""The ids of an objective, of an action in it, of an outcome of that."""
KINDS = ("objective", "action", "outcome")


@dataclass(frozen=True)
class Order:
    """The parts of one container in the file's order; `clashes` where the plan's own was changed meanwhile, too."""

    within: Path
    file: tuple[int, ...]
    plan: tuple[int, ...]
    clashes: bool

    def apply(self, tree: Tree, nodes: dict[Part, Any]) -> None:
        """Those that the file names change places among each other."""
        siblings: list[Any] = tree.objectives
        if self.within:
            holder = nodes.get((KINDS[len(self.within) - 1], self.within[-1]))
            siblings = [] if holder is None else holder.actions if len(self.within) == 1 else holder.outcomes
        by_id = {node.row: node for node in siblings if node.row in self.file}
        slots = [at for at, node in enumerate(siblings) if node.row in by_id]
        for slot, row in zip(slots, [row for row in self.file if row in by_id], strict=True):
            siblings[slot] = by_id[row]


def orders(file: OwnFile, edits: Edits, base: PlanDraft, now: PlanDraft) -> Iterator[Order]:
    """Nothing where rows were sorted so that an objective or action no longer stands together."""
    known = edits.paths
    paths = [known[row.mark] for row in file.rows if row.mark in known]
    if any(len(set(found)) != len(found) for found in (_runs(paths, depth) for depth in (1, 2, 3))):
        return
    yield from orders_of(paths, base, now)


def orders_of(paths: Sequence[Path], base: PlanDraft, now: PlanDraft) -> Iterator[Order]:
    """By the paths of the parts that went out, in the file's order."""
    before, after = _children(base), _children(now)
    for within, wanted in _in_file(paths).items():
        there = set(after.get(within, ()))
        was = [row for row in before.get(within, ()) if row in wanted and row in there]
        is_now = tuple(row for row in after.get(within, ()) if row in wanted)
        given = tuple(row for row in wanted if row in there)
        if list(given) != was and given != is_now:
            yield Order(within, given, is_now, list(is_now) != was)


def _runs(paths: Sequence[Path], depth: int) -> list[Path]:
    return [key for key, _ in groupby(path[:depth] for path in paths if len(path) >= depth)]


def _in_file(paths: Sequence[Path]) -> dict[Path, list[int]]:
    found: dict[Path, dict[int, None]] = {}
    for path in paths:
        for depth in range(len(path)):
            found.setdefault(path[:depth], {})[path[depth]] = None
    return {within: list(rows) for within, rows in found.items()}


def _children(plan: PlanDraft) -> dict[Path, list[int]]:
    found: dict[Path, list[int]] = {(): [part.row or 0 for part in plan.objectives]}
    for objective in plan.objectives:
        here = (objective.row or 0,)
        found[here] = [action.row or 0 for action in objective.actions]
        for action in objective.actions:
            found[*here, action.row or 0] = [outcome.row or 0 for outcome in action.outcomes]
    return found
