"""What the sections of one report share: every plan of the quarter, line by line, now and a quarter before.

The number of selects depends on the number of plans alone.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from strategy_tracker import clock
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.authorities.queries import authorities_of, successors_in
from strategy_tracker.db import database
from strategy_tracker.documents.sections import SectionContext
from strategy_tracker.plans import queries
from strategy_tracker.plans.dates.queries import Moves, moves_of_plan
from strategy_tracker.plans.dates.rules import known, with_moves
from strategy_tracker.plans.models import Action, Outcome, Plan, Share
from strategy_tracker.plans.rollup.queries import rule_of
from strategy_tracker.plans.rules import NOT_GIVEN, NOT_REPORTED, Timescale, is_overdue, late_by
from strategy_tracker.plans.versions.differences import Difference, States
from strategy_tracker.plans.versions.parts import Parts, states_at, states_of_parts
from strategy_tracker.plans.versions.queries import revisions_of
from strategy_tracker.plans.versions.succeeding import differences_told
from strategy_tracker.plans.versions.view import View, view_of
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.report_sections.lines import (
    ActionLine,
    ObjectiveLine,
    OutcomeLine,
    PlanReading,
    Reading,
    ShareLine,
    Word,
)
from strategy_tracker.reviews.report_sections.rules import outcome_status, quarter_status


def reading(context: SectionContext) -> Reading:
    """Read once for all sections of a report."""
    if "reading" not in context.kept:
        context.kept["reading"] = _Reader(context).read()
    found: Reading = context.kept["reading"]
    return found


def plans_of(partnership_id: int, first: dt.date, last: dt.date) -> list[Plan]:
    """The agreed and closed plans of which a day lies in the period, in their order of time."""
    query = Plan.select(Plan, Partnership).join(Partnership)
    query = query.where(
        Plan.partnership == partnership_id, Plan.state != "draft", Plan.period_from <= last, Plan.period_to >= first
    )
    return list(query.order_by(Plan.period_from, Plan.id))


@dataclass
class _Reader:
    """Holds what does not differ from plan to plan."""

    context: SectionContext
    partners: list[Authority] = field(init=False)

    def read(self) -> Reading:
        context = self.context
        self.partners = authorities_of(context.partnership_id)
        self.names = {each.id: each.short_name for each in self.partners}
        self.rule = rule_of(context.partnership_id, context.as_at)
        self.since = context.previous_as_at or context.period_from - dt.timedelta(days=1)
        self.began = self._began_before()
        plans = plans_of(context.partnership_id, context.period_from, context.period_to)
        read = tuple(self._plan(plan) for plan in plans)
        taking_part = {share.authority_id for plan in read for share in plan.shares}
        return Reading(
            partnership=Partnership.get_by_id(context.partnership_id),
            authorities=tuple(each for each in self.partners if each.id in taking_part),
            plans=read,
            rule=self.rule,
            as_at_words=clock.long_date(context.as_at),
            previous_words=clock.long_date(context.previous_as_at) if context.previous_as_at else "",
            since=self.since,
        )

    def _began_before(self) -> dt.date | None:
        """The first day of the quarter before; None where none is compared."""
        if self.context.previous_as_at is None:
            return None
        row = Quarter.get_or_none(
            Quarter.partnership == self.context.partnership_id, Quarter.period_to == self.context.previous_as_at
        )
        return row.period_from if row else self.context.previous_as_at - dt.timedelta(days=91)

    def _plan(self, plan: Plan) -> PlanReading:
        context = self.context
        view = view_of(plan, context.as_at)
        parts = view.parts()
        earlier = view_of(plan, self.since)
        then = earlier.parts()
        before = self.began is not None and plan.period_from <= self.since
        statuses = self._statuses(then, self.since, self.began) if before and self.began else {}
        moves = moves_of_plan(plan.id, context.as_at)
        objectives = self._objectives(parts, statuses, moves)
        ids = {action.id for objective in objectives for action in objective.actions}
        ids |= {row.action_id for row in then.shares if row.authority_id == context.authority_id}
        structure = self._structure(plan, (earlier, then), (view, parts)) if before else []
        return PlanReading(
            plan=plan,
            title=parts.plan.title,
            period=f"{parts.plan.period_from:%B %Y} to {parts.plan.period_to:%B %Y}",
            edition=f"version {parts.plan.edition}",
            objectives=objectives,
            structure=tuple(one for one in structure if context.authority_id is None or one.action_id in ids),
            moves=moves,
            before=before,
        )

    def _objectives(self, parts: Parts, before: dict[int, str], moves: Moves) -> tuple[ObjectiveLine, ...]:
        said = _said(parts.plan.id, self.context.as_at)
        outcomes = _by(parts.outcomes, "action_id")
        shares = _by([row for row in parts.shares if self._is_told(row)], "action_id")
        actions = _by(parts.actions, "objective_id")
        whens = {
            row.id: with_moves(row.timescale.shown, known(moves.get(row.id, ()), row.timescale))
            for row in parts.outcomes
        }
        found = []
        for objective in parts.objectives:
            lines = tuple(
                self._action(action, outcomes[action.id], shares[action.id], said, before, whens)
                for action in actions[objective.id]
                if self.context.authority_id is None or shares[action.id]
            )
            if lines or self.context.authority_id is None:
                found.append(ObjectiveLine(objective.number, objective.title, lines))
        return tuple(found)

    def _is_told(self, share: Share) -> bool:
        return self.context.authority_id in (None, share.authority_id)

    def _action(
        self,
        action: Action,
        outcomes: list[Outcome],
        shares: list[Share],
        said: dict[tuple[int, int], Word],
        before: dict[int, str],
        whens: dict[int, str],
    ) -> ActionLine:
        lines = []
        for share in shares:
            parts = tuple(self._outcome(one, said.get((share.id, one.id)), whens[one.id]) for one in outcomes)
            status = quarter_status(one.status for one in parts)
            name = self.names[share.authority_id]
            lines.append(ShareLine(share.authority_id, name, status, before.get(share.id), parts))
        return ActionLine(action.id, action.number, action.text, tuple(lines))

    def _outcome(self, outcome: Outcome, word: Word | None, when: str) -> OutcomeLine:
        last = word.status if word else NOT_REPORTED
        fresh = word is not None and word.on >= self.context.period_from
        status = outcome_status(last if word else None, in_quarter=fresh)
        return OutcomeLine(outcome, when, word, fresh, status, self._late(outcome.timescale, last))

    def _late(self, timescale: Timescale, status: str) -> str:
        if timescale.due_on is None or not is_overdue(timescale, status, self.rule.late_on(self.context.as_at)):
            return ""
        return late_by(timescale.due_on, self.context.as_at)

    def _statuses(self, parts: Parts, as_at: dt.date, begins: dt.date) -> dict[int, str]:
        """By share what it counted as in the quarter before."""
        said, outcomes = _said(parts.plan.id, as_at), _by(parts.outcomes, "action_id")
        found = {}
        for share in parts.shares:
            words = [said.get((share.id, one.id)) for one in outcomes[share.action_id]]
            found[share.id] = quarter_status(
                outcome_status(word.status if word else None, in_quarter=bool(word and word.on >= begins))
                for word in words
            )
        return found

    def _structure(self, plan: Plan, old: tuple[View, Parts], new: tuple[View, Parts]) -> list[Difference]:
        revisions = revisions_of(plan.id)
        if not revisions:
            return []

        def states(view: View, parts: Parts) -> States:
            return states_at(revisions, view.version.number) if view.version else states_of_parts(parts)

        return differences_told(states(*old), states(*new), self.names, successors_in(self.partners))


def _said(plan_id: int, as_at: dt.date) -> dict[tuple[int, int], Word]:
    """By share and outcome the last word by a date."""
    rows = database.execute(queries.said_rows(plan_id, as_at)).fetchall()
    return {
        (share_id, outcome_id): Word(dt.date.fromisoformat(day), status or NOT_GIVEN, text, reason)
        for share_id, outcome_id, day, status, text, reason in rows
    }


def _by(rows: Iterable[Any], key: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, key)].append(row)
    return groups
