"""Of an acceptance that ends by itself people are told before it has ended, on a working day."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.reviews.reminders.stages import DAY, Rule, stages
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from tests.reminders.making import at, mails, sweep
from tests.reminders.test_rules import moved
from tests.risks.making import a_risk

SUNDAY = dt.date(2027, 2, 28)


def lapsing(until: dt.date) -> list[tuple[dt.date, int]]:
    return [(stage.on, stage.days) for stage in stages(until, [Rule()], moved("england"), lapses=True)]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (SUNDAY, dt.date(2027, 2, 26)),
        (dt.date(2027, 2, 27), dt.date(2027, 2, 26)),
        (dt.date(2027, 2, 26), dt.date(2027, 2, 26)),
        # Easter Monday of 2027 is 29 March, Good Friday 26 March.
        (dt.date(2027, 3, 29), dt.date(2027, 3, 25)),
    ],
)
def test_the_mail_of_the_day_goes_out_on_the_last_working_day_that_is_left(until, last):
    assert (last, 0) in lapsing(until)


def test_the_days_before_and_after_are_counted_from_the_day_itself():
    assert [on for on, days in lapsing(SUNDAY) if days < 0] == [
        dt.date(2027, 2, 8), dt.date(2027, 2, 15), dt.date(2027, 2, 22),
    ]  # fmt: skip
    assert [on for on, days in lapsing(SUNDAY) if days > 0] == [
        SUNDAY + 3 * DAY, dt.date(2027, 3, 8), dt.date(2027, 3, 15),
    ]  # fmt: skip


def test_the_mail_says_that_it_runs_out_while_it_does_and_that_it_ran_out_after(database):
    with time_machine.travel(at(dt.date(2027, 1, 4)), tick=False):
        risk = a_risk(score=(3, 5))
        accept_risk(OPERATOR, risk, risk.version, accepted_by="Head", until=SUNDAY, reason="It is worth it")
        Risk.update(review_due_on=dt.date(2028, 1, 4)).execute()
    assert sweep(dt.date(2027, 2, 26)) == 1
    assert "runs out 28 February 2027" in mails()[0].subject
    assert "and running out: accept it anew or act" in mails()[0].text
    assert sweep(dt.date(2027, 3, 1)) == 0
    assert sweep(dt.date(2027, 3, 3)) == 1
    assert "and run out: accept it anew or act" in mails()[1].text
