"""Signing in: throttled, and with equal answers for known and unknown people."""

import datetime as dt
import hashlib
import secrets

from strategy_tracker import clock
from strategy_tracker.accounts import passwords, queries
from strategy_tracker.accounts.models import Person, Session, SignInAttempt
from strategy_tracker.db import transaction
from strategy_tracker.errors import Invalid, TooManyAttempts

GUESSES = 10
WITHIN = dt.timedelta(minutes=5)
REFUSED = "The e-mail address or the password is wrong"


def sign_in(email: str, password: str, address: str) -> Person:
    """The person with this e-mail address and password.

    Raises Invalid with one answer for all that is wrong; TooManyAttempts after ten wrong guesses in five minutes at
    an account, or from an address, counted across all workers.
    """
    attempt = _record_attempt(email, address)
    person = queries.person_with_email(email)
    if not passwords.matches(person.password_hash if person else None, password) or person is None:
        raise Invalid({"password": REFUSED})
    SignInAttempt.delete().where(SignInAttempt.id == attempt.id).execute()
    return person


def change_password(person: Person, current: str, new: str, address: str) -> None:
    """Sets a new password and ends every session of the person. Raises Invalid, TooManyAttempts."""
    attempt = _record_attempt(person.email, address)
    if not passwords.matches(person.password_hash, current):
        raise Invalid({"current": "The current password is wrong"})
    set_password(person, new)
    SignInAttempt.delete().where(SignInAttempt.id == attempt.id).execute()


def set_password(person: Person, new: str) -> None:
    """Raises Invalid where the password is too short or too easy."""
    wrong = passwords.problem_with(new, person.email)
    if wrong:
        raise Invalid({"new": wrong})
    with transaction():
        person.password_hash = passwords.hashed(new)
        person.token = new_token()
        person.save(only=[Person.password_hash, Person.token])
        end_sessions(person)


def end_sessions(person: Person) -> None:
    """Every browser of this person must sign in again."""
    Session.update(ended_at=clock.now(), data="{}").where(
        Session.person == person, Session.ended_at.is_null()
    ).execute()


def new_token() -> str:
    return secrets.token_hex(32)


def _record_attempt(email: str, address: str) -> SignInAttempt:
    now = clock.now()
    account, place = _digest(email.strip().casefold()), _digest(address)
    with transaction():
        SignInAttempt.delete().where(SignInAttempt.at < now - dt.timedelta(days=1)).execute()
        for column, digest in ((SignInAttempt.account, account), (SignInAttempt.address, place)):
            made = queries.attempts_since(column, digest, now - WITHIN)
            if len(made) >= GUESSES:
                raise TooManyAttempts(wait=int((made[-GUESSES] + WITHIN - now).total_seconds()) + 1)
        return SignInAttempt.create(account=account, address=place, at=now)


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()
