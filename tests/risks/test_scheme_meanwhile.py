"""A scheme that is changed while somebody has a form open: no score and no mapping is of a version she never saw."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Register, Risk, Score
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from strategy_tracker.risks.operations.scores import score_risk
from strategy_tracker.risks.queries import current_score
from strategy_tracker.risks.rules import ScoreKind
from strategy_tracker.risks.schemes.models import SchemeMapping, SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.operations import change_scheme, map_levels
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.schemes.rules import Level, LevelMap, Scheme
from tests.cast import CAST, PASSWORD
from tests.html_check import words
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five, four_by_six
from tests.visitor import Answer

SAID = "The scheme was changed while you wrote: Wider, version 2, counts now. Look at the levels again."


def widen(shape: Scheme | None = None, slug: str = "four-by-six") -> SchemeVersion:
    scheme = ScoringScheme.get(ScoringScheme.slug == slug)
    shape = shape or five_by_five()
    return change_scheme(OPERATOR, scheme, scheme.version, name="Wider", shape=shape, reason="As the county")


def chosen(page: Answer, field: str) -> str:
    select = page.all("select", id=field)[0]
    return next((words(one) for one in select.iter("option") if "selected" in one.attrib), "")


def gone(level: str) -> str:
    return f"{level} is gone from the scheme, or means something else now: choose again"


@pytest.fixture
def officer(visitor_as):
    return visitor_as("officer")


def test_a_score_is_never_saved_under_a_version_that_was_not_on_the_form(officer):
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}scores")
    widen()
    again = officer.send(page, {"impact": "3", "likelihood": "4", "reason": "The grant ended"})
    assert again.errors == [SAID, *map(gone, ("4 Catastrophic", "5 High"))]
    assert "The grant ended" in again.html
    assert [one.words for one in Score.select()] == ["12 High"]
    assert "5 Severe" in again.words
    assert chosen(again, "impact") == chosen(again, "likelihood") == "Select a level"
    officer.send(again, {"impact": "4", "likelihood": "3"})
    score = current_score(risk.id)
    assert (score.impact_label, score.likelihood_label, score.reason) == ("5 Severe", "4 Likely", "The grant ended")
    assert score.scheme_version.number == 2


def test_a_level_that_is_the_same_in_both_versions_stays_chosen_and_no_other(officer):
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}scores")
    was = four_by_six()
    other = (*was.likelihood[:4], Level("5", "High", "every month"), was.likelihood[5])
    widen(replace(was, impact=was.impact, likelihood=other))
    again = officer.send(page, {"impact": "3", "likelihood": "4", "reason": "The grant ended"})
    assert again.errors == [SAID, gone("5 High")]
    assert chosen(again, "impact") == "4 Catastrophic"
    assert chosen(again, "likelihood") == "Select a level"


def test_a_level_that_moved_goes_to_its_own_place(officer):
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}scores")
    was = four_by_six()
    widen(replace(was, impact=(Level("0", "None"), *was.impact), cells=(was.cells[0], *was.cells)))
    again = officer.send(page, {"impact": "3", "likelihood": "4", "reason": "The grant ended"})
    assert again.errors == [SAID]
    officer.send(again)
    score = current_score(risk.id)
    assert (score.impact, score.impact_label, score.likelihood_label) == (4, "4 Catastrophic", "5 High")


def test_so_it_is_where_a_risk_is_added_with_its_score(officer):
    page = officer.get(f"{address_of_register(a_register())}add")
    widen()
    fields = {"event": "Partners give less money", "cause": "The grant ends", "impact": "3", "likelihood": "4"}
    again = officer.send(page, fields)
    assert again.errors[0] == SAID
    assert not Risk.select().exists()
    assert "The grant ends" in again.html
    officer.send(again, {"impact": "4", "likelihood": "4"})
    assert Score.get().impact_label == "5 Severe"


def test_a_risk_without_a_score_is_added_whatever_became_of_the_scheme(officer):
    page = officer.get(f"{address_of_register(a_register())}add")
    widen()
    assert not officer.send(page, {"event": "Partners give less money"}).errors
    assert Risk.get().event == "Partners give less money"


def test_a_register_that_took_another_scheme_is_a_change_too(officer):
    register = a_register()
    risk, other = a_risk(register), a_scheme("five", five_by_five())
    page = officer.get(f"{address_of_risk(risk)}scores")
    edit_register(OPERATOR, register, register.version, RegisterTerms(title=register.title, scheme=other))
    again = officer.send(page, {"impact": "3", "likelihood": "4", "reason": "The grant ended"})
    assert "five, version 1, counts now" in again.errors[0]
    assert Score.select().count() == 1


@pytest.mark.parametrize("typed", ["", "no-such-scheme:1", "four-by-six:9", "far:1", "four-by-six:x"])
def test_a_version_that_is_none_keeps_no_level(officer, typed):
    a_scheme("far", of="east-fen")
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}scores")
    again = officer.send(page, {"scheme_version": typed, "impact": "3", "reason": "The grant ended"})
    assert again.errors == [SAID.replace("Wider, version 2", "four by six, version 1"), *[gone("What you chose")] * 2]
    assert Score.select().count() == 1


def test_after_a_conflict_and_a_new_version_too_the_levels_are_looked_at_again(officer, visitor_as):
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}scores?kind=current")
    a_score(Risk.get_by_id(risk.id), 0, 0)
    both = officer.send(page, {"impact": "3", "reason": "Worse"}, status=409)
    kept = officer.send(both, {"keep": "mine"})
    assert not kept.errors
    assert [one.impact for one in Score.select().order_by(Score.id)] == [2, 0, 3]
    page = officer.get(f"{address_of_risk(risk)}scores?kind=current")
    a_score(Risk.get_by_id(risk.id), 0, 0)
    both = officer.send(page, {"impact": "3", "reason": "Worse"}, status=409)
    widen()
    again = officer.send(both, {"keep": "mine"})
    assert again.errors[0] == SAID
    assert "Worse" in again.html


def test_words_that_come_back_after_a_session_that_ended_meet_the_new_levels(officer):
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}scores")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        fields = {"impact": "3", "likelihood": "4", "reason": "The grant ended"}
        sign_in = officer.send(page, fields, action=page.address)
        widen()
        back = officer.send(sign_in, {"email": CAST["officer"].email, "password": PASSWORD})
        assert back.errors == [SAID, *map(gone, ("4 Catastrophic", "5 High"))]
        assert "The grant ended" in back.html
        officer.send(back, {"impact": "4", "likelihood": "3"})
    assert current_score(risk.id).impact_label == "5 Severe"


def test_the_operation_refuses_a_version_that_is_no_longer_in_force(database):
    risk = a_risk()
    seen = current_version(risk.register.scheme)
    widen()
    with pytest.raises(Invalid, match="The scheme was changed while you wrote: Wider, version 2, counts now"):
        score_risk(OPERATOR, risk, risk.version, ScoreKind.TARGET, under=seen, impact=0, likelihood=0, reason="So")
    assert Score.select().count() == 1


def test_levels_are_mapped_to_the_version_that_was_on_the_page(visitor_as):
    a_register("")
    widen()
    visitor = visitor_as("coordinator")
    address = "/p/west-kent/risks/schemes/four-by-six/mapping"
    page = visitor.get(address)
    widen(replace(five_by_five(), impact=tuple(reversed(five_by_five().impact))))
    again = visitor.send(page, {"impact_3": "4", "likelihood_0": ""})
    assert again.errors[0] == SAID.replace("version 2", "version 3")
    assert not SchemeMapping.select().exists()
    assert chosen(again, "impact_3") == "5 Severe"
    visitor.send(again)
    kept = SchemeMapping.get()
    assert (kept.old.number, kept.new.number, kept.levels.impact[3]) == (1, 3, 0)


def test_the_old_version_of_a_mapping_stays_that_of_the_page(visitor_as):
    risk = a_risk(a_register(""))
    widen()
    visitor = visitor_as("coordinator")
    page = visitor.get("/p/west-kent/risks/schemes/four-by-six/mapping")
    a_score(Risk.get_by_id(risk.id), 4, 4)
    widen()
    a_score(Risk.get_by_id(risk.id), 4, 4)
    again = visitor.send(page, {"impact_3": "4"})
    assert "version 3, counts now" in again.errors[0]
    visitor.send(again)
    assert SchemeMapping.get().old.number == 1


def test_the_operation_maps_to_no_version_that_is_gone(database):
    scheme = a_scheme()
    old = current_version(scheme)
    seen = widen()
    widen(four_by_six())
    levels = LevelMap((0, 1, 2, 3), (0, 1, 2, 3, 4, 4))
    with pytest.raises(Invalid, match="version 3, counts now"):
        map_levels(OPERATOR, old, seen, levels)
    assert Register.select().count() == 0
