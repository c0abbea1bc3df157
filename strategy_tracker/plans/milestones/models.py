"""Milestones, and what their dates were before."""

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.accounts.models import Person
from strategy_tracker.checks import OWNER_KINDS
from strategy_tracker.db import Base
from strategy_tracker.plans.attached.models import Attached

PRECISIONS = "('day', 'month', 'quarter', 'year')"


class Milestone(Attached):
    """A step on the way. `due_on` is the last day in time; `done_on` None: not done yet."""

    text = CharField(max_length=300)
    due_on = DateField()
    due_precision = CharField(max_length=10, default="day")
    owner_kind = CharField(max_length=10, default="")
    owner_name = CharField(max_length=200, default="")
    done_on = DateField(null=True)

    class Meta:
        constraints = [Check(f"due_precision in {PRECISIONS}"), OWNER_KINDS]


class MilestoneRevision(Base):
    """A date as it was and as it became, with the reason. Only added: triggers refuse change and removal.

    The original is what stood before number 1. `person` None: the command line.
    """

    milestone = ForeignKeyField(Milestone, backref="revisions")
    number = IntegerField()
    dated_on = DateField()
    recorded_at = DateTimeField()
    person = ForeignKeyField(Person, null=True, backref="+")
    reason = TextField()
    old_due_on = DateField()
    old_precision = CharField(max_length=10)
    new_due_on = DateField()
    new_precision = CharField(max_length=10)

    class Meta:
        indexes = ((("milestone", "number"), True),)
        constraints = [Check(f"old_precision in {PRECISIONS}"), Check(f"new_precision in {PRECISIONS}")]
