"""What a risk may say, each of its few words: kept as it was chosen, and shown."""

from xml.etree.ElementTree import Element

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.addresses import address_of_register, address_of_risk
from strategy_tracker.risks.models import Register, Response, Risk
from strategy_tracker.risks.operations.registers import RegisterTerms, edit_register
from strategy_tracker.risks.rules import Proximity, ResponseKind
from tests.html_check import words
from tests.risks.making import BANDS, a_register, a_risk

SOONEST = [one for one in Proximity if one is not Proximity.NOT_SAID]


@pytest.mark.parametrize("soon", SOONEST)
def test_how_soon_it_may_happen_is_kept_and_shown_and_can_be_taken_back(visitor_as, soon):
    officer, register = visitor_as("officer"), a_register()
    form = officer.get(f"{address_of_register(register)}add")
    officer.send(form, {"event": "The grant ends", "proximity": soon.value})
    risk = Risk.get()
    assert risk.proximity == soon
    assert soon.value in officer.get(address_of_risk(risk)).words.casefold()
    edit = officer.get(f"{address_of_risk(risk)}edit")
    (chosen,) = (one for one in edit.all("option", value=soon.value) if "selected" in one.attrib)
    assert words(chosen) == soon.value.capitalize()
    officer.send(edit, {"proximity": ""})
    assert Risk.get().proximity == Proximity.NOT_SAID


@pytest.mark.parametrize("kind", ResponseKind)
def test_each_kind_of_response_is_kept_and_shown(visitor_as, kind):
    risk, officer = a_risk(), visitor_as("officer")
    form = officer.get(f"{address_of_risk(risk)}responses/add")
    page = officer.send(form, {"kind": kind.value, "text": "Ask the county"})
    assert Response.get().kind == kind
    assert f"{kind.value.capitalize()} Ask the county" in page.words


def test_the_map_tells_its_bands_by_marks_too(visitor_as):
    a_risk(score=(3, 5))
    page = visitor_as("officer").get(address_of_register(a_register()))
    key = ["".join(one.itertext()).split() for each in page.all("ul", class_="bands") for one in each.iter("li")]
    for band in BANDS:
        marks = [band.tone.squares] if band.tone.squares else []
        assert [*marks, *band.name.split()] in [one[: len(marks) + len(band.name.split())] for one in key]
    cells = list(page.all("div", class_="heat")[0].iter("td"))
    shown = {(label(cell, "bl").split(" at ")[0], label(cell, "bm")) for cell in cells}
    assert len(cells) == 24
    assert shown == {("Low", ""), ("Medium", "▪"), ("High", "▪▪"), ("Very high", "▪▪▪")}


def label(cell: Element, name: str) -> str:
    (found,) = (one for one in cell.iter() if one.attrib.get("class") == name)
    return "".join(found.itertext()).strip()


def test_registers_never_go_up_in_a_ring_however_long(database):
    top = a_register("tmbc", "corporate")
    middle = a_register("tmbc", "middle", goes_to=top)
    low = a_register("tmbc", "low", goes_to=middle)
    for above in (top, middle, low):
        with pytest.raises(Invalid, match="Choose another register"):
            edit_register(OPERATOR, top, top.version, RegisterTerms(top.title, top.scheme, goes_to=above))
    assert Register.get_by_id(top.id).goes_to is None
