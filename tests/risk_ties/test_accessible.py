"""What ties risks to the rest in Chromium: no rule of WCAG 2.2 A or AA broken, and nothing too wide on a phone."""

import datetime as dt

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.rules import ResponseKind
from tests import builders
from tests.pages.test_accessible import UNBROKEN, of_status
from tests.risk_ties.making import a_risk_link, about, address_of
from tests.risks.making import a_register, a_risk


def test_every_page_on_which_risks_are_tied(app, page_as):
    register, action = a_register(), builders.action("1.1")
    risk = a_risk(register, f"See {UNBROKEN}")
    Risk.update(review_due_on=dt.date(2011, 3, 31)).execute()
    add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text=UNBROKEN, due_on=dt.date(2011, 3, 1))
    link = a_risk_link(risk, action)
    a_risk_link(a_risk(register, "Not scored", score=None), action.objective)
    about(register, builders.plan())
    base, page = address_of(risk), page_as("lead")
    addresses = (
        "/",
        "/p/west-kent/plans/2010-11/",
        f"/p/west-kent/plans/2010-11/actions/{action.id}",
        "/p/west-kent/risks/tmbc-risks/",
        "/p/west-kent/risks/tmbc-risks/plan",
        f"{base}links/add",
        f"{base}links/add?words=zebra",
        f"{base}links/{link.slug}/removal",
    )
    wrong = [fault for address in addresses for fault in of_status(page, address, 200)]
    assert not wrong, "\n".join(wrong)


def test_one_key_reviews_a_risk(app, page_as):
    risk = a_risk(a_register(as_at=dt.date(2011, 3, 31)))
    page = page_as("officer")
    page.goto("/")
    page.get_by_role("button", name="Reviewed, still valid").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Risk 1 is reviewed: its score still stands.").wait_for()
    assert Risk.get_by_id(risk.id).reviewed_on == dt.date(2011, 3, 31)
    assert not page.get_by_role("heading", name="Risks to review").count()
