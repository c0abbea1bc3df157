"""Files that were uploaded and wait for their import, and what went out."""

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField, TextField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Base
from strategy_tracker.plans.models import Plan


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


class PlanExport(Base):
    """What a plan said when it went out as a file: what an edited copy is compared with when it comes back.

    `stamp` stands in each row of the file. `content` is a packed snapshot, kept once however often it goes out.
    """

    plan = ForeignKeyField(Plan, backref="+")
    stamp = CharField(max_length=7, unique=True)
    digest = CharField(max_length=64)
    content = BlobField()
    created_at = DateTimeField()

    class Meta:
        indexes = ((("plan", "digest"), True),)


class OfflineReturn(Base):
    """A filled-in workbook and what its person has chosen so far (`choices`, JSON). Nobody else's; gone after a day.

    `applied_at` is None until it has been reported.
    """

    plan = ForeignKeyField(Plan, backref="+")
    authority = ForeignKeyField(Authority, backref="+")
    person = ForeignKeyField(Person, backref="+")
    filename = CharField(max_length=200)
    content = BlobField()
    choices = TextField(default="{}")
    created_at = DateTimeField(index=True)
    applied_at = DateTimeField(null=True)

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            OfflineReturn.select(OfflineReturn, Plan, Partnership, Authority)
            .join(Plan)
            .join(Partnership)
            .switch(OfflineReturn)
            .join(Authority)
        )
        return Reach(query, Plan.partnership, OfflineReturn.authority, Plan.state != "draft")

    def place(self) -> Place:
        return Place(self.plan.partnership_id, self.authority_id, self.plan.is_settled)
