"""What is said of a risk: scores, reviews, responses, controls, and who accepts it."""

from functools import cached_property
from typing import Any

from peewee import (
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
from strategy_tracker.checks import OWNER_KINDS
from strategy_tracker.db import Base, Versioned
from strategy_tracker.risks.models.registers import Register, Risk
from strategy_tracker.risks.rules import Mark, score_words
from strategy_tracker.risks.schemes.models import SchemeVersion


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
