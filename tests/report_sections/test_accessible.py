"""Every report's PDF obeys PDF/UA-1, whatever people typed, and a board's summary has six pages at most."""

import io
from collections.abc import Callable
from functools import partial

import pytest
from pypdf import PdfReader

from strategy_tracker import documents
from tests.pdfua import Judge
from tests.report_sections.report_documents import NAMES, a_reading, of_the_database, page_of

LONG = "All partners met and agreed the next steps for the protocol. " * 110
SCRIPT = "<script>alert(1)</script></td></table><img src='file:///etc/passwd'> & \"quoted\" ]]> <!--"
NASTY = "\n".join(
    (
        "Done 😀 👨‍👩‍👧 ✅ 中文 ŵ ŷ € – …",
        "שלום עולם is a greeting",
        "مرحبا بالعالم",
        "[exempt]• secret 🎉[/exempt] open",
        "• " + "x" * 300,
        SCRIPT,
        "https://example.com/" + "a/" * 90,
        "[exempt]left open",
    )
)
SHORTS = tuple(short for short, _ in NAMES)

REPORTS: dict[str, Callable[[str], str]] = {
    "West Kent": lambda audience: page_of(a_reading(12), of_the_database(times=3, short=SHORTS), audience),
    "a draft of two plans": lambda audience: page_of(a_reading(2, plans=2), of_the_database(), audience, **DRAFT),
    "nothing at all": lambda audience: page_of(a_reading(0, plans=0), EMPTY, audience, summary="", versions=()),
    "one authority": lambda audience: page_of(a_reading(3, authorities=1), of_the_database(), audience),
    "twelve authorities": lambda audience: page_of(a_reading(4, authorities=12), of_the_database(), audience),
    "nasty words": lambda audience: page_of(a_reading(3, NASTY, text=NASTY), of_the_database(NASTY), audience, **WORDS),
    "notes longer than a page": lambda audience: page_of(
        a_reading(1, LONG, text=LONG), of_the_database(LONG), audience, summary=LONG
    ),
}
DRAFT = {"state": "DRAFT 2, not approved", "edition": "Draft 2", "replaces": "It replaces version 1"}
EMPTY = dict.fromkeys(of_the_database())
WORDS = {"summary": NASTY, "title": SCRIPT, "partnership": NASTY}


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_obeys_pdfua(name: str, pdfua: Judge) -> None:
    pdfua.accepts(documents.pdf(REPORTS[name]("full")))


BIG: dict[str, Callable[[], str]] = {
    name: partial(REPORTS[name], "board") for name in ("nothing at all", "nasty words", "notes longer than a page")
} | {"400 actions": lambda: page_of(a_reading(400, authorities=12), of_the_database(times=40), "board")}


@pytest.mark.parametrize("name", BIG)
def test_a_boards_summary_obeys_pdfua_and_has_six_pages_at_most(name: str, pdfua: Judge) -> None:
    pdf = documents.pdf(BIG[name]())
    pdfua.accepts(pdf)
    assert pages_of(pdf) <= 6


def test_400_actions_obey_pdfua(pdfua: Judge) -> None:
    pdfua.accepts(
        documents.pdf(page_of(a_reading(400, "Under way", authorities=1, calm=48), of_the_database(), "full"))
    )


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)
