"""A pack as a document: accessible, its contents and bookmarks right, and each part as it is alone."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from pypdf import PdfReader

from strategy_tracker import documents
from strategy_tracker.documents.packs import PackPart, pack_page
from tests.documents.plan_documents import empty_plan, plan_document
from tests.documents.test_accessible import LONG, SCRIPT
from tests.packs.pack_documents import (
    COVER,
    HEADS,
    alone,
    bookmarks,
    drawn,
    opened,
    placed,
    plan_part,
    register_part,
    report_part,
    starts,
    top_part,
)
from tests.pdfua import Judge
from tests.risks.risk_documents import a_shape

LINES = "Quarter’s words 🎉 שלום مرحبا"
NASTY: dict[str, Callable[[], list[PackPart]]] = {
    "a plan alone": lambda: [plan_part()],
    "a report alone": lambda: [report_part()],
    "upright and wide": lambda: [report_part(), plan_part(plan_document(8)), report_part(), plan_part()],
    "ten parts": lambda: [plan_part(plan_document(2)) if n % 2 else report_part() for n in range(10)],
    "many authorities": lambda: [plan_part(plan_document(6, authorities=12)), report_part()],
    "a plan of 150 actions": lambda: [report_part(), plan_part(plan_document(150))],
    "a draft and an empty plan": lambda: [
        plan_part(replace(plan_document(4), is_draft=True, edition="Version 4, draft")),
        plan_part(empty_plan()),
    ],
    "right to left and emoji": lambda: [
        plan_part(replace(plan_document(2, "שלום עולם", "Done 😀 中文"), title=LINES), LINES),
        report_part("<p>مرحبا بالعالم</p>", LINES),
    ],
    "mark-up": lambda: [plan_part(replace(plan_document(2, SCRIPT), title=SCRIPT, strategy=SCRIPT), SCRIPT)],
    "risks among others": lambda: [report_part(), top_part(), register_part(), plan_part(), register_part()],
    "a large heat map and nothing": lambda: [register_part(a_shape(10, 10), 30), register_part(risks=0), top_part(0)],
    "words without end": lambda: [plan_part(plan_document(3, LONG), "x" * 300), plan_part(title="word " * 60)],
}


@pytest.mark.parametrize("name", NASTY)
def test_the_pack_obeys_pdfua(name: str, pdfua: Judge) -> None:
    title = LINES if "emoji" in name else SCRIPT if name == "mark-up" else COVER.title
    cover = replace(COVER, title=title, for_whom=title, meeting=title, partners=(title,) * 12)
    pdfua.accepts(documents.pdf(pack_page(cover, NASTY[name]())))


@pytest.fixture(scope="module")
def parts() -> list[PackPart]:
    plans = plan_part(plan_document(9, "Done 😀", LINES)), plan_part()
    return [report_part(), plans[0], register_part(risks=12), report_part(title="Quarter 3"), top_part(20), plans[1]]


@pytest.fixture(scope="module")
def pack(parts: list[PackPart]) -> PdfReader:
    return opened(parts)


def test_each_part_is_laid_out_as_it_is_alone(parts: list[PackPart], pack: PdfReader) -> None:
    number = starts(pack)[1]
    for part in parts:
        pages = alone(part).pages
        assert len(pages) > 1
        for page in pages:
            assert page.mediabox == pack.pages[number].mediabox
            assert drawn(page) == drawn(pack.pages[number])
            number += 1
    assert number == len(pack.pages)


def test_the_cover_says_what_it_is(pack: PdfReader) -> None:
    said = pack.pages[0].extract_text()
    for words in (COVER.partnership, COVER.title, COVER.for_whom, COVER.meeting, COVER.as_at, COVER.edition):
        assert words in said
    assert "Sevenoaks District Council" in said
    assert pack.metadata is not None
    assert pack.metadata.title == "Papers for the cabinet: Cabinet of Tonbridge and Malling"


def test_the_contents_give_the_page_of_each_part_and_heading(parts: list[PackPart], pack: PdfReader) -> None:
    first, *others = starts(pack)[1:]
    said = " ".join(" ".join(page.extract_text() for page in pack.pages[:first]).split())
    for number, (part, page) in enumerate(zip(parts, [first, *others], strict=True), start=1):
        assert f"{number}. {part.title} {part.standing} {page + 1}" in said
    inside = [(words, page) for depth, words, page in bookmarks(pack) if depth == 1][1:]
    assert len(inside) > 10
    for words, page in inside:
        assert f"{re.sub(' Lead: .*', '', words)} {page + 1}" in said


def test_the_bookmarks_name_each_part_and_its_headings(parts: list[PackPart], pack: PdfReader) -> None:
    found = list(bookmarks(pack))
    tops = [words for depth, words, _ in found if depth == 0]
    assert tops == [COVER.title, *(f"{number}. {part.title}" for number, part in enumerate(parts, start=1))]
    report = found.index((0, f"1. {parts[0].title}", starts(pack)[1]))
    assert [words for _, words, _ in found[report + 1 : report + 4]] == ["Summary in words", "Below", "What changed"]
    assert [depth for depth, *_ in found[report + 1 : report + 4]] == [1, 2, 1]


def test_every_page_is_numbered_through_and_all_but_a_first_name_their_part(
    parts: list[PackPart], pack: PdfReader
) -> None:
    begins = starts(pack)
    for number, page in enumerate(pack.pages):
        said = page.extract_text()
        assert f"Page {number + 1} of {len(pack.pages)}" in said
        part = max(place for place, start in enumerate(begins) if start <= number)
        head = f"{part}. {parts[part - 1].title}" if part else COVER.title
        heads = [text for _, up, text in placed(page) if up in HEADS]
        assert (head in heads) == (number not in begins)


def test_no_id_is_there_twice_and_no_link_leads_nowhere(parts: list[PackPart]) -> None:
    page = pack_page(COVER, parts)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids)) > 30
    links = re.findall(r'href="#([^"]*)"', page)
    assert set(links) <= set(ids)
    assert "part-2-objective-1" in links


def test_a_long_part_is_in_the_contents_without_its_headings() -> None:
    said = pack_page(COVER, [plan_part(plan_document(60))])
    assert 'href="#part-1"' in said
    assert "c-heading" not in said


@pytest.mark.parametrize("page", ["<p>not closed", "<html><body>nothing runs</body></html>"])
def test_what_is_no_document_of_ours_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match=r"Strange is not (well-formed|one of our documents)"):
        pack_page(COVER, [PackPart("Strange", "", page)])
