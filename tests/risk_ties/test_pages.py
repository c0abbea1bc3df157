"""The pages that tie risks to plans, without a browser."""

import datetime as dt

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker import db
from strategy_tracker.plans.models import Plan
from strategy_tracker.reviews.risks.models import RegisterPlan, RiskLink
from strategy_tracker.risks.models import Register, Risk
from tests import builders
from tests.cast import CAST, PASSWORD
from tests.risk_ties.making import a_risk_link, about, address_of
from tests.risks.making import a_register, a_risk

PLAN = "/p/west-kent/plans/2010-11/"


@pytest.fixture
def risk(database) -> Risk:
    return a_risk()


def options(page, name: str) -> list[str]:
    (found,) = page.all("select", name=name)
    return [(one.text or "").strip() for one in found.iter("option")]


def value_of(page, name: str, words: str) -> str:
    (found,) = page.all("select", name=name)
    return next(one.attrib["value"] for one in found.iter("option") if words in (one.text or ""))


def test_a_plan_is_chosen_and_its_list_is_searched_without_a_script(risk, visitor_as):
    officer = visitor_as("officer")
    page = officer.get(f"{address_of(risk)}links/add?plan=2010-11")
    assert options(page, "what") == [
        "Select",
        "Objective 1 Prevent homelessness",
        "1.1 Advise people before they lose their home",
        "1.2 Keep a fund for small loans",
        "Objective 2 Find more homes",
        "2.1 Bring empty homes back into use",
    ]
    assert len(options(page, "plan")) == 2
    found = officer.send(page, {"words": "SMALL loans"}, button="Show")
    assert options(found, "what") == ["Select", "1.2 Keep a fund for small loans"]
    assert "1 matches “SMALL loans”" in found.words
    nothing = officer.send(page, {"words": "zebra"}, button="Show")
    assert "Nothing in this plan matches “zebra”." in nothing.words
    other = officer.send(found, {"plan": "2011-12", "words": ""}, button="Show")
    assert "1.1 Write a protocol with the county" in options(other, "what")


def test_a_risk_is_linked_once_and_shown_where_it_may_be_read(risk, visitor_as):
    officer, action = visitor_as("officer"), builders.action("1.2")
    page = officer.get(f"{address_of(risk)}links/add?plan=2010-11")
    refused = officer.send(page, button="Link")
    assert refused.errors == ["Select an objective or an action"]
    chosen = {"what": value_of(page, "what", "1.2")}
    for _ in range(2):
        answer = officer.send(page, chosen, button="Link", follow=False, status=302)
        assert answer.headers["Location"] == f"{address_of(risk)}#links"
    assert RiskLink.select().count() == 1
    again = officer.send(officer.get(f"{address_of(risk)}links/add?plan=2010-11"), chosen, button="Link")
    assert again.errors == ["The risk is linked to this already"]
    shown = officer.get(f"{PLAN}actions/{action.id}")
    assert f"1 {risk.event}" in shown.words
    assert "12 High Operational risks of tmbc" in shown.words


@pytest.mark.parametrize("who", ["other officer", "viewer", "coordinator", "steering member"])
def test_no_word_of_a_private_risk_stands_on_the_page_of_its_action(database, who, visitor_as):
    risk, action = a_risk(event="The canary is ill"), builders.action("1.1")
    a_risk_link(risk, action)
    page = visitor_as(who).get(f"{PLAN}actions/{action.id}")
    assert "canary" not in page.html and risk.slug not in page.html
    assert not [one for one in page.all("h2") if one.text == "Risks"]


def test_what_was_chosen_comes_back_after_a_session_that_ended(risk, visitor_as):
    officer = visitor_as("officer")
    page = officer.get(f"{address_of(risk)}links/add?plan=2011-12")
    chosen = value_of(page, "what", "1.1")
    officer.send(officer.get("/"), action="/sign-out")
    signing_in = officer.send(page, {"what": chosen}, button="Link")
    back = officer.send(signing_in, {"email": CAST["officer"].email, "password": PASSWORD})
    assert [one.text for one in back.all("option", selected="") if one.attrib["value"] == chosen]
    officer.send(back, button="Link", follow=False, status=302)
    assert RiskLink.get().action_id == builders.action("1.1", "2011-12").id


def test_a_link_is_removed_after_being_asked_once_more(risk, visitor_as):
    link = a_risk_link(risk)
    officer = visitor_as("officer")
    page = officer.get(f"{address_of(risk)}links/{link.slug}/removal")
    assert "Action 1.1: Advise people before they lose their home" in page.words
    officer.send(page, follow=False, status=302)
    assert RiskLink.get_by_id(link.id).removed_at is not None
    officer.get(f"{address_of(risk)}links/{link.slug}/removal", status=404)


def test_a_link_stands_at_its_own_risk_alone(risk, visitor_as):
    link = a_risk_link(a_risk(event="Another"))
    visitor_as("officer").get(f"{address_of(risk)}links/{link.slug}/removal", status=404)


def test_a_register_says_which_plan_it_is_about_and_the_plan_leads_to_it(database, visitor_as):
    register, lead = a_register(), visitor_as("lead")
    page = lead.get("/p/west-kent/risks/tmbc-risks/")
    assert "Choose its plan" in page.words
    form = lead.get("/p/west-kent/risks/tmbc-risks/plan")
    saved = lead.send(form, {"plan": "2010-11"})
    assert "About the plan Action plan 2010-11, July 2010 to June 2011." in saved.words
    links = [one.attrib["href"] for one in lead.get(PLAN).all("a") if one.text == "Risks"]
    assert links == ["/p/west-kent/risks/", "/p/west-kent/risks/tmbc-risks/"]
    lead.send(lead.get("/p/west-kent/risks/tmbc-risks/plan"), {"plan": ""})
    assert RegisterPlan.get(RegisterPlan.register == register).plan_id is None
    assert "About the plan" not in visitor_as("other officer").get("/p/west-kent/risks/tmbc-risks/").words


def test_a_draft_shows_to_nobody_who_may_not_read_it(database, visitor_as):
    about(a_register(), Plan.get(Plan.slug == "2011-12"))
    assert "About the plan" in visitor_as("officer").get("/p/west-kent/risks/tmbc-risks/").words
    assert "Action plan 2011-12" not in visitor_as("viewer").get("/p/west-kent/risks/tmbc-risks/").words


def test_two_who_say_it_at_once_see_both(database, visitor_as):
    a_register()
    lead = visitor_as("lead")
    form = lead.get("/p/west-kent/risks/tmbc-risks/plan")
    about(Register.get(), Plan.get(Plan.slug == "2011-12"))
    both = lead.send(form, {"plan": "2010-11"}, status=409)
    assert "Action plan 2011-12" in both.words and "Action plan 2010-11" in both.words


def test_registers_cost_the_page_of_a_plan_one_query(database, app, visitor_as):
    officer, counts = visitor_as("officer", check=False), []
    officer.get(PLAN)
    for number in range(0, 6, 5):
        db.database.connect(reuse_if_open=True)
        for each in range(number):
            about(a_register("tmbc", f"tmbc-{each}", as_at=dt.date(2011, 6, 30)), builders.plan())
        with count_queries() as counter:
            officer.get(PLAN)
        counts.append(counter.count)
    assert counts[0] == counts[1]
