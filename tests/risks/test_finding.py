"""A risk is found by every word that is said of it, by those who may read it and by nobody else."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.parts import add_response, remove_part
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.search.results import Hit, search
from tests.cast import CAST, person
from tests.risks.making import a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")
HOME = {"officer", "lead"}
GROUP = {"coordinator", "steering member"}


def found(query: str, who: str = "lead") -> list[Hit]:
    return list(search(person(who), query, kind="risks").hits)


def label(hit: Hit) -> str:
    return "".join(piece.text for piece in hit.label)


def finders(query: str) -> set[str]:
    return {who for who in CAST if search(person(who), query).total}


def test_every_word_of_a_risk_finds_it():
    risk = a_risk(
        event="Evented",
        cause="Caused",
        effect="Effected",
        category="Categorised",
        owner=Owner(OwnerKind.POST, "Owner of it"),
    )
    response = add_response(
        OPERATOR,
        risk,
        kind=ResponseKind.TREAT,
        text="Respondeat",
        owner=Owner(OwnerKind.TEAM, "Answerers"),
    )
    for word in ("evented", "caused", "effected", "categorised", '"owner of it"', "respondeat", "answerers", "treat"):
        assert [(label(hit), hit.address) for hit in found(word)] == [
            ("Risk 1 Evented", f"/p/west-kent/risks/tmbc-risks/{risk.slug}/")
        ], word
    remove_part(OPERATOR, response, response.version, reason="By mistake")
    assert not found("respondeat")


def test_a_private_one_is_found_by_its_own_people_and_one_that_went_up_by_those_who_decide():
    risk = a_risk(event="Zymurgy", cause="Brewing")
    add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text="Distil")
    for word in ("zymurgy", "brewing", "distil"):
        assert finders(word) == HOME
    put_forward(Risk.get_by_id(risk.id))
    for word in ("zymurgy", "distil"):
        assert finders(word) == HOME | GROUP


def test_others_know_a_shared_one_by_a_number_of_its_own():
    a_risk(event="Hidden")
    a_risk(event="Zymurgy", shared=True)
    assert label(found("zymurgy")[0]) == "Risk 2 Zymurgy"
    assert [label(hit) for hit in found("zymurgy", "other officer")] == ["Risk S1 Zymurgy"]


def test_a_closed_one_is_found_last_and_named_so():
    first, _ = a_risk(event="Zymurgy ends"), a_risk(event="Zymurgy goes on")
    close_risk(OPERATOR, first, Risk.get_by_id(first.id).version, reason="Nobody brews")
    hits = found("zymurgy")
    assert [label(hit) for hit in hits] == ["Risk 2 Zymurgy goes on", "Risk 1 Zymurgy ends"]
    assert hits[1].facts.startswith("Closed ")
