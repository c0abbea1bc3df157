"""A board pack, its parts, and what was made of it."""

from typing import Any

from peewee import (
    BlobField,
    BooleanField,
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
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Base, Versioned
from strategy_tracker.plans.models import Plan
from strategy_tracker.reports.models import ReportIssue
from strategy_tracker.risks.models import Register

SUM = " + ".join(f"case when {name}_id is null then 0 else 1 end" for name in ("issue", "plan", "register", "top_of"))
"""How many things a part is."""


class BoardPack(Versioned):
    """What goes to a board in one document. Reports are in it as they were published for its `audience`.

    `meeting` is where, in words. `asked` counts how often its PDF was asked for.
    """

    partnership = ForeignKeyField(Partnership, backref="+")
    title = CharField(max_length=300)
    for_whom = CharField(max_length=300, default="")
    meeting = CharField(max_length=300, default="")
    meeting_on = DateField(null=True)
    audience = CharField(max_length=10)
    asked = IntegerField(default=0)

    class Meta:
        constraints = [Check("audience in ('full', 'board', 'public')")]

    reads = Permission.REPORT_READ

    @classmethod
    def reach(cls) -> Reach:
        query = BoardPack.select(BoardPack, Partnership).join(Partnership)
        return Reach(query, BoardPack.partnership, settled=BoardPack.id.in_(_for_viewers()))

    def place(self) -> Place:
        return Place(self.partnership_id, is_settled=_for_viewers().where(PackEdition.pack == self.id).exists())


class PackPart(Base):
    """One part of a pack: what was published of a report; a plan as it stands, in a version, or as at a date; what is
    shared of a risk register; or of the top risks of a partnership (`top_of`).
    """

    pack = ForeignKeyField(BoardPack, backref="parts")
    position = IntegerField()
    issue = ForeignKeyField(ReportIssue, null=True, backref="+")
    plan = ForeignKeyField(Plan, null=True, backref="+")
    register = ForeignKeyField(Register, null=True, backref="+")
    top_of = ForeignKeyField(Partnership, null=True, backref="+")
    number = IntegerField(null=True)
    as_at = DateField(null=True)

    class Meta:
        indexes = ((("pack", "position"), True),)
        constraints = [Check(f"{SUM} = 1")]

    @property
    def what(self) -> tuple[str, int]:
        """Its kind and the id of what it is."""
        kinds = {"report": self.issue_id, "plan": self.plan_id, "register": self.register_id, "top": self.top_of_id}
        return next((kind, key) for kind, key in kinds.items() if key is not None)


class PackEdition(Base):
    """A pack as it was made. Only added: triggers refuse change and removal.

    `asked` is the asking that it answers. `contents` is JSON: the cover's words, and each part with what it was.
    `size` is the PDF's, in bytes. `for_viewers`: everything in it may be read by whoever reads what is agreed or
    published. `person` None: the command line.
    """

    pack = ForeignKeyField(BoardPack, backref="editions")
    number = IntegerField()
    asked = IntegerField()
    made_at = DateTimeField()
    person = ForeignKeyField(Person, null=True, backref="+")
    contents = TextField()
    for_viewers = BooleanField()
    size = IntegerField()
    pdf = BlobField()
    contents_sha256 = CharField(max_length=64)
    pdf_sha256 = CharField(max_length=64)

    class Meta:
        indexes = ((("pack", "number"), True), (("pack", "asked"), True))

    reads = Permission.REPORT_READ

    @classmethod
    def reach(cls) -> Reach:
        """Without the bytes."""
        columns: list[Any] = [field for field in cls._meta.sorted_fields if field is not cls.pdf]
        query = cls.select(*columns, BoardPack, Partnership).join(BoardPack).join(Partnership)
        return Reach(query, BoardPack.partnership, settled=cls.for_viewers)

    def place(self) -> Place:
        return Place(self.pack.partnership_id, is_settled=self.for_viewers)


def _for_viewers() -> Any:
    return PackEdition.select(PackEdition.pack).where(PackEdition.for_viewers)
