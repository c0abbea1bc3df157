"""The clock, and the sample's own."""

import datetime as dt

import pytest

from strategy_tracker import clock


def test_what_is_done_at_an_instant_is_dated_by_it_and_no_longer() -> None:
    with clock.standing_at(dt.datetime(2011, 6, 30, 23, 30)):
        assert clock.now() == dt.datetime(2011, 6, 30, 23, 30)
        assert clock.today() == dt.date(2011, 7, 1), "London is an hour ahead in summer"
        with pytest.raises(ZeroDivisionError), clock.standing_at(dt.datetime(2010, 1, 1)):
            _ = 1 // 0
        assert clock.today() == dt.date(2011, 7, 1)
    assert abs(clock.now() - dt.datetime.now(dt.UTC).replace(tzinfo=None)) < dt.timedelta(days=1)
