"""Files obey the quarter, too: an offline return and an import say where, which quarter, and what to do."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.quarters.models import Return
from strategy_tracker.transfer.check import Choices
from strategy_tracker.transfer.drafting import draft_of
from strategy_tracker.transfer.operations import import_plan
from strategy_tracker.transfer.returns.workbook import Head
from tests.cast import authority, partnership, person
from tests.quarters.making import IN_TIME, the_quarter
from tests.transfer.files import AUTHORITIES, HEADS, csv_file
from tests.transfer.importing import SLUG
from tests.transfer.test_returns import RETURNS, filled, send_in


@pytest.fixture(autouse=True)
def in_time(database):
    with time_machine.travel(IN_TIME):
        the_quarter()
        yield


INSIDE = dt.date(2011, 6, 30)
LINES = {("1.2", 0): {Head.STATUS: "On track", Head.TEXT: "From the file"}}


def test_an_offline_return_proposes_the_end_of_the_quarter(visitor_as):
    page = send_in(visitor_as("officer"), filled(LINES, as_at=INSIDE))
    assert "From the file" in page.words


def test_an_offline_return_for_a_return_that_is_submitted_is_refused_in_its_cell(visitor_as):
    officer = visitor_as("officer")
    waiting = send_in(officer, filled(LINES, as_at=INSIDE))
    Return.create(quarter=the_quarter(), authority=authority("tmbc"), state="submitted")
    late = officer.send(waiting)
    page = send_in(officer, filled(LINES, as_at=INSIDE))
    for said in (late, page):
        assert "The return for Quarter 4, April to June 2011 is submitted." in said.words
    assert "Return!B1" in page.words
    assert RETURNS in page.address
    assert not ProgressNote.select().where(ProgressNote.text == "From the file").exists()


@pytest.mark.parametrize("who", ["coordinator", None])
def test_an_import_is_refused_with_the_place_of_each_report(who):
    Return.create(quarter=the_quarter(), authority=authority("tmbc"), state="accepted")
    draft = draft_of(csv_file(heads=(*HEADS[:-1], "Progress")), AUTHORITIES)
    acting = person(who) if who else OPERATOR
    choices = Choices(progress_of="tmbc", as_at=INSIDE)
    with pytest.raises(Invalid) as refused:
        import_plan(acting, partnership(), SLUG, draft, choices)
    said = "TMBC: The return for Quarter 4, April to June 2011 is accepted. To write in it, ask the coordinator"
    assert all(words.startswith(said) for words in refused.value.problems.values())
    assert all(refused.value.problems)
    import_plan(acting, partnership(), SLUG, draft, replace(choices, as_at=dt.date(2011, 7, 1)))
