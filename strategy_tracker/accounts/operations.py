"""People and their memberships."""

import re
import secrets

from peewee import IntegrityError

from strategy_tracker import clock
from strategy_tracker.accounts import passwords, queries
from strategy_tracker.accounts.models import Membership, Person
from strategy_tracker.accounts.roles import Role, problem_with_place
from strategy_tracker.accounts.sign_in import end_sessions, new_token
from strategy_tracker.authorities.models import Authority, Partnership
from strategy_tracker.db import save_versioned, transaction
from strategy_tracker.errors import Invalid
from strategy_tracker.text import one_line

EMAIL = re.compile(r"[^@\s\x00-\x20]+@[^@\s\x00-\x20]+\.[^@\s.]+")


def find_or_create_person(email: str, name: str, password: str | None = None) -> tuple[Person, bool]:
    """The person with this e-mail address, and whether she is new. Somebody known keeps her name and password.

    Raises Invalid for an address that is none, an empty name, or a password that is too easy.
    """
    email, name = email.strip().casefold(), one_line(name)
    known = queries.person_with_email(email)
    if known is not None:
        return known, False
    problems = {}
    if not EMAIL.fullmatch(email) or len(email) > 254:
        problems["email"] = "Enter an e-mail address, such as name@council.example"
    if not 0 < len(name) <= 200:
        problems["name"] = "Enter a name of at most 200 characters"
    wrong = passwords.problem_with(password, email) if password is not None else None
    if wrong:
        problems["password"] = wrong
    if problems:
        raise Invalid(problems)
    return _create(email, name, password), True


def create_membership(
    person: Person, role: Role, partnership: Partnership | None, authority: Authority | None
) -> Membership:
    """Gives a role. Ends the person's sessions, so that she works with what she now may do.

    Raises Invalid where the role does not fit the place or is held there already.
    """
    wrong = problem_with_place(role, partnership is not None, authority is not None)
    if wrong:
        raise Invalid({"role": wrong})
    if authority is not None and partnership is not None and authority.partnership_id != partnership.id:
        raise Invalid({"authority": f"{authority.name} is not in {partnership.name}"})
    if authority is not None and authority.ended_on is not None:
        raise Invalid({"role": f"{authority.name} ended on {clock.long_date(authority.ended_on)}"})
    held = Membership.select().where(
        Membership.person == person,
        Membership.role == role.value,
        Membership.partnership.is_null() if partnership is None else Membership.partnership == partnership,
        Membership.authority.is_null() if authority is None else Membership.authority == authority,
        Membership.ended_at.is_null(),
    )
    with transaction():
        Person.update(version=Person.version + 1).where(Person.id == person.id).execute()
        if held.exists():
            raise Invalid({"role": f"{person.name} has this role already"})
        membership = Membership.create(
            person=person, role=role.value, partnership=partnership, authority=authority, started_at=clock.now()
        )
        end_sessions(person)
    return membership


def finish_membership(membership: Membership, version: int) -> None:
    """Takes a role away and ends the person's sessions. Raises Conflict."""
    with transaction():
        save_versioned(membership, version, ended_at=clock.now())
        end_sessions(membership.person)


def _create(email: str, name: str, password: str | None) -> Person:
    try:
        with transaction():
            return Person.create(
                email=email,
                name=name,
                password_hash=passwords.hashed(password) if password is not None else None,
                token=new_token(),
                salt=secrets.token_hex(32),
            )
    except IntegrityError:
        raise Invalid({"email": f"{email} was added a moment ago"}) from None
