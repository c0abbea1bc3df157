"""A private risk is nowhere: what all others can fetch or are sent is byte for byte what it was before it was there.

So no list, count, search, document, file, feed or mail can tell of the risk, whatever it is that shows it. That the
same answers do tell its own people is asked too: else nothing would be shown by their silence.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.escalations import nominate_risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.operations.risks import add_risk, close_risk, edit_risk, share_risk
from strategy_tracker.risks.operations.scores import plan_review, review_risk
from strategy_tracker.risks.rules import ResponseKind, RiskWords, ScoreKind
from tests import builders
from tests.access.test_matrix import family
from tests.cast import person
from tests.reports.making import a_report
from tests.risk_ties.making import a_risk_link
from tests.risks.canary import HOME, OTHERS, WORD, World, seen_by
from tests.risks.families import TOO_HIGH
from tests.risks.making import a_register, a_score

GROUP = {"coordinator", "steering member"}
NOW = dt.datetime(2011, 7, 4, 10, tzinfo=dt.UTC)
"""Eleven days before the returns of a quarter are due, so that the others are sent mails, too."""
FOUND_ON = dt.date(2010, 8, 2)


@pytest.fixture
def found(app: Flask) -> Iterator[dict[str, Any]]:
    """What addresses name: a family of TMBC's, in whose register stands a risk that is shared."""
    with time_machine.travel(NOW, tick=False):
        rows = family(builders.action("1.2"), "tmbc", "officer")
        corporate = a_register("tmbc", "corporate", title="Corporate risks")
        inner = a_register("tmbc", "inner", title="Risks of housing", goes_to=corporate)
        quarter = ("2010-11-q2", 2, dt.date(2010, 10, 1), dt.date(2010, 12, 31))
        report = a_report(**dict(zip(("slug", "number", "first", "last"), quarter, strict=True)))
        yield rows | {"report": report, "inner": inner, "token": ""}


def private_risks(found: dict[str, Any]) -> list[Risk]:
    """Two in a register whose next level is the partnership's, one put forward inside the authority, one closed."""
    registers = (found["register"], found["inner"], found["register"], found["register"])
    rows = [_private(found, register) for register in registers]
    nominate_risk(OPERATOR, fresh(rows[1]), fresh(rows[1]).version, words=WORD)
    close_risk(OPERATOR, fresh(rows[2]), fresh(rows[2]).version, reason=WORD)
    return [fresh(row) for row in rows]


def _private(found: dict[str, Any], register: Any) -> Risk:
    owner = Owner(OwnerKind.POST, f"{WORD} Manager")
    words = RiskWords(f"{WORD} happens", WORD, WORD, WORD, owner, assumptions=WORD)
    risk = add_risk(person("lead"), register, words, opened_on=FOUND_ON)
    for kind in ScoreKind:
        impact, likelihood = TOO_HIGH
        a_score(fresh(risk), impact, likelihood, kind, by=person("lead"), reason=WORD, on=FOUND_ON)
    edit_risk(person("lead"), fresh(risk), fresh(risk).version, words)
    add_response(OPERATOR, fresh(risk), kind=ResponseKind.TREAT, text=WORD, owner=owner, due_on=clock.today())
    add_control(OPERATOR, fresh(risk), text=WORD)
    review_risk(person("lead"), fresh(risk), fresh(risk).version, note=WORD)
    soon = clock.today() + dt.timedelta(days=11)
    plan_review(person("lead"), fresh(risk), fresh(risk).version, due_on=soon)
    accept_risk(person("lead"), fresh(risk), fresh(risk).version, accepted_by=WORD, until=soon, reason=WORD)
    a_risk_link(fresh(risk), found["action"])
    return risk


def fresh(risk: Risk) -> Risk:
    return Risk.get_by_id(risk.id)


@pytest.fixture
def world(app: Flask, found: dict[str, Any], database_url: str, documents_unset: None) -> World:
    return World(app, found, is_whole=database_url.startswith("sqlite"))


def test_a_private_risk_is_nowhere_and_an_escalated_one_with_those_who_decide(world):
    risks = private_risks(world.found)
    plain = [address for address in world.before["viewer"] if "?" not in address]
    assert world.telling("officer", plain) >= 10, "its own people read it"
    assert all(world.letters[who] for who in (*HOME, "coordinator", "other officer", "copies")), "there are mails"
    assert world.told_by_mail() == HOME, "and its own people are sent it, nobody else"
    assert_untold(world, *GROUP)

    nominate_risk(OPERATOR, fresh(risks[0]), fresh(risks[0]).version, words=WORD)
    for who in GROUP:
        assert world.telling(who, plain) >= 2, who
    assert world.told_by_mail() == HOME | GROUP | {"copies"}
    # What is secret although the steering group has it is so all the more without: the others are asked this once.
    assert_untold(world, *(who for who in world.before if who not in GROUP))
    pages = [address_of_risk(risk) for risk in risks]
    for who in OTHERS:
        found = [status for status, _ in seen_by(world.app, who, pages).values()]
        assert found == [302 if who is None else 200 if who in GROUP and page == pages[0] else 404 for page in pages]

    share_risk(OPERATOR, fresh(risks[0]), fresh(risks[0]).version)
    assert world.telling("viewer", plain) >= 2, "what is no longer private is found"


def assert_untold(world: World, *cast: str | None) -> None:
    wrong = [one for who in cast for one in world.changed_for(who)]
    assert not wrong, "\n".join(wrong)
