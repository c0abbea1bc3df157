"""A risk is linked to objectives and actions: by whom, to what, and who sees it where."""

import pytest
from peewee import IntegrityError
from playhouse.test_utils import count_queries

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.db import database as the_database
from strategy_tracker.errors import Conflict, Forbidden, Invalid
from strategy_tracker.history.models import Event
from strategy_tracker.plans.models import Objective
from strategy_tracker.reviews.risks.models import RiskLink
from strategy_tracker.reviews.risks.operations import link_risk, unlink_risk
from strategy_tracker.reviews.risks.page import risk_links, risks_about
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.risks import close_risk
from tests import builders
from tests.cast import CAST, person
from tests.risk_ties.making import a_risk_link
from tests.risks.making import a_register, a_risk, put_forward


def fresh(risk: Risk) -> Risk:
    return Risk.reach().query.where(Risk.id == risk.id).get()


def objective(number: str = "1") -> Objective:
    return builders.action(f"{number}.1").objective


def seen_on(action, who: str) -> list[str]:
    return [one.event for one in risks_about(person(who), action.id, action.objective_id)]


def test_a_link_shows_on_the_risk_and_on_what_it_leads_to(database):
    risk, action = a_risk(), builders.action("1.1")
    link_risk(person("officer"), risk, action)
    link_risk(person("officer"), risk, objective("2"))
    found = risk_links(person("officer"), risk)
    assert [(one.words, one.text) for one in found.links] == [
        ("Objective 2", "Find more homes"),
        ("Action 1.1", "Advise people before they lose their home"),
    ]
    assert found.links[1].address == f"/p/west-kent/plans/2010-11/actions/{action.id}"
    (about,) = risks_about(person("officer"), action.id, action.objective_id)
    assert (about.ref, about.event, about.score, about.is_of_objective) == ("1", risk.event, "12 High", False)
    (through,) = risks_about(person("officer"), builders.action("2.1").id, objective("2").id)
    assert through.is_of_objective


@pytest.mark.parametrize("who", [who for who in CAST if who not in ("officer", "lead")])
def test_a_private_risk_shows_on_no_page_of_an_action_to_others(database, who):
    action = builders.action("1.1")
    a_risk_link(a_risk(event="The canary is ill"), action)
    a_risk_link(a_risk(event="The canary is worse"), action.objective)
    assert seen_on(action, who) == []
    assert len(seen_on(action, "officer")) == 2


def test_shared_risks_show_to_all_and_raised_ones_to_those_who_are_told(database):
    action, shared, raised = builders.action("1.1"), a_risk(event="Shared", shared=True), a_risk(event="Raised")
    put_forward(raised)
    for risk in (shared, raised):
        a_risk_link(fresh(risk), action)
    assert seen_on(action, "other officer") == ["Shared"]
    assert seen_on(action, "coordinator") == ["Shared", "Raised"]
    refs = [one.ref for one in risks_about(person("steering member"), action.id, action.objective_id)]
    assert refs == ["S1", "E1"]
    told = risks_about(person("officer"), action.id, action.objective_id)
    assert [(one.ref, one.is_private) for one in told] == [("1", False), ("2", True)]


def test_a_closed_risk_leaves_the_page_of_the_action(database):
    risk, action = a_risk(), builders.action("1.1")
    a_risk_link(risk, action)
    close_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="Over")
    assert seen_on(action, "officer") == []


def test_who_may_not_write_the_risk_links_nothing(database):
    risk, action = a_risk(shared=True), builders.action("1.1")
    for who in ("other officer", "viewer", "steering member", "outsider"):
        with pytest.raises(Forbidden):
            link_risk(person(who), risk, action)
    with pytest.raises(Forbidden):
        link_risk(person("officer"), risk, builders.action("1.1", "2010-11", "east-fen"))
    with pytest.raises(Invalid, match="own partnership"):
        link_risk(OPERATOR, risk, builders.action("1.1", "2010-11", "east-fen"))
    assert not RiskLink.select().exists()


def test_a_link_to_a_draft_does_not_exist_for_who_may_not_read_the_draft(database):
    risk = a_risk(shared=True)
    a_risk_link(risk, builders.action("1.1", "2011-12"))
    assert len(risk_links(person("officer"), risk).links) == 1
    assert risk_links(person("viewer"), risk).links == ()


def test_what_is_removed_stands_again_and_history_keeps_both(database):
    risk, action = a_risk(), builders.action("1.1")
    link = link_risk(person("officer"), risk, action)
    with pytest.raises(Invalid, match="linked to this already"):
        link_risk(person("lead"), risk, action)
    unlink_risk(person("officer"), link, 1)
    assert risk_links(person("officer"), risk).links == ()
    with pytest.raises(Conflict):
        unlink_risk(person("lead"), link, 1)
    assert link_risk(person("lead"), risk, action).id == link.id
    verbs = [one.verb for one in Event.select().where(Event.subject_type == "Risk").order_by(Event.id)]
    assert [verb for verb in verbs if "link" in verb] == ["risk linked", "link of risk removed", "risk linked"]


def test_a_link_leads_to_exactly_one_thing(database):
    risk, action = a_risk(), builders.action("1.1")
    for columns in ({}, {"action": action, "objective": action.objective}):
        with pytest.raises(IntegrityError), the_database.atomic():
            RiskLink.create(risk=risk, slug="abcd", **columns)


def test_a_closed_risk_is_not_linked_any_more(database):
    risk = a_risk()
    link = a_risk_link(risk)
    close_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="Over")
    with pytest.raises(Forbidden):
        link_risk(person("officer"), fresh(risk), builders.action("1.2"))
    with pytest.raises(Forbidden):
        unlink_risk(person("officer"), RiskLink.reach().query.where(RiskLink.id == link.id).get(), 1)


def test_many_links_cost_no_query(database):
    register, action, counts = a_register(), builders.action("1.1"), []
    for more in (1, 12):
        for _ in range(more):
            a_risk_link(a_risk(register, shared=True), action)
        with count_queries() as counter:
            risks_about(person("other officer"), action.id, action.objective_id)
        counts.append(counter.count)
    assert counts[0] == counts[1] <= 6
