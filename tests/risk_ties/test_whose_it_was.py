"""A register that another authority took over: what is told of a day before stands under who held it then."""

import datetime as dt
import json

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.received import received_by
from strategy_tracker.risks.then import shared_lines
from strategy_tracker.transfer.risks_out.files import register_file
from tests.cast import authority, partnership, person
from tests.risk_ties.test_successions import ON, succeed
from tests.risks.making import a_register, a_risk, put_forward

BEFORE, SINCE = ON - dt.timedelta(days=1), ON
TOOK = "Taken over from Sevenoaks District Council on 1 April 2011."


@pytest.fixture
def register(database) -> Register:
    """SDC's, with a risk that was shared and put forward, taken over by TMBC; and one that TMBC always had."""
    with time_machine.travel(dt.datetime(2011, 3, 1, 12, tzinfo=dt.UTC), tick=False):
        put_forward(a_risk(a_register("sdc"), "Grants end", shared=True))
        a_register("tmbc")
    with time_machine.travel(dt.datetime(2011, 4, 5, 12, tzinfo=dt.UTC), tick=False):
        succeed()
    return visible(OPERATOR, Register).where(Register.slug == "sdc-risks").get()


@pytest.mark.parametrize(("day", "whose"), [(BEFORE, "Sevenoaks"), (SINCE, "Tonbridge and Malling")])
def test_files_as_at_a_day_name_who_held_it_then(register, day, whose):
    told = json.loads(register_file("json", OPERATOR, register, base_url="https://tracker.example", on=day))
    assert told["whose"].startswith(whose)


def test_reports_do_so_too(register):
    def names(day: dt.date, of: str | None = None) -> list[str]:
        read = shared_lines(partnership().id, day, None, authority(of).id if of else None)
        return [line.name(read.names) for line in read.open]

    assert (names(BEFORE), names(BEFORE, "sdc"), names(BEFORE, "tmbc")) == (["SDC S1"], ["SDC S1"], [])
    assert names(SINCE) == names(SINCE, "tmbc") == ["Operational risks of sdc (TMBC) S1"]


def test_what_was_put_forward_stays_with_who_did_it(register, visitor_as):
    up = visible(OPERATOR, Register).where(Register.authority.is_null()).get()
    row = received_by(person("coordinator"), up)[0]
    assert (row.whose, row.from_name) == ("SDC", "Operational risks of sdc (TMBC)")
    page = visitor_as("coordinator").get(row.address)
    assert "Put forward by SDC" in page.words


def test_its_page_says_from_whom_and_since_when(register, visitor_as):
    lead = visitor_as("lead")
    assert TOOK in lead.get("/p/west-kent/risks/sdc-risks/").words
    assert "Taken over" not in lead.get("/p/west-kent/risks/tmbc-risks/").words
