"""A date before a reorganisation still shows the authority that there was, with what it said."""

import datetime as dt

import pytest

from strategy_tracker.db import database
from strategy_tracker.plans.rules import Status
from strategy_tracker.successions import operations
from strategy_tracker.successions.operations import Choices
from tests import builders
from tests.cast import authority, person

PLAN = "/p/west-kent/plans/2010-11"
ON = dt.date(2011, 4, 1)


@pytest.fixture
def reorganised(app):
    with database.connection_context():
        row, action = authority("sdc"), builders.action("1.1")
        builders.a_note(action, "sdc", Status.AT_RISK, "Said in time", as_at=dt.date(2011, 3, 1))
        choices = Choices(authority("kcc"))
        operations.succeed(person("coordinator"), row, row.version, choices, on=ON, reason="One council")


def shown(visitor, day: str) -> tuple[list[str], bool]:
    """The authorities that the plan compares as at a day, and whether what was said in time is there."""
    compared = visitor.get(f"{PLAN}/?as_at={day}&view=compare")
    heads = [head.text for head in compared.all("th", scope="col")]
    return [slug for slug in ("SDC", "KCC") if slug in heads], "Said in time" in visitor.get(
        f"{PLAN}/?as_at={day}"
    ).words


def test_the_plan_shows_who_there_was(reorganised, visitor_as):
    viewer = visitor_as("viewer")
    assert shown(viewer, "2011-03-31") == (["SDC"], True)
    assert shown(viewer, "2011-06-30") == (["KCC"], False)


def test_the_pdf_is_made_for_either_day(reorganised, visitor_as):
    viewer = visitor_as("viewer")
    for day in ("2011-03-31", "2011-06-30"):
        assert viewer.get(f"{PLAN}.pdf?as_at={day}").data.startswith(b"%PDF")
