"""By which names documents for everybody tell risks apart: two registers of an authority may both have an S1."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.reviews.meetings.page import agenda_of
from strategy_tracker.reviews.risks.agenda import TITLE
from strategy_tracker.risks.report_sections import late_reviews, movements, top_risks
from strategy_tracker.risks.sections import shared_top, top_document
from tests.cast import partnership, person
from tests.meetings.making import a_meeting
from tests.report_sections.making import context_of
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")
ON = dt.date(2011, 5, 1)
EACH = {"Operational risks of tmbc S1", "Repairs (TMBC) S1"}


@time_machine.travel(dt.datetime(2011, 5, 2, 12, tzinfo=dt.UTC), tick=False)
def test_two_risks_of_one_authority_have_two_names() -> None:
    up = a_register("")
    for register in (a_register(goes_to=up), a_register(slug="repairs", title="Repairs", goes_to=up)):
        put_forward(a_risk(register, f"Of {register.title}", shared=True, opened_on=ON), accepted=True)

    for document in (top_document(person("viewer"), partnership()), shared_top(partnership())):
        assert {one.ref for _, _, entries in document.bands for one in entries} == EACH
    context = context_of("full")
    top, moved = top_risks(context), movements(context)
    assert top is not None
    assert {one.ref for one in top.risks} == EACH
    assert moved is not None
    assert {one.ref for group in moved.groups for one in group.risks} == EACH


@time_machine.travel(dt.datetime(2011, 5, 2, 12, tzinfo=dt.UTC), tick=False)
def test_overdue_reviews_name_the_register_too() -> None:
    old = dt.date(2010, 7, 1)
    for register in (a_register(), a_register(slug="repairs", title="Repairs")):
        a_risk(register, f"Of {register.title}", shared=True, opened_on=old)

    late = late_reviews(context_of("full"))
    assert late is not None
    assert {one.ref for one in late.reviews} == EACH


@time_machine.travel(dt.datetime(2011, 7, 4, 12, tzinfo=dt.UTC), tick=False)
def test_so_does_the_agenda() -> None:
    up = a_register("")
    for register in (a_register(goes_to=up), a_register(slug="repairs", title="Repairs", goes_to=up)):
        put_forward(a_risk(register, f"Of {register.title}", shared=True, opened_on=ON), accepted=True)

    found = [part for part in agenda_of(a_meeting(), person("viewer"), dt.date(2011, 7, 14)) if part.title == TITLE]
    assert {point.words.partition(":")[0] for part in found for point in part.points} == EACH
