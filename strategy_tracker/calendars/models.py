"""The secret addresses of calendars."""

from peewee import CharField, DateTimeField, ForeignKeyField

from strategy_tracker.accounts.models import Person
from strategy_tracker.db import Base


class CalendarFeed(Base):
    """The one address that a person's calendar has now, found by the SHA-256 of its token.

    The token itself is kept nowhere. A revoked address is gone; that it was there stands in the history.
    """

    person = ForeignKeyField(Person, unique=True, backref="+")
    digest = CharField(max_length=64, unique=True)
    made_at = DateTimeField()
    fetched_at = DateTimeField(null=True)
