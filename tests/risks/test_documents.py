"""The PDFs of registers and risks obey PDF/UA-1 in any scheme and whatever people typed, and say whom they are for."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.risk_section import risk_pdf
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.sections import register_document, register_pdf, top_document, top_pdf
from tests.application import VisitorAs
from tests.cast import partnership, person
from tests.pdfua import Judge
from tests.risks.making import a_register, a_risk, a_score, five_by_five, four_by_six, put_forward
from tests.risks.risk_documents import (
    LIKELIHOOD_UP,
    a_register_document,
    a_risk_document,
    a_shape,
    a_top_document,
)

NASTY = "\n".join(
    (
        "Done 😀 中文 ŵ ŷ € – …",
        "שלום עולם is a greeting",
        "• " + "x" * 300,
        '<script>alert(1)</script></td></table> & "quoted" ]]> <!--',
        "https://example.com/" + "a/" * 90,
    )
)
LONG = "All partners met and agreed the next steps for the protocol. " * 110

DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "4 by 6": lambda: register_pdf(a_register_document(four_by_six(), private="For TMBC: contains private risks")),
    "2 by 2": lambda: register_pdf(a_register_document(a_shape(2, 2))),
    "10 by 10": lambda: register_pdf(a_register_document(a_shape(10, 10), 60)),
    "6 by 4, likelihood up the side": lambda: register_pdf(a_register_document(a_shape(6, 4, **LIKELIHOOD_UP))),
    "an empty register": lambda: register_pdf(a_register_document(five_by_five(), 0)),
    "nasty words": lambda: register_pdf(a_register_document(a_shape(5, 5), 3, NASTY, NASTY)),
    "a risk longer than a page": lambda: register_pdf(a_register_document(a_shape(5, 5), 2, "Short", LONG)),
    "one risk": lambda: risk_pdf(a_risk_document()),
    "one risk in nasty words": lambda: risk_pdf(a_risk_document(NASTY, NASTY)),
    "one risk, long": lambda: risk_pdf(a_risk_document("Short", LONG[: len(LONG) // 3], 1)),
    "top risks": lambda: top_pdf(a_top_document(five_by_five())),
    "no top risk": lambda: top_pdf(a_top_document(five_by_five(), 0)),
    "top risks in nasty words": lambda: top_pdf(a_top_document(five_by_five(), 2, NASTY, NASTY)),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_pdf_obeys_pdfua(name: str, pdfua: Judge) -> None:
    pdfua.accepts(DOCUMENTS[name]())


@pytest.mark.parametrize("size", [(2, 2), (10, 10), (2, 10), (10, 2)])
def test_the_heat_map_of_any_scheme_stands_whole_on_the_first_page(size: tuple[int, int]) -> None:
    document = a_register_document(a_shape(*size), 10)
    first = text_of(register_pdf(document), page=0)
    # Where long names wrap, the words of a cell may be on two lines.
    cells = [cell.drawn.words for _, cells in document.heat.rows for cell in cells]
    flat = " ".join(first.split())
    assert [words for words in cells if words not in flat] == []


def text_of(pdf: bytes, page: int | None = None) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "\n".join(one.extract_text() for one in (pages if page is None else [pages[page]]))


@pytest.mark.usefixtures("database")
def test_only_what_a_reader_may_read_is_in_it_and_each_page_says_whom_it_is_for() -> None:
    register = a_register()
    a_risk(register, "Everybody may know this", shared=True)
    a_risk(register, "Nobody else may know this", score=None)

    own = register_document(person("officer"), register)
    theirs = register_document(person("other officer"), register)

    assert [(one.ref, one.event) for one in own.entries] == [
        ("1", "Everybody may know this"),
        ("2", "Nobody else may know this"),
    ]
    assert own.private == "For TMBC: contains private risks"
    assert "Not scored yet, and so not on the map: 2." in own.heat.in_words
    assert [(one.ref, one.event) for one in theirs.entries] == [("S1", "Everybody may know this")]
    assert theirs.private == ""
    assert "not on the map" not in " ".join(theirs.heat.in_words)
    pages = PdfReader(io.BytesIO(register_pdf(own))).pages
    assert all("For TMBC: contains private risks" in page.extract_text() for page in pages)


@pytest.mark.usefixtures("database")
def test_opportunities_are_marked_on_the_map_and_an_older_score_names_its_scheme() -> None:
    register = a_register()
    a_risk(register, "A grant comes", is_opportunity=True)
    made = PdfReader(io.BytesIO(register_pdf(register_document(person("officer"), register)))).pages[0].extract_text()
    assert "Risk 1\u00a0◊" in made.replace(" ◊", "\u00a0◊")
    assert "◊ marks an opportunity" in made
    change_scheme(OPERATOR, register.scheme, 1, name="Wider", shape=five_by_five(), reason="As the county does")
    later = register_document(person("officer"), Register.get_by_id(register.id))
    assert "1 is scored under four by six, version 1, and not on the map (1)." in later.heat.in_words
    assert (later.entries[0].is_opportunity, later.entries[0].under) == (True, "four by six, version 1")


@pytest.mark.usefixtures("database")
def test_the_top_risks_are_those_accepted_that_one_may_read_the_worst_band_first() -> None:
    shared = a_risk(event="Shared and accepted", score=(1, 1), shared=True)
    put_forward(shared, accepted=True)
    hidden = a_risk(a_register("sdc"), "Private and accepted", score=(3, 5))
    put_forward(hidden, accepted=True)
    put_forward(a_risk(a_register("twbc"), "Waits", shared=True))

    def told(who: str) -> list[tuple[str, str, str]]:
        document = top_document(person(who), partnership())
        return [(band, one.ref, one.entry.event) for band, _, entries in document.bands for one in entries]

    low, worst = ("Low", "TMBC S1", "Shared and accepted"), ("Very high", "SDC E1", "Private and accepted")
    assert told("steering member") == [worst, low]
    assert told("third officer") == [low]
    assert told("officer") == [("Low", "TMBC 1", "Shared and accepted")]
    said = top_document(person("third officer"), partnership()).bands[0][2][0]
    assert said.words == "", "what was said with it is for its own people and for those who decide"
    assert top_document(person("steering member"), partnership()).private.startswith("For the steering group")


@pytest.mark.usefixtures("database")
def test_as_at_a_day_it_has_the_words_and_the_scores_of_that_day() -> None:
    register = a_register()
    risk = a_risk(register, score=(1, 1), opened_on=dt.date(2010, 7, 1))
    a_score(Risk.get_by_id(risk.id), 3, 5, on=dt.date(2011, 2, 1))
    a_risk(register, "Found later", opened_on=dt.date(2011, 3, 1))

    entries = register_document(OPERATOR, register, dt.date(2011, 1, 31)).entries

    assert [(one.event, one.current.words) for one in entries if one.current] == [(risk.event, "4 Low")]


def test_the_addresses_answer_with_documents(visitor_as: VisitorAs) -> None:
    risk = a_risk(event="A private risk")
    base = "/p/west-kent/risks/"
    own, other = visitor_as("officer"), visitor_as("other officer")

    for address in ("top.pdf", "tmbc-risks.pdf", f"tmbc-risks/{risk.slug}.pdf"):
        page = own.get(base + address)
        assert page.data.startswith(b"%PDF-"), address
        assert "attachment" in page.headers["Content-Disposition"]
    other.get(f"{base}tmbc-risks/{risk.slug}.pdf", status=404)
    assert "A private risk" in text_of(own.get(f"{base}tmbc-risks.pdf").data)
    assert "A private risk" not in text_of(other.get(f"{base}tmbc-risks.pdf").data)
