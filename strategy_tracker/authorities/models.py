"""Partnerships and the authorities that share a strategy in them."""

from enum import StrEnum

from peewee import CharField, Check, ForeignKeyField, IntegerField

from strategy_tracker.db import Versioned


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
    """A partner: a council, a county, a health trust or a charity."""

    partnership = ForeignKeyField(Partnership, backref="authorities")
    slug = CharField(max_length=60)
    name = CharField(max_length=200)
    short_name = CharField(max_length=20)
    nation = CharField(max_length=20)
    position = IntegerField()

    class Meta:
        indexes = ((("partnership", "slug"), True), (("partnership", "short_name"), True))
        constraints = [Check("nation in ('england', 'wales', 'scotland', 'northern-ireland')")]
