"""Quarters in the words of the domain: West Kent's plan year from July, as the product makes it."""

import datetime as dt

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.quarters.models import Quarter
from strategy_tracker.quarters.operations import make_quarters
from strategy_tracker.quarters.rules import DateRule
from tests.cast import partnership

FROM_JULY = DateRule(first_month=7, opens_after=-6, due_after=15, meeting_after=28)
IN_TIME = dt.datetime(2011, 7, 6, 10, 0)
"""A day on which the returns of the last quarter of 2010-11 are open, and due in nine days."""


def the_quarters(of: str = "west-kent", first_year: int = 2010, years: int = 1) -> list[Quarter]:
    """The quarters of so many plan years from July."""
    return make_quarters(OPERATOR, partnership(of), FROM_JULY, first_year=first_year, years=years, reason="As agreed")


def the_quarter(number: int = 4, of: str = "west-kent", year: str = "2010-11") -> Quarter:
    """One of them, fresh; made with the rest of its year where it is not there."""
    found = Quarter.get_or_none(Quarter.partnership == partnership(of), Quarter.slug == f"{year}-q{number}")
    return found or the_quarters(of, int(year[:4]))[number - 1]
