"""The board with a return in every state, a return with all that can stand out, and the close: in Chromium."""

import pytest
import time_machine

from strategy_tracker.plans.rules import Status
from strategy_tracker.reviews.returns import operations
from tests import builders
from tests.cast import authority, person
from tests.pages.test_accessible import UNBROKEN, a_plan_of_everything, of_status
from tests.quarters.making import IN_TIME, the_quarter

BOARD = "/p/west-kent/quarters/2010-11-q4/"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_state_on_the_board_and_every_exception_of_a_return(page_as, database):
    with time_machine.travel(IN_TIME):
        quarter, coordinator = the_quarter(), person("coordinator")
        for status in (Status.OFF_TRACK, Status.AT_RISK, Status.DEFERRED):
            action = builders.an_action(builders.action("1.1").objective, f"See {UNBROKEN} {status}")
            builders.a_note(action, "twbc", status, f"{UNBROKEN}\n\n• one\n• two", reason=UNBROKEN)
        assert a_plan_of_everything()
        for slug in ("sdc", "twbc"):
            operations.submit_return(coordinator, quarter, authority(slug), 1)
        operations.send_back_return(coordinator, quarter, authority("sdc"), 2, note=f"Mend {UNBROKEN}\n\n• and this")
        page, wrong = page_as("coordinator"), []
        for address in ("", "returns/tmbc/", "returns/twbc/", "returns/sdc/", "returns/kcc/", "closure"):
            wrong += of_status(page, f"{BOARD}{address}", 200)
        operations.accept_return(coordinator, quarter, authority("twbc"), 2)
        wrong += of_status(page, BOARD, 200)
        wrong += of_status(page_as("lead"), f"{BOARD}returns/tmbc/", 200)
        wrong += of_status(page_as("lead"), "/", 200)
    assert not wrong, "\n".join(wrong)
