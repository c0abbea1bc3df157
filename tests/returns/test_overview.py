"""What other pages say of a quarter: the overview counts something else, and My work offers what can be done."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.quarters.models import Quarter, Return
from tests import builders
from tests.cast import authority
from tests.quarters.making import IN_TIME, the_quarter


def test_the_overview_does_not_take_a_report_of_another_quarter_for_one_of_this(visitor_as):
    with time_machine.travel(IN_TIME):
        the_quarter()
        officer = visitor_as("officer")
        page = officer.get("/p/west-kent/")
        assert "Who has ever reported At least once, in any quarter." in page.words
        assert "Who has reported" not in page.words


@pytest.mark.parametrize("state", ["submitted", "accepted", "closed"])
def test_my_work_offers_nothing_that_is_only_refused(visitor_as, state):
    with time_machine.travel(IN_TIME):
        quarter, plan = the_quarter(), builders.plan()
        plan.as_at = builders.AS_AT
        plan.save()
        officer = visitor_as("officer")
        page = officer.get("/")
        assert "Save all" in page.words
        assert "You can still correct them" in page.words
        Return.create(quarter=quarter, authority=authority("tmbc"), state="open" if state == "closed" else state)
        if state == "closed":
            Quarter.update(closed_at=dt.datetime(2011, 7, 6)).execute()
        page = officer.get("/")
        assert f"is {state}" in page.words
        for gone in ("as-at date", "still to report", "Save all", "still correct", "Correct"):
            assert gone not in page.words
        assert "Report on 1.2" in page.words
        assert "as-at date" not in visitor_as("lead").get("/p/west-kent/quarters/2010-11-q4/returns/tmbc/").words
