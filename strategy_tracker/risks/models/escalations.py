"""Risks put forward to the register of the next level."""

from peewee import (
    JOIN,
    SQL,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    TextField,
)

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Versioned
from strategy_tracker.risks.models.registers import Register, Risk
from strategy_tracker.risks.models.said import Score
from strategy_tracker.risks.rules import EscalationState

NEVER = SQL("1 = 0")
"""Of no row: what is put forward is between the two levels, and is at no time read by all."""


class Escalation(Versioned):
    """A risk put forward to the register of the next level, with its words and score as they were then.

    `slug` is random. `decided_*` is the answer of the next level, `ended_*` how it came back: returned by the next
    level, or withdrawn by its own authority.
    """

    risk = ForeignKeyField(Risk, backref="escalations")
    to = ForeignKeyField(Register, backref="+")
    slug = CharField(max_length=16, unique=True)
    state = CharField(max_length=10, default="nominated")
    event = TextField()
    score = ForeignKeyField(Score, null=True, backref="+")
    words = TextField(default="")
    nominated_on = DateField()
    nominated_by = ForeignKeyField(Person, null=True, backref="+")
    decided_on = DateField(null=True)
    decided_by = ForeignKeyField(Person, null=True, backref="+")
    decided_words = TextField(default="")
    ended_on = DateField(null=True)
    ended_by = ForeignKeyField(Person, null=True, backref="+")
    ended_words = TextField(default="")

    class Meta:
        constraints = [Check("state in ('nominated', 'accepted', 'declined', 'returned', 'withdrawn')")]

    reads = Permission.RISK_READ

    @property
    def is_at_top(self) -> bool:
        """Whether a register of the partnership has taken it."""
        return self.to.authority_id is None and self.state == EscalationState.ACCEPTED

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Escalation.select(Escalation, Register, Partnership, Risk, Score)
            .join(Register, on=(Escalation.to == Register.id))
            .join(Partnership)
            .switch(Escalation)
            .join(Risk)
            .switch(Escalation)
            .join(Score, JOIN.LEFT_OUTER)
        )
        return Reach(
            query,
            Register.partnership,
            Register.authority,
            settled=NEVER,
            raised=Register.authority.is_null(),
        )

    def place(self) -> Place:
        """Where it was put forward: an authority's own people decide there, or those of the partnership."""
        authority_id = self.to.authority_id
        return Place(self.to.partnership_id, authority_id, is_settled=False, is_raised=authority_id is None)
