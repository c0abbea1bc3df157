"""Files that show what was done, and their bytes."""

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField, IntegerField

from strategy_tracker.accounts.models import Person
from strategy_tracker.db import Base
from strategy_tracker.plans.attached.models import Attached


class Evidence(Attached):
    """A file with its title. `media_type`, `size` (bytes) and `sha256` are those of the bytes that are kept."""

    title = CharField(max_length=300)
    filename = CharField(max_length=120)
    media_type = CharField(max_length=100)
    size = IntegerField()
    sha256 = CharField(max_length=64)
    person = ForeignKeyField(Person, null=True, backref="+")
    added_at = DateTimeField()


class EvidenceContent(Base):
    """The bytes of a file, in a table of their own so that a list of files never reads them."""

    evidence = ForeignKeyField(Evidence, unique=True, backref="+")
    content = BlobField()
