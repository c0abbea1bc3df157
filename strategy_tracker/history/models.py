"""What happened, in an order that cannot be changed unseen."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Base


class ChainHead(Base):
    """Where a chain of events has got to. One chain for each partnership and one, without, for the installation."""

    chain = CharField(max_length=40, unique=True)
    sequence = IntegerField()
    hash = CharField(max_length=64)


class Event(Base):
    """One acknowledged write. Only added: triggers refuse change and removal.

    `data` is canonical JSON of what changed ({"before": {...}, "after": {...}, ...}). `actor` is a salted digest of
    the person, so that forgetting the person (and her salt) leaves the chain whole; None: the command line.
    """

    chain = CharField(max_length=40)
    sequence = IntegerField()
    partnership = ForeignKeyField(Partnership, null=True, backref="events")
    at = DateTimeField()
    verb = CharField(max_length=60)
    subject_type = CharField(max_length=40)
    subject_id = IntegerField()
    person = ForeignKeyField(Person, null=True)
    actor = CharField(max_length=64, null=True)
    data = TextField()
    previous = CharField(max_length=64)
    hash = CharField(max_length=64)

    class Meta:
        indexes = ((("chain", "sequence"), True), (("subject_type", "subject_id"), False))


class FormKey(Base):
    """A form that was sent and saved: the same key from the same person is the same save."""

    person = ForeignKeyField(Person)
    key = CharField(max_length=64)
    at = DateTimeField(index=True)

    class Meta:
        indexes = ((("person", "key"), True),)
