"""The PDF of one risk: a usual one stands on a page with all that is known of it, a long one goes on over pages."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.risk_section import risk_document, risk_pdf
from strategy_tracker.risks.rules import Effectiveness, ResponseKind, ScoreKind
from strategy_tracker.risks.schemes.operations import change_scheme
from tests.cast import person
from tests.pdfua import Judge
from tests.risks.making import a_risk, a_score, five_by_five
from tests.risks.risk_documents import a_risk_document

EVENT = "Partners reduce the money for services that are run together, and these come to an end"
LINKS = [("Action 7.2, Homelessness action plan", "Keep the night shelter open in winter")]
JULY = dt.date(2010, 7, 1)
database = pytest.mark.usefixtures("database")


def fresh(risk: Risk) -> Risk:
    return visible(OPERATOR, Risk).where(Risk.id == risk.id).get()


def a_usual_risk() -> Risk:
    """Two responses, two controls, three kinds of scores, a change of the current one and a review."""
    risk = a_risk(
        event=EVENT,
        by=person("lead"),
        cause="The county and the health trust have to save, and decide each year anew.",
        effect="The outreach worker and the night shelter cannot be paid for beyond next March.",
        assumptions="The council’s own share stays as it is.",
        category="Money",
        owner=Owner(OwnerKind.POST, "Housing services manager"),
        opened_on=JULY,
        score=(3, 3),
    )
    for impact, likelihood, kind in ((3, 4, ScoreKind.INHERENT), (2, 1, ScoreKind.TARGET), (2, 3, ScoreKind.CURRENT)):
        a_score(fresh(risk), impact, likelihood, kind, by=person("lead"), on=dt.date(2011, 2, 1))
    review_risk(person("lead"), fresh(risk), fresh(risk).version, reviewed_on=dt.date(2011, 5, 3))
    add_response(OPERATOR, fresh(risk), kind=ResponseKind.TOLERATE, text="The council cannot decide for its partners")
    add_response(
        OPERATOR,
        fresh(risk),
        kind=ResponseKind.TREAT,
        text="Agree with the partners on a notice of six months, and look for other money",
        owner=Owner(OwnerKind.POST, "Housing services manager"),
        due_on=dt.date(2011, 9, 30),
    )
    add_control(OPERATOR, fresh(risk), text="An agreement with each partner", effectiveness=Effectiveness.GOOD)
    add_control(OPERATOR, fresh(risk), text="A report to the management team each quarter")
    return fresh(risk)


def pdf_of(risk: Risk) -> bytes:
    return risk_pdf(risk_document(person("lead"), risk, LINKS))


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


@database
def test_a_usual_risk_stands_on_one_page(pdfua: Judge) -> None:
    made = pdf_of(a_usual_risk())
    pdfua.accepts(made)
    (said,) = pages_of(made)
    for words in (
        "Inherent Before anything is done about it",
        "20 Very high 4 Catastrophic; 5 High",
        "Cause: The county and the health trust",
        "Assumptions: The council’s own share",
        "Treat: Agree with the partners on a notice of six months",
        "(Housing services manager, by 30 September 2011, overdue)",
        "Good: An agreement with each partner",
        "Not tested: A report to the management team",
        "Action 7.2, Homelessness action plan: Keep the night shelter open in winter",
        "All under four by six, version 1.",
        "3 May 2011 Still valid Leo Lead",
        "1 Feb 2011 Current: 12 High (3 Critical; 4 Significant) Leo Lead: As we see it",
        "1 Jul 2010 Current: 16 Very high (4 Catastrophic; 4 Significant) Leo Lead",
        "For TMBC: a private risk",
        "Page 1 of 1",
    ):
        assert words in said, (words, said)
    assert said.index("3 May 2011 Still valid") < said.index("1 Feb 2011 Current") < said.index("1 Jul 2010 Current")
    assert said.count("12 High (") == 1, "a score is its review as well, and is told once"


@database
def test_a_risk_of_which_little_is_known_stands_on_one_page() -> None:
    (said,) = pages_of(pdf_of(a_risk(event=EVENT, score=None)))
    for words in ("None yet", "Nothing written down yet", "None is written down yet", "It has no score yet"):
        assert words in said
    assert "It has not been reviewed yet" in said


@database
def test_each_score_names_its_version_where_there_are_several() -> None:
    risk = a_risk(event=EVENT, score=(2, 3), opened_on=JULY)
    scheme = risk.register.scheme
    change_scheme(OPERATOR, scheme, scheme.version, name=scheme.name, shape=five_by_five(), reason="As the county does")
    a_score(fresh(risk), 4, 4, on=dt.date(2011, 2, 1))
    said = " ".join(pages_of(pdf_of(fresh(risk))))
    assert "25 Very high (5 Severe; 5 Almost certain), under four by six, version 2" in said
    assert "12 High (3 Critical; 4 Significant), under four by six, version 1" in said
    assert "All under" not in said


def test_a_long_risk_goes_on_over_pages_and_loses_no_word() -> None:
    words = " ".join(f"word{number}" for number in range(300))
    pages = pages_of(risk_pdf(a_risk_document("Short", words, 1)))
    said = "".join(pages).replace(" ", "")
    assert len(pages) > 2
    counts = [said.count(f"word{number}") for number in (100, 200, 299)]
    assert counts == [counts[0]] * 3
    assert counts[0] >= 17
