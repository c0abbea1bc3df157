"""A calendar as the program of somebody fetches it."""

from typing import Any

from flask import Flask
from icalendar import Calendar

from strategy_tracker import db
from strategy_tracker.calendars.operations import make_address
from tests.cast import person

FIRST = "http://127.0.0.1:8000/p/west-kent/plans/2010-11/actions/"


def token_of(who: str) -> str:
    """A new secret address of one of the cast."""
    db.database.connect(reuse_if_open=True)
    return make_address(person(who))


def fetched(app: Flask, token: str) -> dict[str, Any]:
    """The calendar's events by their UID, read by a library as a calendar program would."""
    answer = app.test_client().get(f"/calendars/{token}.ics")
    assert answer.status_code == 200
    db.database.connect(reuse_if_open=True)
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


def of_title(events: dict[str, Any], words: str) -> Any:
    """The one event whose summary has these words."""
    found = [event for event in events.values() if words in event["summary"]]
    assert len(found) == 1, [str(event["summary"]) for event in events.values()]
    return found[0]
