"""Which share went on as which."""

from peewee import Check, ForeignKeyField

from strategy_tracker.authorities.models import Succession
from strategy_tracker.db import Base
from strategy_tracker.plans.models import Share


class ShareSuccession(Base):
    """The part of an authority that ended, and the part that goes on with it. Its notes stay with the first."""

    succession = ForeignKeyField(Succession, backref="shares")
    before = ForeignKeyField(Share, backref="+")
    after = ForeignKeyField(Share, backref="+")

    class Meta:
        indexes = ((("before", "after"), True),)
        constraints = [Check("before_id <> after_id")]
