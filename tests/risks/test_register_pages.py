"""The page of a register and that of all registers, as everybody reads them."""

import datetime as dt
from dataclasses import replace

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.escalations import accept_escalation, decline_escalation
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.operations.risks import close_risk
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.rules import ResponseKind
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.schemes.rules import Axis, product_cells
from tests.cast import person
from tests.html_check import words
from tests.quarters.making import the_quarters
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five, four_by_six, put_forward

ALL = "/p/west-kent/risks/"
REGISTER = f"{ALL}tmbc-risks/"


@pytest.fixture
def lead(visitor_as):
    return visitor_as("lead")


def table(page, of: str):
    """The table whose caption begins with these words."""
    return next(one for one in page.all("table") if words(next(one.iter("caption"))).startswith(of))


def numbers(page) -> list[str]:
    """The numbers of the risks in the register's table, in their order."""
    return [
        words(row.find("th")).removeprefix("Risk ") for row in page.all("tr") if row.attrib.get("id", "")[:1] == "r"
    ]


def hrefs(element) -> list[str]:
    return [link.attrib["href"] for link in element.iter("a")]


def seven() -> Register:
    """Two of the worst, one that is late, one without a score, one shared; as at the last day of 2010."""
    register = a_register(as_at=dt.date(2010, 12, 31), review_months=3)
    owner = Owner(OwnerKind.POST, "Housing Manager")
    risks = [
        a_risk(register, "Money runs out", score=(2, 2), category="Money", owner=owner, opened_on=dt.date(2010, 7, 5)),
        a_risk(register, "Staff leave", score=(0, 0), owner=owner, opened_on=dt.date(2010, 12, 1)),
        a_risk(register, "The roof falls in", score=(2, 3), category="Safety", shared=True),
        a_risk(register, "Nobody knows", score=None, opened_on=dt.date(2010, 12, 1)),
    ]
    a_score(risks[0], 2, 3, on=dt.date(2010, 11, 5))
    review_risk(OPERATOR, fresh(risks[2]), fresh(risks[2]).version, reviewed_on=dt.date(2010, 8, 1))
    return register


def fresh(risk: Risk) -> Risk:
    return Risk.get_by_id(risk.id)


def test_the_register_shows_its_risks_the_worst_first(lead):
    seven()
    the_quarters()
    page = lead.get(REGISTER)
    assert numbers(page) == ["1", "3", "2", "4"]
    assert "Scheme: impact 1 to 4 by likelihood 1 to 6, version 1. Reviewed every three months" in page.words
    assert "As at 31 December 2010" in page.words
    rows = [words(row) for row in page.all("tr") if "id" in row.attrib]
    assert "12 High" in rows[0]
    assert "impact 3 Critical, likelihood 4 Significant ▲ up from 9 Above tolerance" in rows[0]
    assert "Shared" in rows[1]
    assert "Review overdue" in rows[1]
    assert "Private" in rows[2]
    assert "Not scored yet" in rows[3]
    assert words(next(table(page, "Four risks").iter("caption"))) == "Four risks highest score first"
    for ending in ("pdf", "ods", "xlsx", "csv", "json"):
        assert f"{REGISTER[:-1]}.{ending}" in hrefs(page.root)


def test_the_map_has_a_link_for_each_number_and_each_count_and_says_the_same_in_words(lead):
    seven()
    the_quarters()
    page = lead.get(REGISTER)
    heat = table(page, "Heat map")
    counts = {link.attrib["href"]: words(link) for link in heat.iter("a") if "cell=" in link.attrib["href"]}
    assert counts[f"{REGISTER}?cell=1-1"].startswith("1 risk at impact 1 Negligible, likelihood 1 Almost impossible")
    assert counts[f"{REGISTER}?cell=3-4"].startswith("2 risks at impact 3 Critical, likelihood 4 Significant")
    assert {"#r1", "#r2", "#r3", f"{REGISTER}?cell=3-4", f"{REGISTER}?cell=1-1"} == set(hrefs(heat))
    assert [link.attrib["aria-label"] for link in heat.iter("a") if link.attrib["href"] == "#r1"] == [
        "risk 1, up from 9"
    ]
    assert "Two risks are high (1 and 3), one is low (2), none is very high, none is medium." in page.words
    assert "Since September 2010: risk 1 went up; risk 2 is new." in page.words
    cell = lead.get(f"{REGISTER}?cell=3-4")
    assert numbers(cell) == ["1", "3"]
    assert "Impact 3 Critical, likelihood 4 Significant" in cell.words
    assert f"{REGISTER}#r2" in hrefs(table(cell, "Heat map"))


def test_what_is_to_do_names_its_risks(lead):
    register = seven()
    edit_scheme_of(register)
    page = lead.get(REGISTER)
    todo = [words(line) for line in page.all("ul", class_="todo")[0].iter("li")]
    assert todo == [
        "1 review overdue, due 1 November 2010: risk 3",
        "2 risks without an owner: risk 3, risk 4",
        "2 above tolerance and accepted by nobody: risk 1, risk 3",
        "1 not scored yet, so not on the map: risk 4",
        "3 scored under four by six, version 1, so not on the map: risk 1, risk 2, risk 3",
    ]
    assert (
        "No risk has a score on this map. 3 are scored under four by six, version 1, and not on the map (1, 2 and 3)."
        in page.words
    )


def test_a_score_under_an_older_version_is_told_from_the_same_score_under_the_new_one(lead):
    register = seven()
    edit_scheme_of(register)
    a_score(fresh(Risk.get(Risk.number == 1)), 2, 3)
    page = lead.get(REGISTER)
    rows = {row.attrib["id"]: words(row) for row in page.all("tr") if "id" in row.attrib}
    assert "12 Very high" in rows["r1"]
    assert "12 High" in rows["r3"]
    assert "version" not in rows["r1"]
    assert "under four by six, version 1" in rows["r3"]
    assert "On this map, one risk is very high (1), none is high" in page.words
    assert "2 more are scored under four by six, version 1, and not on the map (2 and 3)." in page.words


def test_a_score_under_another_scheme_names_that_scheme(lead):
    register = seven()
    Register.update(scheme=a_scheme("five", five_by_five())).where(Register.id == register.id).execute()
    page = lead.get(REGISTER)
    rows = {row.attrib["id"]: words(row) for row in page.all("tr") if "id" in row.attrib}
    assert "12 High impact 3 Critical, likelihood 4 Significant" in rows["r3"]
    assert "under four by six, version 1" in rows["r3"]
    assert "3 scored under four by six, version 1, so not on the map: risk 1, risk 2, risk 3" in page.words
    mapping = lead.get(f"{ALL}schemes/five/mapping?from=four-by-six:1")
    assert "Risks that still stand under four by six, version 1" in mapping.words
    assert "under five, version 1." in mapping.words


def test_opportunities_are_marked_on_the_map_and_counted_apart(visitor_as):
    register = a_register()
    a_risk(register, "Money runs out")
    a_risk(register, "Money comes in", is_opportunity=True)
    page = visitor_as("lead").get(REGISTER)
    assert "One risk is high (1), none is very high, none is medium, none is low. Counted apart: 2 (opportunity)" in (
        page.words
    )
    (mark,) = [link for link in page.all("a") if link.attrib.get("aria-label", "").startswith("risk 2 (opportunity)")]
    assert words(mark) == "2◇"
    tones = [words(one) for one in visitor_as("lead").get(ALL).all("ul", class_="tones")[0].iter("li")]
    assert tones == ["1 high", "1 opportunity"]


def test_a_response_whose_day_has_passed_is_marked_in_the_table_and_to_do(lead):
    register = seven()
    risk = fresh(Risk.get(Risk.number == 2))
    for text, day in (("Pay more", dt.date(2010, 12, 30)), ("Hire", dt.date(2010, 12, 31))):
        add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text=text, due_on=day)
    page = lead.get(REGISTER)
    assert "Treat: Pay more Overdue, by 30 December 2010" in page.words
    assert page.words.count("Overdue, by") == 1
    assert "1 with a response overdue: risk 2" in page.words
    assert numbers(lead.get(f"{REGISTER}?late=1")) == ["2"]
    assert register.title in page.words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("band=High", ["1", "3"]),
        ("band=Purple", ["1", "3", "2", "4"]),
        ("category=Money", ["1"]),
        ("owner=Housing+Manager", ["1", "2"]),
        ("owner=-", ["3", "4"]),
        ("owner=Somebody+else", ["1", "3", "2", "4"]),
        ("overdue=1", ["3"]),
        ("above=1&category=Safety", ["3"]),
        ("unscored=1", ["4"]),
        ("mine=1", []),
        ("cell=9-9", ["1", "3", "2", "4"]),
        ("cell=99999999-1", ["1", "3", "2", "4"]),
        ("cell=1-1&mine=0", ["2"]),
        ("sort=number", ["1", "2", "3", "4"]),
        ("sort=owner", ["1", "2", "3", "4"]),
        ("sort=review", ["3", "1", "2", "4"]),
        ("sort=movement", ["1", "2", "3", "4"]),
        ("sort=__class__", ["1", "3", "2", "4"]),
        ("state=closed", []),
        ("state=closed&band=High", []),
    ],
)
def test_filter_and_order(lead, query, found):
    seven()
    the_quarters()
    risk = Risk.get(Risk.number == 1)
    review_risk(OPERATOR, risk, risk.version, reviewed_on=dt.date(2010, 12, 1))
    assert numbers(lead.get(f"{REGISTER}?{query}")) == found


def test_columns_are_chosen_from_a_list(lead):
    seven()
    page = lead.get(f"{REGISTER}?col=category&col=proximity&col=event_sequence&sort=number")
    heads = [words(head) for head in table(page, "Four risks").find("thead").iter("th")]
    assert heads == ["Number", "Risk", "Category", "Proximity"]
    chosen = lead.send(page, {"band": "High"}, action=REGISTER)
    assert numbers(chosen) == ["1", "3"]
    assert [words(head) for head in table(chosen, "2 of 4").find("thead").iter("th")] == heads
    assert f"{REGISTER}?sort=number&col=category&col=proximity" in hrefs(chosen.root)


def test_who_names_a_person_as_owner_finds_it_under_mine(lead):
    register = seven()
    a_risk(register, "Leo falls ill", owner=Owner(OwnerKind.PERSON, "leo lead"))
    assert numbers(lead.get(f"{REGISTER}?mine=1")) == ["5"]


def test_a_closed_risk_leaves_the_page_and_stands_under_closed(lead):
    register = seven()
    close_risk(OPERATOR, Risk.get(Risk.number == 3), Risk.get(Risk.number == 3).version, reason="The roof is new")
    page = lead.get(REGISTER)
    assert numbers(page) == ["1", "2", "4"]
    assert "The roof" not in page.words
    closed = lead.get(next(one for one in hrefs(page.root) if "state=closed" in one))
    assert numbers(closed) == ["3"]
    assert "The roof is new" in closed.words
    assert "One closed risk" in closed.words
    assert register.title in closed.words


def test_others_see_what_is_shared_under_numbers_of_their_own(visitor_as):
    seven()
    page = visitor_as("other officer").get(REGISTER)
    assert numbers(page) == ["S1"]
    assert "One risk is high (S1)" in page.words
    for private in ("Money", "Staff leave", "Nobody knows", "Private", "Add a risk", "Settings", "Housing Manager"):
        assert private not in page.html, private
    assert not [one for one in hrefs(page.root) if "state=closed" in one]
    close_risk(OPERATOR, Risk.get(Risk.number == 1), Risk.get(Risk.number == 1).version, reason="Rich")
    assert not [one for one in hrefs(visitor_as("other officer").get(REGISTER).root) if "state=closed" in one]


def test_where_it_goes_up_and_what_comes_in(visitor_as):
    board = a_register("", body="Steering group", title="Risks of the partnership")
    risk = a_risk(a_register(goes_to=board), "A secret that goes up")
    escalation = put_forward(risk)
    own = visitor_as("lead").get(REGISTER)
    assert "Its top three go up to Risks of the partnership (Steering group); 1 of 3 places is taken." in own.words
    assert "Top three, nominated" in own.words
    above = f"{ALL}west-kent-risks/"
    received = visitor_as("steering member").get(above)
    assert "Waits for an answer" in received.words
    assert "Put forward to this register: one waits for an answer." in received.words
    assert f"{above}escalations/{escalation.slug}/" in hrefs(received.root)
    assert f"{REGISTER}{risk.slug}/" in hrefs(received.root)
    for who in ("other officer", "partnership viewer", "officer"):
        page = visitor_as(who).get(above)
        assert "A secret" not in page.html, who
        assert "Put forward" not in page.html, who
    assert "Its top three" in visitor_as("other officer").get(REGISTER).words
    assert "places are taken" not in visitor_as("other officer").get(REGISTER).words
    decline_escalation(person("steering member"), escalation, escalation.version, words="It is yours")
    after = visitor_as("steering member").get(above)
    assert "Declined" in after.words
    assert f"{REGISTER}{risk.slug}/" not in hrefs(after.root)


def test_others_learn_that_a_shared_risk_is_a_top_one_once_the_group_has_taken_it(visitor_as):
    escalation = put_forward(a_risk(shared=True))
    for who in ("lead", "coordinator"):
        assert "Top three, nominated" in visitor_as(who).get(REGISTER).words
    page = visitor_as("other lead").get(REGISTER)
    assert (numbers(page), page.all("span", class_="yours-tag")) == (["S1"], [])
    accept_escalation(person("steering member"), escalation, escalation.version)
    assert "Top three" in visitor_as("other lead").get(REGISTER).words


def test_what_is_accepted_stands_above_the_table_and_what_came_back_below(visitor_as):
    a_risk(a_register(""), "Its own")
    register = a_register(goes_to=a_register(""))
    put_forward(a_risk(register, "Taken"), accepted=True)
    declined = put_forward(a_risk(register, "Not taken"))
    decline_escalation(person("steering member"), declined, declined.version, words="It is yours")
    page = visitor_as("steering member").get(f"{ALL}west-kent-risks/")
    captions = [words(next(one.iter("caption"))).split(" ")[:2] for one in page.all("table")]
    assert captions == [["Heat", "map"], ["Put", "forward"], ["One", "risk"], ["Put", "forward"]]
    assert "Taken" in words(table(page, "Put forward to this register"))
    assert "Not taken" in words(table(page, "Put forward earlier"))
    assert "Put forward to this register: one is accepted here." in page.words


def test_all_registers_own_first_and_sorted_by_band_where_schemes_differ(visitor_as):
    seven()
    the_quarters()
    scheme, day = a_scheme("five", five_by_five(), whose="sdc"), dt.date(2010, 12, 31)
    theirs = a_register("sdc", title="Risks of Sevenoaks", scheme=scheme, as_at=day)
    a_risk(theirs, "The bridge closes", score=(4, 4), shared=True)
    a_risk(theirs, "Hidden at Sevenoaks")
    page = visitor_as("lead").get(ALL)
    assert page.words.index("Operational risks of tmbc") < page.words.index("Risks of Sevenoaks")
    assert "under more than one scheme or version, so risks are sorted by band; numbers are not compared" in page.words
    risks = [words(row.find("td")) for row in table(page, "5 open risks").find("tbody")]
    assert [risk.split(" ")[0] for risk in risks] == ["S1", "1", "3", "2", "4"]
    shown = words(table(page, "5 open risks"))
    assert "▲ up" in shown
    for number in ("25", "12", "up from"):
        assert number not in shown, number
    assert "Hidden" not in page.html
    for link in hrefs(table(page, "2 registers")):
        visitor_as("lead").get(link)
    other = visitor_as("other officer").get(ALL)
    assert other.words.index("Risks of Sevenoaks") < other.words.index("Operational risks of tmbc")


def test_one_register_alone_is_sorted_by_its_numbers(lead):
    seven()
    page = lead.get(ALL)
    shown = table(page, "4 open risks highest score first")
    assert "numbers are not compared" not in page.words
    risks = [words(row.find("td")).split(" ")[0] for row in shown.find("tbody")]
    assert risks == ["1", "3", "2", "4"]


@pytest.mark.parametrize(
    ("who", "address", "said"),
    [
        ("lead", ALL, "Add a register"),
        ("officer", ALL, "A lead of an authority or the coordinator can add one"),
    ],
)
def test_where_there_is_no_register_the_page_says_what_comes_next(visitor_as, who, address, said):
    assert said in visitor_as(who).get(address).words


def test_an_empty_register_says_what_comes_next(visitor_as):
    a_register()
    officer = visitor_as("officer").get(REGISTER)
    assert "Add the first" in officer.words
    assert f"{REGISTER}add" in hrefs(officer.root)
    assert "No risk of this register is shared with you" in visitor_as("other officer").get(REGISTER).words
    assert "None is shared with you" in visitor_as("other officer").get(ALL).words


def test_the_navigation_leads_to_the_registers(visitor_as):
    assert ALL in hrefs(visitor_as("partnership viewer").get("/p/west-kent/").root)
    for who in ("outsider", "provider", "administrator", "nobody"):
        visitor_as(who).get(ALL, status=404)
        visitor_as(who).get(REGISTER, status=404)


@pytest.mark.parametrize(("worst_on_top", "worst_on_right"), [(True, True), (False, False)])
@pytest.mark.parametrize("rows", list(Axis))
def test_the_map_is_drawn_as_its_scheme_says(lead, rows, worst_on_top, worst_on_right):
    shape = four_by_six(rows=rows, worst_on_top=worst_on_top, worst_on_right=worst_on_right)
    a_risk(a_register(scheme=a_scheme("turned", shape)), score=(3, 5))
    heat = table(lead.get(REGISTER), "Heat map")
    row = list(heat.find("tbody"))[0 if worst_on_top else -1]
    cell = list(row)[-1 if worst_on_right else 1]
    assert words(cell).startswith("Very high 24")
    assert f"{REGISTER}?cell=4-6" in hrefs(cell)


def edit_scheme_of(register: Register) -> None:
    """Every cell of the seven gets a worse band."""
    scheme, shape = register.scheme, four_by_six()
    worse = replace(shape, cells=product_cells(shape.impact, shape.likelihood, (1, 9, 12)))
    change_scheme(OPERATOR, scheme, scheme.version, name=scheme.name, shape=worse, reason="Stricter")
