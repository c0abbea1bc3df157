"""A plan and its parts, down to what an authority said about an outcome."""

from typing import Any

from peewee import (
    JOIN,
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    TextField,
    fn,
)

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.checks import OWNER_KINDS
from strategy_tracker.db import Base, Versioned
from strategy_tracker.plans.rules import Timescale


class Plan(Versioned):
    """An action plan for a period of a strategy. `as_at` is the date its progress runs to; None: today."""

    partnership = ForeignKeyField(Partnership, backref="plans")
    slug = CharField(max_length=60)
    title = CharField(max_length=300)
    strategy = CharField(max_length=300)
    period_from = DateField()
    period_to = DateField()
    state = CharField(max_length=10, default="draft")
    edition = IntegerField(default=1)
    agreed_on = DateField(null=True)
    as_at = DateField(null=True)

    class Meta:
        indexes = ((("partnership", "slug"), True),)
        constraints = [Check("state in ('draft', 'agreed', 'closed')"), Check("period_from <= period_to")]

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        query = Plan.select(Plan, Partnership).join(Partnership)
        return Reach(query, Plan.partnership, settled=Plan.state != "draft")

    @property
    def is_settled(self) -> bool:
        return self.state != "draft"

    def place(self) -> Place:
        return Place(self.partnership_id, None, self.is_settled)


class Objective(Versioned):
    """A numbered aim. `number` is what people cite; `position` orders; `removed_at` is None while it stands."""

    plan = ForeignKeyField(Plan, backref="objectives")
    number = CharField(max_length=20)
    title = TextField()
    lead = ForeignKeyField(Authority, null=True, backref="+")
    position = IntegerField()
    removed_at = DateTimeField(null=True)

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Objective.select(Objective, Plan, Partnership)
            .join(Plan)
            .join(Partnership)
            .where(Objective.removed_at.is_null())
        )
        return Reach(query, Plan.partnership, Objective.lead, Plan.state != "draft")

    def place(self) -> Place:
        return Place(self.plan.partnership_id, self.lead_id, self.plan.is_settled)


class Action(Versioned):
    """What will be done. Its lead, or else its objective's, owns it."""

    objective = ForeignKeyField(Objective, backref="actions")
    number = CharField(max_length=20)
    text = TextField()
    lead = ForeignKeyField(Authority, null=True, backref="+")
    owner_kind = CharField(max_length=10, default="")
    owner_name = CharField(max_length=200, default="")
    position = IntegerField()
    removed_at = DateTimeField(null=True)

    class Meta:
        constraints = [OWNER_KINDS]

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Action.select(Action, Objective, Plan, Partnership)
            .join(Objective)
            .join(Plan)
            .join(Partnership)
            .where(Action.removed_at.is_null(), Objective.removed_at.is_null())
        )
        return Reach(query, Plan.partnership, fn.COALESCE(Action.lead, Objective.lead), Plan.state != "draft")

    @property
    def plan(self) -> Any:
        return self.objective.plan

    @property
    def owning_authority_id(self) -> int | None:
        return self.lead_id or self.objective.lead_id

    def place(self) -> Place:
        return Place(self.plan.partnership_id, self.owning_authority_id, self.plan.is_settled)


class Outcome(Versioned):
    """A measurable outcome or timescale of an action; its text may be blank."""

    action = ForeignKeyField(Action, backref="outcomes")
    text = TextField()
    lead = ForeignKeyField(Authority, null=True, backref="+")
    position = IntegerField()
    timescale_kind = CharField(max_length=10, default="none")
    due_on = DateField(null=True)
    due_precision = CharField(max_length=10, default="")
    timescale_words = CharField(max_length=300, default="")
    removed_at = DateTimeField(null=True)

    class Meta:
        constraints = [
            Check("timescale_kind in ('none', 'date', 'condition', 'recurring')"),
            Check("due_precision in ('', 'day', 'month', 'quarter', 'year')"),
            Check("(timescale_kind = 'date') = (due_on is not null)"),
        ]

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Outcome.select(Outcome, Action, Objective, Plan, Partnership)
            .join(Action)
            .join(Objective)
            .join(Plan)
            .join(Partnership)
            .where(Outcome.removed_at.is_null(), Action.removed_at.is_null(), Objective.removed_at.is_null())
        )
        owner = fn.COALESCE(Outcome.lead, Action.lead, Objective.lead)
        return Reach(query, Plan.partnership, owner, Plan.state != "draft")

    @property
    def plan(self) -> Any:
        return self.action.plan

    @property
    def timescale(self) -> Timescale:
        return Timescale.of(self.timescale_kind, self.due_on, self.due_precision, self.timescale_words)

    def place(self) -> Place:
        owner = self.lead_id or self.action.owning_authority_id
        return Place(self.plan.partnership_id, owner, self.plan.is_settled)


class Share(Versioned):
    """One authority's part of an action, with its own owner."""

    action = ForeignKeyField(Action, backref="shares")
    authority = ForeignKeyField(Authority, backref="shares")
    owner_kind = CharField(max_length=10, default="")
    owner_name = CharField(max_length=200, default="")
    removed_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("action", "authority"), True),)
        constraints = [OWNER_KINDS]

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Share.select(Share, Authority, Action, Objective, Plan, Partnership)
            .join(Authority)
            .switch(Share)
            .join(Action)
            .join(Objective)
            .join(Plan)
            .join(Partnership)
            .where(Share.removed_at.is_null(), Action.removed_at.is_null(), Objective.removed_at.is_null())
        )
        return Reach(query, Plan.partnership, Share.authority, Plan.state != "draft")

    @property
    def plan(self) -> Any:
        return self.action.plan

    def place(self) -> Place:
        return Place(self.plan.partnership_id, self.authority_id, self.plan.is_settled)


class ProgressNote(Base):
    """What an authority said about an outcome as at a date. Only added: triggers refuse change and removal.

    `status` is None where the words came in without one. A correction is a new note that `replaces` the old. "No
    change" is a note, too: it says again what the note that it `confirms` said.
    """

    share = ForeignKeyField(Share, backref="notes")
    outcome = ForeignKeyField(Outcome, backref="notes")
    as_at = DateField()
    status = CharField(max_length=30, null=True)
    text = TextField()
    reason = TextField(default="")
    person = ForeignKeyField(Person, null=True, backref="+")
    on_behalf = BooleanField(default=False)
    recorded_at = DateTimeField()
    replaces = ForeignKeyField("self", null=True, unique=True, backref="+")
    confirms = ForeignKeyField("self", null=True, backref="+")

    class Meta:
        indexes = ((("outcome", "share", "as_at"), False),)
        constraints = [
            Check(
                "status in ('not started', 'on track', 'at risk', 'off track', 'achieved', 'ongoing', "
                "'achieved and ongoing', 'deferred', 'carried forward', 'stopped')"
            )
        ]

    reads = Permission.PLAN_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            ProgressNote.select(ProgressNote, Share, Authority, Action, Objective, Plan, Partnership, Outcome, Person)
            .join(Share)
            .join(Authority)
            .switch(Share)
            .join(Action)
            .join(Objective)
            .join(Plan)
            .join(Partnership)
            .switch(ProgressNote)
            .join(Outcome)
            .switch(ProgressNote)
            .join(Person, JOIN.LEFT_OUTER)
            .where(Share.removed_at.is_null(), Action.removed_at.is_null(), Objective.removed_at.is_null())
        )
        return Reach(query, Plan.partnership, Share.authority, Plan.state != "draft")

    @property
    def plan(self) -> Any:
        return self.share.plan

    def place(self) -> Place:
        return self.share.place()


class Abbreviation(Versioned):
    """An entry of the partnership's glossary."""

    partnership = ForeignKeyField(Partnership, backref="abbreviations")
    short = CharField(max_length=40)
    meaning = CharField(max_length=300)

    class Meta:
        indexes = ((("partnership", "short"), True),)

    reads = Permission.PARTNERSHIP_READ

    @classmethod
    def reach(cls) -> Reach:
        query = Abbreviation.select(Abbreviation, Partnership).join(Partnership)
        return Reach(query, Abbreviation.partnership)

    def place(self) -> Place:
        return Place(self.partnership_id)
