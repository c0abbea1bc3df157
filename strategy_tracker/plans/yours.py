"""The reader's own actions on the page of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from strategy_tracker.authorities.models import Authority
from strategy_tracker.plans import counts
from strategy_tracker.plans.standing import Line, ObjectivePart, Reader

MOST_LISTED = 8


@dataclass(frozen=True)
class Mine:
    """One of the reader's own actions, as the list of jumps names it."""

    action_id: int
    number: str
    text: str
    status: str
    is_overdue: bool


@dataclass(frozen=True)
class Yours:
    """The reader's own actions: what needs a look first, then the rest by number alone.

    They are hers by name where shares name her (`is_personal`), else all those of her authority (`whose`).
    """

    whose: str
    is_personal: bool
    total: int
    missing: int
    listed: tuple[Mine, ...]
    more: int
    others: tuple[Mine, ...]


def yours_of(whole: Sequence[ObjectivePart], reader: Reader, authorities: Sequence[Authority]) -> Yours | None:
    """None where the reader reports for nobody in this plan."""
    mine = [
        (line, Mine(action.id, action.number, action.text, _said_of(line), line.is_overdue))
        for part in whole
        for action in part.actions
        for line in action.lines
        if line.is_mine
    ]
    if not mine:
        return None
    urgent = sorted((pair for pair in mine if counts.needs_a_look(pair[0])), key=lambda pair: _urgency(pair[0]))
    listed = [one for _, one in urgent]
    calm = [one for line, one in mine if not counts.needs_a_look(line)]
    names = [each.name for each in authorities if each.id in reader.authority_ids]
    by_name = all(line.owner.casefold() == reader.name.casefold() for line, _ in mine)
    return Yours(
        whose=" and ".join(names),
        is_personal=by_name,
        total=len(mine),
        missing=sum(counts.is_unsaid(line) for line, _ in mine),
        listed=tuple(listed[:MOST_LISTED]),
        more=max(0, len(listed) - MOST_LISTED),
        others=tuple(calm),
    )


def _said_of(line: Line) -> str:
    return "partly reported" if line.missing else line.status


def _urgency(line: Line) -> tuple[bool, bool]:
    """Overdue before the rest, and what nobody has reported before what somebody has."""
    return not line.is_overdue, not counts.is_unsaid(line)
