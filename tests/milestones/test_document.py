"""Milestones in the plan's document and in its PDF."""

import datetime as dt
from dataclasses import replace

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.plans.milestones.models import MilestoneRevision
from strategy_tracker.plans.milestones.sections import milestone_lines
from strategy_tracker.plans.models import Plan
from strategy_tracker.plans.rules import Precision, Timescale
from strategy_tracker.plans.sections import plan_document, plan_pdf
from strategy_tracker.plans.versions.view import view_of
from tests import builders
from tests.cast import authority
from tests.documents import plan_documents
from tests.milestones.making import a_milestone, edited

JULY = Timescale.by(dt.date(2010, 7, 1), Precision.MONTH)
DECEMBER = Timescale.by(dt.date(2010, 12, 1), Precision.MONTH)
LINE = "December 2010, was July 2010 (moved once): A draft is out (TMBC). Missed, 6 months late."
NASTY = [
    *(f"July 2010: Step {number} of many, with words enough for a line and more. To do." for number in range(40)),
    "July 2010: <script>alert(1)</script> & “quoted”. To do.",
    f"July 2010: {'x' * 290}. To do.",
    "July 2010: שלום עולם. To do.",
]


@pytest.fixture
def moved(database):
    edited(a_milestone(builders.action("1.1"), due=JULY, of="tmbc"), due=DECEMBER, reason="Late")


@pytest.mark.usefixtures("moved")
def test_each_action_has_its_milestones_in_the_plans_document():
    Plan.update(as_at=builders.AS_AT).execute()
    actions = plan_document(view_of(builders.plan())).objectives[0].actions
    assert [action.milestones for action in actions] == [(LINE,), ()]


@pytest.mark.usefixtures("moved")
def test_dates_stand_as_they_stood_then():
    (revision,) = MilestoneRevision.select()
    before = milestone_lines(builders.plan().id, builders.AS_AT, revision.dated_on - dt.timedelta(days=1))
    assert before == {builders.action("1.1").id: ("July 2010: A draft is out (TMBC). Missed, 11 months late.",)}


@pytest.mark.usefixtures("moved")
def test_an_extract_has_the_whole_actions_and_the_authoritys_own():
    action = builders.action("1.1")
    a_milestone(action, "All have signed", DECEMBER)
    for slug, count in (("tmbc", 2), ("sdc", 1)):
        lines = milestone_lines(builders.plan().id, builders.AS_AT, None, authority(slug).id)
        assert len(lines[action.id]) == count


@pytest.mark.usefixtures("moved")
def test_many_cost_no_query():
    counts, plan = [], builders.plan()
    for _ in range(2):
        with count_queries() as counter:
            milestone_lines(plan.id, builders.AS_AT)
        counts.append(counter.count)
        a_milestone(builders.action("1.2"), "Another")
    assert counts == [2, 2]


def test_the_pdf_is_accessible_with_as_many_as_there_may_be(pdfua):
    document = plan_documents.plan_document(2)
    first, *others = document.objectives
    action = replace(first.actions[0], milestones=tuple(NASTY))
    second = [replace(each, milestones=(LINE,)) for each in first.actions[1:]]
    objectives = (replace(first, actions=(action, *second)), *others)
    pdfua.accepts(plan_pdf(replace(document, objectives=objectives)))
