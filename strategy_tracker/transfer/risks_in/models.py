"""Files of risks that were uploaded and wait for their import."""

from peewee import JOIN, BlobField, CharField, DateTimeField, ForeignKeyField, TextField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Base
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.schemes.models import ScoringScheme


class RiskImport(Base):
    """A file and what its person has chosen for it so far (`choices`, JSON). Nobody else's to see; gone after a day.

    `applied_at` is None until the register has taken its risks.
    """

    register = ForeignKeyField(Register, backref="+")
    person = ForeignKeyField(Person, backref="+")
    filename = CharField(max_length=200)
    content = BlobField()
    choices = TextField(default="{}")
    created_at = DateTimeField(index=True)
    applied_at = DateTimeField(null=True)

    reads = Permission.REGISTER_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            RiskImport.select(RiskImport, Register, Partnership, Authority, ScoringScheme)
            .join(Register)
            .join(Partnership)
            .switch(Register)
            .join(Authority, JOIN.LEFT_OUTER)
            .switch(Register)
            .join(ScoringScheme)
        )
        register = Register.reach()
        return Reach(query, register.partnership, register.authority, register.settled, register.raised)

    def place(self) -> Place:
        place: Place = self.register.place()
        return place
