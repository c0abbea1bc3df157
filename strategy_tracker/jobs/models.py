"""A piece of work, and a mail."""

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Base, Versioned

JOB_STATES = "('queued', 'running', 'done', 'failed')"


class Job(Versioned):
    """One piece of work, written in the transaction of what asked for it. `key` is unique: asked twice it is done once.

    `arguments` and `result` are JSON. While it runs, `worker` holds it until `lease_until`; then another may take it.
    `person` is who asked (None: the tracker itself), `error` what went wrong last, in words.
    """

    kind = CharField(max_length=40)
    key = CharField(max_length=120, unique=True)
    arguments = TextField(default="{}")
    state = CharField(max_length=10, default="queued", index=True)
    attempts = IntegerField(default=0)
    run_after = DateTimeField()
    worker = CharField(max_length=40, default="")
    lease_until = DateTimeField(null=True)
    partnership = ForeignKeyField(Partnership, null=True, backref="+")
    person = ForeignKeyField(Person, null=True, backref="+")
    created_at = DateTimeField()
    finished_at = DateTimeField(null=True)
    error = TextField(default="")
    result = TextField(default="{}")

    class Meta:
        constraints = [Check(f"state in {JOB_STATES}")]

    reads = Permission.PARTNERSHIP_READ

    @classmethod
    def reach(cls) -> Reach:
        return Reach(Job.select(Job, Partnership).join(Partnership), Job.partnership)

    def place(self) -> Place:
        return Place(self.partnership_id)


class Mail(Base):
    """A mail to a person: one of each kind on a day. `sent_at` None: not sent yet; `error` says why where it failed.

    `address` is where it goes, as it was when it was written.
    """

    person = ForeignKeyField(Person, backref="+")
    kind = CharField(max_length=40)
    dated_on = DateField()
    address = CharField(max_length=254)
    subject = CharField(max_length=300)
    text = TextField()
    html = TextField()
    written_at = DateTimeField()
    begun_at = DateTimeField(null=True)
    sent_at = DateTimeField(null=True)
    error = TextField(default="")

    class Meta:
        indexes = ((("person", "kind", "dated_on"), True),)
