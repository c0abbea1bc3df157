"""The heat maps of a report: two that fit stand on one page, and the risks on them are named under each."""

import datetime as dt
import io

import pytest
import time_machine
from pypdf import PdfReader

from strategy_tracker import documents
from strategy_tracker.documents.sections import offered
from strategy_tracker.risks.report_sections import heat_maps
from tests.pdfua import Judge
from tests.report_sections.making import context_of
from tests.report_sections.report_documents import page_of_parts
from tests.risks.making import a_register, a_risk, a_scheme, five_by_five


@pytest.mark.usefixtures("database")
def test_two_maps_stand_on_one_page_with_the_names_of_their_risks(pdfua: Judge) -> None:
    with time_machine.travel(dt.datetime(2011, 5, 2, 12, tzinfo=dt.UTC), tick=False):
        for whose, event in (("tmbc", "Landlords leave"), ("sdc", "Grants end")):
            register = a_register(whose, scheme=a_scheme("five", five_by_five()))
            a_risk(register, event, shared=True, opened_on=dt.date(2011, 5, 1))
        a_risk(a_register("sdc"), "Known to SDC alone", opened_on=dt.date(2011, 5, 1))
    maps = heat_maps(context_of("full"))
    assert maps is not None
    assert [one.names for one in maps.maps] == [(("S1", "Grants end"),), (("S1", "Landlords leave"),)]
    section = next(one for one in offered() if one.key == "risk-map")
    pdf = documents.pdf(page_of_parts([(section, maps)]))
    with_maps = [page for page in PdfReader(io.BytesIO(pdf)).pages if "Almost certain" in page.extract_text()]
    assert len(with_maps) == 1
    pdfua.accepts(pdf)
