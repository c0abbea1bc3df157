"""Scores: kept as they were given, whatever becomes of the scheme."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import DatabaseError

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.db import transaction
from strategy_tracker.errors import Conflict, Forbidden, Invalid
from strategy_tracker.risks.models import Acceptance, Risk, Score
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.registers import random_slug
from strategy_tracker.risks.operations.risks import close_risk, edit_risk, reopen_risk
from strategy_tracker.risks.operations.scores import plan_review, review_risk
from strategy_tracker.risks.queries import acceptance_of, current_score, current_scores, is_above_tolerance, scores_of
from strategy_tracker.risks.rules import Movement, RiskWords, ScoreKind, movement
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.schemes.queries import mapping_between, versions_of
from tests.cast import person
from tests.risks.drawing import any_scheme
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five, four_by_six

pytestmark = pytest.mark.usefixtures("database")
JULY, AUGUST = dt.date(2010, 7, 1), dt.date(2010, 8, 2)
SEED = ((2, 3), (1, 2), (2, 3), (2, 2), (2, 3), (1, 3), (2, 3))
"""Impact and likelihood of the seven risks of Copeland's register, as places from 0."""


def test_the_seven_of_copeland_score_as_their_register_says():
    register = a_register()
    scores = [current_score(a_risk(register, f"Risk {n}", score=score).id) for n, score in enumerate(SEED, start=1)]
    assert [score.value for score in scores] == [12, 6, 12, 9, 12, 8, 12]
    assert [score.band_name for score in scores] == ["High", "Medium", "High", "Medium", "High", "Medium", "High"]
    assert (scores[0].impact_label, scores[0].likelihood_label) == ("3 Critical", "4 Significant")


def test_a_change_of_scheme_never_changes_a_score():
    scheme, risk = a_scheme(), a_risk()
    before = Score.select().dicts().get()
    change_scheme(OPERATOR, scheme, scheme.version, name="Wider", shape=five_by_five(), reason="As the county does")
    assert Score.select().dicts().get() == before
    new, old = versions_of(scheme)
    assert mapping_between(old, new).new_place(2, 3) == (3, 2)
    later = a_score(risk, 3, 3)
    assert later.scheme_version.number == 2
    assert movement(later.mark, Score.get_by_id(before["id"]).mark) is Movement.OTHER_SCHEME


@pytest.mark.parametrize("change", ["update risk_score set value = 1", "delete from risk_score"])
def test_the_database_refuses_to_change_a_score(database, change):
    a_risk()
    with pytest.raises(DatabaseError), transaction():
        database.execute_sql(change)


def test_each_kind_has_its_own_line_and_a_day_that_never_goes_back():
    risk = a_risk(score=None)
    a_score(risk, 3, 5, ScoreKind.INHERENT, on=JULY)
    a_score(risk, 2, 3, on=JULY)
    a_score(risk, 1, 1, ScoreKind.TARGET, on=AUGUST)
    a_score(risk, 2, 2, on=AUGUST)
    now, then = scores_of([risk.id])[risk.id], current_scores([risk.id], JULY)[risk.id]
    assert {kind.value: score.value for kind, score in now.items()} == {"inherent": 24, "current": 9, "target": 4}
    assert then.value == 12
    with pytest.raises(Invalid, match="cannot be before 2 August 2010"):
        a_score(risk, 2, 3, on=JULY)


def test_a_level_that_the_scheme_has_not_is_refused():
    with pytest.raises(Invalid, match="one of the scheme's levels"):
        a_risk(score=(4, 0))


def test_a_score_needs_a_reason_from_the_second_on():
    risk = a_risk()
    with pytest.raises(Invalid, match="Say why"):
        a_score(risk, 0, 0, reason=" ")


def test_of_two_who_score_at_once_one_is_told():
    risk = a_risk()
    mine, hers = Risk.get_by_id(risk.id), Risk.get_by_id(risk.id)
    a_score(mine, 0, 0)
    with pytest.raises(Conflict):
        a_score(hers, 3, 3)
    assert current_score(risk.id).value == 1


def test_reviewed_and_still_valid_moves_the_next_review_and_no_score():
    risk = a_risk(a_register(review_months=1))
    assert risk.review_due_on == dt.date(2010, 8, 1)
    review_risk(person("officer"), risk, risk.version, reviewed_on=dt.date(2011, 1, 31))
    assert (risk.reviewed_on, risk.review_due_on) == (dt.date(2011, 1, 31), dt.date(2011, 2, 28))
    assert Score.select().count() == 1


def test_an_acceptance_is_void_once_the_score_rises_and_stays_so():
    risk = a_risk()
    until = clock.today() + dt.timedelta(days=100)
    assert is_above_tolerance(risk, current_score(risk.id))
    accept_risk(person("lead"), risk, risk.version, accepted_by="Chief executive", until=until, reason="No money")
    a_score(risk, 2, 3)
    assert acceptance_of(risk.id) is not None
    a_score(risk, 3, 3)
    assert acceptance_of(risk.id) is None
    a_score(risk, 0, 0)
    assert Acceptance.get().void_by.words == "16 Very high"


def test_an_acceptance_is_void_too_when_the_score_rises_to_what_was_accepted_and_under_a_version_that_says_otherwise():
    scheme, risk = a_scheme(), a_risk(score=(3, 3))
    accepted(risk)
    a_score(risk, 2, 3)
    assert acceptance_of(risk.id) is not None
    a_score(risk, 3, 3)
    assert acceptance_of(risk.id) is None
    accepted(risk)
    change_scheme(OPERATOR, scheme, scheme.version, name="Same", shape=four_by_six(), reason="A word is spelt right")
    a_score(risk, 3, 3)
    assert acceptance_of(risk.id) is not None
    change_scheme(OPERATOR, scheme, scheme.version, name="Wider", shape=five_by_five(), reason="As the county does")
    a_score(risk, 4, 4)
    assert acceptance_of(risk.id) is None


def accepted(risk: Risk) -> None:
    until = clock.today() + dt.timedelta(days=100)
    accept_risk(person("lead"), risk, risk.version, accepted_by="Chief executive", until=until, reason="No money")


def test_the_day_of_a_review_never_goes_back_and_a_planned_one_outlives_an_edit():
    risk = a_risk()
    review_risk(OPERATOR, risk, risk.version, reviewed_on=AUGUST)
    with pytest.raises(Invalid, match="before 2 August 2010"):
        a_score(risk, 0, 0, on=JULY)
    plan_review(OPERATOR, risk, risk.version, due_on=dt.date(2010, 9, 1))
    edit_risk(OPERATOR, risk, risk.version, RiskWords("Spelt right"))
    assert risk.review_due_on == dt.date(2010, 9, 1)
    edit_risk(OPERATOR, risk, risk.version, RiskWords("Spelt right", review_months=1))
    assert risk.review_due_on == dt.date(2010, 9, 2)


def test_nobody_needs_to_accept_what_is_tolerated():
    risk = a_risk(score=(0, 0))
    with pytest.raises(Invalid, match="not above tolerance"):
        accept_risk(OPERATOR, risk, risk.version, accepted_by="I", until=clock.today() + dt.timedelta(1), reason="So")


def test_tolerance_is_that_of_the_category_and_an_opportunity_has_none():
    assert is_above_tolerance(*with_score(a_risk(score=(1, 2), category="Safety")))
    assert not is_above_tolerance(*with_score(a_risk(score=(1, 2), category="Money")))
    assert not is_above_tolerance(*with_score(a_risk(score=(3, 5), is_opportunity=True)))


def with_score(risk: Risk) -> tuple[Risk, Score]:
    return risk, current_score(risk.id)


def test_a_closed_risk_is_no_longer_written_until_it_is_opened_again():
    risk = a_risk()
    close_risk(person("officer"), risk, risk.version, reason="It happened")
    with pytest.raises(Forbidden):
        a_score(risk, 0, 0)
    reopen_risk(person("officer"), risk, risk.version, reason="It may happen again")
    assert a_score(risk, 0, 0).value == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_scores_stand_through_any_changes_of_any_scheme(data):
    sizes = st.tuples(st.integers(2, 10), st.integers(2, 10))
    first, second = (data.draw(sizes.flatmap(lambda size: any_scheme(*size))) for _ in range(2))
    scheme = a_scheme(random_slug(), first)
    risk = a_risk(a_register(slug=random_slug(), scheme=scheme), score=None)
    for number, shape in enumerate((first, second, first)):
        if number:
            change_scheme(OPERATOR, scheme, scheme.version, name="Other", shape=shape, reason="So")
        before = list(Score.select().order_by(Score.id).dicts())
        place = [data.draw(st.integers(0, len(levels) - 1)) for levels in (shape.impact, shape.likelihood)]
        score = a_score(risk, *place)
        cell = shape.cell(*place)
        assert (score.value, score.band_name) == (cell.value, shape.bands[cell.band].name)
        assert score.impact_label == shape.impact[place[0]].words
        assert list(Score.select().order_by(Score.id).dicts())[:-1] == before
