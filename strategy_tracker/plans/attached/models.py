"""What is kept with an action: of the action as a whole, or of one authority's share of it."""

from typing import Any

from peewee import JOIN, DateTimeField, ForeignKeyField, fn

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Versioned
from strategy_tracker.plans.models import Action, Objective, Plan, Share


class Attached(Versioned):
    """Columns of what is kept with an action. `share` is None where it is the whole action's.

    An authority writes what is its own share's; what is the action's belongs to whoever may edit the action.
    """

    action = ForeignKeyField(Action, backref="+")
    share = ForeignKeyField(Share, null=True, backref="+")
    removed_at = DateTimeField(null=True)

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        model: Any = cls
        query = (
            model.select(model, Share, Authority, Action, Objective, Plan, Partnership)
            .join(Share, JOIN.LEFT_OUTER, on=(model.share == Share.id))
            .join(Authority, JOIN.LEFT_OUTER)
            .switch(model)
            .join(Action, on=(model.action == Action.id))
            .join(Objective)
            .join(Plan)
            .join(Partnership)
            .where(
                model.removed_at.is_null(),
                Share.removed_at.is_null(),
                Action.removed_at.is_null(),
                Objective.removed_at.is_null(),
            )
        )
        owner = fn.COALESCE(Share.authority, Action.lead, Objective.lead)
        return Reach(query, Plan.partnership, owner, Plan.state != "draft")

    @property
    def plan(self) -> Any:
        return self.action.plan

    @property
    def is_of_share(self) -> bool:
        return self.share_id is not None

    @property
    def of(self) -> dict[str, Any]:
        """Whose it is, as history keeps it: `authority` is the short name at the time, empty for the whole action."""
        name = self.share.authority.short_name if self.is_of_share else ""
        return {"action": self.action_id, "share": self.share_id, "authority": name}

    def place(self) -> Place:
        owner = self.share.authority_id if self.is_of_share else self.action.owning_authority_id
        return Place(self.plan.partnership_id, owner, self.plan.is_settled)

    @property
    def writes(self) -> Permission:
        """What one needs at its place in order to change it."""
        return Permission.PROGRESS_WRITE if self.is_of_share else Permission.STRUCTURE_EDIT
