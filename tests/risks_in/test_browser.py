"""The import of risks in a real browser: by keyboard alone, and with no accessibility violation."""

from pathlib import Path

from strategy_tracker.risks.models import Risk
from tests.axe import assert_accessible
from tests.browser import PageAs
from tests.risks.making import a_register
from tests.risks_in.files import HEADS, ROWS, csv_file, word_file

IMPORT = "/p/west-kent/risks/tmbc-risks/import"


def test_risks_come_in_by_keyboard_alone_and_each_page_is_accessible(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("officer")
    a_register()
    wrong, right = tmp_path / "risks.csv", tmp_path / "risks.docx"
    wrong.write_bytes(csv_file([*((*each, "£5") for each in ROWS), ROWS[0][:2] + ("9",) * 5], (*HEADS, "Budget")))
    right.write_bytes(word_file())
    for file in (wrong, right):
        page.goto(IMPORT)
        assert_accessible(page)
        page.get_by_label("Risk register").set_input_files(file)
        page.get_by_role("button", name="Show the risks as they will be").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/import/*/")
        assert_accessible(page)
        assert bool(page.get_by_role("heading", name="What is wrong").count()) == (file is wrong)
    page.get_by_role("button", name="Import").focus()
    page.keyboard.press("Enter")
    page.get_by_text("7 risks added from risks.docx, private to TMBC.").wait_for()
    assert Risk.select().count() == 7
