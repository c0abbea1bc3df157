"""Partnerships and the authorities that share a strategy in them."""

from enum import StrEnum

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from strategy_tracker.db import Base, Versioned


class Nation(StrEnum):
    """Where an authority is; bank holidays differ."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class Partnership(Versioned):
    """The councils that share a strategy."""

    slug = CharField(max_length=60, unique=True)
    name = CharField(max_length=200)


class Authority(Versioned):
    """A partner: a council, a county, a health trust or a charity. `ended_on` is its last day; None while it stands."""

    partnership = ForeignKeyField(Partnership, backref="authorities")
    slug = CharField(max_length=60)
    name = CharField(max_length=200)
    short_name = CharField(max_length=20)
    nation = CharField(max_length=20)
    position = IntegerField()
    ended_on = DateField(null=True)

    class Meta:
        indexes = ((("partnership", "slug"), True), (("partnership", "short_name"), True))
        constraints = [Check("nation in ('england', 'wales', 'scotland', 'northern-ireland')")]


class Succession(Base):
    """An authority that goes on with what an ended one had, from the first day on which it does.

    Of several successors the one with the lowest id takes what nobody chose for.
    """

    old = ForeignKeyField(Authority, backref="successions")
    new = ForeignKeyField(Authority, backref="+")
    dated_on = DateField()
    reason = TextField()
    recorded_at = DateTimeField()

    class Meta:
        indexes = ((("old", "new"), True),)
        constraints = [Check("old_id <> new_id")]
