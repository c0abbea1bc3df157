"""What was said in the plan before of what was carried forward, for whoever has not reported on it yet."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from strategy_tracker import clock
from strategy_tracker.plans.lineage.rules import SAID
from strategy_tracker.plans.rules import NOT_GIVEN
from strategy_tracker.reviews.queries import Part, Saying, said_before

Told = Mapping[tuple[int, str], Sequence[Saying]]
"""By an action's id and an authority's short name."""


class Before(NamedTuple):
    """The last words of the plan before: `plan` and `said_on` in words. They are no report on this plan."""

    plan: str
    said_on: str
    status: str
    text: str


def told_before(plan_id: int, authority_ids: Collection[int]) -> Told:
    """In one select. What was said last on each outcome from which an action of the plan was carried forward."""
    found: dict[tuple[int, str], list[Saying]] = {}
    for said in said_before(plan_id, authority_ids):
        found.setdefault((said.action_id, said.authority), []).append(said)
    return found


def before(told: Told, part: Part, place: int, count: int) -> Before | None:
    """The words on what this outcome was: of the same words, else in the same place of as many, else the only one.

    That the work goes on here says nothing of it, so where there is no more there is nothing.
    """
    sayings = told.get((part.action_id, part.authority), ())
    same = [said for said in sayings if said.outcome == part.words]
    if not same and len(sayings) == count:
        same = [sayings[place]]
    said = max(same, key=lambda one: one.day, default=None)
    return None if said is None or said.text == SAID else _shown(said)


def _shown(said: Saying) -> Before:
    return Before(said.plan, clock.long_date(said.as_at), said.status or NOT_GIVEN, said.text)
