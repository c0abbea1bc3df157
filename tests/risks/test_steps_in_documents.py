"""A document as at a day tells no later step, and goes on naming what came back for that quarter alone."""

import datetime as dt
import json
from pathlib import Path

import pytest
import time_machine

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.risks.models import Escalation, Register, Risk
from strategy_tracker.risks.operations.escalations import accept_escalation, decline_escalation, return_escalation
from strategy_tracker.risks.sections import register_document
from strategy_tracker.transfer.risks_out.files import register_file
from tests.cast import person
from tests.databases import using
from tests.quarters.making import the_quarters
from tests.risks.making import a_register, a_risk, put_forward
from tests.risks_out.test_files import export

NOON = dt.time(12, tzinfo=dt.UTC)
MAY, JUNE, JULY, OCTOBER = (dt.date(2011, month, 20) for month in (5, 6, 7, 10))


def at(day: dt.date) -> time_machine.travel:
    return time_machine.travel(dt.datetime.combine(day, NOON), tick=False)


def fresh(one: Escalation) -> Escalation:
    return visible(OPERATOR, Escalation).where(Escalation.id == one.id).get()


def group() -> Register:
    return visible(OPERATOR, Register).where(Register.slug == "west-kent-risks").get()


def told(who: str = "steering member") -> list[tuple[str, str]]:
    """What the paper of the steering group says of what was put forward, and its file as well."""
    document = register_document(person(who), group())
    file = json.loads(register_file("json", person(who), group(), base_url="https://tracker.example"))
    assert [one.event for one in document.received] == [one["risk"] for one in file["put_forward_here"]]
    return [(one.event, one.state) for one in document.received]


@pytest.mark.usefixtures("database")
def test_what_came_back_is_named_in_that_quarters_papers_alone() -> None:
    the_quarters(years=2)
    with at(MAY):
        declined, returned, kept = (
            put_forward(a_risk(event=event, opened_on=MAY)) for event in ("Declined one", "Returned one", "Kept one")
        )
    with at(JUNE):
        decline_escalation(OPERATOR, fresh(declined), declined.version, words="Yours alone")
        for one in (returned, kept):
            accept_escalation(OPERATOR, fresh(one), fresh(one).version, words="We take it")
        return_escalation(OPERATOR, fresh(returned), fresh(returned).version, reason="It is done")
        assert told() == [
            ("Kept one", "Taken up 20 Jun 2011"),
            ("Returned one", "Returned 20 Jun 2011"),
            ("Declined one", "Declined 20 Jun 2011"),
        ]
    with at(OCTOBER):
        assert told() == [("Kept one", "Taken up 20 Jun 2011")]


@pytest.mark.usefixtures("database")
def test_a_register_shown_as_at_a_day_tells_no_later_step() -> None:
    with at(MAY):
        waiting = put_forward(a_risk(event="Landlords leave", opened_on=MAY))
    Register.update(as_at=MAY).where(Register.slug == "west-kent-risks").execute()
    with at(JULY):
        a_risk(event="Later one", opened_on=JULY)
        put_forward(Risk.get(Risk.event == "Later one"))
        Escalation.update(state="accepted", decided_on=JULY, decided_words="Ours").where(
            Escalation.id == waiting.id
        ).execute()
        assert told() == [("Landlords leave", "Waits for an answer since 20 May 2011")]


def test_no_day_to_come_is_exported(database_url: str, tmp_path: Path) -> None:
    with using(database_url):
        a_risk(a_register())
    file = tmp_path / "risks.csv"
    done = export(database_url, file, "--format", "csv", "--as-at", "9999-12-31")
    assert done.exit_code == 1
    assert "--as-at 9999-12-31 is still to come: tmbc-risks is known as at" in done.stderr
    assert not file.exists()
