"""Documents of risks list at their end what the glossary says of the abbreviations that they use, and no others."""

import io

import pytest
from pypdf import PdfReader

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.plans.operations import add_abbreviation
from strategy_tracker.reviews.risks.glossary import explained
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.risk_section import risk_document, risk_pdf
from strategy_tracker.risks.sections import register_document, register_pdf, top_document, top_pdf
from tests.cast import partnership, person
from tests.packs.making import a_pack, of
from tests.packs.test_packs import page_of
from tests.pdfua import Judge
from tests.risks.making import a_register, a_risk, put_forward

pytestmark = pytest.mark.usefixtures("database")
CBL = ("CBL", "Choice based lettings")
TMBC = ("TMBC", "Tonbridge and Malling Borough Council")


def a_glossary() -> None:
    for short, meaning in (CBL, ("RSL", "Registered social landlord"), ("DFG", "Disabled facilities grant")):
        add_abbreviation(OPERATOR, partnership(), short=short, meaning=meaning)


def test_a_register_a_risk_and_the_top_risks_explain_what_they_use(pdfua: Judge) -> None:
    a_glossary()
    register = a_register()
    put_forward(a_risk(register, "CBLs end", shared=True, cause="The DFGX runs out"), accepted=True)
    home, lead = partnership(), person("lead")
    risk = Risk.reach().query.where(Risk.event == "CBLs end").get()
    whole = explained(register_document(lead, register), home.id)
    one = explained(risk_document(lead, risk), home.id)
    top = explained(top_document(lead, home), home.id)
    for document, pdf in ((whole, register_pdf(whole)), (one, risk_pdf(one)), (top, top_pdf(top))):
        assert document.abbreviations == ((CBL, TMBC) if document is top else (CBL,))
        said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
        assert "Abbreviations used" in said and "Choice based lettings" in said
        pdfua.accepts(pdf)


def test_so_do_the_downloads_and_a_pack(visitor_as) -> None:
    a_glossary()
    register = a_register()
    risk = put_forward(a_risk(register, "CBLs end", shared=True), accepted=True).risk
    lead = visitor_as("lead")
    for name in ("top.pdf", "tmbc-risks.pdf", f"tmbc-risks/{risk.slug}.pdf"):
        found = PdfReader(io.BytesIO(lead.get(f"/p/west-kent/risks/{name}").data))
        assert any("Choice based lettings" in page.extract_text() for page in found.pages), name
    page = page_of(a_pack(of(partnership()), register))
    assert page.count("<dt>CBL</dt>") == 2


def test_a_closed_risk_does_not_say_that_somebody_must_accept_it() -> None:
    risk = a_risk(score=(3, 5))
    before = " ".join(risk_document(person("lead"), Risk.reach().query.where(Risk.id == risk.id).get()).why)
    assert "somebody must accept it" in before and "Nobody accepts it" in before
    fresh = Risk.get_by_id(risk.id)
    close_risk(OPERATOR, fresh, fresh.version, reason="It is over")
    after = " ".join(risk_document(person("lead"), Risk.reach().query.where(Risk.id == risk.id).get()).why)
    for words in ("somebody must accept it", "Nobody accepts it", "accepts it until"):
        assert words not in after, words
