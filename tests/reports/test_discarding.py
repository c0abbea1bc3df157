"""A draft that was begun by mistake: taken from the lists with a reason, and kept in the history."""

import pytest

from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.history.models import Event
from strategy_tracker.reports import operations
from strategy_tracker.reports.discarding import discard
from strategy_tracker.reports.models import Report
from tests.cast import person
from tests.reports.making import a_report, circulated, fresh, published

REPORTS = "/p/west-kent/reports/"
ONE = f"{REPORTS}2010-11-q4/"


def test_a_draft_that_nobody_had_is_discarded_and_its_quarter_has_a_report_again(database):
    report, cora = a_report(), person("coordinator")
    with pytest.raises(Forbidden):
        discard(person("steering member"), report, report.version, reason="A mistake")
    with pytest.raises(Invalid, match="Enter a reason"):
        discard(cora, report, report.version, reason=" ")
    discard(cora, report, report.version, reason="The wrong quarter")
    assert "The wrong quarter" in Event.get(Event.verb == "report discarded").data
    again = a_report()
    assert (again.slug, again.draft) == ("2010-11-q4", 1)
    again = circulated(again)
    with pytest.raises(Invalid, match="this report is circulated"):
        discard(cora, again, again.version, reason="A mistake")
    operations.take_back(cora, again, again.version, reason="A figure is wrong")
    with pytest.raises(Invalid, match="The group has had a draft"):
        discard(cora, again, fresh(again).version, reason="A mistake")


def test_a_corrected_issue_in_work_is_linked_discarded_and_begun_again(visitor_as):
    report, cora = published(a_report()), visitor_as("coordinator")
    operations.begin_correction(person("coordinator"), report, why="A figure is wrong")
    new = f"{REPORTS}2010-11-q4-corrected/"
    assert new in [each.attrib["href"] for each in cora.get(ONE).all("a")]
    assert new not in [each.attrib["href"] for each in visitor_as("officer").get(ONE).all("a")]
    assert f"{new}discarding" in [each.attrib["href"] for each in cora.get(new).all("a")]
    page = cora.send(cora.get(f"{new}discarding"), {"reason": "The figure was right"})
    assert page.address == REPORTS
    assert "The draft is discarded." in page.words
    assert "Corrected issue" not in page.words
    cora.get(new, status=404)
    assert "Mend a mistake in a corrected issue" in cora.get(ONE).words
    operations.begin_correction(person("coordinator"), fresh(report), why="It was wrong after all")
    assert Report.select().where(Report.slug == "2010-11-q4-corrected").count() == 1
    assert "The draft is discarded" not in cora.get(f"{ONE}discarding").words
