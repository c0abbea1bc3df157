"""Whoever accepts or reviews a risk confirms the score that she saw, and reads what others wrote meanwhile."""

import datetime as dt

import pytest

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.reviews.risks import queries as work_queries
from strategy_tracker.reviews.risks.work import risk_work_of
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.models import Acceptance, Risk, RiskReview, Score
from strategy_tracker.risks.operations.acceptances import accept_risk
from strategy_tracker.risks.operations.risks import edit_risk
from strategy_tracker.risks.operations.scores import review_risk, score_risk
from strategy_tracker.risks.queries import acceptance_of, current_score
from strategy_tracker.risks.rules import RiskWords, ScoreKind
from strategy_tracker.risks.schemes.queries import version_in_force
from tests.cast import person
from tests.risks.making import a_register, a_risk, a_score, share_risk

pytestmark = pytest.mark.usefixtures("database")

UNTIL = clock.today() + dt.timedelta(30)
FIELDS = {"accepted_by": "Bo Boss", "until": [UNTIL.day, UNTIL.month, UNTIL.year], "reason": "Fine at 12"}
ANEW = (
    "The score was given anew meanwhile: it is 16 Very high (4 Catastrophic, 4 Significant) now; you read 12 High"
    " (3 Critical, 4 Significant)"
)


def now(risk: Risk) -> Risk:
    return Risk.reach().query.where(Risk.id == risk.id).get()


def rise(risk: Risk, reason: str = "The county stops") -> Score:
    return a_score(now(risk), 3, 3, by=person("officer"), reason=reason)


def accept(risk: Risk, by: str = "lead", **more) -> Acceptance:
    said = {"accepted_by": "The board", "until": UNTIL, "reason": "It agreed"} | more
    return accept_risk(person(by), now(risk), now(risk).version, **said)


def reviews(risk: Risk) -> list[str]:
    return [one.note for one in RiskReview.select().where(RiskReview.risk == risk, RiskReview.score.is_null())]


@pytest.fixture
def lead(visitor_as):
    return visitor_as("lead")


def test_nobody_accepts_a_score_that_was_given_after_the_page_was_read(lead):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}acceptance")
    rise(risk)
    told = lead.send(page, FIELDS)
    assert told.errors == [ANEW]
    assert acceptance_of(risk.id) is None
    assert "Fine at 12" in told.html
    assert "Its score is 16 Very high." in told.words
    assert "Olive Officer: The county stops" in told.words
    lead.send(told, {"reason": "Fine at 16, too"})
    held = acceptance_of(risk.id)
    assert (held.score.words, held.reason) == ("16 Very high", "Fine at 16, too")


def test_nor_by_the_page_of_two_versions_which_names_the_score(lead):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}acceptance")
    rise(risk)
    accept(risk, "lead")
    told = lead.send(page, FIELDS)
    assert told.errors == [ANEW]
    both = lead.send(told, {}, status=409)
    assert "Its score is 16 Very high." in both.words
    assert "board" in both.words
    a_score(now(risk), 3, 4, reason="Worse still")
    again = lead.send(both, {"keep": "mine"})
    assert "it is 20 Very high (4 Catastrophic, 5 High) now; you read 16 Very high" in again.errors[0]
    lead.send(again)
    assert acceptance_of(risk.id).score.words == "20 Very high"


def test_words_that_were_edited_meanwhile_are_no_other_acceptance(lead):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}acceptance")
    edit_risk(person("officer"), now(risk), now(risk).version, RiskWords("Partners give nothing"))
    told = lead.send(page, FIELDS)
    assert told.errors[0].startswith("Olive Officer changed this risk meanwhile: read what stands now")
    assert "Partners give nothing" in told.words
    assert "Fine at 12" in told.html
    lead.send(told)
    assert acceptance_of(risk.id).reason == "Fine at 12"


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", "999999", "٣"])
def test_a_score_that_is_none_confirms_nothing(lead, typed):
    risk = a_risk()
    told = lead.send(lead.get(f"{address_of_risk(risk)}acceptance"), FIELDS | {"score": typed})
    assert told.errors == [
        ANEW.replace("16", "12").partition(":")[0] + ": it is 12 High (3 Critical, 4 Significant) now"
    ]
    assert acceptance_of(risk.id) is None


def test_the_score_of_another_risk_is_not_told(lead):
    risk, other = a_risk(), a_risk(a_register("sdc"), score=(0, 0))
    told = lead.send(lead.get(f"{address_of_risk(risk)}acceptance"), FIELDS | {"score": current_score(other.id).id})
    assert "you read" not in told.errors[0]


def test_the_operations_refuse_any_but_the_score_that_was_seen():
    risk = a_risk()
    seen = current_score(risk.id).id
    rise(risk)
    with pytest.raises(Invalid, match="The score was given anew meanwhile"):
        accept(risk, seen=seen)
    with pytest.raises(Invalid, match="The score was given anew meanwhile"):
        review_risk(person("lead"), now(risk), now(risk).version, seen=seen)
    latest = current_score(risk.id).id
    assert accept(risk, seen=latest).score_id == latest
    assert review_risk(person("lead"), now(risk), now(risk).version, seen=latest)


@pytest.mark.parametrize("way", ["its page", "with a note"])
def test_still_valid_is_asked_again_of_a_new_score(lead, way):
    risk = a_risk()
    if way == "its page":
        page, pressed = lead.get(address_of_risk(risk)), {"button": "Reviewed, still valid"}
    else:
        page, pressed = lead.get(f"{address_of_risk(risk)}review"), {"fields": {"note": "All as it was"}}
    rise(risk)
    told = lead.send(page, **pressed)
    assert told.errors == [ANEW]
    assert "Is its score still valid?" in told.words
    assert "Its score is 16 Very high." in told.words
    assert "Olive Officer: The county stops" in told.words
    assert "Give a new score instead" in told.words
    assert reviews(risk) == []
    assert way == "its page" or "All as it was" in told.html
    lead.send(told)
    assert len(reviews(risk)) == 1


def test_who_reviews_second_reads_the_note_of_the_first(lead):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}review")
    review_risk(person("officer"), now(risk), now(risk).version, note="The county wrote")
    told = lead.send(page, {"note": "All as it was"})
    assert told.errors[0].startswith("Olive Officer changed this risk meanwhile")
    assert "still valid. Olive Officer: The county wrote" in told.words
    lead.send(told)
    assert reviews(risk) == ["The county wrote", "All as it was"]


def test_of_two_who_score_the_second_reads_the_reason_of_the_first(lead):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}scores")
    rise(risk)
    both = lead.send(page, {"impact": "1", "reason": "The county gave in"}, status=409)
    assert "The county stops" in both.words
    assert "The county gave in" in both.words
    lead.send(both, {"keep": "mine"})
    assert [one.reason for one in Score.select().order_by(Score.id)][-1] == "The county gave in"


def test_an_old_reason_is_not_said_to_be_what_somebody_just_saved(lead):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}scores")
    edit_risk(person("officer"), now(risk), now(risk).version, RiskWords("Partners give nothing"))
    told = lead.send(page, {"impact": "1", "reason": "The county gave in"})
    assert told.errors[0].startswith("Olive Officer changed this risk meanwhile")
    assert "The county gave in" in told.html
    lead.send(told)
    assert current_score(risk.id).reason == "The county gave in"


def test_what_was_said_before_it_was_shared_is_told_to_nobody_else(visitor_as):
    risk = a_risk()
    a_score(now(risk), 2, 4, by=person("officer"), reason="Among us")
    share_risk(OPERATOR, now(risk), now(risk).version)
    page = visitor_as("coordinator").get(f"{address_of_risk(risk)}acceptance")
    assert "Given before it was shared" in page.words
    assert "Among us" not in page.html
    assert "Olive Officer" not in page.words


def test_the_button_of_my_work_confirms_the_score_beside_it(visitor_as, monkeypatch):
    risk = a_risk()
    Risk.update(review_due_on=clock.today()).where(Risk.id == risk.id).execute()
    found = work_queries.risks_with

    def meanwhile(ids):
        rise(risk)
        return found(ids)

    monkeypatch.setattr(work_queries, "risks_with", meanwhile)
    (shown,) = risk_work_of(person("officer")).reviews
    monkeypatch.undo()
    assert (shown.score, current_score(risk.id).words) == ("12 High", "16 Very high")
    officer = visitor_as("officer")
    inputs = officer.get("/").form(action="/").iter("input")
    hidden = {one.attrib["name"]: one.attrib["value"] for one in inputs if one.attrib["type"] == "hidden"}
    fields = hidden | {f"version-{risk.slug}": str(shown.version)}
    told = officer.post(f"{address_of_risk(risk)}confirmation", fields)
    assert told.errors == [
        "Risk 1 was changed meanwhile, and its score is 16 Very high now: read it as it stands, then review it."
    ]
    assert reviews(risk) == []


def test_a_target_that_somebody_set_meanwhile_is_no_other_current_score(lead):
    risk = a_risk()
    page = lead.get(f"{address_of_risk(risk)}scores")
    row = now(risk)
    score_risk(
        person("officer"), row, row.version, ScoreKind.TARGET, under=version_in_force(row.register), impact=0,
        likelihood=0, reason="",
    )  # fmt: skip
    told = lead.send(page, {"impact": "1", "reason": "The county gave in"})
    assert told.errors[0].startswith("Olive Officer changed this risk meanwhile")
