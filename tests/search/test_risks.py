"""A risk is found by all that its page says of it to the reader, and by no word that the page keeps from her."""

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.parts import add_control, remove_part
from strategy_tracker.risks.operations.risks import close_risk, reopen_risk, share_risk, unshare_risk
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.rules import ScoreKind
from strategy_tracker.search.results import search
from tests.cast import person
from tests.risks.making import a_register, a_risk, a_score, put_forward
from tests.search.test_search import text

pytestmark = pytest.mark.usefixtures("database")


def fresh(risk: Risk) -> Risk:
    return Risk.get_by_id(risk.id)


def reviewed(risk: Risk, note: str) -> None:
    review_risk(person("lead"), fresh(risk), fresh(risk).version, note=note)


def scored(risk: Risk, reason: str, kind: ScoreKind = ScoreKind.CURRENT) -> None:
    a_score(fresh(risk), 3, 5, kind, by=person("lead"), reason=reason)


def excerpts(query: str, who: str = "lead") -> list[str]:
    return [text(hit.excerpt) for hit in search(person(who), query, kind="risks").hits]


def test_what_is_in_place_and_taken_for_granted_and_why_it_scored_so_finds_it():
    risk = a_risk(assumptions="The grant is assumed")
    control = add_control(OPERATOR, risk, text="A contingency fund")
    scored(risk, "The county wrote")
    scored(risk, "Aimed at by spring", ScoreKind.TARGET)
    reviewed(risk, "Nothing new in June")
    close_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="It happened at Whitsun")
    assert excerpts("assumed") == ["The grant is [assumed]"]
    assert excerpts("contingency") == ["A [contingency] fund"]
    assert excerpts("county") == ["The [county] wrote"]
    assert excerpts("spring") == ["Aimed at by [spring]"]
    assert excerpts("june") == ["Nothing new in [June]"]
    assert excerpts("whitsun") == ["It happened at [Whitsun]"]
    reopen_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="It may come again")
    remove_part(OPERATOR, control, control.version, reason="By mistake")
    assert not excerpts("contingency")
    assert not excerpts("whitsun"), "it is no longer closed"


def test_reasons_from_before_others_could_read_it_are_found_by_its_own_people_alone():
    risk = a_risk()
    add_control(OPERATOR, risk, text="A contingency fund")
    scored(risk, "Among ourselves: Zymurgy")
    reviewed(risk, "Among ourselves: Quixotic")
    share_risk(person("lead"), fresh(risk), fresh(risk).version)
    scored(risk, "Said to all: Verbena")
    for who in ("other officer", "viewer", "coordinator", "steering member"):
        assert not excerpts("zymurgy", who), who
        assert not excerpts("quixotic", who), who
        assert search(person(who), '"among ourselves"').total == 0
        assert excerpts("verbena", who) == ["Said to all: [Verbena]"]
        assert excerpts("contingency", who) == ["A [contingency] fund"]
    for word in ("zymurgy", "quixotic", "verbena"):
        assert len(excerpts(word, "officer")) == 1
    unshare_risk(person("lead"), fresh(risk), fresh(risk).version, reason="By mistake")
    assert not excerpts("verbena", "viewer")


def test_those_who_decide_find_what_was_said_since_it_was_put_forward():
    risk = a_risk()
    scored(risk, "Among ourselves: Zymurgy")
    put_forward(fresh(risk))
    scored(risk, "To the group: Verbena")
    for who in ("coordinator", "steering member"):
        assert not excerpts("zymurgy", who)
        assert excerpts("verbena", who)
    assert not excerpts("verbena", "viewer")


def test_reasons_of_the_partnerships_own_are_everybodys():
    risk = a_risk(a_register(""))
    a_score(fresh(risk), 1, 1, by=person("coordinator"), reason="As the county says")
    assert excerpts("county", "viewer") == ["As the [county] says"]


def test_many_scores_and_risks_cost_no_query():
    counts = []
    for more in (1, 10):
        for _ in range(more):
            scored(a_risk(event="Zymurgy"), "Again")
        reader = person("other officer")
        with count_queries() as counter:
            search(reader, "zymurgy")
        counts.append(counter.count)
    assert counts[0] == counts[1]
