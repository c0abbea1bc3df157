"""A register as JSON: all that the page of each risk says, as fields, for whoever may know of it."""

import datetime as dt
import json
from typing import Any

import pytest
from playhouse.test_utils import count_queries

from strategy_tracker import clock
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.access.scope import visible
from strategy_tracker.reviews.risks.operations import link_risk
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.parts import add_control
from strategy_tracker.risks.operations.risks import close_risk, share_risk
from strategy_tracker.risks.operations.scores import review_risk
from strategy_tracker.risks.rules import Effectiveness
from strategy_tracker.transfer.risks_out.as_json import register_as_json
from tests import builders
from tests.cast import person
from tests.risks.making import a_register, a_risk, a_score, put_forward

pytestmark = pytest.mark.usefixtures("database")
JULY, MAY = dt.date(2010, 7, 1), dt.date(2011, 5, 3)


def fresh(row: Any) -> Any:
    return visible(OPERATOR, type(row)).where(type(row).id == row.id).get()


def told(who: str = "officer", register: Register | None = None) -> dict[str, Any]:
    return dict(json.loads(register_as_json(person(who), fresh(register or a_register()))))


def a_known_risk(event: str = "Grants end", **more: Any) -> Risk:
    risk = a_risk(event=event, by=person("lead"), opened_on=JULY, assumptions="The county pays", **more)
    review_risk(person("lead"), fresh(risk), fresh(risk).version, reviewed_on=MAY, note="As before")
    add_control(OPERATOR, fresh(risk), text="A quarterly check", effectiveness=Effectiveness.PARTIAL)
    link_risk(OPERATOR, fresh(risk), builders.action("1.1"))
    return risk


def test_it_says_who_scored_and_reviewed_and_what_is_assumed_and_linked() -> None:
    a_known_risk(review_months=1)
    whole = told()
    (risk,) = whole["risks"]
    assert [(one["who"], one["scored_on"], one["reason"]) for one in risk["scores"]] == [
        ("Leo Lead", "2010-07-01", "As we see it")
    ]
    assert risk["reviews"] == [
        {"reviewed_on": "2010-07-01", "still_valid": False, "who": "Leo Lead", "note": "As we see it"},
        {"reviewed_on": "2011-05-03", "still_valid": True, "who": "Leo Lead", "note": "As before"},
    ]
    assert (risk["assumptions"], risk["review_months"], risk["review_due_on"]) == ("The county pays", 1, "2011-06-03")
    (score,) = risk["scores"]
    level = whole["scheme"]["impact"][score["impact"] - whole["places_from"]]
    assert f"{level['mark']} {level['name']}" == score["impact_label"]
    assert risk["controls"] == [{"number": 1, "text": "A quarterly check", "effectiveness": "partial"}]
    assert [(one["what"], one["address"].rpartition("/plans/")[0]) for one in risk["links"]] == [
        ("Action 1.1", "/p/west-kent")
    ]


def test_what_its_sentences_say_stands_beside_them_as_fields() -> None:
    put_forward(a_risk(shared=True), accepted=True)
    a_risk(event="Private")
    first, second = told()["risks"]
    today = clock.today().isoformat()
    assert first["escalations"] == [
        {
            "to": "west-kent-risks",
            "state": "accepted",
            "nominated_on": today,
            "words": "It is beyond us",
            "decided_on": today,
            "answer": "We take it",
        }
    ]
    assert first["put_forward"] == [f"Operational risks of west-kent: Taken up {clock.short_date(clock.today())}"]
    assert [(one["readers"], one["shared"]) for one in (first, second)] == [("Shared", True), ("Private", False)]
    assert (second["escalations"], second["review_overdue"]) == ([], True)
    assert told("other officer")["risks"][0]["escalations"] == [], "what was said to the level is not for others"


def test_closed_risks_have_their_day_and_reason() -> None:
    for risk in (a_risk(event="Secret and closed"), a_risk(event="Shared and closed", shared=True)):
        close_risk(OPERATOR, fresh(risk), fresh(risk).version, reason="It came to pass")
    whole = told()
    today = clock.today().isoformat()
    assert whole["risks"] == []
    assert [(one["risk"], one["closed_on"], one["closed_why"]) for one in whole["closed"]] == [
        ("Secret and closed", today, "It came to pass"),
        ("Shared and closed", today, "It came to pass"),
    ]
    assert [(one["number"], one["risk"]) for one in told("other officer")["closed"]] == [("S1", "Shared and closed")]


def test_others_learn_no_name_and_no_review_from_before_it_was_shared() -> None:
    risk = a_known_risk()
    share_risk(OPERATOR, fresh(risk), fresh(risk).version)
    a_score(fresh(risk), 3, 5, by=person("lead"))
    (theirs,) = told("other officer")["risks"]
    assert [(one["value"], one["who"], one["reason"]) for one in theirs["scores"]] == [
        (12, None, ""),
        (24, "Leo Lead", "As we see it"),
    ]
    assert [one["note"] for one in theirs["reviews"]] == ["As we see it"]
    assert "As before" in json.dumps(told()["risks"])


def test_every_name_that_users_scripts_know_is_there() -> None:
    a_known_risk()
    whole = told()
    assert {
        "format", "partnership", "authority", "whose", "register", "title", "body", "as_at", "review_months", "top",
        "scheme", "older_versions", "risks",
    } <= set(whole)  # fmt: skip
    (risk,) = whole["risks"]
    assert {
        "number", "risk", "cause", "effect", "category", "kind", "owner", "proximity", "readers", "opened_on",
        "reviewed_on", "review_due_on", "above_tolerance", "accepted_by", "accepted_until", "put_forward", "scores",
        "responses", "controls",
    } <= set(risk)  # fmt: skip
    assert {
        "kind", "scored_on", "scheme", "version", "impact", "likelihood", "impact_label", "likelihood_label", "value",
        "band", "tone", "reason",
    } <= set(risk["scores"][0])  # fmt: skip


def test_many_risks_are_read_in_as_many_selects_as_few() -> None:
    def counted() -> int:
        with count_queries() as counter:
            told()
        return int(counter.count)

    a_known_risk()
    few = counted()
    for number in range(5):
        a_known_risk(f"Risk {number}")
    assert counted() == few
