"""The selects of calendars."""

import datetime as dt
from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_

from peewee import fn

from strategy_tracker.access.policy import Acting
from strategy_tracker.accounts.models import Person
from strategy_tracker.calendars.models import CalendarFeed
from strategy_tracker.history.models import Event

Changed = dict[tuple[str, int], dt.datetime]


def standing_feed(person: Acting) -> CalendarFeed | None:
    """The person's address; None where she has none."""
    found: CalendarFeed | None = CalendarFeed.get_or_none(CalendarFeed.person == person.id)
    return found


def feed_with(digest: str) -> CalendarFeed | None:
    """The address with this digest of its token, and whose it is."""
    query = CalendarFeed.select(CalendarFeed, Person).join(Person).where(CalendarFeed.digest == digest)
    found: CalendarFeed | None = query.first()
    return found


def last_changes(subjects: Mapping[str, Collection[int]]) -> Changed:
    """When each of these rows (ids by the name of their model) was last written, as the history tells."""
    wanted = [(Event.subject_type == kind) & Event.subject_id.in_(list(ids)) for kind, ids in subjects.items() if ids]
    if not wanted:
        return {}
    rows = (
        Event.select(Event.subject_type, Event.subject_id, fn.MAX(Event.at))
        .where(reduce(or_, wanted))
        .group_by(Event.subject_type, Event.subject_id)
        .tuples()
    )
    return {(kind, number): at for kind, number, at in rows}
