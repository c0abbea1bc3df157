"""Meetings and decisions in a person's own calendar."""

import datetime as dt

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.db import database
from strategy_tracker.reviews.meetings.operations import call_off_meeting
from tests.calendars.feeds import fetched, of_title, token_of
from tests.decisions.making import a_decision
from tests.meetings.making import JULY, a_meeting
from tests.quarters.making import the_quarter


def test_a_meeting_is_there_for_whoever_may_read_it_until_it_is_called_off(app):
    with database.connection_context():
        meeting = a_meeting(quarter=the_quarter())
    event = of_title(fetched(app, token_of("officer")), "Steering group (West Kent)")
    assert event["dtstart"].dt == JULY
    assert event["description"].splitlines()[:3] == [
        "10am",
        "Argyle Road, Sevenoaks",
        "Reviews Quarter 4, April to June 2011",
    ]
    assert len(fetched(app, token_of("viewer"))) == 1, "the last day of the plan alone"
    with database.connection_context():
        call_off_meeting(OPERATOR, meeting, 1, reason="The hall is closed")
    event = of_title(fetched(app, token_of("officer")), "Steering group (West Kent)")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_what_she_is_to_see_to_is_there_without_what_is_exempt(app):
    with database.connection_context():
        a_decision(a_meeting(dt.date(2011, 7, 14)), "Ring [exempt]Mrs A[/exempt] the county", owner="officer")
    event = of_title(fetched(app, token_of("officer")), "Decision 1 of 14 July 2011")
    assert event["summary"] == "Decision 1 of 14 July 2011: Ring the county"
    assert event["dtstart"].dt == dt.date(2011, 10, 1)
    assert "Decision 1" not in "".join(one["summary"] for one in fetched(app, token_of("lead")).values())
