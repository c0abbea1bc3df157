"""A link between two actions."""

from typing import Any

from peewee import CharField, Check, DateTimeField, ForeignKeyField, fn

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Versioned
from strategy_tracker.plans.models import Action, Objective, Plan


class ActionLink(Versioned):
    """What one action has to do with `other`. It belongs to the action that says so; the other end shows it too."""

    action = ForeignKeyField(Action, backref="+")
    other = ForeignKeyField(Action, backref="+")
    kind = CharField(max_length=20)
    removed_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("action", "other", "kind"), True),)
        constraints = [
            Check("kind in ('depends on', 'contributes to', 'see also')"),
            Check("action_id <> other_id"),
        ]

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            ActionLink.select(ActionLink, Action, Objective, Plan, Partnership)
            .join(Action, on=(ActionLink.action == Action.id))
            .join(Objective)
            .join(Plan)
            .join(Partnership)
            .where(ActionLink.removed_at.is_null(), Action.removed_at.is_null(), Objective.removed_at.is_null())
        )
        return Reach(query, Plan.partnership, fn.COALESCE(Action.lead, Objective.lead), Plan.state != "draft")

    @property
    def plan(self) -> Any:
        return self.action.plan

    def place(self) -> Place:
        return self.action.place()
