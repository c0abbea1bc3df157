"""A return is handed in and accepted as it was seen: words that came since are told first."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.rules import Timescale
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.quarters.models import ReturnStep
from strategy_tracker.reviews.returns import operations
from tests import builders
from tests.cast import authority, person
from tests.quarters.making import IN_TIME, the_quarter

BOARD = "/p/west-kent/quarters/2010-11-q4/"
TMBC = f"{BOARD}returns/tmbc/"
INSIDE = dt.date(2011, 6, 30)


@pytest.fixture(autouse=True)
def in_time(database):
    with time_machine.travel(IN_TIME):
        the_quarter()
        yield


def test_words_that_came_after_the_lead_looked_are_told_before_she_submits(visitor_as):
    lead = visitor_as("lead")
    page = lead.get(TMBC)
    builders.a_note(builders.action("1.2"), "tmbc", text="The grant is refused", as_at=INSIDE)
    refused = lead.send(page, action=f"{TMBC}submission")
    assert refused.errors[0].startswith("The return of TMBC was changed since you looked: 1.2 is ")
    assert "“The grant is refused”" in refused.errors[0]
    assert ReturnStep.select().count() == 0
    assert "The return of TMBC is submitted." in lead.send(refused).words


def test_a_date_that_moved_after_the_coordinator_looked_is_told_before_she_accepts(visitor_as):
    operations.submit_return(person("lead"), the_quarter(), authority("tmbc"), 1)
    coordinator = visitor_as("coordinator")
    page = coordinator.get(BOARD)
    about = builders.outcomes(builders.action("1.2"))[0]
    plans.edit_outcome(
        person("coordinator"), about, about.version, text=about.text, timescale=Timescale.by(dt.date(2012, 6, 1)),
        lead=None, change=Change("Late", on=dt.date(2011, 6, 2)),
    )  # fmt: skip
    refused = coordinator.send(page, action=f"{TMBC}acceptance")
    assert refused.errors == [
        "The return of TMBC was changed since you looked. Look at it, and send this again if it still holds"
    ]
    assert "The return of TMBC is accepted." in coordinator.send(refused).words
