"""A note that is saved and does not stand on the plan is said to be saved, and why it does not stand there."""

import datetime as dt

import pytest

from tests import builders


def saved(visitor, day: dt.date) -> str:
    action = builders.action("1.2")
    share, outcome = builders.share(action, "tmbc"), builders.outcomes(action)[1]
    page = visitor.get(f"/p/west-kent/plans/2010-11/shares/{share.id}/outcomes/{outcome.id}/progress")
    boxes = [str(day.day), str(day.month), str(day.year)]
    return visitor.send(page, {"status": "achieved", "text": "Three loans more", "as_at": boxes}).words


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (dt.date(2099, 6, 30), "it is not there yet"),
        (dt.date(2011, 3, 31), "The note as at 30 June 2011 is later, and still counts"),
        (dt.date(2011, 7, 31), None),
    ],
)
def test_a_note_of_another_day(visitor_as, day, says):
    words = saved(visitor_as("officer"), day)
    assert "Your report on 1.2 is saved." in words
    assert ("It speaks of" in words) == (says is not None)
    assert says is None or says in words


def test_everything_that_is_missing_is_said_at_once(visitor_as):
    action = builders.action("1.2")
    share, outcome = builders.share(action, "tmbc"), builders.outcomes(action)[1]
    visitor = visitor_as("officer")
    page = visitor.get(f"/p/west-kent/plans/2010-11/shares/{share.id}/outcomes/{outcome.id}/progress")
    refused = visitor.send(page, {"status": "deferred", "as_at": ["", "", ""]})
    assert refused.errors == [
        "Enter a reason: the status is deferred",
        "Enter a progress note",
        "Enter the date that the note speaks of",
    ]
