"""A comment, what it said before, and whom it names."""

from typing import Any

from peewee import JOIN, DateTimeField, ForeignKeyField, IntegerField, TextField, fn

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Partnership
from strategy_tracker.db import Base, Versioned
from strategy_tracker.plans.models import Action, Objective, Plan


class Comment(Versioned):
    """What a person says about an action to her partners. Withdrawn, it has no words any more."""

    action = ForeignKeyField(Action, backref="comments")
    person = ForeignKeyField(Person, null=True, backref="+")
    text = TextField()
    written_at = DateTimeField()
    edited_at = DateTimeField(null=True)
    withdrawn_at = DateTimeField(null=True)

    reads = Permission.COMMENT_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Comment.select(Comment, Person, Action, Objective, Plan, Partnership)
            .join(Person, JOIN.LEFT_OUTER)
            .switch(Comment)
            .join(Action)
            .join(Objective)
            .join(Plan)
            .join(Partnership)
            .where(Action.removed_at.is_null(), Objective.removed_at.is_null())
        )
        return Reach(query, Plan.partnership, fn.COALESCE(Action.lead, Objective.lead), Plan.state != "draft")

    @property
    def plan(self) -> Any:
        return self.action.plan

    def place(self) -> Place:
        place: Place = self.action.place()
        return place


class CommentRevision(Base):
    """What a comment said before it was corrected or withdrawn. Only added: triggers refuse change and removal."""

    comment = ForeignKeyField(Comment, backref="revisions")
    number = IntegerField()
    text = TextField()
    said_at = DateTimeField()

    class Meta:
        indexes = ((("comment", "number"), True),)


class Mention(Base):
    """A colleague whom a comment names. `seen_at` is None until she has dealt with it."""

    comment = ForeignKeyField(Comment, backref="mentions")
    person = ForeignKeyField(Person, backref="+")
    named_at = DateTimeField()
    seen_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("comment", "person"), True),)

    reads = Permission.COMMENT_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Mention.select(Mention, Comment, Person, Action, Objective, Plan, Partnership)
            .join(Comment)
            .join(Person, JOIN.LEFT_OUTER, on=(Comment.person == Person.id))
            .switch(Comment)
            .join(Action)
            .join(Objective)
            .join(Plan)
            .join(Partnership)
            .where(Comment.withdrawn_at.is_null(), Action.removed_at.is_null(), Objective.removed_at.is_null())
        )
        return Reach(query, Plan.partnership, fn.COALESCE(Action.lead, Objective.lead), Plan.state != "draft")

    def place(self) -> Place:
        place: Place = self.comment.place()
        return place
