"""My work: the risks that are hers to review, and the responses that are late."""

import datetime as dt

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.owners import Owner, OwnerKind
from strategy_tracker.plans.models import ProgressNote
from strategy_tracker.reviews.risks.work import risk_work_of
from strategy_tracker.risks.models import Register, Risk, RiskReview
from strategy_tracker.risks.operations.parts import add_response
from strategy_tracker.risks.rules import ResponseKind, ResponseState
from tests import builders
from tests.cast import CAST, person
from tests.risks.making import a_register, a_risk

DAY = dt.date(2011, 3, 31)


@pytest.fixture
def register(database) -> Register:
    """TMBC's register as at 31 March 2011, reviewed every month."""
    return a_register(as_at=DAY, review_months=1)


def due(register: Register, event: str, day: dt.date, **words) -> Risk:
    risk = a_risk(register, event, **words)
    Risk.update(review_due_on=day).where(Risk.id == risk.id).execute()
    return Risk.reach().query.where(Risk.id == risk.id).get()


def to_review(who: str) -> list[str]:
    return [one.event for one in risk_work_of(person(who)).reviews]


def hers(who: str) -> Owner:
    return Owner(OwnerKind.PERSON, CAST[who].name.upper())


def test_the_overdue_stand_first_and_what_is_due_later_does_not_stand_there(register):
    due(register, "In 14 days", DAY + dt.timedelta(14))
    due(register, "In 15 days", DAY + dt.timedelta(15))
    due(register, "Overdue", DAY - dt.timedelta(1))
    due(register, "Today", DAY)
    assert to_review("officer") == ["Overdue", "Today", "In 14 days"]
    assert [one.is_overdue for one in risk_work_of(person("officer")).reviews] == [True, False, False]


def test_what_names_her_comes_to_her_alone(register):
    due(register, "Nobody's", DAY)
    due(register, "Olive's", DAY, owner=hers("officer"))
    assert to_review("officer") == ["Olive's"]
    assert to_review("lead") == ["Nobody's", "Olive's"]


def test_who_left_and_is_still_named_keeps_nothing_from_the_others(register):
    due(register, "Of somebody who left", DAY, owner=Owner(OwnerKind.PERSON, "Wilma Whoever"))
    assert to_review("officer") == to_review("lead") == ["Of somebody who left"]


@pytest.mark.parametrize("who", [who for who in CAST if who not in ("officer", "lead")])
def test_nobody_else_has_anything(register, who):
    due(register, "Shared", DAY, shared=True)
    due(register, "Private", DAY)
    assert not risk_work_of(person(who)).is_any


def test_the_coordinator_reviews_the_partnerships_own(database):
    due(a_register("", as_at=DAY), "The partnership ends", DAY)
    assert to_review("coordinator") == ["The partnership ends"]
    assert not any(to_review(who) for who in CAST if who != "coordinator")


def test_responses_whose_day_has_passed_stand_there_until_they_are_done(register):
    risk = due(register, "Far off", DAY + dt.timedelta(99))
    for state, day in (("planned", -1), ("under way", -2), ("done", -1), ("dropped", -1), ("planned", 0)):
        add_response(
            OPERATOR,
            risk,
            kind=ResponseKind.TREAT,
            text=f"{state} {day}",
            due_on=DAY + dt.timedelta(day),
            state=ResponseState(state),
        )
    work = risk_work_of(person("officer"))
    assert [one.text for one in work.responses] == ["under way -2", "planned -1"]
    assert work.reviews == ()


def test_one_button_reviews_a_risk_and_brings_back_what_was_typed_beside_it(register, visitor_as):
    risk = due(register, "Partners give less", DAY - dt.timedelta(1))
    officer = visitor_as("officer")
    page = officer.get("/")
    assert "Risks to review (1)" in page.words
    assert "12 High impact 3 Critical, likelihood 4 Significant" in page.words
    (button,) = [one for one in page.all("button") if one.attrib.get("name") == f"version-{risk.slug}"]
    action = builders.action("1.1")
    key = f"{builders.share(action, 'tmbc').id}-{builders.outcomes(action)[0].id}"
    fields = {f"text-{key}": "Half a sentence", button.attrib["name"]: button.attrib["value"]}
    count = ProgressNote.select().count()
    address = button.attrib["formaction"]
    form = {
        one.attrib["name"]: one.attrib["value"]
        for one in page.form(action="/").iter("input")
        if "value" in one.attrib and one.attrib["type"] == "hidden"
    }
    after = officer.post(address, form | fields)
    assert "Risk 1 is reviewed: its score still stands." in after.words
    assert "Half a sentence" in after.html
    assert "Risks to review" not in after.words
    review = RiskReview.get(RiskReview.risk == risk, RiskReview.reviewed_on == DAY)
    assert (review.score_id, review.person.name) == (None, "Olive Officer")
    assert Risk.get_by_id(risk.id).review_due_on == dt.date(2011, 4, 30)
    assert ProgressNote.select().count() == count
    officer.post(address, form | fields)
    assert RiskReview.select().where(RiskReview.risk == risk, RiskReview.reviewed_on == DAY).count() == 1


def test_a_risk_that_changed_meanwhile_is_read_before_it_is_reviewed(register, visitor_as):
    risk = due(register, "Partners give less", DAY)
    officer = visitor_as("officer")
    page = officer.post(
        f"/p/west-kent/risks/{register.slug}/{risk.slug}/confirmation", {f"version-{risk.slug}": "1", **_token(officer)}
    )
    assert page.errors == [
        "Risk 1 was changed meanwhile, and its score is 12 High now: read it as it stands, then review it."
    ]
    assert "Risks to review (1)" in page.words


def test_without_a_score_there_is_no_button(register, visitor_as):
    due(register, "Not scored", DAY, score=None)
    page = visitor_as("officer").get("/")
    assert "Not scored yet" in page.words
    assert not [one for one in page.all("button") if "still valid" in (one.text or "")]


def test_many_risks_cost_no_query_and_who_has_no_register_asks_once(register):
    counts = []
    for more in (1, 30):
        for number in range(more):
            risk = due(register, f"Risk {number}", DAY)
            add_response(OPERATOR, risk, kind=ResponseKind.TREAT, text="Late", due_on=DAY - dt.timedelta(1))
        with count_queries() as counter:
            assert risk_work_of(person("officer")).is_any
        counts.append(counter.count)
    assert counts[0] == counts[1]
    somebody = person("other officer")
    assert somebody.grants
    with count_queries() as counter:
        risk_work_of(somebody)
    assert counter.count == 1


def _token(visitor) -> dict[str, str]:
    form = visitor.get("/").form(action="/")
    return {
        one.attrib["name"]: one.attrib["value"]
        for one in form.iter("input")
        if one.attrib.get("name") in ("csrf_token", "form_key")
    }
