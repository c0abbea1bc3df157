"""The versions of a plan. Only added to: triggers refuse change and removal."""

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.accounts.models import Person
from strategy_tracker.db import Base
from strategy_tracker.plans.models import Plan


class PlanVersion(Base):
    """A set of changes with its reason. `number` 1 is the plan as it was agreed; `dated_on` is when it took effect."""

    plan = ForeignKeyField(Plan, backref="versions")
    number = IntegerField()
    dated_on = DateField()
    recorded_at = DateTimeField()
    person = ForeignKeyField(Person, null=True, backref="+")
    reason = TextField()
    approved_by = CharField(max_length=300, default="")

    class Meta:
        indexes = ((("plan", "number"), True),)


class PartRevision(Base):
    """What a part of the plan said in a version: its columns as JSON, or None where the version took it away.

    A version holds only the parts that it changed; of several rows for one part the last counts.
    """

    version = ForeignKeyField(PlanVersion, backref="parts")
    kind = CharField(max_length=10)
    row_id = IntegerField()
    data = TextField(null=True)

    class Meta:
        constraints = [Check("kind in ('plan', 'objective', 'action', 'outcome', 'share')")]
