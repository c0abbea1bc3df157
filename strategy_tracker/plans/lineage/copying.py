"""Copying parts of a plan into another: what is planned, never what was said about it."""

from collections.abc import Mapping, Sequence

from strategy_tracker.access.policy import Acting
from strategy_tracker.authorities.models import Authority
from strategy_tracker.authorities.queries import today_of
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.lineage import queries
from strategy_tracker.plans.lineage.rules import shifted
from strategy_tracker.plans.models import Action, Objective, Outcome, Plan, Share
from strategy_tracker.plans.versions.rules import NO_REASON, Change


class Copying:
    """Copies objectives and actions of one partnership, in the caller's transaction.

    An authority that ended takes no part in a copy: the one that took over from it does, once. Dates are so many
    months later in the copy.
    """

    def __init__(
        self,
        person: Acting,
        partnership_id: int,
        actions: Sequence[Action],
        *,
        months: int = 0,
        change: Change = NO_REASON,
    ) -> None:
        self.person, self.months, self.change = person, months, change
        self.today: Mapping[int, Authority] = today_of(partnership_id)
        ids = [action.id for action in actions]
        self.shares: Mapping[int, list[Share]] = queries.by_action(queries.shares_of(ids))
        self.outcomes: Mapping[int, list[Outcome]] = queries.by_action(queries.outcomes_of(ids))

    def objective(self, old: Objective, plan: Plan) -> Objective:
        """At the end of the plan, with the next number there, and no action yet."""
        lead = self._lead(old.lead_id)
        return plans.add_objective(self.person, plan, title=old.title, lead=lead, change=self.change)

    def action(self, old: Action, objective: Objective) -> Action:
        """At the end of the objective, with outcomes, shares and owners."""
        shares = self._shares_today(old)
        new = plans.add_action(
            self.person,
            objective,
            text=old.text,
            lead=self._lead(old.lead_id),
            owner=_owner(old),
            authorities=[self.today[authority_id] for authority_id in shares],
            change=self.change,
        )
        for outcome in self.outcomes.get(old.id, []):
            plans.add_outcome(
                self.person,
                new,
                text=outcome.text,
                timescale=shifted(outcome.timescale, self.months),
                lead=self._lead(outcome.lead_id),
                change=self.change,
            )
        self._owners(new, shares)
        return new

    def _shares_today(self, action: Action) -> dict[int, Share]:
        """By the id of the authority that takes part now; of two that became one the first counts."""
        found: dict[int, Share] = {}
        for share in self.shares.get(action.id, []):
            found.setdefault(self.today[share.authority_id].id, share)
        return found

    def _owners(self, action: Action, shares: Mapping[int, Share]) -> None:
        if not any(share.owner_name for share in shares.values()):
            return
        for new in Share.select().where(Share.action == action):
            new.action = action
            owner = _owner(shares[new.authority_id])
            if owner.name:
                plans.edit_share(self.person, new, new.version, owner)

    def _lead(self, authority_id: int | None) -> Authority | None:
        return self.today[authority_id] if authority_id else None


def _owner(row: Action | Share) -> Owner:
    return Owner(OwnerKind(row.owner_kind), row.owner_name)
