"""The plan's page: whose line comes first, what a filter leaves, what is counted, and that size costs no query."""

import datetime as dt

import pytest
from flask import Flask
from playhouse.test_utils import count_queries

from strategy_tracker import db
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans import operations
from strategy_tracker.plans.filters import Filter
from strategy_tracker.plans.pages import effective_date, plan_page
from strategy_tracker.plans.rules import Status, Timescale, TimescaleKind
from strategy_tracker.plans.versions.view import View
from tests import builders
from tests.cast import person
from tests.html_check import words

PLAN = "/p/west-kent/plans/2010-11/"
ON = dt.date(2011, 6, 30)


def page_for(who="officer", plan="2010-11", as_at=ON, **wanted):
    row = builders.plan(plan)
    return plan_page(View(row, as_at), person(who), Filter(**wanted), {})


def lines(page, number="1.1"):
    return next(action.lines for heading in page.headings for action in heading.part.actions if action.number == number)


def numbers(page):
    return [action.number for heading in page.headings for action in heading.part.actions]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("who", "first"), [("officer", "TMBC"), ("other officer", "SDC"), ("coordinator", "SDC")])
def test_a_readers_own_authority_comes_first_and_a_coordinator_has_the_partners_order(who, first):
    assert lines(page_for(who))[0].authority == first


@pytest.mark.usefixtures("database")
def test_yours_lists_what_needs_a_look_and_is_absent_for_who_reports_for_nobody():
    yours = page_for("officer").yours
    assert [(mine.number, mine.is_overdue) for mine in yours.listed] == [("1.1", True), ("1.2", False)]
    assert yours.listed[1].status == "partly reported"
    assert (yours.total, yours.missing, yours.is_personal) == (2, 1, False)
    assert page_for("coordinator").yours is None
    assert page_for("viewer").yours is None


@pytest.mark.usefixtures("database")
def test_yours_are_her_own_by_name_where_shares_name_her():
    share = builders.share(builders.action("1.2"), "tmbc")
    operations.edit_share(person("lead"), share, share.version, Owner(OwnerKind.PERSON, "olive officer"))
    yours = page_for("officer").yours
    assert [mine.number for mine in yours.listed] == ["1.2"]
    assert yours.is_personal


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["1.1", "1.2", "2.1"]),
        ({"authority": "tmbc"}, ["1.1", "1.2"]),
        ({"status": "attention"}, ["1.1"]),
        ({"status": "off-track", "authority": "tmbc"}, []),
        ({"not_reported": True}, ["1.1", "2.1"]),
        ({"not_reported": True, "authority": "tmbc"}, []),
        ({"overdue": True}, ["1.1"]),
        ({"mine": True}, ["1.1", "1.2"]),
        ({"objective": "2"}, ["2.1"]),
        ({"q": "VACANT post"}, ["1.1"]),
        ({"q": "more homes"}, ["2.1"]),
        ({"q": "nowhere"}, []),
    ],
)
def test_a_filter_keeps_the_actions_with_a_share_that_meets_every_condition(wanted, found):
    page = page_for("officer", **wanted)
    assert numbers(page) == found
    assert (page.shown, page.total) == (len(found), 3)


@pytest.mark.usefixtures("database")
def test_an_authority_filter_leaves_that_authoritys_lines_alone():
    assert [line.authority for line in lines(page_for("officer", authority="sdc"))] == ["SDC"]


@pytest.mark.usefixtures("database")
def test_counts_are_of_shares_and_not_reported_is_none_of_the_others():
    counts = page_for("coordinator").all_counts.counts
    assert counts == {"ongoing": 1, "off track": 1, "achieved": 1, "not reported": 3, "overdue": 3}
    assert page_for("coordinator").all_counts.total == 6


@pytest.mark.usefixtures("database")
def test_the_page_stands_as_at_the_asked_date_then_the_plans_own():
    before = {line.authority: line.status for line in lines(page_for(as_at=dt.date(2011, 6, 29)))}
    assert set(before.values()) == {"not reported"}
    row = builders.plan("2010-11")
    row.as_at = dt.date(2011, 3, 31)
    assert effective_date(row, None) == dt.date(2011, 3, 31)
    assert effective_date(row, ON) == ON


@pytest.mark.usefixtures("database")
def test_a_removed_part_is_neither_shown_nor_counted():
    action = builders.action("1.1")
    operations.remove(person("coordinator"), action, action.version, change=builders.WHY)
    page = page_for("coordinator")
    assert numbers(page) == ["1.2", "2.1"]
    assert page.all_counts.total == 3


def test_a_filter_stays_in_the_address_and_each_of_its_tags_takes_one_condition_away(visitor_as):
    officer = visitor_as("officer")
    answer = officer.send(officer.get(PLAN), {"authority": "sdc", "not_reported": "1"}, button="Apply filter")
    assert "authority=sdc" in answer.address
    assert "1 of 3 actions" in answer.words
    tags = {words(link): link.attrib["href"] for link in answer.all("a") if "Remove filter" in words(link)}
    assert tags == {
        "Remove filter Authority: SDC ✕": f"{PLAN}?not_reported=1",
        "Remove filter Not reported ✕": f"{PLAN}?authority=sdc",
    }
    assert "Clear all filters" in officer.get(f"{PLAN}?q=nowhere").words


@pytest.mark.parametrize(
    "query", ["?status=nonsense&overdue=maybe", "?as_at=2011-02-31", "?as_at=0001-01-01", "?q=%00&authority=%27"]
)
def test_a_query_that_says_nothing_is_no_error(visitor_as, query):
    visitor_as("officer").get(PLAN + query)


def test_every_status_is_shown_in_words_with_its_mark(visitor_as):
    answer = visitor_as("officer").get(PLAN)
    article = next(each for each in answer.all("article", class_="act") if "Advise people" in words(each))
    assert [words(each) for each in article.iter("dd") if each.find("span") is not None] == [
        "Ongoing Overdue",
        "Off track Overdue",
        "Not reported Overdue",
    ]


HOSTILE = "<script>alert('&')</script>\n• <img src=x onerror=alert(1)>\n\"quoted\""


def test_what_people_type_never_becomes_markup(visitor_as):
    coordinator = person_in_the_plan_types(HOSTILE)
    for who, address in (("officer", PLAN), ("officer", f"{PLAN}?notes=whole"), ("officer", coordinator)):
        answer = visitor_as(who).get(address)
        assert not answer.all("script")
        assert not [each for each in answer.all("img") if each.attrib.get("src") == "x"]
        assert "alert('&')" in answer.words


def person_in_the_plan_types(text):
    """Puts the text into every field of the plan that holds words; returns the address of its action."""
    plan, coordinator = builders.plan(), person("coordinator")
    objective = operations.add_objective(coordinator, plan, title=text, number="<b>9</b>", change=builders.WHY)
    action = builders.an_action(
        objective,
        text,
        of=["tmbc"],
        outcomes=[(text, Timescale.by(ON)), ("", Timescale(TimescaleKind.CONDITION, words="<i>"))],
    )
    share = builders.share(action, "tmbc")
    operations.edit_share(coordinator, share, share.version, Owner(OwnerKind.TEAM, "<u>Team</u>"))
    builders.a_note(action, "tmbc", Status.DEFERRED, text, reason=text)
    return f"{PLAN}actions/{action.id}"


def queries_for(app: Flask, visitor, address: str) -> int:
    with count_queries() as counter:
        visitor.get(address)
    return counter.count


@pytest.mark.parametrize("address", [PLAN, "/p/west-kent/", "/"])
def test_a_page_needs_as_many_queries_for_three_actions_as_for_forty(app, visitor_as, address):
    officer = visitor_as("officer", check=False)
    officer.get(address)
    few = queries_for(app, officer, address)
    db.database.connect(reuse_if_open=True)
    objective = builders.an_objective(builders.plan(), "Many")
    for number in range(40):
        builders.a_note(builders.an_action(objective, f"Action {number}"), "tmbc")
    assert queries_for(app, officer, address) == few
    assert few < 20


def test_each_role_finds_on_its_front_page_what_it_may_go_to(visitor_as):
    def links(who):
        page = visitor_as(who).get("/")
        return [words(link) for link in page.root.find(".//main").iter("a")]

    assert links("administrator") == ["East Fen", "West Kent"]
    assert links("coordinator")[0] == "West Kent"
    assert links("provider") == []
    assert "Action plan 2010-11" in links("officer")


def test_a_reader_is_led_only_to_pages_that_open(visitor_as):
    for who in ("administrator", "officer", "viewer", "partnership viewer", "coordinator"):
        visitor = visitor_as(who, check=False)
        start = visitor.get("/p/west-kent/people/" if who == "administrator" else PLAN)
        for address in {link.attrib["href"].split("#")[0] for link in start.all("a") if "href" in link.attrib}:
            if address and not address.endswith((".pdf", ".json", ".xlsx", ".ods", ".csv", ".docx")):
                visitor.get(address)


def test_authorities_can_be_compared_and_a_filter_stays_on_the_way(visitor_as):
    officer = visitor_as("officer")
    page = officer.get(f"{PLAN}?authority=sdc")
    link = next(each for each in page.all("a") if words(each) == "Compare authorities")
    compared = officer.get(link.attrib["href"])
    assert compared.address == f"{PLAN}?view=compare&authority=sdc"
    assert [words(each) for each in compared.all("th", scope="col")][4:] == ["Action", "Due", "SDC"]
    whole = officer.get(f"{PLAN}?view=compare")
    rows = [[words(cell) for cell in row.iter("td")] for row in whole.all("tr") if row.find("td") is not None]
    assert rows == [
        ["1 never reported by SDC", "2", "30 Jun 2011"],
        ["0", "2", "30 Jun 2011"],
        ["2 never reported by TWBC", "2", "None"],
        ["30 July 2010", "Ongoing Overdue 30 Jun 2011", "Off track Overdue 30 Jun 2011", "Not reported Overdue"],
        ["", "Achieved 30 Jun 2011", "–takes no part", "–takes no part"],
        ["", "–takes no part", "Not reported", "Not reported"],
    ]
    by_objective = officer.get(next(a.attrib["href"] for a in whole.all("a") if "by=objectives" in a.attrib["href"]))
    rows = [[words(cell) for cell in row.iter("td")] for row in by_objective.all("tr") if row.find("td") is not None]
    assert rows[3:] == [
        [
            "Off track 2 of 4, 1 not reported",
            "Off track 1 of 2, last 30 Jun 2011",
            "Off track 1 of 1, last 30 Jun 2011",
            "Not reported 1 of 1",
        ],
        ["Not reported 2 of 2", "–takes no part", "Not reported 1 of 1", "Not reported 1 of 1"],
    ]
