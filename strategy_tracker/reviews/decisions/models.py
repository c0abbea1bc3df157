"""A decision of the steering group, what it said before, and that it was applied to a plan."""

from typing import Any

from peewee import JOIN, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Base, Versioned
from strategy_tracker.plans.models import Action, Outcome, Plan, Share
from strategy_tracker.reviews.meetings.models import AgendaItem, Meeting


class Decision(Versioned):
    """Who does what by when. `number` counts within the meeting.

    The owner is a person, an authority or a post in words; `authority` is whose it is, the person's own among them.
    `new_due_on` and `new_text` are what a change makes of the outcome. `answer` says what came of it.
    """

    meeting = ForeignKeyField(Meeting, backref="decisions")
    number = IntegerField()
    item = ForeignKeyField(AgendaItem, null=True, backref="+")
    kind = CharField(max_length=20)
    words = TextField()
    action = ForeignKeyField(Action, null=True, backref="+")
    outcome = ForeignKeyField(Outcome, null=True, backref="+")
    share = ForeignKeyField(Share, null=True, backref="+")
    new_due_on = DateField(null=True)
    new_precision = CharField(max_length=10, default="")
    new_text = TextField(default="")
    owner = ForeignKeyField(Person, null=True, backref="+")
    authority = ForeignKeyField(Authority, null=True, backref="+")
    owner_words = CharField(max_length=200, default="")
    assigned_at = DateTimeField()
    due_on = DateField()
    state = CharField(max_length=10, default="open")
    answer = TextField(default="")
    settled_on = DateField(null=True)
    settled_by = ForeignKeyField(Person, null=True, backref="+")
    applied_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("meeting", "number"), True), (("owner", "state"), False))
        constraints = [
            Check("kind in ('accept', 'ask again', 'change', 'defer', 'carry forward', 'escalate', 'other')"),
            Check("state in ('open', 'done', 'dropped')"),
            Check("(state = 'open') = (settled_on is null)"),
            Check("new_precision in ('', 'day', 'month', 'quarter', 'year')"),
            Check("owner_id is not null or authority_id is not null or owner_words <> ''"),
            Check("action_id is not null or (outcome_id is null and share_id is null)"),
        ]

    reads = Permission.MEETING_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Decision.select(Decision, Meeting, Partnership, Authority, Person)
            .join(Meeting)
            .join(Partnership)
            .switch(Decision)
            .join(Authority, JOIN.LEFT_OUTER, on=(Decision.authority == Authority.id))
            .switch(Decision)
            .join(Person, JOIN.LEFT_OUTER, on=(Decision.owner == Person.id))
            .switch(Decision)
        )
        return Reach(query, Meeting.partnership, Decision.authority)

    @property
    def partnership(self) -> Any:
        return self.meeting.partnership

    def place(self) -> Place:
        return Place(self.meeting.partnership_id, self.authority_id)


class DecisionRevision(Base):
    """A decision as it was saved, each time. Only added: triggers refuse change and removal."""

    decision = ForeignKeyField(Decision, backref="revisions")
    number = IntegerField()
    kind = CharField(max_length=20)
    words = TextField()
    owner = CharField(max_length=420)
    due_on = DateField()
    reason = TextField(default="")
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()

    class Meta:
        indexes = ((("decision", "number"), True),)


class DecisionApplied(Base):
    """That a decision changed a plan, once. Only added: triggers refuse change and removal.

    `edition` is the plan's version that took it (None: a draft). `words` say what became what; `wrote` is JSON with the
    ids of what was written: {"outcome": 7} or {"notes": [3, 4]}.
    """

    decision = ForeignKeyField(Decision, unique=True, backref="+")
    plan = ForeignKeyField(Plan, backref="+")
    edition = IntegerField(null=True)
    words = TextField()
    wrote = TextField()
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()
