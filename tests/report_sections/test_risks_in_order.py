"""How reports sort risks: threats first, and what stands under other versions named, never compared by its number."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from strategy_tracker import documents
from strategy_tracker.documents.sections import contents, fragment, sections_for
from strategy_tracker.risks import report_sections
from strategy_tracker.risks.models import Risk
from strategy_tracker.risks.sections import top_document
from tests.cast import partnership, person
from tests.pdfua import Judge
from tests.report_sections.making import context_of
from tests.report_sections.report_documents import page_of_parts
from tests.risks.making import a_register, a_risk, a_scheme, five_by_five, put_forward

pytestmark = pytest.mark.usefixtures("database")
MAY = dt.datetime(2011, 5, 2, 12, tzinfo=dt.UTC)


def parts(audience: str = "full") -> list[Any]:
    own = [one for one in sections_for(audience) if one.build.__module__ == report_sections.__name__]
    return contents(own, context_of(audience))


@time_machine.travel(MAY, tick=False)
def accepted_ones() -> None:
    """Of TMBC a threat and an opportunity, of SDC, under another scheme, a threat; of the partnership its own."""
    for register, event, score, chance in (
        (a_register(), "Landlords leave", (1, 1), False),
        (a_register(), "A large grant comes", (3, 5), True),
        (a_register("sdc", scheme=a_scheme("five", five_by_five())), "Grants end", (4, 4), False),
    ):
        risk = a_risk(register, event, score=score, is_opportunity=chance, shared=True, opened_on=dt.date(2011, 5, 1))
        put_forward(Risk.get_by_id(risk.id), accepted=True)


def test_top_risks_stand_by_band_under_their_version_and_opportunities_after_them() -> None:
    accepted_ones()
    (section, top), *_ = parts()
    assert section.key == "top-risks"
    assert [(one["ref"], one["score"], one["under"]) for one in top["risks"]] == [
        ("SDC S1", "25 Very high", "five, version 1"),
        ("TMBC S1", "4 Low", "four by six, version 1"),
    ]
    assert [(one["ref"], one["more"]) for one in top["opportunities"]] == [("TMBC S2", "Opportunity")]
    html = fragment(section, top)
    assert "the worst first, opportunities after the threats." in html
    assert "under more than one scheme or version" in html
    assert html.index("Grants end") < html.index("<h3>Opportunities</h3>") < html.index("A large grant comes")


def test_what_moved_stands_in_that_order_too() -> None:
    accepted_ones()
    section, moves = next((one, content) for one, content in parts() if one.key == "risk-moves")
    assert [(one["event"], one["under"]) for one in moves["groups"][0]["risks"]] == [
        ("Grants end", "five, version 1"),
        ("Landlords leave", "four by six, version 1"),
        ("A large grant comes", "four by six, version 1"),
    ]
    assert "their numbers are not compared" in fragment(section, moves)


def test_a_board_is_told_as_many_threats_as_fit_before_any_opportunity() -> None:
    with time_machine.travel(MAY, tick=False):
        for number in range(8):
            a_risk(event=f"Threat {number}", shared=True, opened_on=dt.date(2011, 5, 1))
        a_risk(event="A grant comes", score=(3, 5), shared=True, is_opportunity=True, opened_on=dt.date(2011, 5, 1))
    (group,) = next(content for one, content in parts("board") if one.key == "board-risk-moves")["groups"]
    assert [one["event"] for one in group["risks"]] == [f"Threat {number}" for number in range(6)]
    assert group["more"] == 3


def test_a_report_and_the_list_for_the_board_call_a_risk_by_one_name() -> None:
    with time_machine.travel(MAY, tick=False):
        corporate = a_register("")
        up = a_register("", "steering")
        type(corporate).update(goes_to=up).where(type(corporate).id == corporate.id).execute()
        risk = a_risk(type(corporate).get_by_id(corporate.id), "A partner leaves", opened_on=dt.date(2011, 5, 1))
        put_forward(Risk.get_by_id(risk.id), accepted=True)
    listed = [entry.ref for _, _, some in top_document(person("viewer"), partnership()).bands for entry in some]
    told = [one["ref"] for one in parts()[0][1]["risks"]]
    assert listed == told == ["Operational risks of west-kent (West Kent) 1"]


def test_opportunities_alone_need_no_table_of_threats(pdfua: Judge) -> None:
    with time_machine.travel(MAY, tick=False):
        risk = a_risk(event="A grant comes", shared=True, is_opportunity=True, opened_on=dt.date(2011, 5, 1))
        put_forward(Risk.get_by_id(risk.id), accepted=True)
    section, top = parts()[0]
    assert fragment(section, top).count("<table") == 1
    pdfua.accepts(documents.pdf(page_of_parts([(section, top)])))
