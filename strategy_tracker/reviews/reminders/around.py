"""The rows from which the items of a day are made, in a number of selects that people do not change."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, partial

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Extent, extents
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.quarters.models import Quarter, Reopening
from strategy_tracker.quarters.working_days import next_working_day
from strategy_tracker.reviews.decisions.models import Decision
from strategy_tracker.reviews.reminders import queries
from strategy_tracker.reviews.reminders.queries import Member
from strategy_tracker.reviews.reminders.risk_queries import RisksDue
from strategy_tracker.reviews.reminders.stages import Moved, Rule, Stage, stages
from strategy_tracker.reviews.returns.figures import board_figures
from strategy_tracker.reviews.returns.shapes import BoardFigures
from strategy_tracker.risks.models import Register

NO_RISKS = RisksDue()


class Around:
    """What is open on a day, and whatever stands around it. Everything is read when it is asked for, and once."""

    def __init__(
        self,
        today: dt.date,
        quarters: Sequence[Quarter],
        reopenings: Sequence[Reopening],
        decisions: Sequence[Decision],
        boards: Mapping[int, BoardFigures] | None = None,
        risks: RisksDue = NO_RISKS,
    ) -> None:
        self.today, self.quarters, self.reopenings, self.decisions = today, quarters, reopenings, decisions
        self.risks = risks
        self._boards = dict(boards or {})
        homes = [one.partnership for one in quarters]
        homes += [one.of.quarter.partnership for one in reopenings] + [one.meeting.partnership for one in decisions]
        homes += risks.partnerships
        self.partnerships: dict[int, Partnership] = {home.id: home for home in homes}

    @cached_property
    def rules(self) -> dict[int, list[Rule]]:
        return queries.rules_of(self.partnerships)

    @cached_property
    def authorities(self) -> dict[int, Authority]:
        return queries.authorities_in(self.partnerships)

    @cached_property
    def members(self) -> list[Member]:
        return queries.members_of(self.partnerships)

    @cached_property
    def closed_plans(self) -> frozenset[int]:
        return queries.closed_plans(self.partnerships)

    @cached_property
    def running(self) -> dict[int, int]:
        """The quarter under which a partnership's decisions stand: the one that is open, else the last that began."""
        found: dict[int, tuple[bool, bool, int, int]] = {}
        for place, one in enumerate(queries.quarters_in(self.partnerships)):
            begun = one.period_from <= self.today
            rank = (one.opens_on <= self.today and not one.is_closed, begun, place if begun else -place, one.id)
            found[one.partnership_id] = max(found.get(one.partnership_id, rank), rank)
        return {home: rank[-1] for home, rank in found.items()}

    def board(self, quarter: Quarter) -> BoardFigures:
        if quarter.id not in self._boards:
            self._boards[quarter.id] = board_figures(quarter)
        return self._boards[quarter.id]

    def nations(self, partnership_id: int) -> tuple[str, ...]:
        """Those of its authorities that stand."""
        ours = (one for one in self.authorities.values() if one.partnership_id == partnership_id)
        return tuple(sorted({one.nation for one in ours if one.ended_on is None}))

    def stages(self, quarter: Quarter, nation: str) -> tuple[Stage, ...]:
        """The days of a quarter's reminders in one nation."""
        rules = self.rules[quarter.partnership_id]
        return stages(quarter.due_on, rules, moved_in([nation]), opens_on=quarter.opens_on)

    def holders(self, permission: Permission, authority_id: int) -> list[Member]:
        """Whom a role in the authority itself lets do something."""
        home = self.authorities[authority_id].partnership_id
        wanted = (Extent.OWN, authority_id)
        return [one for one in self.members if wanted in extents(one.grants, permission, home)]

    def holders_of_register(self, permission: Permission, register: Register) -> list[Member]:
        """Whom a role in the register's own authority lets do something; for the partnership's, one in that."""
        if register.authority_id is not None:
            return self.holders(permission, register.authority_id)
        wanted, home = (Extent.RAISED, None), register.partnership_id
        return [one for one in self.members if wanted in extents(one.grants, permission, home)]


def moved_in(nations: Collection[str]) -> Moved:
    """To the next working day of all these nations."""
    return partial(next_working_day, nations=tuple(nations))
