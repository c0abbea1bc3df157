"""Files that were uploaded and wait for their import."""

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField, TextField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Base


class ImportDraft(Base):
    """A file and what its person has chosen for it so far (`choices`, JSON). Nobody else's to see; gone after a day.

    `applied_at` is None until the plan has taken it over.
    """

    partnership = ForeignKeyField(Partnership, backref="+")
    person = ForeignKeyField(Person, backref="+")
    filename = CharField(max_length=200)
    content = BlobField()
    choices = TextField()
    created_at = DateTimeField(index=True)
    applied_at = DateTimeField(null=True)

    reads = Permission.PLAN_IMPORT

    @classmethod
    def reach(cls) -> Reach:
        query = ImportDraft.select(ImportDraft, Partnership).join(Partnership)
        return Reach(query, ImportDraft.partnership)

    def place(self) -> Place:
        return Place(self.partnership_id)
