"""The forms of a risk: saved once, given back with their words, and never saved over what somebody else wrote."""

import datetime as dt

import pytest
import time_machine

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Acceptance, Control, Response, Risk, RiskReview, Score
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.risks import edit_risk, share_risk
from strategy_tracker.risks.queries import acceptance_of, current_score
from strategy_tracker.risks.rules import RiskWords
from strategy_tracker.risks.schemes.operations import change_scheme
from tests.cast import CAST, PASSWORD, person
from tests.risks.making import a_register, a_risk, a_scheme, five_by_five, put_forward

WORDS = {"event": "Partners give less money", "cause": "The grant ends"}


@pytest.fixture
def officer(visitor_as):
    return visitor_as("officer")


@pytest.fixture
def lead(visitor_as):
    return visitor_as("lead")


def fresh(risk: Risk) -> Risk:
    return visible(OPERATOR, Risk).where(Risk.id == risk.id).get()


def test_a_risk_is_added_with_its_score_and_once(officer):
    page = officer.get(f"{address_of_register(a_register())}add")
    fields = WORDS | {
        "impact": "2",
        "likelihood": "3",
        "reason": "As last year",
        "category": "Money",
        "review_months": "1",
    }
    for _ in range(2):
        back = officer.send(page, fields)
        assert "Partners give less money" in back.words
    risk = Risk.get()
    assert (risk.event, risk.cause, risk.category, risk.review_months) == (*WORDS.values(), "Money", 1)
    score = current_score(risk.id)
    assert (score.words, score.reason, score.person.name) == ("12 High", "As last year", "Olive Officer")
    assert Risk.select().count() == 1


def test_a_risk_is_added_to_the_partnerships_own_register(visitor_as):
    coordinator = visitor_as("coordinator")
    page = coordinator.get(f"{address_of_register(a_register(''))}add")
    assert "Everybody in the West Kent partnership will be able to read it." in page.words
    assert "Partners give less money" in coordinator.send(page, WORDS).words


def test_both_or_neither_where_a_score_is_half_given(officer):
    page = officer.get(f"{address_of_register(a_register())}add")
    again = officer.send(page, WORDS | {"impact": "2", "review_months": "soon"})
    months = "Enter a number of months between 1 and 24, or leave it empty"
    assert again.errors == ["Select likelihood too, or leave both for later", months]
    again = officer.send(again, {"likelihood": "1", "event": ""})
    assert again.errors == ["Enter what may happen", months]
    again = officer.send(again, {"event": "Something"})
    assert again.errors == [months]
    assert "The grant ends" in again.html
    assert (Risk.select().count(), Score.select().count()) == (0, 0)


def test_an_edit_meets_what_somebody_else_saved(officer):
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}edit")
    edit_risk(person("lead"), risk, fresh(risk).version, RiskWords("The lead says so"))
    both = officer.send(page, {"event": "The officer says so"}, status=409)
    assert "Leo Lead, saved" in both.words
    assert "The officer says so" in both.html
    assert fresh(risk).event == "The lead says so"
    officer.send(both)
    assert fresh(risk).event == "The officer says so"


def test_words_survive_a_session_that_ended(officer):
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}edit")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        sign_in = officer.send(page, {"event": "Typed in the evening"}, action=page.address)
        back = officer.send(sign_in, {"email": CAST["officer"].email, "password": PASSWORD})
        assert "Typed in the evening" in back.html
        officer.send(back)
    assert fresh(risk).event == "Typed in the evening"


def test_reviewed_still_valid_is_one_button(officer):
    risk = a_risk()
    page = officer.get(address_of_risk(risk))
    for _ in range(2):
        officer.send(page, button="Reviewed, still valid")
    assert RiskReview.select().where(RiskReview.score.is_null()).count() == 1
    assert fresh(risk).reviewed_on == clock.today()
    again = officer.send(page, {"form_key": "x" * 24}, button="Reviewed, still valid")
    assert again.errors[0].startswith("Olive Officer changed this risk meanwhile")


def test_a_review_with_a_note(officer):
    risk = a_risk()
    page = officer.send(officer.get(f"{address_of_risk(risk)}review"), {"note": "The county wrote"})
    assert "still valid as it stands. The next review is due on" in page.words
    assert "The county wrote" in page.words


@pytest.mark.parametrize("kind", ["inherent", "current", "target"])
def test_each_kind_of_score(officer, kind):
    risk = a_risk(score=None)
    page = officer.get(f"{address_of_risk(risk)}scores?kind={kind}")
    refused = officer.send(page, {"impact": "3", "likelihood": ""})
    assert refused.errors == ["Select likelihood"]
    assert "It is 24 Very high." in officer.send(refused, {"likelihood": "5"}).words
    assert (Score.get().kind, Score.get().value) == (kind, 24)


def test_a_second_score_asks_why_and_never_goes_back(officer):
    risk = a_risk(opened_on=dt.date(2010, 7, 1))
    page = officer.get(f"{address_of_risk(risk)}scores")
    refused = officer.send(page, {"scored_on": ["1", "6", "2010"]})
    assert refused.errors == [
        "Say why the score is what it is now",
        "The day cannot be before 1 July 2010, when something was said last",
    ]
    officer.send(refused, {"reason": "The grant ended", "impact": "3", "scored_on": ["1", "9", "2010"]})
    assert [one.words for one in Score.select().order_by(Score.id)] == ["12 High", "16 Very high"]


def test_under_a_new_version_the_mapped_levels_are_proposed(officer):
    scheme, risk = a_scheme(), a_risk()
    change_scheme(OPERATOR, scheme, 1, name="As the county", shape=five_by_five(), reason="As the county does")
    page = officer.get(f"{address_of_risk(risk)}scores")
    assert "It was given under four by six, version 1, which is no longer in force" in page.words
    chosen = [one.text for one in page.all("option") if "selected" in one.attrib]
    assert chosen == ["4 Major", "3 Possible"]


def test_a_score_meets_what_somebody_else_scored(officer, lead):
    risk = a_risk()
    address = f"{address_of_risk(risk)}scores?kind=current"
    pages = [visitor.get(address) for visitor in (officer, lead)]
    lead.send(pages[1], {"impact": "3", "reason": "Worse"})
    both = officer.send(pages[0], {"impact": "1", "reason": "Better"}, status=409)
    assert "4 Catastrophic" in both.words
    assert "2 Marginal" in both.words
    officer.send(both)
    assert [one.impact for one in Score.select().order_by(Score.id)] == [2, 3, 1]


def test_responses_are_added_edited_and_taken_away_by_their_number(officer):
    risk = a_risk()
    base = address_of_risk(risk)
    refused = officer.send(officer.get(f"{base}responses/add"), {"text": "Ask the county"})
    assert refused.errors == ["Select what kind of response it is"]
    officer.send(refused, {"kind": "treat", "due_on": ["2", "8", "2010"]})
    officer.send(officer.get(f"{base}responses/1"), {"state": "done"})
    row = Response.get()
    assert (row.text, row.due_on, row.state) == ("Ask the county", dt.date(2010, 8, 2), "done")
    officer.send(officer.get(f"{base}responses/1/removal"), {"reason": "Written twice"})
    assert Response.get().removed_at is not None
    officer.get(f"{base}responses/1", status=404)


def test_a_name_without_a_kind_is_taken_for_a_posts(officer):
    base = address_of_risk(a_risk())
    officer.send(officer.get(f"{base}edit"), {"owner_name": "Housing Manager"})
    owner = {"owner_name": "Grants Officer", "owner_kind": ""}
    officer.send(officer.get(f"{base}responses/add"), {"kind": "treat", "text": "Ask the county"} | owner)
    found = [(row.owner_kind, row.owner_name) for row in (Risk.get(), Response.get())]
    assert found == [("post", "Housing Manager"), ("post", "Grants Officer")]


def test_where_there_is_no_room_it_is_said_before_anything_is_typed(lead):
    register = a_register(goes_to=a_register(""), top=1)
    put_forward(a_risk(register))
    said = lead.get(f"{address_of_risk(a_risk(register, 'Another'))}nomination").words
    assert "At most 1 may be put forward at a time" in said
    assert "Why it is put forward" not in said


def test_controls_too(officer):
    base = address_of_risk(a_risk())
    officer.send(officer.get(f"{base}controls/add"), {"text": "A reserve", "effectiveness": "good"})
    page = officer.send(officer.get(f"{base}controls/1"), {"effectiveness": "weak"})
    assert "How good it is: weak" in page.words
    officer.send(officer.get(f"{base}controls/1/removal"), {"reason": "Spent"})
    assert Control.get().removed_at is not None


def test_sharing_says_who_will_read_it_and_can_be_taken_back(lead, visitor_as):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}sharing")
    assert "Everybody in the West Kent partnership will be able to read it" in page.words
    for _ in range(2):
        assert "There is a problem" not in lead.send(page).words
    other = visitor_as("other officer")
    other.get(address_of_risk(risk))
    private = lead.get(f"{address_of_risk(risk)}privacy")
    assert lead.send(private).errors == ["Say why the others may no longer read it"]
    for _ in range(2):
        assert "There is a problem" not in lead.send(private, {"reason": "Named somebody"}).words
    other.get(address_of_risk(risk), status=404)
    assert "This risk is private already." in lead.get(f"{address_of_risk(risk)}privacy").words


def test_a_risk_is_accepted_until_a_day_and_no_longer(lead):
    risk = a_risk()
    base = address_of_risk(risk)
    page = lead.get(f"{base}acceptance")
    assert "Its score is 12 High." in page.words
    refused = lead.send(
        page, {"accepted_by": "Head of Housing", "until": ["1", "1", "2010"], "reason": "Until the budget"}
    )
    assert refused.errors[0].startswith(f"Enter a day from {clock.long_date(clock.today() + dt.timedelta(days=1))} to ")
    until = clock.today() + dt.timedelta(days=30)
    lead.send(refused, {"until": [str(until.day), str(until.month), str(until.year)]})
    assert acceptance_of(risk.id).until == until
    lead.send(lead.get(f"{base}acceptance/end"), {"reason": "The budget is there"})
    assert acceptance_of(risk.id) is None


def test_two_who_accept_at_once(lead, visitor_as):
    risk = a_risk(shared=True)
    page = lead.get(f"{address_of_risk(risk)}acceptance")
    until = clock.today() + dt.timedelta(days=30)
    accept_risk(
        person("coordinator"), risk, fresh(risk).version, accepted_by="The board", until=until, reason="It agreed"
    )
    fields = {"accepted_by": "Head of Housing", "until": [until.day, until.month, until.year], "reason": "So"}
    both = lead.send(page, fields, status=409)
    assert "Cora Coordinator, saved" in both.words
    assert Acceptance.get().on_behalf


def test_closing_and_opening_again(officer):
    risk = a_risk()
    base = address_of_risk(risk)
    page = officer.get(f"{base}closure")
    for _ in range(2):
        closed = officer.send(page, {"reason": "It has passed"})
    assert "Closed on" in closed.words
    opening = officer.get(f"{base}reopening")
    for _ in range(2):
        assert "There is a problem" not in officer.send(opening, {"reason": "It came back"}).words
    assert fresh(risk).closed_on is None


def test_what_was_typed_about_a_risk_that_was_closed_meanwhile_comes_back(officer, lead):
    risk = a_risk()
    page = officer.get(f"{address_of_risk(risk)}responses/add")
    lead.send(lead.get(f"{address_of_risk(risk)}closure"), {"reason": "It has passed"})
    refused = officer.send(page, {"kind": "treat", "text": "Ask the county"}, status=403)
    assert "This risk is closed" in refused.words
    assert "Ask the county" in refused.words


def test_the_coordinator_writes_on_behalf_and_is_named(visitor_as):
    risk = a_risk(shared=True)
    coordinator = visitor_as("coordinator")
    coordinator.send(coordinator.get(f"{address_of_risk(risk)}scores"), {"impact": "3", "reason": "Worse"})
    page = coordinator.get(address_of_risk(risk))
    assert "Cora Coordinator, on behalf of TMBC" in page.words
    coordinator.get(f"{address_of_risk(risk)}sharing", status=403)


def test_a_risk_that_is_shared_twice_at_once_is_shared_once(lead):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}sharing")
    share_risk(person("lead"), risk, fresh(risk).version)
    assert "This risk is shared already" in lead.send(page).words
