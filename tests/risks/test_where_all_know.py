"""A shared risk that the partnership took up: both registers say so to everybody, without what the two levels said."""

import json

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Escalation, Risk
from strategy_tracker.risks.operations.risks import edit_risk, share_risk
from strategy_tracker.risks.rules import RiskWords
from strategy_tracker.risks.sections import register_document
from strategy_tracker.transfer.risks_out.files import register_file
from tests.cast import person
from tests.risks.making import a_register, a_risk, a_score, put_forward

ALL = "/p/west-kent/risks/"
SECRET = ("It is beyond us", "We take it", "Landlords leave", "20 Very high")


@pytest.fixture
def risk(app) -> Risk:
    """Taken up while it was private, then told in other words and with another score."""
    a_register("", body="Steering group")
    risk = a_risk(a_register(), "Landlords leave", score=(3, 4))
    put_forward(risk, accepted=True)
    risk = Risk.get_by_id(risk.id)
    edit_risk(OPERATOR, risk, risk.version, RiskWords("Homes are lost"))
    a_score(Risk.get_by_id(risk.id), 1, 1)
    return Risk.get_by_id(risk.id)


@pytest.mark.parametrize("who", ["viewer", "other officer"])
def test_everybody_finds_it_from_either_register_and_hears_no_more(risk, visitor_as, who):
    visitor = visitor_as(who)
    there, here = f"{ALL}west-kent-risks/", f"{ALL}tmbc-risks/{risk.slug}/"
    assert "Put forward to this register" not in visitor.get(there).words
    share_risk(OPERATOR, risk, risk.version)

    page, received = visitor.get(here), visitor.get(there)
    assert "At the next level" in page.words
    assert f'href="{there}"' in page.html
    assert "Put forward to this register" in received.words
    assert f'href="{here}"' in received.html
    assert "Told to those who decide here" in received.words
    for words in (*SECRET, "Put forward on"):
        assert words not in page.words, words
        assert words not in received.words, words
    for address in (there, here):
        assert "escalations/" not in visitor.get(address).html
    visitor.get(f"{there}escalations/{Escalation.get().slug}/", status=404)


def test_its_documents_and_files_tell_the_same(risk):
    share_risk(OPERATOR, risk, risk.version)
    register = Escalation.get().to
    document = register_document(person("viewer"), register)
    one = document.received[0]
    assert (one.event, one.name, one.score, one.words, one.answer) == (
        "Homes are lost", "TMBC S1", "Not told", "Told to those who decide there", "",
    )  # fmt: skip
    assert document.private == ""
    told = json.loads(register_file("json", person("viewer"), register, base_url="https://tracker.example"))
    found = told["put_forward_here"][0]
    assert (found["risk"], found["number"], found["state"]) == ("Homes are lost", "S1", "accepted")
    assert (found["score"], found["words"], found["answer"], found["nominated_on"]) == ("", "", "", None)
    assert register_document(person("steering member"), register).private.startswith("For the steering group")
