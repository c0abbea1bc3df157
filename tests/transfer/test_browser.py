"""The import in a real browser: by keyboard alone, on a phone's width, with no accessibility violation."""

from pathlib import Path

import pytest

from tests.axe import assert_accessible
from tests.browser import PageAs
from tests.transfer.files import HEADS, ROWS, csv_file, word_file


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_plan_comes_in_by_keyboard_alone(page_as: PageAs, tmp_path: Path, javascript: bool) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(word_file())
    page = page_as("coordinator", javascript=javascript)
    page.goto("/p/west-kent/imports/")
    page.get_by_label("Action plan").set_input_files(file)
    page.get_by_label("Short address of a new plan").focus()
    page.keyboard.type("housing-2024")
    page.get_by_label("Whose progress is in the file?").focus()
    page.keyboard.type("TMBC")
    page.get_by_role("button", name="Show what would change").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/imports/*/")
    page.get_by_role("button", name="Import").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plans/housing-2024/")
    assert "plan.docx is imported" in page.inner_text("main")


def test_every_page_of_the_import_is_accessible(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("coordinator")
    page.goto("/p/west-kent/imports/")
    assert_accessible(page)
    for name, content in (("plan.docx", word_file()), ("plan.csv", csv_file(ROWS, (*HEADS[:4], "Budget")))):
        file = tmp_path / name
        file.write_bytes(content)
        page.goto("/p/west-kent/imports/")
        page.get_by_label("Action plan").set_input_files(file)
        page.get_by_label("Short address of a new plan").fill("housing-2024")
        page.get_by_label("Whose progress is in the file?").select_option("tmbc")
        page.get_by_role("button", name="Show what would change").click()
        page.wait_for_url("**/imports/*/")
        assert_accessible(page)
