"""The fixed cast: a person for every role, in two partnerships that know nothing of each other.

`person("officer")` is always the same officer of Tonbridge and Malling; the others are named by what they are to her.
"""

from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher

from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.roles import Role
from strategy_tracker.authorities.models import Authority, Partnership

PASSWORD = "a long pass phrase for tests"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
STARTED = datetime(2010, 7, 1, 9, 0)

PARTNERSHIPS = {"west-kent": "West Kent", "east-fen": "East Fen"}
AUTHORITIES = {
    "sdc": ("west-kent", "Sevenoaks District Council", "SDC"),
    "tmbc": ("west-kent", "Tonbridge and Malling Borough Council", "TMBC"),
    "twbc": ("west-kent", "Tunbridge Wells Borough Council", "TWBC"),
    "kcc": ("west-kent", "Kent County Council", "KCC"),
    "marsh": ("east-fen", "Marsh District Council", "MDC"),
    "dyke": ("east-fen", "Dyke Borough Council", "DBC"),
}


@dataclass(frozen=True)
class Part:
    """One of the cast: a role, held in an authority (`at`), in a partnership, or (neither) over the installation."""

    email: str
    name: str
    role: Role | None
    partnership: str | None = None
    at: str | None = None


CAST = {
    "officer": Part("officer@tmbc.example", "Olive Officer", Role.OFFICER, "west-kent", "tmbc"),
    "lead": Part("lead@tmbc.example", "Leo Lead", Role.LEAD, "west-kent", "tmbc"),
    "viewer": Part("viewer@tmbc.example", "Vera Viewer", Role.VIEWER, "west-kent", "tmbc"),
    "other officer": Part("officer@sdc.example", "Oscar Officer", Role.OFFICER, "west-kent", "sdc"),
    "other lead": Part("lead@sdc.example", "Lena Lead", Role.LEAD, "west-kent", "sdc"),
    "third officer": Part("officer@twbc.example", "Omar Officer", Role.OFFICER, "west-kent", "twbc"),
    "coordinator": Part("coordinator@westkent.example", "Cora Coordinator", Role.COORDINATOR, "west-kent"),
    "steering member": Part("steering@westkent.example", "Stan Steering", Role.STEERING_MEMBER, "west-kent"),
    "partnership viewer": Part("viewer@westkent.example", "Vic Viewer", Role.VIEWER, "west-kent"),
    "provider": Part("provider@homes.example", "Petra Provider", Role.PROVIDER, "west-kent"),
    "administrator": Part("administrator@tracker.example", "Ada Administrator", Role.ADMINISTRATOR),
    "outsider": Part("officer@marsh.example", "Una Outsider", Role.OFFICER, "east-fen", "marsh"),
    "foreign lead": Part("lead@marsh.example", "Finn Lead", Role.LEAD, "east-fen", "marsh"),
    "foreign coordinator": Part("coordinator@eastfen.example", "Faye Coordinator", Role.COORDINATOR, "east-fen"),
    "nobody": Part("nobody@nowhere.example", "Ned Nobody", None),
}


def person(who: str) -> Person:
    """One of the cast, fresh from the database."""
    return Person.get(Person.email == CAST[who].email)


def authority(slug: str) -> Authority:
    """An authority by its slug, which is unique in the cast."""
    return Authority.get(Authority.slug == slug)


def partnership(slug: str = "west-kent") -> Partnership:
    """A partnership by its slug."""
    return Partnership.get(Partnership.slug == slug)


def write_cast() -> None:
    """Writes everybody and the places they belong to into a migrated database."""
    partnerships = {slug: Partnership.create(slug=slug, name=name) for slug, name in PARTNERSHIPS.items()}
    authorities = {}
    for position, (slug, (home, name, short)) in enumerate(AUTHORITIES.items(), start=1):
        authorities[slug] = Authority.create(
            partnership=partnerships[home],
            slug=slug,
            name=name,
            short_name=short,
            nation="england",
            position=position,
        )
    password = QUICK.hash(PASSWORD)
    for who, part in CAST.items():
        token = who.replace(" ", "-").ljust(43, "-")
        row = Person.create(email=part.email, name=part.name, password_hash=password, token=token, salt=token[::-1])
        if part.role is None:
            continue
        Membership.create(
            person=row,
            role=part.role,
            partnership=partnerships.get(part.partnership or ""),
            authority=authorities.get(part.at or ""),
            started_at=STARTED,
        )
