"""What a report says of risks: what is shared, as at the quarter's last day, and nothing of what is private."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine

from strategy_tracker import documents
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.documents.sections import WHOLE, contents, fragment, offered, sections_for
from strategy_tracker.risks import report_sections
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.operations.risks import close_risk, share_risk
from tests.html_check import assert_sound
from tests.pdfua import Judge
from tests.report_sections.making import context_of
from tests.report_sections.report_documents import page_of_parts
from tests.risks.making import a_register, a_risk, a_scheme, a_score, five_by_five, put_forward

pytestmark = pytest.mark.usefixtures("database")
FEBRUARY, MAY = dt.date(2011, 2, 1), dt.date(2011, 5, 2)
SECRET = "Canary of TMBC"
KEYS = ("top-risks", "risk-moves", "risk-map", "risk-reviews")


def on(day: dt.date) -> Any:
    return time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC), tick=False)


def told(audience: str = "full", **more: Any) -> dict[str, Any]:
    own = [one for one in sections_for(audience) if one.build.__module__ == report_sections.__name__]
    return {section.key: content for section, content in contents(own, context_of(audience, **more))}


def a_year() -> None:
    """Of TMBC one risk that went up and was accepted and one that nobody else knows; of SDC, under another scheme,
    one that went down, and one that was closed."""
    with on(FEBRUARY):
        up = a_risk(event="Landlords leave", score=(1, 1), shared=True, opened_on=FEBRUARY)
        a_risk(event=SECRET, score=(3, 5), opened_on=FEBRUARY)
        sdc = a_register("sdc", scheme=a_scheme("five", five_by_five()))
        down = a_risk(sdc, "Grants end", score=(4, 4), shared=True, opened_on=FEBRUARY)
        closed = a_risk(sdc, "A provider fails", score=(1, 1), shared=True, opened_on=FEBRUARY)
    with on(MAY):
        a_score(Risk.get_by_id(up.id), 3, 5, on=MAY)
        a_score(Risk.get_by_id(down.id), 0, 0, on=MAY)
        close_risk(OPERATOR, Risk.get_by_id(closed.id), Risk.get_by_id(closed.id).version, reason="It merged")
        put_forward(Risk.get_by_id(up.id), accepted=True)
        put_forward(Risk.get(Risk.event == SECRET), accepted=True)
    a_score(Risk.get_by_id(up.id), 0, 0)


def test_a_report_tells_what_is_shared_as_at_the_last_day_of_its_quarter() -> None:
    a_year()
    found = told()

    assert [(one["ref"], one["score"], one["moved"]) for one in found["top-risks"]["risks"]] == [
        ("TMBC S1", "24 Very high", "up from 4")
    ]
    assert [(one["head"], [risk["ref"] for risk in one["risks"]]) for one in found["risk-moves"]["groups"]] == [
        ("Went up", ["TMBC S1"]),
        ("Went down", ["SDC S1"]),
        ("Closed", ["SDC S2"]),
    ]
    assert [one["title"].partition(":")[0] for one in found["risk-map"]["maps"]] == ["SDC", "TMBC"]
    cells = [cell for row in found["risk-map"]["maps"][1]["rows"] for cell in row["cells"] if cell["refs"]]
    assert [(cell["words"], cell["refs"]) for cell in cells] == [("Very high 24", ["S1\u00a0↑"])]


def test_no_audience_finds_a_private_risk_and_the_public_none_at_all() -> None:
    a_year()
    for audience in ("full", "board", "extract"):
        whole = json.dumps(told(audience, whose="tmbc" if audience == "extract" else None))
        assert SECRET not in whole and "S2" not in whole.replace("SDC S2", "")
        assert "Landlords leave" in whole
    assert told("public") == {}
    assert set(told("board")) == {"board-top-risks", "board-risk-moves"}
    sdc = told("extract", whose="sdc")
    assert "Landlords leave" not in json.dumps(sdc) and "Grants end" in json.dumps(sdc)


def test_what_was_shared_since_then_is_new_and_its_earlier_score_is_not_told() -> None:
    with on(FEBRUARY):
        risk = a_risk(event="Told late", score=(1, 1), opened_on=FEBRUARY)
    with on(MAY):
        a_score(Risk.get_by_id(risk.id), 3, 5, on=MAY)
        share_risk(OPERATOR, Risk.get_by_id(risk.id), Risk.get_by_id(risk.id).version)
    groups = told()["risk-moves"]["groups"]
    assert [(one["head"], [risk["moved"] for risk in one["risks"]]) for one in groups] == [
        ("New, or newly shared", ["new"])
    ]
    assert "4 Low" not in json.dumps(groups)


def test_reviews_that_were_overdue_are_told_and_without_anything_nothing_is() -> None:
    assert told() == {}
    a_risk(event="Nobody looks", shared=True, opened_on=FEBRUARY)
    late = told()["risk-reviews"]["reviews"]
    assert [(one["ref"], one["due"], one["late"]) for one in late] == [("TMBC S1", "1 May 2011", "2 months")]


def test_a_board_is_told_the_longest_overdue_and_how_many_more_there_are() -> None:
    for number in range(8):
        a_risk(event=f"Nobody looks at {number}", shared=True, opened_on=FEBRUARY + dt.timedelta(days=number))
    late = told("board")["board-risk-reviews"]
    assert [one["event"] for one in late["reviews"]] == [f"Nobody looks at {number}" for number in range(6)]
    assert late["more"] == 2
    section = next(one for one in sections_for("board") if one.key == "board-risk-reviews")
    html = fragment(section, late)
    assert "Overdue reviews of risks: 8" in html
    assert "2 more reviews" in html


def test_opportunities_are_marked_on_a_map_and_the_page_says_so() -> None:
    a_risk(event="A grant comes", shared=True, is_opportunity=True)
    (drawn,) = told()["risk-map"]["maps"]
    assert [cell["refs"] for row in drawn["rows"] for cell in row["cells"] if cell["refs"]] == [["S1\u00a0◊\u00a0+"]]
    section = next(one for one in offered() if one.key == "risk-map")
    assert "◊ marks an opportunity" in fragment(section, told()["risk-map"])


def test_the_sections_are_offered_in_one_order_and_their_pages_are_sound(pdfua: Judge) -> None:
    a_year()
    a_risk(event="Nobody looks", shared=True, opened_on=FEBRUARY)
    found = told()
    assert tuple(found) == KEYS
    sections = {one.key: one for one in offered() if one.audiences & WHOLE}
    html = "".join(fragment(sections[key], content) for key, content in found.items())
    assert_sound(
        f"<!DOCTYPE html><html lang='en'><head><title>x</title></head><body><main><h1>x</h1>{html}</main></body></html>"
    )
    pdfua.accepts(documents.pdf(page_of_parts([(sections[key], content) for key, content in found.items()])))
