"""What a reader finds in the plan's PDF."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from strategy_tracker.plans.document import PlanDocument, Progress
from strategy_tracker.plans.sections import plan_pdf
from tests.documents.plan_documents import plan_document


def opened(document: PlanDocument) -> PdfReader:
    return PdfReader(io.BytesIO(plan_pdf(document)))


def words(reader: PdfReader) -> str:
    """All text, with the line ends of the layout taken out."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture(scope="module")
def plan() -> PdfReader:
    return opened(plan_document())


def test_it_says_what_it_is(plan: PdfReader) -> None:
    found = words(plan)
    for said in (
        "Joint Homelessness Strategy for West Kent: Towards 2010",
        "Homelessness action plan, July 2010 to June 2011",
        "As at 30 June 2011. Version 3, agreed 14 July 2011",
        "Sevenoaks (SDC), Tonbridge and Malling (TMBC), Tunbridge Wells (TWBC)",
        "Owner: TMBC, Housing Needs Manager",
        "December 2010. Overdue by 6 months",
        "SDC: achieved",
        "RSL Registered social landlord",
        "Not reported No report was received.",
    ):
        assert said in found


def test_it_is_a_landscape_document_in_british_english_with_a_title(plan: PdfReader) -> None:
    assert plan.metadata
    assert plan.metadata.title
    assert plan.metadata.title.startswith("Homelessness action plan")
    assert plan.trailer["/Root"]["/Lang"] == "en-GB"
    assert plan.pages[0].mediabox.width > plan.pages[0].mediabox.height


def test_every_page_says_its_number_and_the_date(plan: PdfReader) -> None:
    for number, page in enumerate(plan.pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {len(plan.pages)}" in text
        assert "As at 30 June 2011 · Version 3, agreed 14 July 2011" in text


def test_the_bookmarks_name_each_objective(plan: PdfReader) -> None:
    (root, below) = plan.outline
    assert root["/Title"] == "Joint Homelessness Strategy for West Kent: Towards 2010"
    assert "3 Keep people in their homes" in " ".join(" ".join(each["/Title"].split()) for each in below)


def test_only_a_draft_says_so_in_the_margin_of_each_page(plan: PdfReader) -> None:
    draft = opened(replace(plan_document(6), is_draft=True))
    assert all("Draft" in page.extract_text() for page in draft.pages)
    assert "Draft" not in words(plan)


@pytest.mark.parametrize("actions", [33, 50, 70, 120])
def test_a_plan_of_more_than_20_pages_has_contents_with_page_numbers(actions: int) -> None:
    reader = opened(plan_document(actions))
    has_contents = "Contents, and where each objective stands" in reader.pages[0].extract_text()
    assert has_contents or len(reader.pages) <= 20


def test_the_contents_give_the_page_of_each_objective() -> None:
    reader = opened(plan_document(120))
    number = next(n for n, page in enumerate(reader.pages, 1) if n > 3 and "50.1" in page.extract_text())
    contents = " ".join(" ".join(page.extract_text() for page in reader.pages[:4]).split())
    assert f"50 Keep people in their homes At risk, 1 of 2 At risk, 1 of 2 At risk, 1 of 2 {number}" in contents


def test_a_table_that_goes_on_repeats_its_head() -> None:
    reader = opened(plan_document(1, "A long note. " * 900))
    assert sum("Outcome and timescale" in page.extract_text() for page in reader.pages) > 2


def test_a_report_without_status_or_words_is_said_in_words() -> None:
    document = plan_document(1)
    (objective,), (action,) = document.objectives, document.objectives[0].actions
    notes = (Progress("SDC", "status not given", "Some words"), Progress("TMBC", "not reported"))
    action = replace(action, outcomes=(replace(action.outcomes[0], progress=notes),))
    found = words(opened(replace(document, objectives=(replace(objective, actions=(action,)),))))
    assert "SDC: status not given Some words" in found
    assert "TMBC: not reported No note" in found


def test_a_character_without_a_glyph_is_named_and_the_document_says_so() -> None:
    found = words(opened(plan_document(1, "Done 😀", "中文 said")))
    assert "Done [grinning face]" in found
    assert "named in square brackets instead: [grinning face], [2 Chinese letters]" in found


@pytest.mark.parametrize("said", ["مرحبا بالعالم", "שלום עולם"])
def test_arabic_and_hebrew_are_printed_and_can_be_read_out(said: str) -> None:
    found = words(opened(plan_document(1, said)))
    assert "square brackets" not in found
    assert all(word in found or word[::-1] in found for word in said.split())


def test_the_overview_of_many_authorities_names_them_by_status() -> None:
    assert "At risk: SDC, TMBC, TWBC, A3, A4, A5." in words(opened(plan_document(2, authorities=6)))
