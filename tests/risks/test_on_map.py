"""The heat map of documents and reports says what stands outside it, so that "none is very high" is true of the map."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.documents.sections import fragment, offered
from strategy_tracker.risks.models import Register
from strategy_tracker.risks.report_sections import heat_maps
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.sections import register_document, shared_register
from tests.cast import person
from tests.report_sections.making import context_of
from tests.risks.making import a_register, a_risk, a_scheme, five_by_five, four_by_six

pytestmark = pytest.mark.usefixtures("database")
SAID = (
    "On this map, one risk is low (S2), none is very high, none is high, none is medium.",
    "1 more is scored under ours, version 1, and not on the map (S1).",
)


def a_register_after_a_change() -> Register:
    register = a_register(scheme=a_scheme("ours", five_by_five()))
    a_risk(register, "Scored before", score=(4, 4), shared=True)
    change_scheme(OPERATOR, register.scheme, 1, name="ours", shape=four_by_six(), reason="As the county does")
    register = Register.get_by_id(register.id)
    a_risk(register, "Scored after", score=(0, 0), shared=True)
    a_risk(register, "Not scored", score=None, shared=True)
    return register


def test_the_pdf_of_a_register_names_what_is_not_on_its_map_once():
    register = a_register_after_a_change()
    unscored = "Not scored yet, and so not on the map: S3."
    for document in (register_document(person("other officer"), register), shared_register(register)):
        assert document.heat.in_words[:3] == (*SAID, unscored)
    said = register_document(person("officer"), register).heat.in_words
    assert said[1] == "1 more is scored under ours, version 1, and not on the map (1)."


@time_machine.travel(dt.datetime(2011, 5, 2, 12, tzinfo=dt.UTC), tick=False)
def test_the_map_of_a_report_says_it_too():
    a_register_after_a_change()
    maps = heat_maps(context_of("full"))
    assert maps is not None
    assert maps.maps[0].words[:2] == SAID


@time_machine.travel(dt.datetime(2011, 5, 2, 12, tzinfo=dt.UTC), tick=False)
def test_a_report_names_a_register_that_has_no_map_since_its_scheme_was_changed():
    register = a_register(scheme=a_scheme("ours", five_by_five()))
    a_risk(register, "Scored before", score=(4, 4), shared=True)
    assert heat_maps(context_of("full")).without == ()
    change_scheme(OPERATOR, register.scheme, 1, name="ours", shape=four_by_six(), reason="As the county does")
    maps = heat_maps(context_of("full"))
    said = "its risks stand under ours, version 1, which is not in force there any more."
    assert (maps.maps, maps.without) == ((), (f"TMBC: Operational risks of tmbc has no map here: {said}",))
    section = next(one for one in offered() if one.key == "risk-map")
    assert maps.without[0] in fragment(section, maps)


def test_a_report_without_a_score_has_no_map():
    a_risk(score=None, shared=True)
    assert heat_maps(context_of("full")) is None
