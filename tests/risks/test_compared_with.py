"""Movement is told since a quarter that ended of late, whether or not the partnership has planned it."""

import datetime as dt

import pytest

from strategy_tracker.risks.rules import latest_end
from tests.reports.making import a_quarter
from tests.risks.making import a_register, a_risk, a_score

JUNE = dt.date(2011, 6, 30)


@pytest.mark.parametrize(
    ("today", "compared"),
    [
        (dt.date(2011, 7, 1), JUNE),
        (dt.date(2011, 12, 30), JUNE),
        (dt.date(2011, 12, 31), dt.date(2011, 9, 30)),
        (dt.date(2012, 1, 1), dt.date(2011, 12, 31)),
        (dt.date(2028, 2, 29), dt.date(2027, 12, 31)),
        (dt.date(2026, 11, 28), dt.date(2026, 9, 30)),
    ],
)
def test_a_planned_quarter_counts_for_two_quarters(today, compared):
    assert latest_end(JUNE, today) == compared


def test_a_risk_does_not_stay_new_once_nobody_plans_quarters(database, visitor_as):
    a_quarter()
    risk = a_risk(a_register(), score=(3, 5), opened_on=dt.date(2012, 3, 1))
    a_score(risk, 2, 3, on=dt.date(2012, 5, 1))
    assert "as before" in visitor_as("lead").get("/p/west-kent/risks/tmbc-risks/").words
