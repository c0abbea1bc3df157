"""Parts of a plan that went over to another authority: what was said stays under the name that it was said by."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from strategy_tracker.authorities.models import Authority, Succession
from strategy_tracker.authorities.queries import all_after
from strategy_tracker.plans.models import Action, Objective, Share
from strategy_tracker.plans.versions.view import View


@dataclass(frozen=True)
class EarlierShare:
    """A part that an authority had until it ended. `successors` are the ids of all that went on with what it had."""

    id: int
    action_id: int
    authority_id: int
    until: dt.date
    successors: frozenset[int]


def earlier_shares(view: View, standing: Iterable[Share], authorities: Iterable[Authority]) -> list[EarlierShare]:
    """What ended with its authority in this state of the plan, in one select; in none where no authority ended."""
    ended = {each.id: each.ended_on for each in authorities if each.ended_on is not None}
    if not ended:
        return []
    here = {share.id for share in standing}
    rows = [row for row in _handed_over(view) if row[0] not in here]
    takers = all_after((old, new) for _, _, old, new in rows)
    parts = dict.fromkeys((share, action, old) for share, action, old, _ in rows)
    return [EarlierShare(share, action, old, ended[old], takers[old]) for share, action, old in parts if old in ended]


def _handed_over(view: View) -> list[tuple[int, int, int, int]]:
    """Share, action, old and new authority. A part that was taken away before its authority ended is none of them."""
    query = (
        Share.select(Share.id, Share.action, Share.authority, Succession.new)
        .join(Authority)
        .join(Succession, on=(Succession.old == Authority.id))
        .switch(Share)
        .join(Action)
        .join(Objective)
        .where(Objective.plan == view.plan.id, Share.removed_at >= Succession.recorded_at)
        .order_by(Authority.position, Authority.id, Share.id, Succession.id)
    )
    if view.version is not None:
        query = query.where(Succession.dated_on <= view.version.dated_on)
    return list(query.tuples())
