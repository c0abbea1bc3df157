"""Pages of registers' documents: none holds a heading or a sentence alone, and what marks its pages is legible."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from strategy_tracker.risks.sections import register_pdf, top_pdf
from tests.risks.making import five_by_five
from tests.risks.risk_documents import a_register_document, a_top_document


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_that_nothing_moved_takes_no_page() -> None:
    made = a_register_document(five_by_five(), 1)
    still = replace(made, entries=tuple(replace(one, arrow="=") for one in made.entries), forward=())
    found = pages(register_pdf(still))
    said = [page for page in found if "No score moved since 31 March 2011." in page]
    assert len(said) == 1
    assert "How it is managed" in said[0]
    assert not any("What moved since" in page for page in found)


@pytest.mark.parametrize(
    "private", ["For the steering group: contains risks that are not shared", "For TMBC: contains private risks"]
)
def test_the_foot_of_the_top_risks_is_legible_however_long_it_says_who_may_read_it(private: str) -> None:
    made = replace(a_top_document(five_by_five(), 2), private=private, as_at="28 November 2026")
    foot: dict[str, float] = {}

    def note(text: str, _: object, place: list[float], *__: object) -> None:
        for words in ("As at 28 November 2026", private, "Page 1 of"):
            if text.strip().startswith(words):
                foot[words] = place[5]

    PdfReader(io.BytesIO(top_pdf(made))).pages[0].extract_text(visitor_text=note)
    assert foot["As at 28 November 2026"] == foot["Page 1 of"]
    assert abs(foot[private] - foot["Page 1 of"]) > 14
