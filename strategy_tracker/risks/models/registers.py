"""Registers, and the risks in them."""

import datetime as dt

from peewee import (
    JOIN,
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.checks import OWNER_KINDS
from strategy_tracker.db import Versioned
from strategy_tracker.risks.schemes.models import ScoringScheme


class Register(Versioned):
    """An authority's risks, or (`authority` None) the partnership's own.

    `body` is who looks at it ("Corporate leadership team"); `goes_to` the register of the next level, to which at
    most `top` of its risks may be put forward at a time, None where there is none. A risk is reviewed every
    `review_months`, unless it says otherwise. `as_at` is the day as at which it is shown and written; None: today.
    """

    partnership = ForeignKeyField(Partnership, backref="registers")
    authority = ForeignKeyField(Authority, null=True, backref="+")
    slug = CharField(max_length=60)
    title = CharField(max_length=300)
    scheme = ForeignKeyField(ScoringScheme, backref="+")
    body = CharField(max_length=200, default="")
    goes_to = ForeignKeyField("self", null=True, backref="+")
    top = IntegerField(default=3)
    review_months = IntegerField(default=3)
    as_at = DateField(null=True)
    closed_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("partnership", "slug"), True),)
        constraints = [Check("top between 1 and 20"), Check("review_months between 1 and 24")]

    reads = Permission.REGISTER_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Register.select(Register, Partnership, Authority, ScoringScheme)
            .join(Partnership)
            .switch(Register)
            .join(Authority, JOIN.LEFT_OUTER)
            .switch(Register)
            .join(ScoringScheme)
        )
        is_everybodys = Register.authority.is_null()
        return Reach(query, Register.partnership, Register.authority, settled=is_everybodys, raised=is_everybodys)

    @property
    def day(self) -> dt.date:
        return self.as_at or clock.today()

    @property
    def whose(self) -> str:
        return str(self.authority.name if self.authority_id else self.partnership.name)

    @property
    def short(self) -> str:
        """ "TMBC"; the partnership has no shorter name than its own."""
        return str(self.authority.short_name if self.authority_id else self.partnership.name)

    def place(self) -> Place:
        """Where its next risk will stand, so that whoever could not read that one cannot add it."""
        is_everybodys = self.authority_id is None
        return Place(self.partnership_id, self.authority_id, is_everybodys, is_everybodys)


class Risk(Versioned):
    """What may happen, and who answers for it.

    `slug` is random, so that an address tells nothing of what else there is. `number` is its number in its register,
    for those whose register it is; `outer_number` the one by which others know it, given when it is first shared, and
    `raised_number` when it is put forward to the steering group alone; None before. `event` is what its name is.
    `review_months` None: as its register
    says. `is_raised`: it stands before the steering group. `told_at` is when people outside its authority began to
    read it, and so learn nothing of what was before; None while it is private.
    """

    register = ForeignKeyField(Register, backref="risks")
    slug = CharField(max_length=16, unique=True)
    number = IntegerField()
    outer_number = IntegerField(null=True)
    raised_number = IntegerField(null=True)
    event = TextField()
    cause = TextField(default="")
    effect = TextField(default="")
    category = CharField(max_length=60, default="")
    owner_kind = CharField(max_length=10, default="")
    owner_name = CharField(max_length=200, default="")
    proximity = CharField(max_length=30, default="")
    is_opportunity = BooleanField(default=False)
    assumptions = TextField(default="")
    review_months = IntegerField(null=True)
    opened_on = DateField()
    reviewed_on = DateField(null=True)
    review_due_on = DateField()
    is_shared = BooleanField(default=False)
    is_raised = BooleanField(default=False)
    told_at = DateTimeField(null=True)
    closed_on = DateField(null=True)
    closed_why = TextField(default="")

    class Meta:
        indexes = (
            (("register", "number"), True),
            (("register", "outer_number"), True),
            (("register", "raised_number"), True),
        )
        constraints = [
            OWNER_KINDS,
            Check("proximity in ('', 'now', 'within three months', 'within a year', 'later than a year')"),
            Check("review_months between 1 and 24"),
        ]

    reads = Permission.RISK_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Risk.select(Risk, Register, Partnership, Authority, ScoringScheme)
            .join(Register)
            .join(Partnership)
            .switch(Register)
            .join(Authority, JOIN.LEFT_OUTER)
            .switch(Register)
            .join(ScoringScheme)
        )
        is_everybodys = Register.authority.is_null() | (Risk.is_shared == True)  # noqa: E712
        is_told = is_everybodys | (Risk.is_raised == True)  # noqa: E712
        return Reach(query, Register.partnership, Register.authority, settled=is_everybodys, raised=is_told)

    def place(self) -> Place:
        authority_id = self.register.authority_id
        is_everybodys = authority_id is None or self.is_shared
        return Place(self.register.partnership_id, authority_id, is_everybodys, is_everybodys or self.is_raised)

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None
