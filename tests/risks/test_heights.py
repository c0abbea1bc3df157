"""The heading of a register never stands with no row, or with one alone, at the end of a page."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from strategy_tracker.risks.document import RegisterDocument
from strategy_tracker.risks.sections import register_pdf
from tests.risks.making import five_by_five
from tests.risks.risk_documents import a_register_document

WORDS = "Look for other money from the county and from the health trust, and say so to the board "


def a_document(words: str, moved: int) -> RegisterDocument:
    made = a_register_document(five_by_five(), 9, words=words)
    entries = tuple(
        replace(one, arrow="↑" if place < moved and one.current else "") for place, one in enumerate(made.entries)
    )
    return replace(made, entries=entries, forward=())


@pytest.mark.parametrize(("words", "moved"), [("Short", 1), (WORDS, 3), (WORDS * 2, 1)])
def test_two_risks_stand_with_the_heading(words: str, moved: int) -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(register_pdf(a_document(words, moved)))).pages]
    first = next(page for page in pages if "\nRegister\n" in page or "How it is managed" in page)
    assert "How it is managed" in first
    assert first.count("Housing services") + first.count("Housing\nservices") >= 2


def test_it_begins_where_what_moved_ends_while_there_is_room() -> None:
    assert not a_document("Short", 2).is_apart
    assert a_document(WORDS * 2, 2).is_apart
    assert replace(a_document("Short", 2), since="").is_apart
