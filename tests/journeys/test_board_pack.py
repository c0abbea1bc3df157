"""The coordinator's pack and the board member who reads it, by keyboard alone and without scripts."""

import io

import pytest
from pypdf import PdfReader

from strategy_tracker import documents
from strategy_tracker.jobs.worker import Worker
from strategy_tracker.reports.packs import making
from strategy_tracker.reports.packs.queries import PACK
from tests.journeys.hands import Hands
from tests.packs.making import a_published_report


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_pack_for_the_cabinet_from_an_empty_form_to_the_board_member(page_as):
    a_published_report()
    hands = Hands(page_as("coordinator", javascript=False))
    hands.page.goto("/p/west-kent/reports/")
    hands.follow("Board packs")
    hands.follow("Put the first one together")
    hands.write("Title", "Papers for the cabinet")
    hands.write("For whom", "Cabinet of TMBC")
    hands.write("Place of Quarterly report", "2")
    hands.write("Place of Action plan 2010-11", "1")
    hands.follow("Save")
    assert "Nothing is made of it yet." in hands.read()
    hands.follow("Make the PDF")
    assert "Papers for the cabinet" in hands.read()
    Worker({PACK: lambda job: making.make_asked(job, documents.pdf)}).until_idle()
    hands.page.reload()
    assert "Edition 1 (PDF," in hands.read()

    board = Hands(page_as("partnership viewer", javascript=False))
    board.page.goto("/p/west-kent/reports/")
    board.follow("Board packs")
    board.follow("Papers for the cabinet")
    board.reach("Edition 1")
    with board.page.expect_download() as download:
        board.page.keyboard.press("Enter")
    reader = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert "1. Action plan 2010-11" in " ".join(reader.pages[0].extract_text().split())
    assert f"Page 1 of {len(reader.pages)}" in reader.pages[0].extract_text()
