"""The revisions of a timescale."""

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.accounts.models import Person
from strategy_tracker.db import Base
from strategy_tracker.plans.models import Outcome


class DateRevision(Base):
    """A timescale as it was and as it became, with the reason. Only added: triggers refuse change and removal.

    The original is what stood before number 1. `person` None: the command line.
    """

    outcome = ForeignKeyField(Outcome, backref="date_revisions")
    number = IntegerField()
    dated_on = DateField()
    recorded_at = DateTimeField()
    person = ForeignKeyField(Person, null=True, backref="+")
    reason = TextField()
    old_kind = CharField(max_length=10)
    old_due_on = DateField(null=True)
    old_precision = CharField(max_length=10, default="")
    old_words = CharField(max_length=300, default="")
    new_kind = CharField(max_length=10)
    new_due_on = DateField(null=True)
    new_precision = CharField(max_length=10, default="")
    new_words = CharField(max_length=300, default="")

    class Meta:
        indexes = ((("outcome", "number"), True),)
        constraints = [
            Check("(old_kind = 'date') = (old_due_on is not null)"),
            Check("(new_kind = 'date') = (new_due_on is not null)"),
        ]
