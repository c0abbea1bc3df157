"""An offline return goes out, is filled in without a connection, and is reported in one go."""

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Action, ProgressNote
from strategy_tracker.plans.rules import Status
from strategy_tracker.plans.versions.rules import Change
from strategy_tracker.successions import operations as successions
from strategy_tracker.transfer.returns.operations import blank_return
from strategy_tracker.transfer.returns.workbook import Head
from tests import builders
from tests.application import VisitorAs
from tests.cast import authority, person
from tests.visitor import Answer, Visitor

RETURNS = "/p/west-kent/plans/2010-11/returns/"
JULY = dt.date(2011, 7, 31)
Lines = Mapping[tuple[str, int], Mapping[Head, str]]
"""What is filled in, by the action's number and which of its outcomes (from 0)."""


@pytest.fixture
def officer(visitor_as: VisitorAs) -> Visitor:
    return visitor_as("officer")


def blank(who: str = "officer", of: str = "tmbc") -> bytes:
    return blank_return(person(who), builders.plan(), authority(of), "https://tracker.example")


def filled(lines: Lines, content: bytes | None = None, as_at: Any = JULY) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content or blank()))
    sheet = book["Return"]
    sheet["B1"] = as_at
    heads = [cell.value for cell in sheet[3]]
    count: dict[str, int] = {}
    for row in sheet.iter_rows(min_row=4):
        number = row[0].value
        key = number, count.get(number, 0)
        count[number] = key[1] + 1
        for head, words in lines.get(key, {}).items():
            row[heads.index(head.value)].value = words
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def send_in(visitor: Visitor, content: bytes, name: str = "return.xlsx") -> Answer:
    return visitor.send(visitor.get(RETURNS), {"file": (io.BytesIO(content), name)})


def send(visitor: Visitor, page: Answer) -> Answer:
    return visitor.send(page, {"do": "report"}, button=None)


def new(status: Status, text: str, reason: str = "") -> Mapping[Head, str]:
    return {Head.STATUS: status.value, Head.TEXT: text, Head.REASON: reason}


def said(number: str, outcome: int = 0, slug: str = "tmbc") -> list[tuple[str | None, str, dt.date]]:
    action = Action.get(Action.id == builders.action(number).id)
    about = builders.outcomes(action)[outcome]
    notes = ProgressNote.select().where(
        ProgressNote.outcome == about, ProgressNote.share == builders.share(action, slug)
    )
    return [(note.status, note.text, note.as_at) for note in notes.order_by(ProgressNote.id)]


@pytest.mark.usefixtures("database")
def test_the_workbook_shows_what_was_said_last_and_locks_all_but_the_answers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    assert book.sheetnames == ["Instructions", "Return"]
    assert all(sheet.sheet_state == "visible" and sheet.protection.sheet for sheet in book)
    sheet = book["Return"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == [head.value for head in Head]
    assert [sheet.cell(4, heads.index(head.value) + 1).value for head in (Head.NUMBER, Head.LAST_STATUS)] == [
        "1.1",
        "ongoing",
    ]
    assert [row[0].value for row in sheet.iter_rows(min_row=4)] == ["1.1", "1.2", "1.2"]
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {"B1", *(f"{letter}{line}" for letter in "IJKL" for line in (4, 5, 6))}
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["I4:I6"] == '"Yes"'
    assert lists["J4:J6"].startswith('"not started,on track,') and "B1" in lists
    assert (book.properties.creator, book.properties.lastModifiedBy) in [("", None), (None, None), ("", "")]


def test_a_return_reports_for_all_its_lines_at_once(officer: Visitor) -> None:
    assert officer.get(f"{RETURNS}tmbc.xlsx").headers["Content-Disposition"].endswith('2010-11-tmbc.xlsx"')
    content = filled(
        {
            ("1.1", 0): {Head.NO_CHANGE: "Yes"},
            ("1.2", 0): new(Status.ON_TRACK, "4 loans\nmade"),
        }
    )
    page = send_in(officer, content)
    assert "2 to report, 0 wrong, 0 reported already, 1 left empty" in page.words
    assert "No change since: [ongoing] Advice is given at two offices." in page.words
    assert len(said("1.1")) == 1
    done = send(officer, page)
    assert "2 reports of TMBC from return.xlsx saved." in done.words
    assert said("1.1")[1] == ("ongoing", "Advice is given at two offices.\n\n• 41 people came\n• 30 stayed", JULY)
    assert said("1.2") == [("on track", "4 loans\nmade", JULY)]
    assert ProgressNote.select().where(ProgressNote.confirms.is_null(False)).count() == 1
    again = send_in(officer, content)
    assert "0 to report, 0 wrong, 2 reported already, 1 left empty" in again.words
    assert "Nothing to do: the tracker says what this return says" in again.words


def test_what_is_wrong_stands_with_its_cell_and_the_rest_is_reported(officer: Visitor) -> None:
    content = filled(
        {
            ("1.1", 0): {Head.NO_CHANGE: "Yes", Head.TEXT: "Something"},
            ("1.2", 0): {Head.NO_CHANGE: "Yes"},
            ("1.2", 1): new(Status.AT_RISK, "Money is short"),
        }
    )
    page = send_in(officer, content)
    for words in (
        "Return!I4 Either nothing has changed, or there is a new report: not both",
        "Return!I5 There is no status to confirm: choose one, and write a report",
        "Return!L6 Enter a reason: the status turns from achieved to at risk",
        "0 to report, 3 wrong",
    ):
        assert words in page.words
    formula = send_in(officer, filled({("1.1", 0): new(Status.ON_TRACK, "=1+1")}))
    assert "Return!K4 The formula in this cell has no value yet" in formula.words and "0 to report" in formula.words
    mended = filled({("1.1", 0): {Head.TEXT: "Something"}, ("1.2", 1): new(Status.AT_RISK, "Money is short", "Cuts")})
    page = send_in(officer, mended)
    assert "Return!J4 Choose a status" in page.words
    done = send(officer, page)
    assert "1 report of TMBC from return.xlsx saved." in done.words
    assert said("1.2", 1)[-1] == ("at risk", "Money is short", JULY)


@pytest.mark.parametrize("as_at", [None, "soon", dt.date(1900, 3, 1)])
def test_a_return_without_a_date_reports_nothing(officer: Visitor, as_at: Any) -> None:
    page = send_in(officer, filled({("1.1", 0): {Head.NO_CHANGE: "Yes"}}, as_at=as_at))
    assert "Return!B1" in page.words and "0 to report, 1 wrong" in page.words


def test_what_was_reported_meanwhile_is_never_passed_over_in_silence(officer: Visitor) -> None:
    content = filled({("1.1", 0): new(Status.ON_TRACK, "From the train"), ("1.2", 1): {Head.NO_CHANGE: "Yes"}})
    builders.a_note(builders.action("1.1"), "tmbc", Status.ACHIEVED, "From the office", as_at=JULY)
    page = send_in(officer, content)
    assert "office As at 31 July 2011" in page.words and "1 to report" in page.words
    assert not page.all("button", value="report")
    (name,) = {radio.get("name") for radio in page.all("input", type="radio")}
    assert "1 to report" in officer.send(page, {name: "plan"}).words
    taken = officer.send(page, {name: "file"})
    assert "2 to report, 0 wrong" in taken.words
    builders.a_note(builders.action("1.2"), "tmbc", Status.ACHIEVED, "Again", outcome=1, as_at=JULY)
    late = send(officer, taken)
    assert "Somebody reported in the meantime" in late.words
    names = {radio.get("name") for radio in late.all("input", type="radio")} - {name}
    settled = officer.send(late, {name: "file", names.pop(): "plan"})
    assert "1 report of TMBC" in send(officer, settled).words
    assert [text for _, text, _ in said("1.1")][-2:] == ["From the office", "From the train"]
    assert said("1.2", 1)[-1][1] == "Again"


def test_a_line_whose_action_went_meanwhile_keeps_its_words_in_sight(officer: Visitor) -> None:
    content = filled({("1.2", 0): new(Status.ON_TRACK, "Words")})
    gone = builders.action("1.2")
    plans.remove(OPERATOR, gone, gone.version, change=Change("No money"))
    assert "Return!J5 Action 1.2 or this outcome is no longer in the plan" in send_in(officer, content).words


def test_only_who_reports_for_the_authority_sends_its_return_in(visitor_as: VisitorAs) -> None:
    content = filled({("1.1", 0): {Head.NO_CHANGE: "Yes"}})
    other = visitor_as("other officer")
    refused = send_in(other, content)
    assert refused.errors == [
        "This is the return of Tonbridge and Malling Borough Council, for which you do not report"
    ]
    other.get(f"{RETURNS}tmbc.xlsx", status=403)
    assert "You report for no authority" in visitor_as("viewer").get(RETURNS).words
    page = send_in(visitor_as("coordinator"), content)
    assert "1 to report" in page.words


@pytest.mark.usefixtures("database")
def test_a_closed_plan_hands_out_no_return() -> None:
    plan = builders.plan()
    plans.close_plan(person("coordinator"), plan, plan.version)
    with pytest.raises(Forbidden):
        blank()


def test_a_file_that_is_no_return_is_named(officer: Visitor, visitor_as: VisitorAs) -> None:
    assert send_in(officer, b"Objective,Action\nFewer,Write\n").errors == [
        "This file is no return. Download the return, fill it in and send that in"
    ]
    assert send_in(officer, b"PK\x03\x04").errors == ["The file is damaged: it cannot be unpacked"]
    coordinator = visitor_as("coordinator")
    page = coordinator.get("/p/west-kent/imports/")
    file = io.BytesIO(filled({}))
    answer = coordinator.send(page, {"plan": "2010-11", "slug": "", "progress_of": "", "file": (file, "return.xlsx")})
    assert "This file is an offline return" in answer.words


@pytest.mark.usefixtures("database")
def test_marks_of_another_plan_are_refused() -> None:
    from strategy_tracker.transfer.returns.operations import authority_in

    with pytest.raises(Invalid) as refused:
        authority_in(person("officer"), builders.plan("2011-12"), filled({("1.1", 0): {Head.NO_CHANGE: "Yes"}}))
    assert "none of this plan’s" in refused.value.problems["file"]


JUNE = dt.date(2011, 6, 30)


@pytest.fixture
def shows_june(database: None) -> None:
    plan = builders.plan()
    words = {name: getattr(plan, name) for name in ("title", "strategy", "period_from", "period_to")}
    plans.edit_plan(OPERATOR, plan, plan.version, **words, as_at=JUNE, change=Change("The quarter is over"))


@pytest.mark.usefixtures("shows_june")
def test_a_return_proposes_the_date_that_the_plan_shows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    assert book["Return"]["B1"].value == dt.datetime(2011, 6, 30)


@pytest.mark.usefixtures("shows_june")
def test_a_date_that_the_plan_does_not_show_yet_is_warned_of(officer: Visitor) -> None:
    lines = {("1.1", 0): {Head.NO_CHANGE: "Yes"}}
    late = send_in(officer, filled(lines))
    assert "This return reports as at 31 July 2011. The plan shows what was reported up to 30 June 2011" in late.words
    assert "Advice is given at two offices. • 41 people came • 30 stayed As at 31 July 2011" in late.words
    assert "This return reports as at" not in send_in(officer, filled(lines, as_at=JUNE)).words


def test_a_return_without_a_report_says_why(officer: Visitor) -> None:
    settled = "Nothing to do: the tracker says what this return says"
    wrong = send_in(officer, filled({("1.2", 0): {Head.NO_CHANGE: "Yes"}}))
    assert "0 to report, 1 wrong" in wrong.words and settled not in wrong.words
    assert "Nothing: what is filled in and not reported yet has something wrong in it." in wrong.words
    empty = send_in(officer, filled({}))
    assert "Nothing: no line of this return is filled in." in empty.words and settled not in empty.words


def test_a_return_that_is_sent_twice_ends_twice_in_the_same_way(officer: Visitor) -> None:
    page = send_in(officer, filled({("1.1", 0): new(Status.ON_TRACK, "From the train")}))
    done, again = send(officer, page), send(officer, page)
    assert done.address == again.address == "/p/west-kent/plans/2010-11/?authority=tmbc"
    notice = "1 report of TMBC from return.xlsx saved."
    assert done.words.count(notice) == again.words.count(notice) == 1
    assert len(said("1.1")) == 2
    assert officer.get(page.address).address == done.address


def test_a_return_that_is_uploaded_twice_is_checked_once(officer: Visitor) -> None:
    form, content = officer.get(RETURNS), filled({("1.1", 0): {Head.NO_CHANGE: "Yes"}})
    first, second = (officer.send(form, {"file": (io.BytesIO(content), "return.xlsx")}) for _ in range(2))
    assert first.address == second.address and "1 to report" in second.words


def test_the_return_of_an_authority_that_ended_says_who_goes_on(visitor_as: VisitorAs) -> None:
    content = filled({("1.1", 0): new(Status.ON_TRACK, "From the train")})
    old = authority("tmbc")
    choices = successions.Choices(authority("kcc"), {}, {})
    successions.succeed(
        OPERATOR, old, old.version, choices, on=dt.date(2011, 4, 1), reason="The Kent (Structural Changes) Order 2010"
    )
    officer = visitor_as("officer")
    (words,) = send_in(officer, content).errors
    assert words == (
        "This is the return of Tonbridge and Malling Borough Council, which ended on 31 March 2011. Kent County "
        "Council goes on with its part: download a new return, and copy into it what you wrote. Your file stays as it "
        "is"
    )
    assert "Return of Kent County Council" in officer.get(RETURNS).words
