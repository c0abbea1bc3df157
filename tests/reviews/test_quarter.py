"""My work in a quarter: as at its end, with its deadline, and without what nothing more is due of."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.plans.rules import Status
from strategy_tracker.quarters.models import Quarter, Return
from strategy_tracker.reviews.returns import operations
from tests import builders
from tests.cast import authority, person
from tests.quarters.making import IN_TIME, the_quarter
from tests.reviews.test_my_work import entry, heads

DEADLINE = "Quarter 4, April to June 2011: due 15 July 2011, in 9 days."
TMBC = "/p/west-kent/quarters/2010-11-q4/returns/tmbc/"


@pytest.fixture(autouse=True)
def in_time(database):
    with time_machine.travel(IN_TIME):
        the_quarter()
        yield


def submitted():
    operations.submit_return(person("lead"), the_quarter(), authority("tmbc"), 1)


def test_the_deadline_stands_above_and_the_lead_checks_the_return(visitor_as):
    page = visitor_as("officer").get("/")
    assert DEADLINE in page.words
    assert "See the return" in page.words
    assert "Reports are as at 30 June 2011." in page.words
    lead = visitor_as("lead").get("/")
    assert "Check and submit the return" in lead.words
    assert [each.attrib["href"] for each in lead.all("a") if each.attrib["href"].startswith(TMBC)] == [TMBC]


def test_nothing_is_asked_of_what_has_had_its_last_word_before_the_quarter(visitor_as):
    officer = visitor_as("officer")
    assert heads(officer.get("/")) == ["Not reported yet (1)", "Reported (2)"]
    march = dt.date(2011, 3, 31)
    builders.a_note(builders.action("1.2"), "tmbc", Status.STOPPED, "No more loans", as_at=march, reason="No money")
    page = officer.get("/")
    assert heads(page) == ["Reported (2)", "Nothing more is due (1)"]
    assert "All 2 actions are reported" in page.words
    link = next(each for each in page.all("a") if each.attrib["href"].endswith("/progress"))
    officer.send(officer.get(link.attrib["href"]), {"status": "on track", "text": "They go on"})
    assert heads(officer.get("/")) == ["Reported (3)"]


def test_a_report_counts_for_the_quarter_that_is_open(visitor_as):
    officer, key = visitor_as("officer"), entry("1.2")
    page = officer.send(officer.get("/"), {f"status-{key}": "on track", f"text-{key}": "Rules are agreed"})
    assert "All 2 actions are reported" in page.words
    assert ProgressNote.get(ProgressNote.text == "Rules are agreed").as_at == dt.date(2011, 6, 30)
    form = officer.get(f"/p/west-kent/plans/2010-11/shares/{key.replace('-', '/outcomes/')}/progress")
    assert [each.attrib["value"] for each in form.all("input", inputmode="numeric")] == ["30", "6", "2011"]


def test_what_is_written_while_the_lead_submits_comes_back_and_goes_to_no_other_quarter(visitor_as):
    officer, key = visitor_as("officer"), entry("1.2")
    page = officer.get("/")
    submitted()
    for _ in range(2):
        page = officer.send(page, {f"status-{key}": "on track", f"text-{key}": "Too late"})
        assert page.errors[0].startswith("1.2: the return for Quarter 4, April to June 2011 is submitted.")
        assert "Too late" in page.html
    assert not ProgressNote.select().where(ProgressNote.text == "Too late").exists()
    officer.send(page, {f"status-{key}": "", f"text-{key}": "", f"same-{key}": ""})


def test_a_return_that_is_handed_in_says_so_and_reports_go_on_for_the_next_quarter(visitor_as):
    submitted()
    page = visitor_as("officer").get("/")
    assert "Quarter 4, April to June 2011: the return of TMBC is submitted." in page.words
    assert "Reports are as at 6 July 2011." in page.words
    Return.update(state="sent back").execute()
    page = visitor_as("officer").get("/")
    assert "due 15 July 2011, in 9 days, sent back by the coordinator." in page.words
    assert "Reports are as at 30 June 2011." in page.words


def test_a_plan_with_a_date_of_its_own_says_why_nothing_is_taken(visitor_as):
    plan = builders.plan()
    plan.as_at = builders.AS_AT
    plan.save()
    submitted()
    assert "is submitted. To write in it, the lead can take it back" in visitor_as("officer").get("/").words
    Quarter.update(closed_at=dt.datetime(2011, 7, 6)).execute()
    assert "is closed: nothing is added to it any more" in visitor_as("officer").get("/").words
