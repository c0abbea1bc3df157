"""What changed in a plan between two dates: in its structure, and in what the authorities say."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from strategy_tracker import clock
from strategy_tracker.authorities.queries import authorities_of, successors_in
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.pages import PlanFacts, address_of, facts_of
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rows import view_rows
from strategy_tracker.plans.rules import DONE, NOT_REPORTED, SET_ASIDE, STATUS_WORDS, Status, goodness
from strategy_tracker.plans.standing import ObjectivePart, Reader, standing
from strategy_tracker.plans.versions.differences import Difference, Kind, States
from strategy_tracker.plans.versions.parts import states_at, states_of_parts
from strategy_tracker.plans.versions.queries import revisions_of
from strategy_tracker.plans.versions.succeeding import differences_told, joined
from strategy_tracker.plans.versions.view import View, view_of

KINDS = ("worse", "better", "closed", "begun", "other")
ENDED = frozenset(status.value for status in DONE | SET_ASIDE)


@dataclass(frozen=True)
class Turn:
    """A share whose status is another than it was. `said` is what its authority wrote last."""

    action_id: int
    number: str
    text: str
    authority: str
    old: str
    new: str
    said: str


@dataclass(frozen=True)
class Between:
    """Everything that differs between two dates; each list in the order of the plan."""

    facts: PlanFacts
    base: str
    first: dt.date
    last: dt.date
    structure: tuple[Difference, ...]
    better: tuple[Turn, ...]
    worse: tuple[Turn, ...]
    closed: tuple[Turn, ...]
    begun: tuple[Turn, ...]
    other: tuple[Turn, ...]
    standing_ids: frozenset[int]

    @property
    def first_words(self) -> str:
        return clock.long_date(self.first)

    @property
    def last_words(self) -> str:
        return clock.long_date(self.last)

    @property
    def is_nothing(self) -> bool:
        return not (self.structure or self.turns)

    @property
    def turns(self) -> tuple[tuple[str, tuple[Turn, ...]], ...]:
        """What the authorities say anew, under a head for each kind of turn; those without any are left out."""
        heads = {
            "Worse": self.worse,
            "Better": self.better,
            "Closed: achieved, stopped, deferred or carried forward": self.closed,
            "Reported for the first time": self.begun,
            "Another status, neither better nor worse": self.other,
        }
        return tuple((head, turns) for head, turns in heads.items() if turns)

    @property
    def changes(self) -> tuple[tuple[str, tuple[Difference, ...]], ...]:
        """The structure's changes under a head for each kind."""
        heads = {
            Kind.NEW: "New in the plan",
            Kind.CHANGED: "Changed words, leads or owners",
            Kind.DATE: "Moved dates",
            Kind.PLACE: "Renumbered",
            Kind.SUCCEEDED: "Goes on with another authority",
            Kind.CLOSED: "Taken out of the plan",
        }
        found = ((head, tuple(one for one in self.structure if one.kind is kind)) for kind, head in heads.items())
        return tuple((head, joined(ones) if ones[0].kind is Kind.SUCCEEDED else ones) for head, ones in found if ones)


def between(plan: Plan, first: dt.date, last: dt.date) -> Between:
    """The plan on the earlier date against the plan on the later; the order in which they are given does not matter."""
    first, last = min(first, last), max(first, last)
    authorities = authorities_of(plan.partnership_id)
    views = view_of(plan, first), view_of(plan, last)
    rules = [rule_of(plan.partnership_id, view.as_at) for view in views]
    before, after = (
        standing(view_rows(view)[1], authorities, rule.late_on(view.as_at), Reader())
        for view, rule in zip(views, rules, strict=True)
    )
    names = {each.id: each.short_name for each in authorities}
    revisions = revisions_of(plan.id)
    then, now = (_states(view, revisions) for view in views)
    structure = differences_told(then, now, names, successors_in(authorities)) if revisions else []
    turns = list(_turns(before, after))
    return Between(
        facts=facts_of(plan, last),
        base=address_of(plan.partnership.slug, plan.slug),
        first=first,
        last=last,
        structure=tuple(structure),
        **{name: tuple(one for one in turns if _kind(one) == name) for name in KINDS},
        standing_ids=frozenset(row.id for row in view_of(plan).parts().actions),
    )


def _states(view: View, revisions: list[tuple[int, str, int, dict[str, object] | None]]) -> States:
    return states_at(revisions, view.version.number) if view.version else states_of_parts(view.parts())


def _turns(before: tuple[ObjectivePart, ...], after: tuple[ObjectivePart, ...]) -> Iterator[Turn]:
    old = {line.share_id: line.status for part in before for action in part.actions for line in action.lines}
    for part in after:
        for action in part.actions:
            for line in action.lines:
                was = old.get(line.share_id, NOT_REPORTED)
                if was != line.status:
                    yield Turn(action.id, action.number, action.text, line.authority, was, line.status, line.said)


def _kind(turn: Turn) -> str:
    """Which of the lists a turn belongs to."""
    if turn.new in ENDED and turn.old not in ENDED:
        return "closed"
    if turn.old == NOT_REPORTED:
        return "begun"
    if turn.old not in STATUS_WORDS or turn.new not in STATUS_WORDS:
        return "other"
    step = goodness(Status(turn.new)) - goodness(Status(turn.old))
    return "worse" if step < 0 else "better" if step else "other"
