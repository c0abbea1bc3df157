"""Scoring schemes and their versions."""

import json
from functools import cached_property, lru_cache

from peewee import JOIN, CharField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.access.permissions import Permission
from strategy_tracker.access.policy import Place
from strategy_tracker.access.scope import Reach
from strategy_tracker.accounts.models import Person
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Base, Versioned
from strategy_tracker.risks.schemes.plain import from_plain
from strategy_tracker.risks.schemes.rules import LevelMap, Scheme


class ScoringScheme(Versioned):
    """A scheme by its name; what it is stands in its versions. `authority` None: the partnership's own.

    `retired_at` is None while a register may choose it.
    """

    partnership = ForeignKeyField(Partnership, backref="+")
    authority = ForeignKeyField(Authority, null=True, backref="+")
    slug = CharField(max_length=60)
    name = CharField(max_length=200)
    retired_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("partnership", "slug"), True),)

    reads = Permission.REGISTER_READ

    @classmethod
    def reach(cls) -> Reach:
        query = (
            ScoringScheme.select(ScoringScheme, Partnership, Authority)
            .join(Partnership)
            .switch(ScoringScheme)
            .join(Authority, JOIN.LEFT_OUTER)
        )
        return Reach(query, ScoringScheme.partnership, ScoringScheme.authority)

    def place(self) -> Place:
        return Place(self.partnership_id, self.authority_id)

    def may_follow(self, other: "ScoringScheme") -> bool:
        """Whether a register may have had the other before this one: it is its authority's or the partnership's."""
        owners = {self.authority_id, other.authority_id} - {None}
        return self.partnership_id == other.partnership_id and len(owners) < 2


class SchemeVersion(Base):
    """What a scheme was from one change to the next. Only added: triggers refuse change and removal.

    `name` is what the scheme was called then, `definition` the JSON that `schemes.plain` writes. The greatest `number`
    counts.
    """

    scheme = ForeignKeyField(ScoringScheme, backref="versions")
    number = IntegerField()
    name = CharField(max_length=200)
    definition = TextField()
    reason = TextField(default="")
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()

    class Meta:
        indexes = ((("scheme", "number"), True),)

    @property
    def key(self) -> str:
        """ "four-by-six:2": what an address and a form call it, inside its partnership."""
        return f"{self.scheme.slug}:{self.number}"

    def has_same_cell(self, given: "SchemeVersion", impact: int, likelihood: int) -> bool:
        """Whether this scheme calls a cell as it did in another of its versions, so that a score has its place here."""
        if self.id == given.id:
            return True
        return self.scheme_id == given.scheme_id and self.shape.has_same_cell(given.shape, impact, likelihood)

    @property
    def words(self) -> str:
        """ "Copeland risk scheme, version 1": as the scheme was called then."""
        return f"{self.name}, version {self.number}"

    @property
    def words_for_change(self) -> str:
        """What somebody is told who chose levels before this version came into force."""
        return f"The scheme was changed while you wrote: {self.words}, counts now. Look at the levels again."

    @cached_property
    def shape(self) -> Scheme:
        return _shape_of(self.definition)


@lru_cache(maxsize=256)
def _shape_of(definition: str) -> Scheme:
    """A definition is never changed, and is read with every page that shows a score."""
    return from_plain(json.loads(definition))


class SchemeMapping(Base):
    """How scores under one version are proposed under another at their next review. Only added; the last counts.

    `impact` and `likelihood` are JSON lists: for each old level the place of the new one, or null.
    """

    old = ForeignKeyField(SchemeVersion, backref="+")
    new = ForeignKeyField(SchemeVersion, backref="+")
    impact = TextField()
    likelihood = TextField()
    person = ForeignKeyField(Person, null=True, backref="+")
    recorded_at = DateTimeField()

    class Meta:
        indexes = ((("old", "new"), False),)

    @property
    def levels(self) -> LevelMap:
        return LevelMap(tuple(json.loads(self.impact)), tuple(json.loads(self.likelihood)))
