"""The heat map of a large scheme on a phone: numbers where they fit, else a count that says it is one."""

import datetime as dt

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.schemes.retiring import retire_scheme
from strategy_tracker.risks.schemes.rules import Scheme, product_cells
from tests.pages.test_accessible import of_status
from tests.quarters.making import the_quarters
from tests.risks.making import BANDS, a_register, a_risk, a_scheme, a_score, levels

ALL = "/p/west-kent/risks/"
SEEN = """[...document.querySelectorAll('.heat td .spots > a')].filter(each => each.offsetHeight)
    .map(each => [...each.childNodes].filter(one => one.nodeType === 3 || one.offsetHeight && one.className !== 'vh')
        .map(one => one.textContent.trim()).join(''))"""
OUTSIDE = """[...document.querySelectorAll('.heat td')].filter(cell => [...cell.querySelectorAll('a')].some(each => {
    const [one, other] = [each.getBoundingClientRect(), cell.getBoundingClientRect()]
    return each.offsetHeight && (one.right > other.right || one.left < other.left || one.bottom > other.bottom)
})).length"""


def ten_by_ten() -> None:
    """Three alone, one that went up and one an opportunity; three in one cell; five in another, of which one is new."""
    ten = levels(*(f"Level {number}" for number in range(1, 11)))
    scheme = a_scheme("ten", Scheme(ten, ten, BANDS, product_cells(ten, ten, (15, 40, 70)), tolerated=1))
    register = a_register(scheme=scheme, as_at=dt.date(2010, 12, 31))
    a_score(a_risk(register, "Up", score=(0, 0)), 1, 1, on=dt.date(2010, 11, 1))
    a_risk(register, "A chance", score=(4, 4), is_opportunity=True)
    a_risk(register, "Still", score=(9, 0))
    for _ in range(3):
        a_risk(register, "Three", score=(6, 6))
    for each in range(5):
        a_risk(register, "Five", score=(9, 9), opened_on=dt.date(2010, 12 if each == 0 else 7, 1))
    the_quarters()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_numbers_are_risks_and_counts_are_counts(page_as):
    ten_by_ten()
    page = page_as("lead", width=375)
    page.goto(f"{ALL}tmbc-risks/")

    assert page.evaluate(SEEN) == ["3", "5 risks+", "4", "5", "6", "2◇", "1▲"]
    assert page.evaluate(OUTSIDE) == 0
    page.set_viewport_size({"width": 1280, "height": 900})
    assert "1 risk" in page.evaluate(SEEN)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_pages_are_sound_in_a_browser(app, page_as):
    ten_by_ten()
    slip = a_scheme("slip", whose="tmbc")
    retire_scheme(OPERATOR, slip, slip.version)
    a_scheme("unused", whose="tmbc")
    lead, coordinator, schemes = page_as("lead"), page_as("coordinator"), f"{ALL}schemes/"
    wrong = of_status(coordinator, f"{ALL}add", 200) + of_status(coordinator, f"{ALL}add?whose=sdc", 200)
    for address in (f"{ALL}tmbc-risks/", schemes, f"{schemes}slip/", f"{schemes}unused/", f"{schemes}slip/retirement"):
        wrong += of_status(lead, address, 200)
    assert not wrong, "\n".join(wrong)
