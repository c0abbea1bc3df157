"""A meeting of the steering group, and everything that is kept with it."""

from peewee import (
    JOIN,
    BlobField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Base, Versioned
from strategy_tracker.quarters.models import Quarter


class Meeting(Versioned):
    """`starts_at` is "10:00" or empty. `quarter` is the one that it reviews; None: none. `others` came for nobody."""

    partnership = ForeignKeyField(Partnership, backref="meetings")
    held_on = DateField()
    starts_at = CharField(max_length=5, default="")
    venue = CharField(max_length=300, default="")
    chair = CharField(max_length=200, default="")
    quarter = ForeignKeyField(Quarter, null=True, backref="+")
    others = TextField(default="")
    called_off_at = DateTimeField(null=True)
    called_off_why = TextField(default="")

    class Meta:
        indexes = ((("partnership", "held_on"), False),)

    reads = Permission.MEETING_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Meeting.select(Meeting, Partnership, Quarter)
            .join(Partnership)
            .switch(Meeting)
            .join(Quarter, JOIN.LEFT_OUTER)
            .switch(Meeting)
        )
        return Reach(query, Meeting.partnership)

    def place(self) -> Place:
        return Place(self.partnership_id)


class Attendance(Base):
    """Whether an authority came, and who for it. No row: nothing is noted yet."""

    meeting = ForeignKeyField(Meeting, backref="attendance")
    authority = ForeignKeyField(Authority, backref="+")
    presence = CharField(max_length=10)
    who = CharField(max_length=300, default="")

    class Meta:
        indexes = ((("meeting", "authority"), True),)
        constraints = [Check("presence in ('present', 'apologies', 'absent')")]


class Minutes(Versioned):
    """What was said, empty until it is written. `approved_in` is the later meeting that approved it."""

    meeting = ForeignKeyField(Meeting, unique=True, backref="+")
    text = TextField(default="")
    approved_in = ForeignKeyField(Meeting, null=True, backref="+")
    approved_at = DateTimeField(null=True)

    class Meta:
        constraints = [Check("meeting_id <> approved_in_id")]


class MinutesRevision(Base):
    """The minutes as they were saved, each time. Only added: triggers refuse change and removal."""

    minutes = ForeignKeyField(Minutes, backref="revisions")
    number = IntegerField()
    text = TextField()
    reason = TextField(default="")
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()

    class Meta:
        indexes = ((("minutes", "number"), True),)


class OfMeeting(Versioned):
    """A row that is kept with a meeting and can be taken away from it."""

    meeting = ForeignKeyField(Meeting, backref="+")
    removed_at = DateTimeField(null=True)

    reads = Permission.MEETING_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            cls.select(cls, Meeting, Partnership)
            .join(Meeting)
            .join(Partnership)
            .switch(cls)
            .where(cls.removed_at.is_null())
        )
        return Reach(query, Meeting.partnership)

    def place(self) -> Place:
        return Place(self.meeting.partnership_id)


class AgendaItem(OfMeeting):
    """An item of the coordinator's own, before or after what is drawn from the quarter.

    `asked` is what the group is asked to decide, `asked_by` whose wish it is; both empty where it is only to be heard.
    """

    position = IntegerField()
    stands = CharField(max_length=10, default="after")
    title = CharField(max_length=300)
    text = TextField(default="")
    asked = TextField(default="")
    asked_by = CharField(max_length=200, default="")

    class Meta:
        constraints = [Check("stands in ('before', 'after')")]


class Paper(OfMeeting):
    """A paper: a file, or (`address`) a page of the partnership. Nobody but its editors sees it before its day."""

    title = CharField(max_length=300)
    published_on = DateField()
    address = CharField(max_length=300, default="")
    filename = CharField(max_length=120, default="")
    media_type = CharField(max_length=100, default="")
    size = IntegerField(default=0)
    sha256 = CharField(max_length=64, default="")
    person = ForeignKeyField(Person, null=True, backref="+")
    added_at = DateTimeField()

    class Meta:
        constraints = [Check("(address = '') <> (filename = '')")]


class PaperContent(Base):
    """The bytes of a paper, in a table of their own so that a list of papers never reads them."""

    paper = ForeignKeyField(Paper, unique=True, backref="+")
    content = BlobField()
