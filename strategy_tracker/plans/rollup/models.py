"""The partnership's own rules of the roll-up, each from a date on. Only added: triggers refuse change and removal."""

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Base


class RollUpRule(Base):
    """A rule that holds from `since` until a later one; of two with one date the later written holds.

    `worst_first` is a status a line. `overdue_as` empty: overdue counts as what is reported.
    """

    partnership = ForeignKeyField(Partnership, backref="+")
    since = DateField()
    grace = IntegerField()
    overdue_as = CharField(max_length=30, default="")
    worst_first = TextField()
    reason = TextField()
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()

    class Meta:
        constraints = [Check("grace between 0 and 92"), Check("overdue_as in ('', 'off track', 'at risk')")]
