"""Dates as an iCalendar file (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from strategy_tracker.calendars.dates import Dated

PRODUCT = "-//Strategy Tracker//Dates//EN"
ASK_AGAIN = dt.timedelta(hours=6)
ASK_AGAIN_WORDS = "PT6H"


def calendar_of(dates: Iterable[Dated], base_url: str, name: str) -> bytes:
    """The calendar of these days, each as a whole day that takes up no time. The same dates give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN_WORDS)
    host = urlsplit(base_url).hostname or "localhost"
    for one in dates:
        calendar.add_component(_event(one, base_url, host))
    if not calendar.subcomponents:
        calendar.add_component(_universal_time())
    return calendar.to_ical()


def _event(one: Dated, base_url: str, host: str) -> Event:
    event, changed_at = Event(), one.changed_at.replace(tzinfo=dt.UTC, microsecond=0)
    event.add("uid", f"{one.key}@{host}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", one.revision)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + dt.timedelta(days=1))
    event.add("summary", one.title)
    event.add("description", "\n".join(one.lines))
    event.add("url", f"{base_url}{one.path}")
    event.add("status", one.standing.value)
    event.add("transp", "TRANSPARENT")
    if one.categories:
        event.add("categories", list(one.categories))
    return event


def _universal_time() -> Timezone:
    """A calendar must hold something, and one without dates has nothing else to hold."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", dt.datetime.combine(dt.date(1970, 1, 1), dt.time()))
    standard.add("tzoffsetfrom", dt.timedelta(0))
    standard.add("tzoffsetto", dt.timedelta(0))
    zone.add_component(standard)
    return zone
