"""A word without a place to break, wherever people type, pushes no page of a risk sideways."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.parts import add_control, add_response
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.rules import ResponseKind
from tests.cast import person
from tests.pages.test_accessible import STICKS_OUT
from tests.risks.making import a_risk

WORD = f"https://www.example/{'x' * 380}"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HEADS = """[...document.querySelectorAll('main th[scope=col]')]
    .filter(each => each.offsetHeight > 90).map(each => each.innerText)"""


def a_risk_of_long_words() -> Risk:
    lead, owner = person("lead"), Owner(OwnerKind.POST, WORD[:200])
    risk = a_risk(event=WORD, cause=WORD, effect=WORD, assumptions=WORD, owner=owner, by=lead)
    add_response(lead, risk, kind=ResponseKind.TREAT, text=WORD, owner=owner)
    add_control(lead, risk, text=WORD)
    risk = Risk.get_by_id(risk.id)
    until = clock.today() + dt.timedelta(days=30)
    accept_risk(lead, risk, risk.version, accepted_by=WORD[:200], until=until, reason=WORD)
    risk = Risk.get_by_id(risk.id)
    review_risk(lead, risk, risk.version, note=WORD)
    return risk


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("width", [1280, 375])
def test_no_page_of_a_risk_is_pushed_sideways(page_as, width):
    risk = a_risk_of_long_words()
    page = page_as("lead", width=width)
    register = f"/p/west-kent/risks/{risk.register.slug}/"
    wrong = []
    for address in (register, f"{register}?columns=why", f"{register}{risk.slug}/", f"{register}{risk.slug}/history"):
        page.goto(address)
        if page.evaluate(WIDE) > 0:
            wrong.append(f"{address}: {page.evaluate(STICKS_OUT)}")
        wrong += [f"{address}: the head {head!r} is broken into letters" for head in page.evaluate(HEADS)]
    assert not wrong, "\n".join(wrong)
