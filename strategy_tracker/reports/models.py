"""Reports, what was circulated of them, and what was published; and whether everybody may read it."""

from peewee import BlobField, BooleanField, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField
from peewee import TextField as Text

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Base, Versioned
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.reviews.meetings.models import Meeting

KINDS = Check("kind in ('quarterly', 'pack')")
STATES = Check("state in ('draft', 'circulated', 'approved', 'published')")
AUDIENCES = "audience in ('full', 'board', 'public', 'extract')"


class Report(Versioned):
    """A report on its way from a draft to what is published, which triggers keep as it is.

    `draft` is the number of the draft that stands.

    `sections` is JSON of [key, whether it is in] in order, `audiences` of those it is made for besides the group.
    `approved_at` is the meeting in words (`meeting` where it is kept here), `approved_by` who approved or recorded it.
    `asked_at` is when publishing was asked for. `replaces` is the report whose mistake it mends, and `why` says how.
    What has `discarded_at` is in no list.
    """

    partnership = ForeignKeyField(Partnership, backref="+")
    quarter = ForeignKeyField(Quarter, null=True, backref="+")
    kind = CharField(max_length=10, default="quarterly")
    slug = CharField(max_length=60)
    title = CharField(max_length=300)
    summary = Text(default="")
    sections = Text(default="[]")
    audiences = Text(default="[]")
    state = CharField(max_length=10, default="draft")
    draft = IntegerField(default=1)
    approved_on = DateField(null=True)
    approved_at = CharField(max_length=300, default="")
    meeting = ForeignKeyField(Meeting, null=True, backref="+")
    approved_by = ForeignKeyField(Person, null=True, backref="+")
    asked_at = DateTimeField(null=True)
    published_at = DateTimeField(null=True)
    replaces = ForeignKeyField("self", null=True, backref="+", unique=True)
    why = Text(default="")
    discarded_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("partnership", "slug"), True),)
        constraints = [KINDS, STATES]

    reads = Permission.REPORT_READ

    @classmethod
    def reach(cls) -> Reach:
        query = Report.select(Report, Partnership, Quarter).join(Partnership).switch(Report)
        query = query.left_outer_join(Quarter).where(Report.discarded_at.is_null())
        return Reach(query, Report.partnership, settled=Report.state == "published")

    def place(self) -> Place:
        return Place(self.partnership_id, is_settled=self.state == "published")


class ReportCirculation(Base):
    """A draft that went to the group, and what was new in it. Only added: triggers refuse change and removal.

    `person` None: the command line.
    """

    report = ForeignKeyField(Report, backref="circulations")
    number = IntegerField()
    at = DateTimeField()
    person = ForeignKeyField(Person, null=True, backref="+")
    note = Text()

    class Meta:
        indexes = ((("report", "number"), True),)


class ReportDraft(Base):
    """What one audience got of a circulated draft. Only added: triggers refuse change and removal.

    `content` is JSON, `html` the body that page and PDF share. `authority` is whose extract it is.
    """

    circulation = ForeignKeyField(ReportCirculation, backref="+")
    audience = CharField(max_length=10)
    authority = ForeignKeyField(Authority, null=True, backref="+")
    content = Text()
    html = Text()

    class Meta:
        indexes = ((("circulation", "audience", "authority"), True),)
        constraints = [Check(AUDIENCES)]


class ReportIssue(Base):
    """What was published for one audience, for ever. Only added: triggers refuse change and removal.

    It says all that its page, its PDF and its JSON say, and refers to nothing but its report. `whose` is the short
    address of the authority whose extract it is, or "". The digests are SHA-256 of what was published.
    """

    report = ForeignKeyField(Report, backref="issues")
    audience = CharField(max_length=10)
    whose = CharField(max_length=60, default="")
    name = CharField(max_length=200)
    title = CharField(max_length=300)
    partnership = CharField(max_length=200)
    issued_at = DateTimeField()
    content = Text()
    html = Text()
    pdf = BlobField()
    content_sha256 = CharField(max_length=64)
    html_sha256 = CharField(max_length=64)
    pdf_sha256 = CharField(max_length=64)

    class Meta:
        indexes = ((("report", "audience", "whose"), True),)
        constraints = [Check(AUDIENCES)]


class PublicReading(Base):
    """Whether everybody may read a partnership's public copies, from a day on. Only added: triggers refuse the rest."""

    partnership = ForeignKeyField(Partnership, backref="+")
    since = DateField()
    allowed = BooleanField()
    reason = Text()
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()
