"""What was typed into a request that failed comes back under the labels of its form."""

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.operations.risks import close_risk
from tests.risks.making import a_risk


def given_back(page) -> dict[str, str]:
    labels = {label.attrib["for"]: label.text for label in page.all("label") if "typed-" in label.attrib.get("for", "")}
    return {labels[box.attrib["id"]]: (box.text or "").strip() for box in page.all("textarea")}


def test_a_form_that_is_refused_as_a_whole(visitor_as):
    officer, risk = visitor_as("officer"), a_risk()
    edit = officer.get(f"{address_of_risk(risk)}edit")
    score = officer.get(f"{address_of_risk(risk)}scores")
    close_risk(OPERATOR, risk, risk.version, reason="Over")

    typed = {"event": "It rains", "nature": "opportunity", "owner_kind": "post", "owner_name": "Clerk"}
    assert given_back(officer.send(edit, typed | {"review_months": "2"}, status=403)) == {
        "What may happen": "It rains",
        "Threat or opportunity": "An opportunity",
        "Owner": "A post",
        "Name of the owner": "Clerk",
        "Reviewed every how many months": "2",
    }
    back = given_back(officer.send(score, {"reason": "Wet", "scored_on": ["1", "2", "2011"]}, status=403))
    assert (back["Why"], back["Scored on"]) == ("Wet", "1 2 2011")
    assert "Scheme version" not in back


def test_what_no_form_asks_for_keeps_its_name(visitor_as):
    page = visitor_as("officer").post("/p/west-kent/nothing-here", {"odd_name": "Words"}, status=404)
    assert given_back(page) == {"Odd name": "Words"}
