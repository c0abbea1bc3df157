"""Upload, preview, confirm: on pages, by whoever may add to the register."""

import datetime as dt
import io
from typing import Any

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Risk
from strategy_tracker.transfer.risks_out.files import register_file
from tests.application import VisitorAs
from tests.risks.making import a_register, a_risk
from tests.risks_in.files import FILES, HEADS, ROWS, csv_file, excel_file
from tests.visitor import Answer, Visitor

REGISTER = "/p/west-kent/risks/tmbc-risks/"


@pytest.fixture
def officer(visitor_as: VisitorAs) -> Visitor:
    visitor = visitor_as("officer")
    a_register()
    return visitor


def upload(visitor: Visitor, content: bytes, name: str = "risks.csv", *, status: int = 200) -> Answer:
    page = visitor.get(f"{REGISTER}import")
    return visitor.send(page, {"file": (io.BytesIO(content), name)}, status=status)


def confirm(visitor: Visitor, page: Answer, **fields: Any) -> Answer:
    return visitor.send(page, {"do": "import"} | fields, button="Import")


@pytest.mark.parametrize("name", FILES)
def test_risks_come_in_by_three_pages(officer: Visitor, name: str) -> None:
    page = upload(officer, FILES[name](), name)
    assert "The file has 7 risks: 7 new, 0 already there. 1 of the new has something to look at." in page.words
    assert "The owner is not settled: the file says “CLT?”" in page.words
    assert "Tolerate: as far as our own means allow Treat: look for other grants" in page.words
    assert "private to TMBC" in page.words
    assert Risk.select().count() == 0
    done = confirm(officer, page)
    assert done.address == REGISTER
    assert f"7 risks added from {name}, private to TMBC." in done.words
    assert Risk.select().count() == 7
    again = officer.get(page.address)
    assert again.address == REGISTER


def test_what_is_passed_over_and_already_there_is_named(officer: Visitor) -> None:
    confirm(officer, upload(officer, csv_file(ROWS[:2])))
    page = upload(officer, excel_file(ROWS[:2]), "risks.xlsx")
    assert "Key (Scoring the risk)" in page.words
    assert "Nothing to add: the register has every risk of the file" in page.words
    assert (
        "1 Too little money for the schemes that partners used to pay towards: already there, unchanged" in page.words
    )
    assert not page.all("button", value="import")


def test_everything_wrong_stands_with_its_place_and_nothing_is_imported(officer: Visitor) -> None:
    wrong = [(*ROWS[0][:2], "9", *ROWS[0][3:]), (*ROWS[1][:1], "", *ROWS[1][2:]), ("1", *ROWS[2][1:])]
    page = upload(officer, excel_file(wrong), "risks.xlsx")
    assert page.errors == [
        "Number 1 is there twice; the other is at Risks!A4",
        "“9” is no level of impact in the register’s scheme: 1 Negligible, 2 Marginal, 3 Critical, 4 Catastrophic",
        "This risk has no description",
    ]
    assert "Risks!C4 “9” is no level" in page.words
    assert not page.all("button", value="import")


def test_a_head_is_settled_on_the_page(officer: Visitor) -> None:
    heads = ("Id", "What worries us", "Impact", "Likelihood", "How managed", "Owner")
    page = upload(officer, csv_file(ROWS, heads))
    assert "No table in the file could be read as a register yet" in page.words
    settled = officer.send(page, {"head-1": "description"}, button="Show again with these choices")
    assert settled.errors == []
    assert "7 risks added" in confirm(officer, settled).words


def test_choices_are_looked_at_before_they_are_imported(officer: Visitor) -> None:
    page = upload(officer, csv_file((*ROWS[:1],), HEADS))
    again = confirm(officer, page, day=["1", "9", "2010"])
    assert "Look at the risks as they will be now, then import" in again.words
    assert Risk.select().count() == 0
    confirm(officer, again)
    assert str(Risk.get().opened_on) == "2010-09-01"


def test_risks_that_are_there_in_other_words_are_left_where_the_box_is_ticked(officer: Visitor) -> None:
    confirm(officer, upload(officer, csv_file(ROWS[:1])))
    other = [("1", "Quite another", *ROWS[0][2:]), ROWS[1]]
    page = upload(officer, csv_file(other))
    assert "already, in other words: The file, row 2 is risk 1 (description)" in page.errors[0]
    left = officer.send(page, {"leaves": "y"}, button="Show again with these choices")
    assert "already there in other words, left as it is (description)" in left.words
    assert "1 risk added" in confirm(officer, left).words


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "The file is a PDF"), (b"", "Select the file"), (b"PK\x03\x04rubbish", "The file is damaged")],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(officer: Visitor, content: bytes, words: str) -> None:
    page = upload(officer, content, "risks.docx" if content else "")
    assert words in page.errors[0]


def test_a_form_that_is_sent_twice_is_one_import(officer: Visitor) -> None:
    page = upload(officer, csv_file())
    confirm(officer, page)
    assert confirm(officer, page).address == REGISTER
    assert Risk.select().count() == 7


def test_others_find_neither_the_upload_nor_its_preview(officer: Visitor, visitor_as: VisitorAs) -> None:
    page = upload(officer, csv_file())
    visitor_as("lead").get(page.address, status=404)
    coordinator = visitor_as("coordinator")
    coordinator.get(f"{REGISTER}import", status=403)
    coordinator.get(page.address, status=404)
    visitor_as("outsider").get(f"{REGISTER}import", status=404)


def test_of_a_file_of_ours_nobody_is_asked_what_its_columns_hold(officer: Visitor) -> None:
    register = a_register(as_at=dt.date(2010, 10, 1))
    a_risk(register, opened_on=dt.date(2010, 9, 1))
    content = register_file("xlsx", OPERATOR, register, base_url="https://tracker.example")
    a_register("tmbc", "empty", as_at=dt.date(2010, 10, 1))
    page = officer.get("/p/west-kent/risks/empty/import")
    page = officer.send(page, {"file": (io.BytesIO(content), "risks.xlsx")})
    assert "A file of ours: what each of its 32 columns holds" in page.words
    assert "1 risk added from risks.xlsx" in confirm(officer, page).words
    assert "A file of ours" not in upload(officer, csv_file()).words
