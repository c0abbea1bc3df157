"""Files that come back, in a real browser: downloaded, filled in, settled and sent, with and without scripts."""

import datetime as dt
from pathlib import Path

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.owners import Owner
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.rules import Status
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.transfer.returns.workbook import Head
from tests import builders
from tests.axe import assert_accessible
from tests.browser import PageAs
from tests.transfer.going_out import edited, setting
from tests.transfer.test_returns import filled, new

PLAN = "/p/west-kent/plans/2010-11"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_return_goes_out_and_is_sent_in(page_as: PageAs, tmp_path: Path, javascript: bool) -> None:
    page = page_as("officer", javascript=javascript)
    page.goto(f"{PLAN}/")
    page.get_by_role("link", name="Report offline").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Return of Tonbridge and Malling Borough Council (Excel)").click()
    builders.a_note(builders.action("1.1"), "tmbc", Status.ACHIEVED, "From the office", as_at=dt.date(2011, 7, 1))
    file = tmp_path / "return.xlsx"
    lines = {
        ("1.1", 0): new(Status.ON_TRACK, "From the train"),
        ("1.2", 0): new(Status.ONGOING, "Said"),
        ("1.2", 1): {Head.TEXT: "Words"},
    }
    file.write_bytes(filled(lines, download.value.path().read_bytes()))
    page.get_by_label("Filled-in return").set_input_files(file)
    page.get_by_role("button", name="Check the return").click()
    if javascript:
        assert_accessible(page)
    page.get_by_label("Report what the return says").check()
    page.get_by_role("button", name="Show what will be reported then").click()
    page.get_by_role("button", name="Send 2 reports").click()
    assert "2 reports of TMBC from return.xlsx saved." in page.inner_text("main")


def test_a_clash_is_settled(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as("coordinator")
    page.goto(f"{PLAN}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    file = tmp_path / "plan.csv"
    content = download.value.path().read_bytes()
    file.write_bytes(edited("csv", content, setting("1.1", "SDC", Action="Advise late")))
    action, change = builders.action("1.1"), Change("Shorter")
    words = {"lead": None, "owner": Owner(), "number": "1.1", "change": change}
    plans.edit_action(OPERATOR, action, action.version, text="Advise early", **words)
    page.goto("/p/west-kent/imports/")
    page.get_by_label("Action plan").set_input_files(file)
    page.get_by_label("Plan", exact=True).select_option("2010-11")
    page.get_by_role("button", name="Show what would change").click()
    assert_accessible(page)
    page.get_by_label("Take what the file says").check()
    page.get_by_role("button", name="Show what would change then").click()
    page.get_by_role("button", name="Import").click()
    assert "plan.csv is imported: 0 new, 1 changed, 0 gone" in page.inner_text("main")
