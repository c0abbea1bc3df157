"""The overview and the board count two things, and say which."""

import time_machine

from tests.quarters.making import IN_TIME, the_quarter


def test_the_overview_does_not_take_a_report_of_another_quarter_for_one_of_this(visitor_as):
    with time_machine.travel(IN_TIME):
        the_quarter()
        officer = visitor_as("officer")
        page = officer.get("/p/west-kent/")
        assert "Who has ever reported At least once, in any quarter." in page.words
        assert "Who has reported" not in page.words
