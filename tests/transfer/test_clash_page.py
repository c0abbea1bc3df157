"""The page on which a person settles what both the file and the plan changed."""

import io
from typing import Any

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.owners import Owner
from strategy_tracker.plans import operations as plans
from strategy_tracker.plans.models import Action
from strategy_tracker.plans.versions.models import PlanVersion
from strategy_tracker.plans.versions.rules import Change
from tests import builders
from tests.application import VisitorAs
from tests.transfer.going_out import KINDS, edited, sent_out, setting
from tests.visitor import Answer, Visitor

IMPORTS = "/p/west-kent/imports/"


@pytest.fixture
def coordinator(visitor_as: VisitorAs) -> Visitor:
    return visitor_as("coordinator")


def upload(visitor: Visitor, content: bytes, name: str) -> Answer:
    words: dict[str, Any] = {"plan": "2010-11", "slug": "", "progress_of": ""}
    return visitor.send(visitor.get(IMPORTS), words | {"file": (io.BytesIO(content), name)})


def text_of(number: str) -> str:
    return str(builders.action(number).text)


def clashing() -> bytes:
    content = sent_out("xlsx")
    action = builders.action("1.1")
    words = {"lead": None, "owner": Owner(), "number": "1.1", "change": Change("Shorter")}
    plans.edit_action(OPERATOR, action, action.version, text="Advise early", **words)
    return edited("xlsx", content, setting("1.1", "SDC", Action="Advise late"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_is_downloaded_in_each_kind_and_comes_back_unchanged(coordinator: Visitor, kind: str) -> None:
    answer = coordinator.get(f"/p/west-kent/plans/2010-11.{kind}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="west-kent-2010-11.{kind}"'
    page = upload(coordinator, answer.data, f"plan.{kind}")
    assert "This file went out from the tracker" in page.words
    assert "Nothing: the plan already says what the file says" in page.words
    extract = coordinator.get(f"/p/west-kent/plans/2010-11.{kind}?authority=sdc&as_at=2011-01-01")
    assert extract.headers["Content-Disposition"] == f'attachment; filename="west-kent-2010-11-sdc.{kind}"'
    assert "Nothing: the plan already" in upload(coordinator, extract.data, f"plan.{kind}").words


def test_neither_side_is_taken_in_silence(coordinator: Visitor) -> None:
    page = upload(coordinator, clashing(), "plan.xlsx")
    assert "Action 1.1, action When it went out: Advise people before they lose their home" in page.words
    assert "Advise only here: early" in page.words and "Advise only here: late" in page.words
    assert not page.all("button", value="import")
    assert not any("checked" in radio.attrib for radio in page.all("input", type="radio"))
    (name,) = {radio.get("name") for radio in page.all("input", type="radio")}
    kept = coordinator.send(page, {name: "plan"})
    assert "Nothing: the plan already says what the file says" in kept.words
    taken = coordinator.send(kept, {name: "file"})
    assert "0 new, 1 changed, 0 gone" in taken.words
    assert text_of("1.1") == "Advise early"
    done = coordinator.send(taken, {"do": "import", "reason": "Agreed on 4 May"}, button="Import")
    assert "plan.xlsx is imported: 0 new, 1 changed, 0 gone" in done.words
    assert text_of("1.1") == "Advise late"
    assert PlanVersion.select().order_by(PlanVersion.id.desc()).first().reason == "Agreed on 4 May"


def test_why_an_agreed_plan_changes_is_said_where_nobody_says_it(coordinator: Visitor) -> None:
    content = edited("csv", sent_out("csv"), setting("1.2", "TMBC", Action="Keep a larger fund"))
    page = upload(coordinator, content, "Mein plan.csv")
    assert page.all("input", name="reason")[0].get("value") == "Imported from Mein plan.csv"
    coordinator.send(page, {"do": "import"}, button="Import")
    assert Action.select().where(Action.text == "Keep a larger fund").exists()
    assert PlanVersion.select().order_by(PlanVersion.id.desc()).first().reason == "Imported from Mein plan.csv"


def test_a_date_that_a_new_report_lacks_is_asked_for(coordinator: Visitor) -> None:
    content = edited("csv", sent_out("csv"), setting("2.1", "SDC", Progress="Two homes", Status="on track"))
    page = upload(coordinator, content, "plan.csv")
    assert page.errors == ["The file has progress but no head says as at which date; say so"]
    again = coordinator.send(page, {"as_at": ["30", "6", "2011"]})
    assert "SDC, as at 30 June 2011" in again.words
