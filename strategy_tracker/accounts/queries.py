"""Finding people, memberships and guesses."""

import datetime as dt

from peewee import JOIN, ModelSelect

from strategy_tracker.accounts.models import Membership, Person, SignInAttempt
from strategy_tracker.authorities.models import Authority


def person_with_email(email: str) -> Person | None:
    return Person.get_or_none(Person.email == email.strip().casefold())


def person_with_token(token: str) -> Person | None:
    return Person.get_or_none(Person.token == token)


def current_memberships(partnership_id: int) -> ModelSelect:
    """The memberships of a partnership that are held now, those in the partnership itself first."""
    return (
        Membership.select(Membership, Person, Authority)
        .join(Person)
        .switch(Membership)
        .join(Authority, JOIN.LEFT_OUTER)
        .where(Membership.partnership == partnership_id, Membership.ended_at.is_null())
        .order_by(Authority.position.is_null(False), Authority.position, Person.name, Membership.id)
    )


def attempts_since(column: object, digest: str, since: dt.datetime) -> list[dt.datetime]:
    """When the guesses for an account or from an address were made, the oldest first."""
    rows = (
        SignInAttempt.select(SignInAttempt.at)
        .where(column == digest, SignInAttempt.at > since)
        .order_by(SignInAttempt.at)
        .tuples()
    )
    return [at for (at,) in rows]
