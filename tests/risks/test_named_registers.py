"""What a register is called beside the number of a risk, and whose registers stand first."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.operations.registers import close_register
from tests.html_check import words
from tests.risks.making import a_register, a_risk, put_forward

ALL = "/p/west-kent/risks/"


@pytest.fixture
def lead(visitor_as):
    return visitor_as("lead")


def test_where_an_authority_has_several_registers_each_is_named(lead, visitor_as):
    goes_to = a_register("")
    first = a_risk(a_register(goes_to=goes_to), "The only one")
    assert "Risk 1 of TMBC." in lead.get(f"{ALL}tmbc-risks/{first.slug}/").words
    assert [words(one) for one in lead.get(ALL).all("td", **{"data-l": "Register"})] == ["TMBC"]

    second = a_risk(a_register(slug="repairs", title="Repairs", goes_to=goes_to), "Roofs leak", shared=True)
    put_forward(second)
    assert "Risk 1 of Repairs (TMBC)." in lead.get(f"{ALL}repairs/{second.slug}/").words
    assert {words(one) for one in lead.get(ALL).all("td", **{"data-l": "Register"})} == {
        "Operational risks of tmbc",
        "Repairs (TMBC)",
    }
    coordinator = visitor_as("coordinator")
    assert "Risk S1 of Repairs (TMBC)" in coordinator.get(f"{ALL}west-kent-risks/").words
    assert "Repairs (TMBC) to Operational risks of west-kent" in coordinator.get("/").words


def test_a_closed_register_keeps_its_numbers_apart(lead):
    risk = a_risk(a_register())
    old = a_register(slug="old", title="Old ones")
    close_register(OPERATOR, old, old.version)

    assert "Risk 1 of Operational risks of tmbc." in lead.get(f"{ALL}tmbc-risks/{risk.slug}/").words


@pytest.mark.parametrize(
    ("who", "first", "is_told"),
    [
        ("viewer", "Operational risks of tmbc", True),
        ("officer", "Operational risks of tmbc", True),
        ("third officer", "Operational risks of west-kent", False),
        ("coordinator", "Operational risks of west-kent", True),
    ],
)
def test_ones_own_registers_stand_first_and_only_then_is_it_said(visitor_as, who, first, is_told):
    for whose in ("sdc", "tmbc", ""):
        a_register(whose)

    page = visitor_as(who).get(ALL)
    assert words(page.all("th", scope="row")[0]).startswith(first)
    assert ("your own first" in page.words) is is_told
