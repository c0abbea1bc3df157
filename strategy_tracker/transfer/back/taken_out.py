"""What a file that came back no longer has. The rows of an extract are never missed: who left one out said nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker.transfer.back.edits import Edits
from strategy_tracker.transfer.back.own import OwnFile
from strategy_tracker.transfer.back.tree import Part
from strategy_tracker.transfer.snapshot import Snapshot


@dataclass(frozen=True)
class Gone:
    """A part all of whose rows are deleted; or one authority's part of an action."""

    part: Part
    authority: str = ""


def taken_out(file: OwnFile, base: Snapshot, edits: Edits) -> Iterator[Gone]:
    """What contains others goes alone; they go with it."""
    if base.authority or len({row.key.stamp for row in file.rows if row.key}) > 1:
        return
    found = [edits.rows[row.mark] for row in file.rows if row.mark in edits.rows]
    objectives = {row.objective.row for row in found}
    actions = {row.action.row for row in found if row.action}
    outcomes = {row.outcome.row for row in found if row.outcome}
    shares = {(row.action.row, row.share.authority) for row in found if row.action and row.share}
    for objective in base.plan.objectives:
        if objective.row not in objectives:
            yield Gone(("objective", objective.row or 0))
            continue
        for action in objective.actions:
            if action.row not in actions:
                yield Gone(("action", action.row or 0))
                continue
            for outcome in action.outcomes:
                if outcome.row not in outcomes:
                    yield Gone(("outcome", outcome.row or 0))
            for share in action.shares or ():
                if (action.row, share.authority) not in shares:
                    yield Gone(("action", action.row or 0), share.authority)
