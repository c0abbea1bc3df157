"""Making and revoking the secret address of a person's calendar."""

import datetime as dt
import hashlib
import secrets

from strategy_tracker import clock, history
from strategy_tracker.access.policy import Acting
from strategy_tracker.calendars.models import CalendarFeed
from strategy_tracker.calendars.queries import standing_feed
from strategy_tracker.errors import Forbidden, Repeated

TOKEN_BYTES = 32
FETCHED_EVERY = dt.timedelta(minutes=1)
"""How exactly it is kept when an address was last fetched."""


def make_address(person: Acting, *, form_key: str | None = None) -> str:
    """The token of a new address, told this one time; the person's former address ends.

    A double click makes another while no program has fetched the first, so that the address on the page is the one
    that stands. Raises Repeated where one has, Forbidden for the command line.
    """
    if person.id is None:
        raise Forbidden
    try:
        with history.writing(person, form_key):
            return _replace(person)
    except Repeated:
        feed = standing_feed(person)
        if feed is None or feed.fetched_at is not None:
            raise
    with history.writing(person):
        return _replace(person)


def revoke_address(person: Acting, *, form_key: str | None = None) -> None:
    """Ends the address; what has none stays so. Raises Repeated."""
    with history.writing(person, form_key):
        feed = standing_feed(person)
        if feed is not None and CalendarFeed.delete().where(CalendarFeed.id == feed.id).execute():
            history.record(person, None, "calendar address revoked", feed)


def note_fetched(feed: CalendarFeed) -> None:
    """Keeps that a program has asked just now."""
    now = clock.now()
    if feed.fetched_at is None or now - feed.fetched_at >= FETCHED_EVERY:
        is_same = (CalendarFeed.id == feed.id) & (CalendarFeed.digest == feed.digest)
        CalendarFeed.update(fetched_at=now).where(is_same).execute()


def revoke_all() -> None:
    """Ends every address: what was revoked after a backup was made must not come back with it."""
    CalendarFeed.delete().execute()


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _replace(person: Acting) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    new = {"digest": digest_of(token), "made_at": clock.now(), "fetched_at": None}
    CalendarFeed.insert(person=person.id, **new).on_conflict(
        conflict_target=[CalendarFeed.person], update=new
    ).execute()
    history.record(person, None, "calendar address made", standing_feed(person))
    return token
