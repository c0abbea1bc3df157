"""The partnership's own reminder days, and what each person was told of. Only added: triggers refuse anything else."""

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Base
from strategy_tracker.jobs.models import Mail
from strategy_tracker.quarters.models import Quarter


class ReminderRule(Base):
    """A rule that holds from `since` until a later one; of two with one date the later written holds.

    Days before and after something is due, such as "21,14,7,0" and "3,7,14"; an empty `days_after` chases nobody.
    """

    partnership = ForeignKeyField(Partnership, backref="+")
    since = DateField()
    days_before = CharField(max_length=60)
    days_after = CharField(max_length=60)
    reason = TextField()
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()


class ReminderItem(Base):
    """One thing that a person was told of for a day, or that was passed over: once for a person, an item and a day.

    `dated_on` is the stage's day, `days` how far it is from the due date (less than 0: before); None where it only
    stood in a mail that went out for something else. `mail` None: passed over. `why` says which rule, stage and item.
    """

    person = ForeignKeyField(Person, backref="+")
    partnership = ForeignKeyField(Partnership, backref="+")
    quarter = ForeignKeyField(Quarter, null=True, backref="+")
    occasion = CharField(max_length=40)
    item = CharField(max_length=60)
    dated_on = DateField()
    days = IntegerField(null=True)
    mail = ForeignKeyField(Mail, null=True, backref="+")
    why = TextField()
    recorded_at = DateTimeField()

    class Meta:
        indexes = ((("person", "item", "dated_on"), True), (("person", "occasion", "dated_on"), False))


class ReminderPart(Base):
    """What a mail says of one partnership, which is all of it that this partnership's coordinator may read."""

    mail = ForeignKeyField(Mail, backref="+")
    partnership = ForeignKeyField(Partnership, backref="+")
    subject = CharField(max_length=300)
    text = TextField()

    class Meta:
        indexes = ((("mail", "partnership"), True),)

    reads = Permission.QUARTER_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            ReminderPart.select(ReminderPart, Mail, Person, Partnership)
            .join(Mail)
            .join(Person)
            .switch(ReminderPart)
            .join(Partnership)
        )
        return Reach(query, ReminderPart.partnership)

    def place(self) -> Place:
        return Place(self.partnership_id)
