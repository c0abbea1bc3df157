"""A file of risks becomes risks of a register: all of it or nothing, private, and with a history that says so."""

import datetime as dt
import json

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.errors import Conflict, Forbidden, Invalid, NotFound, Repeated
from strategy_tracker.history.models import Event
from strategy_tracker.risks.models import Register, Response, Risk, Score
from strategy_tracker.risks.operations.registers import close_register
from strategy_tracker.risks.operations.risks import edit_risk
from strategy_tracker.risks.queries import scores_of
from strategy_tracker.risks.rules import RiskWords, ScoreKind
from strategy_tracker.transfer.risks_in.operations import (
    Choices,
    apply_import,
    compared,
    digest_of,
    import_risks,
    keep_import,
    own_import,
)
from strategy_tracker.transfer.risks_in.reading import register_in
from tests.cast import CAST, person
from tests.risks.making import a_register, a_risk
from tests.risks_in.files import ROWS, VALUES, csv_file, excel_file, word_file

pytestmark = pytest.mark.usefixtures("database")
DAY = dt.date(2010, 10, 1)
NO_CHOICES = Choices()


def bring_in(register: Register, content: bytes, choices: Choices = NO_CHOICES, who="officer") -> int:
    who = person(who) if isinstance(who, str) else who
    return len(import_risks(who, register, register_in(content), choices, "risks.docx").new)


def risks(register: Register) -> list[Risk]:
    return list(Risk.select().where(Risk.register == register).order_by(Risk.number))


def test_seven_risks_come_in_with_scores_responses_and_owners():
    register = a_register(as_at=DAY, review_months=1)
    assert bring_in(register, word_file()) == 7
    rows = risks(register)
    scores = scores_of([row.id for row in rows])
    assert [scores[row.id][ScoreKind.CURRENT].value for row in rows] == list(VALUES)
    assert [(row.number, row.event) for row in rows] == [(int(each[0]), each[1]) for each in ROWS]
    assert {row.opened_on for row in rows} == {DAY}
    assert {row.review_due_on for row in rows} == {dt.date(2010, 11, 1)}
    assert [(row.owner_kind, row.owner_name) for row in rows][4:6] == [("team", "CLT?"), ("post", "Manager")]
    assert Response.select().count() == 11
    assert not any(row.is_shared or row.is_raised for row in rows)


def test_they_are_private_and_their_history_says_imported():
    register = a_register()
    bring_in(register, csv_file())
    readers = {who for who in CAST if visible(person(who), Risk).where(Risk.register == register).exists()}
    assert readers == {"officer", "lead"}
    one = risks(register)[0]
    events = Event.select().where(Event.subject_type == "Risk", Event.subject_id == one.id).order_by(Event.id)
    verbs = {event.verb: json.loads(event.data) for event in events}
    assert verbs["risk imported"]["reason"] == "Imported from risks.docx, The file, row 2"
    assert {"risk added", "risk scored", "response added"} <= set(verbs)
    assert Score.get(Score.risk == one).reason == "Imported from risks.docx"


def test_what_the_file_says_of_days_counts():
    heads = ("No", "Risk", "Impact", "Likelihood", "Target impact", "Target likelihood", "Last reviewed", "Next review")
    register = a_register(as_at=DAY)
    bring_in(register, csv_file([("3", "Grants stop", "3", "4", "2", "2", "1 August 2010", "5 January 2011")], heads))
    risk = risks(register)[0]
    assert (risk.number, risk.reviewed_on, risk.review_due_on) == (3, dt.date(2010, 8, 1), dt.date(2011, 1, 5))
    assert {score.kind: score.value for score in Score.select()} == {"current": 12, "target": 4}


def test_nothing_is_done_where_anything_is_wrong():
    register = a_register()
    wrong = [*ROWS[:6], (*ROWS[6][:2], "5", *ROWS[6][3:])]
    with pytest.raises(Invalid) as refused:
        bring_in(register, excel_file(wrong))
    assert list(refused.value.problems) == ["Risks!C10"]
    assert risks(register) == []


def test_the_same_file_again_adds_nothing_and_another_adds_what_is_new():
    register = a_register()
    assert bring_in(register, csv_file(ROWS[:3])) == 3
    assert bring_in(register, csv_file()) == 4
    assert bring_in(register, csv_file()) == 0
    assert len(risks(register)) == 7


def test_what_stands_in_other_words_is_never_overwritten():
    register = a_register()
    bring_in(register, csv_file(ROWS[:2]))
    first = risks(register)[0]
    edit_risk(person("lead"), first, first.version, RiskWords("Our own words"))
    with pytest.raises(Invalid, match=r"already, in other words: .* is risk 1 \(description, owner"):
        bring_in(register, csv_file())
    assert bring_in(register, csv_file(), Choices(leaves=True)) == 5
    assert Risk.get_by_id(first.id).event == "Our own words"


@pytest.mark.parametrize("who", sorted(set(CAST) - {"officer", "lead"}))
def test_nobody_else_brings_risks_into_an_authoritys_register(who):
    with pytest.raises(Forbidden):
        bring_in(a_register(), csv_file(), who=who)
    with pytest.raises(Forbidden):
        keep_import(person(who), a_register(), "risks.csv", csv_file())


def test_the_coordinator_brings_them_into_the_partnerships_and_nobody_into_a_closed_one():
    register = a_register("")
    assert bring_in(register, csv_file(ROWS[:1]), who="coordinator") == 1
    empty = a_register("tmbc", "empty")
    close_register(OPERATOR, empty, empty.version)
    with pytest.raises(Forbidden, match="closed"):
        bring_in(empty, csv_file())


def test_a_day_in_the_future_is_refused():
    with pytest.raises(Invalid, match="not in the future"):
        bring_in(a_register(), csv_file(), Choices(day=dt.date(2099, 1, 1)))


def kept(register: Register, content: bytes):
    return keep_import(person("officer"), register, r"C:\papers\risks.csv", content)


def test_an_upload_is_there_for_its_person_alone_and_is_applied_once():
    register = a_register()
    row = kept(register, csv_file())
    assert row.filename == "risks.csv"
    for who in sorted(set(CAST) - {"officer"}):
        with pytest.raises((NotFound, Forbidden)):
            own_import(person(who), row.id)
    seen = digest_of(compared(person("officer"), register, register_in(csv_file()), NO_CHOICES))
    assert len(apply_import(person("officer"), own_import(person("officer"), row.id), seen).new) == 7
    with pytest.raises(Repeated):
        apply_import(person("officer"), row, seen)
    assert len(risks(register)) == 7


def test_what_is_done_is_what_was_shown():
    register = a_register()
    row = kept(
        register, csv_file([each[1:] for each in ROWS], ("Description", "Impact", "Likelihood", "Managed", "Owner"))
    )
    file = register_in(bytes(row.content), {})
    seen = digest_of(compared(person("officer"), register, file, NO_CHOICES))
    a_risk(register)
    with pytest.raises(Conflict):
        apply_import(person("officer"), row, seen)
    assert len(risks(register)) == 1
    assert own_import(person("officer"), row.id).applied_at is None
