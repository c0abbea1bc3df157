"""What was put forward to a register goes out with it, for those who decide there and for nobody else."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.transfer.risks_in.reading import register_in
from strategy_tracker.transfer.risks_out.columns import RECEIVED
from strategy_tracker.transfer.risks_out.files import register_file
from tests.cast import person
from tests.risks.making import a_register, a_risk, put_forward
from tests.risks_out.test_files import rows_in

pytestmark = pytest.mark.usefixtures("database")
SHEET = "Put forward to this register"
EVENT = "Landlords leave"


def held() -> Register:
    """The partnership's, with no risk of its own: one that it took up, one that waits."""
    register = a_register("", title="Risks of the strategy", body="Steering group")
    put_forward(a_risk(event="Grants end", score=(3, 4)), accepted=True)
    put_forward(a_risk(event=EVENT))
    return register


def sent(kind: str, who: Any, register: Register) -> bytes:
    return register_file(kind, who, register, base_url="https://tracker.example")


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_pdf_says_what_the_register_holds_though_it_has_no_risk_of_its_own() -> None:
    register = held()
    (page,) = pages(sent("pdf", person("steering member"), register))
    assert "This register has no open risk of its own. It holds risks of other registers: one that was taken up" in page
    assert "one that waits for an answer" in page and SHEET in page
    for words in (
        f"TMBC E2 {EVENT}",
        "12 High",
        "Waits for an answer since",
        "Taken up",
        "It is beyond us",
        "We take it",
    ):
        assert words in page, words
    assert "For the steering group: contains what was put forward" in page
    assert "Where the risks stand" not in page and "No risk has a score" not in page
    for who in ("viewer", "officer", "third officer"):
        (page,) = pages(sent("pdf", person(who), register))
        assert "There is no open risk in this copy." in page, who
        for words in (SHEET, EVENT, "Grants end", "beyond us", "contains"):
            assert words not in page, (who, words)


def test_workbooks_have_a_sheet_of_it_that_nobody_reads_back_as_risks() -> None:
    register = held()
    a_risk(register, "A partner leaves")
    for kind in ("xlsx", "ods"):
        content = sent(kind, person("steering member"), register)
        back = register_in(content)
        assert len(back.risks) == 1
        assert any(SHEET in name for name in back.passed_over)
    book = openpyxl.load_workbook(io.BytesIO(sent("xlsx", person("steering member"), register)))
    rows = [[cell.value for cell in row] for row in book[SHEET].iter_rows()]
    assert rows[0] == [head for head, _ in RECEIVED]
    assert [(row[0], row[1], row[3], row[4], row[7]) for row in rows[1:]] == [
        (EVENT, "TMBC", "TMBC E2", "12 High", "Waits for an answer"),
        ("Grants end", "TMBC", "TMBC E1", "20 Very high", "Taken up"),
    ]
    theirs = openpyxl.load_workbook(io.BytesIO(sent("xlsx", person("viewer"), register)))
    assert SHEET not in theirs.sheetnames


def test_csv_gives_it_where_there_is_nothing_else_to_give() -> None:
    register = held()
    rows = list(csv.reader(io.StringIO(sent("csv", person("steering member"), register).decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Put forward", EVENT, "Grants end"]
    assert len(rows_in("csv", sent("csv", person("viewer"), register))) == 1
    a_risk(register, "A partner leaves")
    assert [row[1] for row in rows_in("csv", sent("csv", person("steering member"), register))] == [
        "Risk",
        "A partner leaves",
    ]


def test_json_names_it_with_its_days_and_number() -> None:
    register = held()
    told = json.loads(sent("json", person("steering member"), register))["put_forward_here"]
    assert [(one["risk"], one["number"], one["score"], one["state"], one["answer"]) for one in told] == [
        (EVENT, "E2", "12 High", "nominated", ""),
        ("Grants end", "E1", "20 Very high", "accepted", "We take it"),
    ]
    assert json.loads(sent("json", person("viewer"), register))["put_forward_here"] == []


def test_as_at_an_earlier_day_it_is_what_stood_there_then() -> None:
    register, risk = held(), Risk.get(Risk.event == EVENT)
    before = risk.opened_on
    told = json.loads(register_file("json", OPERATOR, register, base_url="https://tracker.example", on=before))
    assert told["put_forward_here"] == []
