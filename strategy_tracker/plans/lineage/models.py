"""Where a plan comes from, and which of its actions went on."""

from peewee import Check, DateTimeField, ForeignKeyField

from strategy_tracker.accounts.models import Person
from strategy_tracker.db import Base
from strategy_tracker.plans.models import Action, Plan


class Origin(Base):
    """The plan that a plan follows, the one that it was copied from, or both. A plan has one successor at most."""

    plan = ForeignKeyField(Plan, unique=True, backref="+")
    predecessor = ForeignKeyField(Plan, null=True, unique=True, backref="+")
    template = ForeignKeyField(Plan, null=True, backref="+")
    recorded_at = DateTimeField()

    class Meta:
        constraints = [
            Check("predecessor_id is not null or template_id is not null"),
            Check("plan_id <> predecessor_id"),
            Check("plan_id <> template_id"),
        ]


class CarriedForward(Base):
    """An action of a plan that goes on as an action of the plan that follows. `person` None: the command line."""

    before = ForeignKeyField(Action, backref="+")
    after = ForeignKeyField(Action, backref="+")
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()

    class Meta:
        indexes = ((("before", "after"), True),)
        constraints = [Check("before_id <> after_id")]
