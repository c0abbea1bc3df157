"""The page of one risk, as everybody reads it."""

import datetime as dt

import pytest
import time_machine
from playhouse.test_utils import count_queries

from strategy_tracker import clock, db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.chart import Given, chart_of
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.escalations import decline_escalation
from strategy_tracker.risks.operations.parts import add_control, add_response, remove_part
from strategy_tracker.risks.operations.risks import close_risk, edit_risk, share_risk, unshare_risk
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.rules import Effectiveness, Mark, ResponseKind, RiskWords, ScoreKind
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.schemes.rules import Tone
from tests.cast import person
from tests.html_check import words
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five, four_by_six, put_forward

DAY = dt.date(2010, 7, 1)


@pytest.fixture
def officer(visitor_as):
    return visitor_as("officer")


def fresh(risk: Risk) -> Risk:
    return visible(OPERATOR, Risk).where(Risk.id == risk.id).get()


def section(page, name: str) -> str:
    """The words of the section that a heading with this id names."""
    return next(words(one) for one in page.all("section") if one.attrib.get("aria-labelledby") == name)


def test_all_that_is_known_of_a_risk_is_on_its_page(officer):
    risk = a_risk(
        cause="The grant ends", effect="Fewer loans", category="Money", assumptions="Rents stay", by=person("officer")
    )
    a_score(risk, 3, 5, ScoreKind.INHERENT, on=DAY, by=person("lead"))
    a_score(risk, 1, 1, ScoreKind.TARGET, on=DAY)
    add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text="Ask the county", due_on=dt.date(2010, 8, 2))
    add_control(OPERATOR, risk, text="A reserve", effectiveness=Effectiveness.PARTIAL)
    page = officer.get(address_of_risk(risk))
    for said in ("The grant ends", "Fewer loans", "Money", "Rents stay", "Threat", "No owner yet", "Review overdue"):
        assert said in page.words
    assert [section(page, f"s-{kind}")[:24] for kind in ("inherent", "current", "target")] == [
        "▲ Inherent 24 Very high ",
        "● Current 12 High Impact",
        "◆ Target 4 Low Impact 2 ",
    ]
    assert "Leo Lead" in section(page, "s-inherent")
    assert "Treat Ask the county Nobody yet 2 August 2010 Overdue Under way" in section(page, "re")
    assert "A reserve How good it is: partial" in section(page, "co")


def test_the_rule_stands_beside_the_red(officer):
    risk = a_risk(category="Safety", score=(1, 4))
    said = section(officer.get(address_of_risk(risk)), "why")
    assert said.startswith("Why is it high? Impact 2 Marginal and likelihood 5 High make 10 High.")
    assert "four by six, version 1" in said
    assert "In the category Safety, what is tolerated is low." in said
    assert "Nobody accepts it." in said
    accept_risk(
        OPERATOR, risk, fresh(risk).version, accepted_by="Head of Housing", until=dt.date(2027, 1, 4), reason="So"
    )
    assert "Head of Housing accepts it until 4 January 2027." in section(officer.get(address_of_risk(risk)), "why")


def test_an_acceptance_that_ran_out_is_not_offered_to_be_ended(visitor_as):
    risk, lead = a_risk(), visitor_as("lead")
    until = clock.today() + dt.timedelta(days=3)
    accept_risk(OPERATOR, risk, fresh(risk).version, accepted_by="Head of Housing", until=until, reason="So")
    address = address_of_risk(risk)
    assert "End the acceptance" in lead.get(address).words
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=4)):
        late = visitor_as("lead")
        said = section(late.get(address), "why")
        assert "Nobody accepts it. Head of Housing did until" in said
        assert "Accept it anew" in said
        assert "End the acceptance" not in said
        assert "Nobody accepts this risk." in late.get(f"{address}acceptance/end").words


def test_the_rule_of_a_version_that_is_no_longer_in_force_is_a_link_away(officer):
    scheme, risk = a_scheme(), a_risk(score=(1, 4))
    change_scheme(OPERATOR, scheme, 1, name="As the county", shape=five_by_five(), reason="As the county does")
    page = officer.get(address_of_risk(risk))
    assert "Given under four by six, version 1, which is no longer in force." in section(page, "s-current")
    link = next(one for one in page.root.iter("a") if "version 1" in words(one))
    assert link.attrib["href"].endswith("/schemes/four-by-six/?version=1")
    assert "Almost impossible" in officer.get(link.attrib["href"]).words


def test_within_tolerance_nobody_is_asked_to_accept_it(officer):
    said = section(officer.get(address_of_risk(a_risk(category="Money", score=(1, 3)))), "why")
    assert said.startswith("Why is it medium?")
    assert "8 Medium is within that: nobody needs to accept it." in said
    assert "Record who accepts it" not in said


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (
            a_risk,
            "private Only officers and leads of TMBC may read it: for everybody else it does not exist.",
        ),
        (lambda: a_risk(shared=True), "shared Everybody in the West Kent partnership may read it"),
        (lambda: put_forward(a_risk()).risk, "put forward Only officers and leads of TMBC, the coordinator and"),
        (lambda: a_risk(a_register("")), "own Everybody in the West Kent partnership may read it."),
    ],
    ids=["private", "shared", "put forward", "the partnership's"],
)
def test_the_page_says_who_may_read_it(officer, make, says):
    assert says in section(officer.get(address_of_risk(fresh(make()))), "who")


def test_what_is_private_is_not_there_for_others(visitor_as):
    risk = a_risk(event="A canary sings")
    for who in ("coordinator", "steering member", "other lead", "viewer", "outsider"):
        for end in ("", "history", "edit", "nomination"):
            assert "canary" not in visitor_as(who).get(f"{address_of_risk(risk)}{end}", status=404).words


def test_another_registers_address_does_not_show_it(officer):
    risk, other = a_risk(), a_register("tmbc", "another")
    officer.get(address_of_risk(risk).replace(risk.register.slug, other.slug), status=404)


def test_others_know_it_by_its_outer_number_and_from_when_it_was_shared(visitor_as):
    register = a_register()
    a_risk(register, "Kept at home")
    risk = a_risk(register, "It was said in anger")
    a_score(risk, 3, 5, on=dt.date(2010, 8, 2))
    edit_risk(person("lead"), risk, risk.version, RiskWords("Partners disagree"))
    a_score(risk, 2, 2, on=dt.date(2010, 9, 1))
    share_risk(OPERATOR, risk, risk.version)
    other = visitor_as("other officer")
    page, history = other.get(address_of_risk(risk)), other.get(f"{address_of_risk(risk)}history")
    assert "Risk S1 of TMBC" in page.words
    assert "24 Very high" not in page.words
    assert "in anger" not in history.words
    assert "Risk 2" not in page.words + history.words
    own = visitor_as("officer").get(f"{address_of_risk(risk)}history")
    assert "What may happen: It was said in anger became Partners disagree" in own.words
    assert "Leo Lead" in own.words


def test_what_was_said_while_it_was_private_in_between_stays_at_home(visitor_as):
    risk = a_risk(shared=True)
    other, address = visitor_as("other officer"), f"{address_of_risk(risk)}history"
    for event in ("Said to all", "Said at home", "Said to all again"):
        if event == "Said at home":
            unshare_risk(OPERATOR, risk, fresh(risk).version, reason="It names somebody")
        edit_risk(person("lead"), risk, fresh(risk).version, RiskWords(event))
    share_risk(OPERATOR, fresh(risk), fresh(risk).version)
    put_forward(fresh(risk))
    edit_risk(person("lead"), risk, fresh(risk).version, RiskWords("Said since"))
    said = other.get(address).words
    assert "Said to all again became Said since" in said
    assert "Said at home" not in said


def test_history_tells_of_responses_and_of_what_was_taken_away(officer):
    risk = a_risk()
    response = add_response(person("officer"), risk, kind=ResponseKind.TREAT, text="Ask the bishop")
    remove_part(person("lead"), response, 1, reason="A joke")
    said = officer.get(f"{address_of_risk(risk)}history").words
    assert "Response 1 was taken away" in said
    assert "Kind: Treat" in said
    assert "Ask the bishop" in said


def test_a_closed_one_says_why_and_offers_to_open_it_again(officer):
    risk = a_risk()
    close_risk(person("officer"), risk, risk.version, reason="The grant was renewed")
    page = officer.get(address_of_risk(risk))
    assert "The grant was renewed" in section(page, "cl")
    assert "Open it again" in page.words
    assert "Close the risk" not in page.words
    officer.get(f"{address_of_risk(risk)}edit", status=403)


def test_whoever_may_not_write_is_offered_nothing(visitor_as):
    page = visitor_as("viewer").get(address_of_risk(a_risk(shared=True)))
    links = [link.attrib["href"] for link in page.root.find(".//main").iter("a")]
    assert not [one for one in links if one.endswith(("edit", "closure", "sharing", "nomination", "acceptance"))]
    assert not page.all("main")[0].findall(".//form")


def test_the_chart_has_its_table_and_says_where_versions_differ(officer):
    scheme, risk = a_scheme(), a_risk(score=(0, 0))
    a_score(risk, 2, 3, on=dt.date(2010, 8, 2))
    page = officer.get(address_of_risk(risk))
    assert len(page.all("path", class_="chart__step")) == 1
    table = next(one for one in page.all("table") if words(one).startswith("Every score"))
    assert [words(row)[:21] for row in table.iter("tr")][1:] == ["2 August 2010 Current", "1 July 2010 Current 1"]
    change_scheme(OPERATOR, scheme, 1, name="As the county", shape=five_by_five(), reason="As the county does")
    a_score(fresh(risk), 4, 4, on=dt.date(2010, 9, 1))
    page = officer.get(address_of_risk(risk))
    assert len(page.all("path", class_="chart__step")) == 2
    assert "compares no numbers; no line joins two versions" in page.words


def given(day: int, band: int, value: int | None, version: int = 1) -> Given:
    return Given(ScoreKind.CURRENT, dt.date(2010, 7, day), Mark(version, band, Tone(band + 1), value))


def test_a_chart_stands_higher_the_more_severe_the_score():
    today = dt.date(2010, 7, 31)
    scores = [given(1, 1, 5), given(11, 1, 9), given(21, 2, 10)]
    drawn = chart_of(scores, today, four_by_six())
    assert drawn is not None
    heights = [dot.y for dot in drawn.dots]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3
    assert [dot.label for dot in drawn.dots] == ["5", "9", "10"]
    assert all(any(lane.y + 12 < dot.label_y < lane.y + lane.height for lane in drawn.lanes) for dot in drawn.dots)
    assert drawn.steps[0].startswith(f"M{drawn.left}.0")
    assert drawn.steps[0].endswith(f"H{drawn.width - 12}.0")
    assert [lane.name for lane in drawn.lanes] == ["Very high", "High", "Medium", "Low"]


def test_across_versions_only_the_degree_counts():
    today = dt.date(2010, 7, 31)
    drawn = chart_of([given(1, 1, 5), given(11, 1, 900, version=2)], today, None)
    assert drawn is not None
    assert len({dot.y for dot in drawn.dots}) == 1
    assert len(drawn.steps) == 2
    assert drawn.changes == (drawn.dots[1].x,)
    assert chart_of([], today, None) is None


def test_a_long_history_costs_no_query(officer):
    risk = a_risk(a_register(goes_to=a_register("")))
    base = address_of_risk(risk)

    def asked() -> int:
        officer.get(base)
        with count_queries() as counter:
            officer.get(base)
        return counter.count

    def go_on(times: int) -> None:
        db.database.connect(reuse_if_open=True)
        for number in range(times):
            a_score(fresh(risk), number % 4, 5)
            review_risk(OPERATOR, risk, fresh(risk).version)
            add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text=f"Do thing {number}")
            add_control(OPERATOR, risk, text=f"Thing {number}")
            gone = put_forward(fresh(risk))
            decline_escalation(OPERATOR, gone, gone.version, words="Not now")

    go_on(1)
    few = asked()
    go_on(15)
    assert asked() == few
