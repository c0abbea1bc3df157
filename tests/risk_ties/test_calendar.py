"""Reviews of risks in a person's own calendar: of those that are hers, and without a word of them."""

import datetime as dt

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.risks import close_risk
from tests.calendars.feeds import fetched, of_title, token_of
from tests.risks.making import a_register, a_risk


def test_the_next_review_is_a_day_in_the_calendar_without_the_risks_words(app):
    risk = a_risk(a_register(review_months=1), "The canary is ill")
    token = token_of("officer")
    event = of_title(fetched(app, token), "Review risk 1: Operational risks of tmbc")
    assert event["dtstart"].dt == dt.date(2010, 8, 1)
    assert str(event["url"]).endswith(f"/p/west-kent/risks/tmbc-risks/{risk.slug}/")
    assert event["categories"].cats == ["Risk", "Overdue"]
    assert b"canary" not in app.test_client().get(f"/calendars/{token}.ics").data


def test_others_have_none_and_a_closed_risk_goes(app):
    risk = a_risk(shared=True)
    for who in ("other officer", "coordinator", "viewer"):
        assert not any("risk" in uid for uid in fetched(app, token_of(who)))
    token = token_of("officer")
    assert any("risk" in uid for uid in fetched(app, token))
    found = Risk.reach().query.where(Risk.id == risk.id).get()
    close_risk(OPERATOR, found, found.version, reason="Over")
    assert not any("risk" in uid for uid in fetched(app, token))
