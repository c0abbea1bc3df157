"""A return on its way: the officer reports, her lead submits, the coordinator sends back and accepts. By keyboard."""

import pytest
import time_machine

from strategy_tracker.quarters.models import ReturnStep
from tests.cast import authority
from tests.journeys.hands import Hands
from tests.quarters.making import IN_TIME, the_quarter
from tests.reviews.test_my_work import entry


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_a_return_from_the_first_word_to_its_acceptance(page_as, database, javascript):
    assert authority("tmbc")
    with time_machine.travel(IN_TIME):
        the_quarter()
        key = entry("1.2")
        officer = Hands(page_as("officer", javascript=javascript))
        officer.page.goto("/")
        assert "due 15 July 2011, in 9 days" in officer.read()
        officer.page.locator(f"#status-{key}").select_option("on track")
        officer.page.locator(f"#text-{key}").fill("Rules are agreed")
        officer.follow("Save all")
        assert "All 2 actions are reported" in officer.read()

        lead = Hands(page_as("lead", javascript=javascript))
        lead.page.goto("/")
        lead.follow("Check and submit the return")
        assert "Rules are agreed" in lead.read()
        lead.follow("Submit return")
        assert "The return of TMBC is submitted." in lead.read()

        coordinator = Hands(page_as("coordinator", javascript=javascript))
        coordinator.page.goto("/")
        coordinator.follow("Quarter")
        coordinator.reach("Send back with a note")
        coordinator.page.keyboard.press("Enter")
        coordinator.write("What TMBC should mend", "1.1 has no figures")
        coordinator.follow("Send back to TMBC")
        assert "The return of TMBC is sent back." in coordinator.read()

        lead.page.goto("/")
        assert "sent back by the coordinator" in lead.read()
        lead.follow("Check and submit the return")
        assert "1.1 has no figures" in lead.read()
        lead.follow("Submit return")

        coordinator.page.goto("/p/west-kent/quarters/2010-11-q4/")
        coordinator.follow("Accept return of TMBC")
        assert "The return of TMBC is accepted." in coordinator.read()
        coordinator.follow("Close the quarter")
        assert "What is missing now" in coordinator.read()
        coordinator.follow("Close the quarter")
        assert "Quarter 4, April to June 2011 is closed." in coordinator.read()
    verbs = [step.verb for step in ReturnStep.select().order_by(ReturnStep.id)]
    assert verbs[:4] == ["submitted", "sent back", "submitted", "accepted"]
