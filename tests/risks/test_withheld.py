"""What was said of a risk while it was private stays with its authority when others begin to read it."""

import datetime as dt

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR, Acting
from strategy_tracker.access.scope import visible
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.acceptances import accept_risk, end_acceptance
from strategy_tracker.risks.operations.escalations import withdraw_escalation
from strategy_tracker.risks.operations.risks import share_risk
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.risk_section import risk_document
from strategy_tracker.risks.rules import ScoreKind
from strategy_tracker.risks.sections import register_document, shared_register
from strategy_tracker.transfer.risks_out.as_json import register_as_json
from tests.cast import person
from tests.html_check import words
from tests.risks.making import a_risk, a_score, put_forward

DAY = dt.date(2010, 7, 1)
AMONG_US = "Said among ourselves"


def fresh(risk: Risk) -> Risk:
    return visible(OPERATOR, Risk).where(Risk.id == risk.id).get()


def scored(risk: Risk, impact: int, reason: str, by: str = "lead", kind: ScoreKind = ScoreKind.CURRENT) -> None:
    a_score(fresh(risk), impact, 3, kind, by=person(by), reason=reason)


def accepted(risk: Risk, reason: str, by: Acting | None = None, name: str = "Head of Housing") -> None:
    now, until = fresh(risk), clock.today() + dt.timedelta(days=30)
    accept_risk(by or person("lead"), now, now.version, accepted_by=name, until=until, reason=reason)


def a_private_past() -> Risk:
    """Scored, reviewed and accepted by its own people, each with words, before it is shared."""
    risk = a_risk(score=None, opened_on=DAY)
    scored(risk, 2, AMONG_US)
    scored(risk, 3, AMONG_US, kind=ScoreKind.INHERENT)
    review_risk(person("lead"), fresh(risk), fresh(risk).version, note=AMONG_US)
    accepted(risk, AMONG_US)
    return risk


def section(page, name: str) -> str:
    return next(words(one) for one in page.all("section") if one.attrib.get("aria-labelledby") == name)


def told(risk: Risk, who: str) -> list[str]:
    """All that documents and files say of it to this person."""
    now, reader = fresh(risk), person(who)
    documents = risk_document(reader, now), register_document(reader, now.register), shared_register(now.register)
    return [*map(repr, documents[: 3 if now.is_shared else 2]), register_as_json(reader, now.register).decode()]


def test_reasons_and_names_from_before_it_was_shared_stay_with_its_authority(visitor_as):
    risk = a_private_past()
    share_risk(person("lead"), fresh(risk), fresh(risk).version)
    page = visitor_as("other officer").get(address_of_risk(risk))
    assert "given before it was shared" in section(page, "s-current")
    assert "Given before it was shared" in section(page, "went")
    assert "None since it was shared" in section(page, "rv")
    assert "Head of Housing accepts it until" in section(page, "why")
    for said in (words(page.all("main")[0]), *told(risk, "other officer")):
        assert "12 High" in said or '"value": 12' in said
        assert AMONG_US not in said
        assert "Leo Lead" not in said
    alone, register, *_ = told(risk, "other officer")
    assert "Stays with its authority" in alone
    assert "reason='Given before it was shared'" in register
    own = visitor_as("officer").get(address_of_risk(risk))
    assert words(own.all("main")[0]).count(AMONG_US) >= 5
    assert sum(AMONG_US in said for said in told(risk, "officer")) == 3


def test_nor_does_a_conflict_give_them_away(visitor_as):
    risk = a_private_past()
    share_risk(person("lead"), fresh(risk), fresh(risk).version)
    coordinator = visitor_as("coordinator")
    page = coordinator.get(f"{address_of_risk(risk)}acceptance")
    review_risk(person("lead"), fresh(risk), fresh(risk).version)
    until = clock.today() + dt.timedelta(days=9)
    fields = {"accepted_by": "The board", "until": [until.day, until.month, until.year], "reason": "So"}
    both = coordinator.send(page, fields, status=409)
    assert "Head of Housing" in both.html
    assert AMONG_US not in both.html


def test_what_is_said_since_it_was_shared_is_said_to_all(visitor_as):
    risk = a_private_past()
    share_risk(person("lead"), fresh(risk), fresh(risk).version)
    scored(risk, 3, "Said to all: worse")
    accepted(risk, "Said to all: we can live with it")
    main = words(visitor_as("other officer").get(address_of_risk(risk)).all("main")[0])
    for said in ("Said to all: worse", "Said to all: we can live with it", "Leo Lead"):
        assert said in main
    assert AMONG_US not in main
    assert all("Said to all: worse" in said for said in told(risk, "other officer"))


def test_who_decides_at_the_next_level_reads_no_words_from_before(visitor_as):
    risk = a_private_past()
    put_forward(fresh(risk))
    page = visitor_as("steering member").get(address_of_risk(risk))
    assert "given before it was put forward" in section(page, "s-current")
    assert "None since it was put forward" in section(page, "rv")
    assert all(AMONG_US not in said for said in (page.words, *told(risk, "steering member")))


def test_sharing_says_exactly_what_will_be_read(visitor_as):
    said = visitor_as("lead").get(f"{address_of_risk(a_risk())}sharing").words
    assert "as it stands now: its words, scores, responses, controls, who accepts it and until when" in said
    assert "Reasons, notes and words from before stay with your authority." in said
    assert "reviews" not in said


def test_a_void_acceptance_leaves_its_trace(visitor_as):
    risk = a_risk(score=(2, 3))
    accepted(risk, "It can be lived with")
    scored(risk, 3, "Worse")
    day = clock.long_date(clock.today())
    until = clock.long_date(clock.today() + dt.timedelta(days=30))
    trace = (
        f"Void since {day}: the score rose from 12 High to 16 Very high. Head of Housing had accepted it until {until}."
    )
    address = address_of_risk(risk)
    officer = visitor_as("officer")
    assert f"Nobody accepts it. {trace}" in section(officer.get(address), "why")
    accepted(risk, "The budget is agreed", name="Director")
    assert trace in section(officer.get(address), "why")
    assert "It can be lived with" in section(officer.get(address), "why")
    accepted(risk, "Longer", name="The board")
    end_acceptance(person("lead"), fresh(risk), fresh(risk).version, reason="It came to pass")
    said = (
        officer.get(address).words,
        officer.get(f"{address}history").words,
        repr(risk_document(person("officer"), fresh(risk))),
    )
    for one in said:
        assert f"Void since {day}: the score rose from 12 High to 16 Very high." in one
        assert f"Accepted anew on {day}." in one
        assert f"Ended on {day}: It came to pass" in one


def test_others_learn_of_a_void_acceptance_only_what_they_could_read(visitor_as):
    risk = a_private_past()
    accepted(risk, AMONG_US, name="Director")
    share_risk(person("lead"), fresh(risk), fresh(risk).version)
    scored(risk, 1, "Better")
    scored(risk, 3, "Worse")
    said = section(visitor_as("other officer").get(address_of_risk(risk)), "why")
    assert "the score rose. Director had accepted it until" in said
    assert "Head of Housing" not in said
    assert AMONG_US not in said
    assert "12 High" not in said


def test_taking_a_risk_back_says_what_stays(visitor_as):
    risk = a_risk()
    page = visitor_as("lead").get(f"{address_of_risk(put_forward(risk).risk)}withdrawal")
    assert (
        "What you put forward stays in the steering group’s record: its name and score then, and your words."
        in page.words
    )
    again = visitor_as("lead").get(f"{address_of_risk(a_risk(risk.register, 'Another'))}nomination")
    assert (
        "Taken back or declined, it is private again; but its name and score as they are now, and your words, stay"
        in again.words
    )


def test_a_risk_that_was_taken_back_says_what_the_steering_group_keeps(visitor_as):
    one = put_forward(a_risk())
    withdraw_escalation(OPERATOR, one, one.version, reason="Settled at home")
    readers = section(visitor_as("officer").get(address_of_risk(one.risk)), "who")
    assert "The steering group keeps what was put forward: its name and score then, and the words with it." in readers
