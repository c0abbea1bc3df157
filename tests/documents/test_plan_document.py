"""The plan document as it comes out of the database."""

import datetime as dt

import pytest
from peewee import Database
from playhouse.test_utils import count_queries

from strategy_tracker.authorities.models import Authority
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import sections
from strategy_tracker.plans.document import PlanDocument, Progress
from strategy_tracker.plans.models import Abbreviation, Action, Objective, Plan
from strategy_tracker.plans.rules import Precision, Status, Timescale
from strategy_tracker.plans.versions.view import view_of
from tests.builders import a_note, a_plan, agree, an_action, an_objective
from tests.cast import authority, partnership

END = dt.date(2011, 6, 30)
MANAGER = Owner(OwnerKind.POST, "Housing Needs Manager")
SIGNED = [("Signed", Timescale.by(dt.date(2010, 12, 31), Precision.MONTH))]


@pytest.fixture
def plan(database: Database) -> Plan:
    made = a_plan("document", title="Homelessness action plan", strategy="Towards 2010", as_at=END, agreed=False)
    for short, meaning in (("RSL", "Registered social landlord"), ("LA", "Local authority"), ("XYZ", "Not used")):
        Abbreviation.get_or_create(partnership=partnership(), short=short, defaults={"meaning": meaning})
    aim = an_objective(made, "Fewer evictions", lead="tmbc")
    an_objective(made, "Nothing in it yet")
    an_action(aim, "Sign a protocol with each RSL", of=("sdc", "tmbc"), lead="tmbc", owner=MANAGER, outcomes=SIGNED)
    an_action(aim, "Visit LAs", of=("tmbc",))
    return agree(made)


@pytest.fixture
def action(plan: Plan) -> Action:
    return Action.get(Action.text == "Sign a protocol with each RSL")


def plan_document(plan: Plan, as_at: dt.date | None = None, authority: Authority | None = None) -> PlanDocument:
    return sections.plan_document(view_of(plan, as_at), authority)


def progress(plan: Plan, as_at: dt.date | None = None) -> tuple[Progress, ...]:
    return plan_document(plan, as_at).objectives[0].actions[0].outcomes[0].progress


def test_it_says_which_plan_it_is(plan: Plan) -> None:
    document = plan_document(plan)
    assert (document.partnership, document.strategy, document.title) == (
        "West Kent",
        "Towards 2010",
        "Homelessness action plan",
    )
    assert (document.period, document.as_at) == ("July 2010 to June 2011", "30 June 2011")
    assert (document.edition, document.is_draft) == ("Version 1, agreed 15 July 2010", False)
    assert document.authorities == (
        ("SDC", "Sevenoaks District Council"),
        ("TMBC", "Tonbridge and Malling Borough Council"),
    )


def test_a_draft_says_so(plan: Plan) -> None:
    plan.state = "draft"
    assert (plan_document(plan).edition, plan_document(plan).state) == ("Version 1, draft", "Draft")


def test_each_authority_says_its_part_in_words(plan: Plan, action: Action) -> None:
    a_note(action, "sdc", Status.ACHIEVED, "Both signed", as_at=END)
    a_note(action, "tmbc", None, "One has signed", as_at=dt.date(2011, 3, 31))
    sdc, tmbc = progress(plan)
    assert (sdc.authority, sdc.status, sdc.text, sdc.as_at) == ("SDC", "achieved", "Both signed", "")
    assert (tmbc.status, tmbc.as_at) == ("status not given", "31 March 2011")
    assert plan_document(plan).objectives[0].actions[0].owner == "TMBC, Housing Needs Manager"


def test_the_note_of_the_date_asked_for_is_shown(plan: Plan, action: Action) -> None:
    a_note(action, "sdc", Status.AT_RISK, as_at=dt.date(2011, 3, 31))
    a_note(action, "sdc", Status.ACHIEVED, as_at=END)
    dates = (dt.date(2010, 12, 31), dt.date(2011, 4, 30), END)
    assert [progress(plan, as_at)[0].status for as_at in dates] == ["not reported", "at risk", "achieved"]


def test_a_date_is_overdue_while_one_authority_is_not_done(plan: Plan, action: Action) -> None:
    def overdue() -> str:
        return plan_document(plan).objectives[0].actions[0].outcomes[0].overdue

    assert overdue() == "Overdue by 6 months"
    a_note(action, "sdc", Status.ACHIEVED)
    assert overdue() == "Overdue by 6 months"
    a_note(action, "tmbc", Status.CARRIED_FORWARD, reason="Goes on next year")
    assert overdue() == ""


def test_the_overview_counts_shares_and_shows_the_worst(plan: Plan, action: Action) -> None:
    a_note(action, "tmbc", Status.ACHIEVED)
    document = plan_document(plan)
    words = [standing.words for standing in document.objectives[0].standings if standing]
    assert words == ["Not reported", "Not reported, 1\u00a0of\u00a02"]
    assert document.objectives[1].standings == (None, None)
    assert document.counts == "2 objectives, 2 actions, 2 outcomes. 3 shares: 1 achieved, 2 not reported."


def test_an_extract_has_one_authority_and_its_actions(plan: Plan) -> None:
    document = plan_document(plan, authority=authority("sdc"))
    assert document.extract_of == "Sevenoaks District Council (SDC)"
    assert [[action.number for action in each.actions] for each in document.objectives] == [["1.1"]]
    assert [short for short, _ in document.authorities] == ["SDC"]


def test_only_abbreviations_in_use_are_listed(plan: Plan) -> None:
    assert [short for short, _ in plan_document(plan).abbreviations if short in ("LA", "RSL", "XYZ")] == ["LA", "RSL"]


def test_a_longer_plan_asks_no_more_questions(plan: Plan) -> None:
    with count_queries() as short:
        plan_document(plan)
    for _ in range(10):
        an_action(Objective.get(Objective.title == "Nothing in it yet"), outcomes=SIGNED)
    with count_queries() as long:
        plan_document(plan)
    assert long.count == short.count
