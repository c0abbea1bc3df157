"""Two windows with one file: one imports, the other is told so. And a file that was checked waits to be found again."""

import io
from typing import Any

import pytest

from strategy_tracker import clock
from strategy_tracker.risks.models import Risk
from strategy_tracker.transfer import keeping
from strategy_tracker.transfer.risks_in import operations, routes
from strategy_tracker.transfer.risks_in.models import RiskImport
from tests.application import VisitorAs
from tests.cast import person
from tests.risks.making import a_register
from tests.risks_in.files import csv_file
from tests.visitor import Answer, Visitor

IMPORT = "/p/west-kent/risks/tmbc-risks/import"
ADDED = "7 risks added from risks.csv, private to TMBC."
ALREADY = "risks.csv was imported already, with 7 new risks: nothing was added again."


@pytest.fixture
def officer(visitor_as: VisitorAs) -> Visitor:
    visitor = visitor_as("officer")
    a_register()
    return visitor


def upload(visitor: Visitor, name: str = "risks.csv") -> Answer:
    return visitor.send(visitor.get(IMPORT), {"file": (io.BytesIO(csv_file()), name)})


def confirm(visitor: Visitor, page: Answer) -> Answer:
    return visitor.send(page, {"do": "import"}, button="Import")


def test_the_second_window_is_told_that_it_was_done_already(officer: Visitor) -> None:
    first = upload(officer)
    second = officer.get(first.address)
    assert ADDED in confirm(officer, first).words
    told = confirm(officer, second).words
    assert ALREADY in told and ADDED not in told
    assert ALREADY in officer.get(first.address).words
    assert Risk.select().count() == 7


def test_so_is_the_one_that_pressed_at_the_same_moment(officer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    page, really = upload(officer), routes.preview_of

    def meanwhile(somebody: Any, row: RiskImport) -> Any:
        shown = really(somebody, row)
        monkeypatch.setattr(routes, "preview_of", really)
        operations.apply_import(person("officer"), RiskImport.get_by_id(row.id), shown.digest)
        return shown

    monkeypatch.setattr(routes, "preview_of", meanwhile)
    told = confirm(officer, page).words
    assert ALREADY in told and ADDED not in told
    assert Risk.select().count() == 7


def test_the_same_form_sent_twice_is_answered_twice_alike(officer: Visitor) -> None:
    page = upload(officer)
    for _ in range(2):
        told = confirm(officer, page).words
        assert ADDED in told and ALREADY not in told


def test_a_checked_file_is_found_again_by_its_person_alone(officer: Visitor, visitor_as: VisitorAs) -> None:
    assert "Not imported yet" not in officer.get(IMPORT).words
    page = upload(officer)
    upload(officer, "other.csv")
    waiting = officer.get(IMPORT)
    assert "Not imported yet" in waiting.words
    links = [link for link in waiting.all("a") if link.get("href") == page.address]
    assert [link.text_content() for link in links] == ["Check the risks of risks.csv"]
    assert "Not imported yet" not in visitor_as("lead").get(IMPORT).words
    confirm(officer, page)
    words = officer.get(IMPORT).words
    assert "other.csv" in words and "risks.csv" not in words


def test_a_file_that_is_kept_no_longer_and_one_of_another_register_do_not_wait_there(officer: Visitor) -> None:
    upload(officer)
    a_register("tmbc", "other")
    assert "Not imported yet" not in officer.get("/p/west-kent/risks/other/import").words
    RiskImport.update(created_at=clock.now() - keeping.KEPT_FOR).execute()
    assert "Not imported yet" not in officer.get(IMPORT).words
