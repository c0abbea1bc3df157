"""People, their memberships, their sessions and the guesses at their passwords."""

from dataclasses import dataclass
from functools import cached_property

from peewee import CharField, Check, DateTimeField, ForeignKeyField, TextField

from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import Base, Versioned


@dataclass(frozen=True)
class Grant:
    """One current membership, as the policy reads it. `authority_id` is None for a role in the partnership itself."""

    role: Role
    partnership_id: int | None
    authority_id: int | None


class Person(Versioned):
    """Somebody who signs in. `token` is what a session holds: changing it ends them all."""

    email = CharField(max_length=254, unique=True)
    name = CharField(max_length=200)
    password_hash = CharField(max_length=200, null=True)
    token = CharField(max_length=64, unique=True)
    salt = CharField(max_length=64)

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What a session holds to find the person again."""
        return str(self.token)

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """The current memberships, in a stable order."""
        rows = (
            Membership.select(Membership.role, Membership.partnership, Membership.authority)
            .where(Membership.person == self, Membership.ended_at.is_null())
            .order_by(Membership.id)
            .tuples()
        )
        return tuple(Grant(Role(role), partnership, authority) for role, partnership, authority in rows)


class Membership(Versioned):
    """A role, held from one instant until another; `ended_at` is None while it is held."""

    person = ForeignKeyField(Person, backref="memberships")
    role = CharField(max_length=20)
    partnership = ForeignKeyField(Partnership, null=True, backref="memberships")
    authority = ForeignKeyField(Authority, null=True, backref="memberships")
    started_at = DateTimeField()
    ended_at = DateTimeField(null=True)

    class Meta:
        constraints = [
            Check(
                "role in ('officer', 'lead', 'viewer', 'coordinator', 'steering-member', 'provider', 'administrator')"
            ),
            Check("authority_id is null or partnership_id is not null"),
        ]


class Session(Base):
    """A browser's session, found by the SHA-256 of its cookie. `person` is None before sign-in.

    An ended session is empty, but still says whose it was, so that words typed in it go back to nobody else.
    """

    digest = CharField(max_length=64, unique=True)
    person = ForeignKeyField(Person, null=True, on_delete="CASCADE")
    data = TextField()
    created_at = DateTimeField()
    seen_at = DateTimeField(index=True)
    ended_at = DateTimeField(null=True)


class SignInAttempt(Base):
    """One guess at a password, kept as digests; a right one is taken away again."""

    account = CharField(max_length=64, index=True)
    address = CharField(max_length=64, index=True)
    at = DateTimeField(index=True)
