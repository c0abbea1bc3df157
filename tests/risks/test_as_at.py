"""A register as at an earlier day is that of the day: its risks, words, controls, scheme and reviews; the command line
alone may ask for it."""

import datetime as dt
import json
from typing import Any

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.errors import Forbidden
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.escalations import accept_escalation
from strategy_tracker.risks.operations.parts import add_control, add_response, edit_control, remove_part
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from strategy_tracker.risks.operations.risks import close_risk, edit_risk, reopen_risk, share_risk, unshare_risk
from strategy_tracker.risks.operations.scores import plan_review, review_risk
from strategy_tracker.risks.rules import Effectiveness, ResponseKind, RiskWords
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.sections import register_document
from strategy_tracker.risks.then import shared_lines, whole_register
from strategy_tracker.transfer.risks_out.files import KINDS, register_file
from tests.cast import partnership, person
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five, put_forward

pytestmark = pytest.mark.usefixtures("database")
FOUND = dt.date(2010, 7, 1)
BEFORE, DAY, AFTER = dt.date(2010, 12, 31), dt.date(2011, 3, 31), dt.date(2011, 6, 30)


def on(day: dt.date) -> Any:
    """What is done inside is done at noon of that day."""
    return clock.standing_at(dt.datetime.combine(day, dt.time(12)))


def fresh(row: Any) -> Any:
    return visible(OPERATOR, type(row)).where(type(row).id == row.id).get()


def as_json(register: Register, day: dt.date) -> dict[str, Any]:
    made = register_file("json", OPERATOR, fresh(register), base_url="https://tracker.example", on=day)
    return dict(json.loads(made))


def events(register: Register, day: dt.date) -> list[str]:
    document = register_document(OPERATOR, fresh(register), day)
    assert [one.event for one in document.entries] == [one["risk"] for one in as_json(register, day)["risks"]]
    return [one.event for one in document.entries]


def told(day: dt.date, previous: dt.date | None = None) -> tuple[list[str], list[tuple[str, dt.date | None, str]]]:
    read = shared_lines(partnership().id, day, previous)
    return [one.event for one in read.open], [(one.event, one.closed_on, one.closed_why) for one in read.closed]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_but_the_command_line_reads_a_register_as_at_a_day(kind: str) -> None:
    register = a_register()
    a_risk(register, "Known to TMBC alone", opened_on=FOUND)
    for who in ("other officer", "officer", "lead"):
        with pytest.raises(Forbidden):
            register_file(kind, person(who), register, base_url="https://tracker.example", on=DAY)


def closed_and_opened_again(register: Register, closed_on: dt.date = dt.date(2011, 2, 1)) -> Risk:
    risk = a_risk(register, "Flats stand empty", shared=True, opened_on=FOUND)
    close_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="They are let", closed_on=closed_on)
    with on(dt.date(2011, 5, 2)):
        reopen_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="They are empty again")
    return risk


def test_between_its_closing_and_its_opening_again_a_risk_is_closed() -> None:
    register = a_register()
    closed_and_opened_again(register)
    assert events(register, BEFORE) == ["Flats stand empty"]
    assert events(register, DAY) == []
    assert events(register, AFTER) == ["Flats stand empty"]
    closed = [("Flats stand empty", dt.date(2011, 2, 1), "They are let")]
    assert told(DAY, BEFORE) == ([], closed)
    assert told(dt.date(2011, 4, 30), DAY) == ([], []), "it was told with the quarter before"
    assert told(AFTER, DAY) == (["Flats stand empty"], [])


def test_where_a_register_is_written_as_at_a_day_what_was_opened_again_is_open_then() -> None:
    register = a_register(as_at=DAY)
    risk = a_risk(register, "Flats stand empty", shared=True, opened_on=FOUND)
    close_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="They are let")
    assert (events(register, DAY), told(DAY)[0]) == ([], [])
    reopen_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="By mistake")
    assert (events(register, DAY), told(DAY)[0]) == (["Flats stand empty"], ["Flats stand empty"])


def test_others_do_not_learn_that_a_risk_was_closed_while_it_was_private() -> None:
    risk = closed_and_opened_again(a_register())
    unshare_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="By mistake")
    share_risk(OPERATOR, fresh(risk), fresh(risk).version)
    assert told(DAY, BEFORE) == ([], [])
    assert told(AFTER, DAY)[0] == ["Flats stand empty"]


def test_controls_and_responses_are_those_of_the_day() -> None:
    register = a_register()
    risk = a_risk(register, opened_on=FOUND)
    with on(BEFORE):
        kept, gone = (add_control(OPERATOR, fresh(risk), text=words) for words in ("A quarterly check", "A lock"))
        add_response(OPERATOR, fresh(risk), kind=ResponseKind.TREAT, text="Look for money", due_on=AFTER)
    with on(AFTER):
        edit_control(OPERATOR, fresh(kept), 1, text="A monthly check", effectiveness=Effectiveness.GOOD)
        remove_part(OPERATOR, fresh(gone), 1, reason="It broke")
        add_control(OPERATOR, fresh(risk), text="A guard")

    def controls(day: dt.date) -> list[tuple[int, str, str]]:
        (one,) = as_json(register, day)["risks"]
        return [(each["number"], each["text"], each["effectiveness"]) for each in one["controls"]]

    assert controls(FOUND) == []
    assert controls(DAY) == [(1, "A quarterly check", "not tested"), (2, "A lock", "not tested")]
    assert controls(AFTER) == [(1, "A monthly check", "good"), (3, "A guard", "not tested")]
    assert as_json(register, DAY)["risks"][0]["responses"][0]["due_on"] == "2011-06-30"


def test_the_scheme_is_the_version_of_the_day_by_the_name_that_it_had() -> None:
    with on(FOUND):
        scheme = a_scheme()
    register = a_register(scheme=scheme)
    a_risk(register, opened_on=FOUND, shared=True)
    with on(AFTER):
        change_scheme(OPERATOR, fresh(scheme), 1, name="Wider", shape=five_by_five(), reason="As the county does")

    def said(day: dt.date) -> tuple[str, int, str]:
        document = register_document(OPERATOR, fresh(register), day)
        whole = as_json(register, day)["scheme"]
        assert (whole["name"], whole["version"]) == (document.scheme_name, document.scheme_version)
        return document.scheme_name, document.scheme_version, document.entries[0].under

    assert said(DAY) == ("four by six", 1, "")
    assert said(AFTER)[:2] == ("Wider", 2) and said(AFTER)[2] != ""
    assert [line.is_under_old_version for line in shared_lines(partnership().id, DAY, None).open] == [False]
    assert [line.is_under_old_version for line in shared_lines(partnership().id, AFTER, None).open] == [True]


def test_a_register_that_took_another_scheme_had_its_own_before() -> None:
    with on(FOUND):
        register = a_register()
        a_risk(register, opened_on=FOUND)
    other: ScoringScheme = a_scheme("five-by-five", five_by_five())
    with on(AFTER):
        edit_register(OPERATOR, fresh(register), 1, RegisterTerms(register.title, other, review_months=1))
    assert as_json(register, DAY)["scheme"]["name"] == "four by six"
    assert as_json(register, DAY)["review_months"] == 3
    assert as_json(register, DAY)["risks"][0]["review_due_on"] == "2010-10-01"
    assert as_json(register, AFTER)["scheme"]["name"] == "five by five"
    assert as_json(register, AFTER)["risks"][0]["review_due_on"] == "2010-08-01"


def test_a_review_is_due_when_it_was_due_then() -> None:
    with on(FOUND):
        register = a_register()
        risk = a_risk(register, opened_on=FOUND)

    def due(day: dt.date) -> str:
        return str(as_json(register, day)["risks"][0]["review_due_on"])

    with on(dt.date(2011, 1, 10)):
        plan_review(OPERATOR, fresh(risk), fresh(risk).version, due_on=dt.date(2011, 2, 10))
    with on(dt.date(2011, 2, 15)):
        review_risk(OPERATOR, fresh(risk), fresh(risk).version)
    with on(dt.date(2011, 4, 10)):
        edit_risk(OPERATOR, fresh(risk), fresh(risk).version, RiskWords("Less money", review_months=1))
    with on(AFTER):
        plan_review(OPERATOR, fresh(risk), fresh(risk).version, due_on=dt.date(2012, 1, 1))
    assert due(BEFORE) == "2010-10-01"
    assert due(dt.date(2011, 1, 31)) == "2011-02-10"
    assert due(DAY) == "2011-05-15"
    assert due(dt.date(2011, 4, 30)) == "2011-03-15"
    assert due(AFTER) == "2012-01-01"


def test_a_report_says_what_was_overdue_then() -> None:
    with on(FOUND):
        risk = a_risk(a_register(), opened_on=FOUND, shared=True)
    with on(AFTER):
        plan_review(OPERATOR, fresh(risk), fresh(risk).version, due_on=dt.date(2030, 1, 1))
    (line,) = shared_lines(partnership().id, DAY, None).open
    assert (line.review_due_on, line.is_overdue) == (dt.date(2010, 10, 1), True)


def test_what_is_closed_is_in_the_file_of_the_day() -> None:
    register = a_register()
    closed_and_opened_again(register)
    a_score(a_risk(register, "Grants end", opened_on=FOUND), 1, 1, on=DAY)
    whole = as_json(register, DAY)
    assert [one["risk"] for one in whole["risks"]] == ["Grants end"]
    assert [(one["risk"], one["closed_on"], one["closed_why"]) for one in whole["closed"]] == [
        ("Flats stand empty", "2011-02-01", "They are let")
    ]
    assert as_json(register, AFTER)["closed"] == []


def test_what_was_answered_later_is_not_known_yet() -> None:
    with on(DAY):
        one = put_forward(a_risk(opened_on=FOUND))
    with on(AFTER):
        accept_escalation(OPERATOR, one, one.version, words="We take it")
    register = one.risk.register
    (before,) = register_document(OPERATOR, fresh(register), DAY).forward
    assert (before.state, before.answer) == ("Waits for an answer, put forward 31 Mar 2011", "")
    (after,) = register_document(OPERATOR, fresh(register), AFTER).forward
    assert (after.state, after.answer) == ("Taken up 30 Jun 2011", "We take it")


def test_as_at_today_it_is_as_it_stands() -> None:
    register = a_register()
    risks = [a_risk(register, f"Risk {number}", score=(3, number + 1), shared=number == 1) for number in range(5)]
    scored, planned, moved, closed, opened = risks
    a_score(fresh(scored), 1, 1)
    accept_risk(
        OPERATOR, fresh(planned), 3, accepted_by="The board", until=clock.today() + dt.timedelta(days=90), reason="So"
    )
    plan_review(OPERATOR, fresh(planned), fresh(planned).version, due_on=dt.date(2029, 1, 1))
    edit_risk(OPERATOR, fresh(moved), fresh(moved).version, RiskWords("Moved", review_months=1, assumptions="None"))
    put_forward(fresh(moved), accepted=True)
    add_response(OPERATOR, fresh(moved), kind=ResponseKind.TREAT, text="Look for money", due_on=AFTER)
    remove_part(OPERATOR, add_control(OPERATOR, fresh(moved), text="A lock"), 1, reason="It broke")
    add_control(OPERATOR, fresh(moved), text="A guard")
    close_risk(OPERATOR, fresh(closed), fresh(closed).version, reason="It came to pass")
    close_risk(OPERATOR, fresh(opened), fresh(opened).version, reason="By mistake")
    reopen_risk(OPERATOR, fresh(opened), fresh(opened).version, reason="By mistake")
    change_scheme(OPERATOR, fresh(register.scheme), 1, name="Wider", shape=five_by_five(), reason="As the county does")
    terms = RegisterTerms("Risks", fresh(register).scheme, goes_to=fresh(register).goes_to, review_months=6)
    edit_register(OPERATOR, fresh(register), fresh(register).version, terms)
    now = whole_register(OPERATOR, fresh(register))
    then = whole_register(OPERATOR, fresh(register), clock.today())
    assert (now.open, now.closed) == (then.open, then.closed)
    assert [*now.controls.get(moved.id, ())] == [*then.controls[moved.id]]
    assert len(now.open) == 4
