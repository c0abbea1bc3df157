"""Risk registers, risks, and what is said of each: scores, responses, controls, reviews, acceptances, escalations."""

import datetime as dt
from functools import cached_property
from typing import Any

from peewee import (
    JOIN,
    SQL,
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from strategy_tracker import clock
from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.checks import OWNER_KINDS
from strategy_tracker.db import Base, Versioned
from strategy_tracker.risks.rules import EscalationState, Mark, score_words
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme

NEVER = SQL("1 = 0")
"""Of no row: what is put forward is between the two levels, and is at no time read by all."""


class Register(Versioned):
    """An authority's risks, or (`authority` None) the partnership's own.

    `body` is who looks at it ("Corporate leadership team"); `goes_to` the register of the next level, to which at
    most `top` of its risks may be put forward at a time, None where there is none. A risk is reviewed every
    `review_months`, unless it says otherwise. `as_at` is the day as at which it is shown and written; None: today.
    """

    partnership = ForeignKeyField(Partnership, backref="registers")
    authority = ForeignKeyField(Authority, null=True, backref="+")
    slug = CharField(max_length=60)
    title = CharField(max_length=300)
    scheme = ForeignKeyField(ScoringScheme, backref="+")
    body = CharField(max_length=200, default="")
    goes_to = ForeignKeyField("self", null=True, backref="+")
    top = IntegerField(default=3)
    review_months = IntegerField(default=3)
    as_at = DateField(null=True)
    closed_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("partnership", "slug"), True),)
        constraints = [Check("top between 1 and 20"), Check("review_months between 1 and 24")]

    reads = Permission.REGISTER_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Register.select(Register, Partnership, Authority, ScoringScheme)
            .join(Partnership)
            .switch(Register)
            .join(Authority, JOIN.LEFT_OUTER)
            .switch(Register)
            .join(ScoringScheme)
        )
        is_everybodys = Register.authority.is_null()
        return Reach(query, Register.partnership, Register.authority, settled=is_everybodys, raised=is_everybodys)

    @property
    def day(self) -> dt.date:
        return self.as_at or clock.today()

    @property
    def whose(self) -> str:
        return str(self.authority.name if self.authority_id else self.partnership.name)

    @property
    def short(self) -> str:
        """ "TMBC"; the partnership has no shorter name than its own."""
        return str(self.authority.short_name if self.authority_id else self.partnership.name)

    def place(self) -> Place:
        """Where its next risk will stand, so that whoever could not read that one cannot add it."""
        is_everybodys = self.authority_id is None
        return Place(self.partnership_id, self.authority_id, is_everybodys, is_everybodys)


class Risk(Versioned):
    """What may happen, and who answers for it.

    `slug` is random, so that an address tells nothing of what else there is. `number` is its number in its register,
    for those whose register it is; `outer_number` the one by which others know it, given when it is first shared, and
    `raised_number` when it is put forward to the steering group alone; None before. `event` is what its name is.
    `review_months` None: as its register
    says. `is_raised`: it stands before the steering group. `told_at` is when people outside its authority began to
    read it, and so learn nothing of what was before; None while it is private.
    """

    register = ForeignKeyField(Register, backref="risks")
    slug = CharField(max_length=16, unique=True)
    number = IntegerField()
    outer_number = IntegerField(null=True)
    raised_number = IntegerField(null=True)
    event = TextField()
    cause = TextField(default="")
    effect = TextField(default="")
    category = CharField(max_length=60, default="")
    owner_kind = CharField(max_length=10, default="")
    owner_name = CharField(max_length=200, default="")
    proximity = CharField(max_length=30, default="")
    is_opportunity = BooleanField(default=False)
    assumptions = TextField(default="")
    review_months = IntegerField(null=True)
    opened_on = DateField()
    reviewed_on = DateField(null=True)
    review_due_on = DateField()
    is_shared = BooleanField(default=False)
    is_raised = BooleanField(default=False)
    told_at = DateTimeField(null=True)
    closed_on = DateField(null=True)
    closed_why = TextField(default="")

    class Meta:
        indexes = (
            (("register", "number"), True),
            (("register", "outer_number"), True),
            (("register", "raised_number"), True),
        )
        constraints = [
            OWNER_KINDS,
            Check("proximity in ('', 'now', 'within three months', 'within a year', 'later than a year')"),
            Check("review_months between 1 and 24"),
        ]

    reads = Permission.RISK_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Risk.select(Risk, Register, Partnership, Authority, ScoringScheme)
            .join(Register)
            .join(Partnership)
            .switch(Register)
            .join(Authority, JOIN.LEFT_OUTER)
            .switch(Register)
            .join(ScoringScheme)
        )
        is_everybodys = Register.authority.is_null() | (Risk.is_shared == True)  # noqa: E712
        is_told = is_everybodys | (Risk.is_raised == True)  # noqa: E712
        return Reach(query, Register.partnership, Register.authority, settled=is_everybodys, raised=is_told)

    def place(self) -> Place:
        authority_id = self.register.authority_id
        is_everybodys = authority_id is None or self.is_shared
        return Place(self.register.partnership_id, authority_id, is_everybodys, is_everybodys or self.is_raised)

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


class Score(Base):
    """A score with the words it was given in. Only added: triggers refuse change and removal.

    `impact` and `likelihood` are places (from 0, the least severe) in `scheme_version`; `band` is the place of the
    cell's band. The labels, `band_name`, `tone` and `value` (None: the cell has no number) are kept as they were.
    The greatest id of a risk's `kind` counts; `scored_on` never goes back.
    """

    risk = ForeignKeyField(Risk, backref="scores")
    kind = CharField(max_length=10)
    scheme_version = ForeignKeyField(SchemeVersion, backref="+")
    impact = IntegerField()
    likelihood = IntegerField()
    impact_label = CharField(max_length=80)
    likelihood_label = CharField(max_length=80)
    band = IntegerField()
    band_name = CharField(max_length=60)
    tone = IntegerField()
    value = IntegerField(null=True)
    scored_on = DateField()
    reason = TextField(default="")
    person = ForeignKeyField(Person, null=True, backref="+")
    on_behalf = BooleanField(default=False)
    recorded_at = DateTimeField()

    class Meta:
        table_name = "risk_score"
        indexes = ((("risk", "kind"), False),)
        constraints = [Check("kind in ('inherent', 'current', 'target')"), Check("tone between 1 and 4")]

    @cached_property
    def mark(self) -> Mark:
        return Mark(self.scheme_version_id, self.band, self.tone, self.value)

    @cached_property
    def words(self) -> str:
        """ "12 High"."""
        return score_words(self.value, self.band_name)


class RiskReview(Base):
    """Somebody looked at the risk. Only added: triggers refuse change and removal.

    `score` is the current score that came of it; None where the risk was found still valid as it was.
    """

    risk = ForeignKeyField(Risk, backref="reviews")
    reviewed_on = DateField()
    score = ForeignKeyField(Score, null=True, backref="+")
    note = TextField(default="")
    person = ForeignKeyField(Person, null=True, backref="+")
    on_behalf = BooleanField(default=False)
    recorded_at = DateTimeField()


class Response(Versioned):
    """What is done about a risk. `number` counts from 1 within the risk and is not given again."""

    risk = ForeignKeyField(Risk, backref="responses")
    number = IntegerField()
    kind = CharField(max_length=10)
    text = TextField()
    owner_kind = CharField(max_length=10, default="")
    owner_name = CharField(max_length=200, default="")
    due_on = DateField(null=True)
    state = CharField(max_length=10, default="under way")
    removed_at = DateTimeField(null=True)

    class Meta:
        table_name = "risk_response"
        indexes = ((("risk", "number"), True),)
        constraints = [
            OWNER_KINDS,
            Check("kind in ('treat', 'tolerate', 'transfer', 'terminate')"),
            Check("state in ('planned', 'under way', 'done', 'dropped')"),
        ]

    reads = Permission.RISK_READ

    @classmethod
    def reach(cls) -> Reach:
        return _part_of_risk(cls)

    def place(self) -> Place:
        place: Place = self.risk.place()
        return place


class Control(Versioned):
    """What is in place already, and how good it is. `number` as for a response."""

    risk = ForeignKeyField(Risk, backref="controls")
    number = IntegerField()
    text = TextField()
    effectiveness = CharField(max_length=12, default="not tested")
    removed_at = DateTimeField(null=True)

    class Meta:
        table_name = "risk_control"
        indexes = ((("risk", "number"), True),)
        constraints = [Check("effectiveness in ('not tested', 'weak', 'partial', 'good')")]

    reads = Permission.RISK_READ

    @classmethod
    def reach(cls) -> Reach:
        return _part_of_risk(cls)

    def place(self) -> Place:
        place: Place = self.risk.place()
        return place


class RiskRevision(Base):
    """What a risk, a response or a control said from a moment on. Only added: triggers refuse change and removal.

    `data` is its columns as JSON, or None from when it was taken away; of several rows for one part the last counts.
    `number` is the part's own (0 for the risk itself).
    """

    risk = ForeignKeyField(Risk, backref="revisions")
    part = CharField(max_length=10)
    number = IntegerField(default=0)
    data = TextField(null=True)
    person = ForeignKeyField(Person, null=True, backref="+")
    on_behalf = BooleanField(default=False)
    recorded_at = DateTimeField()

    class Meta:
        constraints = [Check("part in ('risk', 'response', 'control')")]


class Acceptance(Versioned):
    """Somebody takes a risk above tolerance upon herself, up to `until`; void from when the score rises.

    `ended_on` (the register's day) and `ended_at` (when it was recorded) are None while nothing ended it. What did is
    `void_by`, the score that rose above the one accepted; or `followed_by`, the next acceptance; or the words of
    somebody who withdrew it, `ended_why`.
    """

    risk = ForeignKeyField(Risk, backref="acceptances")
    score = ForeignKeyField(Score, backref="+")
    accepted_by = CharField(max_length=200)
    accepted_on = DateField()
    until = DateField()
    reason = TextField()
    person = ForeignKeyField(Person, null=True, backref="+")
    on_behalf = BooleanField(default=False)
    recorded_at = DateTimeField()
    ended_on = DateField(null=True)
    ended_at = DateTimeField(null=True)
    ended_why = TextField(default="")
    void_by = ForeignKeyField(Score, null=True, backref="+")
    followed_by = ForeignKeyField("self", null=True, backref="+")

    class Meta:
        table_name = "risk_acceptance"


class Escalation(Versioned):
    """A risk put forward to the register of the next level, with its words and score as they were then.

    `slug` is random. `decided_*` is the answer of the next level, `ended_*` how it came back: returned by the next
    level, or withdrawn by its own authority.
    """

    risk = ForeignKeyField(Risk, backref="escalations")
    to = ForeignKeyField(Register, backref="+")
    slug = CharField(max_length=16, unique=True)
    state = CharField(max_length=10, default="nominated")
    event = TextField()
    score = ForeignKeyField(Score, null=True, backref="+")
    words = TextField(default="")
    nominated_on = DateField()
    nominated_by = ForeignKeyField(Person, null=True, backref="+")
    decided_on = DateField(null=True)
    decided_by = ForeignKeyField(Person, null=True, backref="+")
    decided_words = TextField(default="")
    ended_on = DateField(null=True)
    ended_by = ForeignKeyField(Person, null=True, backref="+")
    ended_words = TextField(default="")

    class Meta:
        constraints = [Check("state in ('nominated', 'accepted', 'declined', 'returned', 'withdrawn')")]

    reads = Permission.RISK_READ

    @property
    def is_at_top(self) -> bool:
        """Whether a register of the partnership has taken it."""
        return self.to.authority_id is None and self.state == EscalationState.ACCEPTED

    @classmethod
    def reach(cls) -> Reach:
        query = (
            Escalation.select(Escalation, Register, Partnership, Risk, Score)
            .join(Register, on=(Escalation.to == Register.id))
            .join(Partnership)
            .switch(Escalation)
            .join(Risk)
            .switch(Escalation)
            .join(Score, JOIN.LEFT_OUTER)
        )
        return Reach(
            query,
            Register.partnership,
            Register.authority,
            settled=NEVER,
            raised=Register.authority.is_null(),
        )

    def place(self) -> Place:
        """Where it was put forward: an authority's own people decide there, or those of the partnership."""
        authority_id = self.to.authority_id
        return Place(self.to.partnership_id, authority_id, is_settled=False, is_raised=authority_id is None)


def _part_of_risk(model: Any) -> Reach:
    """How a part of a risk is reached: as the risk is."""
    risk = Risk.reach()
    query = (
        model.select(model, Risk, Register, Partnership)
        .join(Risk)
        .join(Register)
        .join(Partnership)
        .where(model.removed_at.is_null())
    )
    return Reach(query, risk.partnership, risk.authority, risk.settled, risk.raised)
