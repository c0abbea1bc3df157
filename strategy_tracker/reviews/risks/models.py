"""What a risk is about, and which plan a register is about."""

from peewee import JOIN, CharField, Check, DateTimeField, ForeignKeyField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Versioned
from strategy_tracker.plans.models import Action, Objective, Plan
from strategy_tracker.risks.models import Register, Risk


class RiskLink(Versioned):
    """A risk has to do with one thing: an objective, or an action. It is read by whoever may read the risk.

    Each kind of thing has a column, of which exactly one is filled. A further kind (indicators, agreements) is one
    more column here and in the constraint, and one more entry in `queries.KINDS`. `slug` is random; a link that was
    removed stands again when it is made anew.
    """

    risk = ForeignKeyField(Risk, backref="+")
    slug = CharField(max_length=16, unique=True)
    objective = ForeignKeyField(Objective, null=True, backref="+")
    action = ForeignKeyField(Action, null=True, backref="+")
    removed_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("risk", "objective"), True), (("risk", "action"), True))
        constraints = [
            Check(
                "case when objective_id is null then 0 else 1 end + case when action_id is null then 0 else 1 end = 1"
            )
        ]

    reads = Permission.RISK_READ

    @classmethod
    def reach(cls) -> Reach:
        risk = Risk.reach()
        query = (
            RiskLink.select(RiskLink, Risk, Register, Partnership, Authority)
            .join(Risk)
            .join(Register)
            .join(Partnership)
            .switch(Register)
            .join(Authority, JOIN.LEFT_OUTER)
            .where(RiskLink.removed_at.is_null())
        )
        return Reach(query, risk.partnership, risk.authority, risk.settled, risk.raised)

    def place(self) -> Place:
        place: Place = self.risk.place()
        return place


class RegisterPlan(Versioned):
    """The plan that a register is about; `plan` None: none any more."""

    register = ForeignKeyField(Register, unique=True, backref="+")
    plan = ForeignKeyField(Plan, null=True, backref="+")
