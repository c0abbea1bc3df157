"""Quarters, what an authority returns for one, and for whom a closed one is open again."""

from typing import Any

from peewee import BooleanField, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Base, Versioned
from strategy_tracker.quarters.rules import quarter_words


class CalendarRule(Base):
    """How the dates of quarters are made, from a date on. Only added: triggers refuse change and removal.

    `first_month` is that of the plan year. A quarter opens, is due and is discussed so many days after it ends; less
    than 0: before.
    """

    partnership = ForeignKeyField(Partnership, backref="+")
    since = DateField()
    first_month = IntegerField()
    opens_after = IntegerField()
    due_after = IntegerField()
    meeting_after = IntegerField()
    reason = TextField()
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()

    class Meta:
        constraints = [Check("first_month between 1 and 12")]


class Quarter(Versioned):
    """A reporting period: `slug` is "2010-11-q4", `year` "2010-11". `closed_at` is None while returns are taken."""

    partnership = ForeignKeyField(Partnership, backref="quarters")
    slug = CharField(max_length=20)
    year = CharField(max_length=10)
    number = IntegerField()
    period_from = DateField()
    period_to = DateField()
    opens_on = DateField()
    due_on = DateField()
    meeting_on = DateField(null=True)
    closed_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("partnership", "slug"), True), (("partnership", "period_from"), True))
        constraints = [
            Check("number between 1 and 4"),
            Check("period_from <= period_to"),
            Check("opens_on <= due_on"),
        ]

    reads = Permission.QUARTER_READ

    @classmethod
    def reach(cls) -> Reach:
        return Reach(Quarter.select(Quarter, Partnership).join(Partnership), Quarter.partnership)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def words(self) -> str:
        """ "Quarter 4, April to June 2011"."""
        return quarter_words(self.number, self.period_from, self.period_to)

    def place(self) -> Place:
        return Place(self.partnership_id)


class Return(Versioned):
    """One authority's report for one quarter. Where there is no row it is open and nothing has happened to it."""

    quarter = ForeignKeyField(Quarter, backref="returns")
    authority = ForeignKeyField(Authority, backref="+")
    state = CharField(max_length=10, default="open")

    class Meta:
        table_name = "quarter_return"
        indexes = ((("quarter", "authority"), True),)
        constraints = [Check("state in ('open', 'submitted', 'sent back', 'accepted')")]

    reads = Permission.QUARTER_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Return.select(Return, Quarter, Partnership, Authority)
            .join(Quarter)
            .join(Partnership)
            .switch(Return)
            .join(Authority)
        )
        return Reach(query, Quarter.partnership, Return.authority)

    def place(self) -> Place:
        return Place(self.quarter.partnership_id, self.authority_id)


class ReturnStep(Base):
    """What happened to a return. Only added: triggers refuse change and removal.

    `figures` is JSON of what was reported at that moment. `person` None: the command line, or the tracker itself.
    """

    of = ForeignKeyField(Return, backref="steps")
    verb = CharField(max_length=20)
    at = DateTimeField()
    person = ForeignKeyField(Person, null=True, backref="+")
    on_behalf = BooleanField(default=False)
    note = TextField(default="")
    figures = TextField(default="{}")

    class Meta:
        constraints = [
            Check(
                "verb in ('submitted', 'taken back', 'sent back', 'accepted', 'reopened', 'reopening ended', 'closed')"
            )
        ]


class Reopening(Versioned):
    """A closed quarter's return that may be written to again, up to and with a day. `person` None: by all of hers."""

    of = ForeignKeyField(Return, backref="reopenings")
    person = ForeignKeyField(Person, null=True, backref="+")
    until = DateField()
    reason = TextField()
    opened_by = ForeignKeyField(Person, null=True, backref="+")
    opened_at = DateTimeField()
    ended_at = DateTimeField(null=True)

    reads = Permission.QUARTER_READ

    @classmethod
    def reach(cls) -> Reach:
        query = Reopening.select(Reopening, Return, Quarter, Partnership).join(Return).join(Quarter).join(Partnership)
        return Reach(query, Quarter.partnership, Return.authority)

    def place(self) -> Place:
        of: Any = self.of
        return Place(of.quarter.partnership_id, of.authority_id)
