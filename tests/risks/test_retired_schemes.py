"""A scheme that no register uses can be retired, and taken back; its scores stay."""

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Forbidden, Invalid
from strategy_tracker.risks.models import Register, Score
from strategy_tracker.risks.operations.registers import RegisterTerms, add_register, edit_register
from strategy_tracker.risks.schemes.models import ScoringScheme
from strategy_tracker.risks.schemes.retiring import retire_scheme, take_back_scheme
from tests.cast import authority, partnership, person
from tests.html_check import words
from tests.risks.making import a_register, a_risk, a_scheme, five_by_five

SCHEMES = "/p/west-kent/risks/schemes/"
SLIP = f"{SCHEMES}slip/"


@pytest.fixture
def slip(database) -> ScoringScheme:
    return a_scheme("slip", five_by_five(), whose="tmbc")


def choices(page) -> list[str]:
    return [option.attrib["value"] for option in page.all("select", id="scheme")[0].iter("option")]


def test_its_owner_retires_it_and_takes_it_back(slip, visitor_as):
    register, lead = a_register(), visitor_as("lead")
    settings = f"/p/west-kent/risks/{register.slug}/settings"
    assert "slip" in choices(lead.get(settings))

    page = lead.get(SLIP)
    page = lead.get(next(a.attrib["href"] for a in page.all("a") if words(a) == "Retire the scheme"))
    after = lead.send(page)
    assert "The scheme is retired." in after.words
    assert "no register can choose it" in after.words
    assert "slip" not in choices(lead.get(settings))
    listed = lead.get(SCHEMES)
    assert "slip" not in words(listed.all("table")[0])
    assert "slip, Tonbridge and Malling Borough Council, retired on" in words(listed.all("details")[0])

    assert "can be chosen again" in lead.send(lead.get(f"{SLIP}retirement")).words
    assert "slip" in choices(lead.get(settings))


def test_one_that_a_register_uses_is_not_retired(slip, visitor_as):
    register = a_register(scheme=slip)
    lead = visitor_as("lead")
    assert "Retire the scheme" not in lead.get(SLIP).words
    refused = lead.send(lead.get(f"{SLIP}retirement"))
    assert refused.errors == [f"Choose another scheme first in the settings of “{register.title}”"]


def test_no_register_takes_a_retired_one_however_it_is_asked(slip):
    register, home = a_register(), partnership()
    retire_scheme(OPERATOR, slip, slip.version)
    terms = RegisterTerms("Housing", slip)
    with pytest.raises(Invalid, match="this one is retired"):
        add_register(OPERATOR, home, authority("tmbc"), slug="housing", terms=terms)
    with pytest.raises(Invalid, match="this one is retired"):
        edit_register(OPERATOR, register, register.version, terms)
    with pytest.raises(Invalid, match="It is retired already"):
        retire_scheme(OPERATOR, slip, slip.version)


def test_scores_keep_a_retired_scheme(slip, visitor_as):
    register = a_register(scheme=slip)
    risk = a_risk(register, score=(4, 4))
    terms = RegisterTerms(register.title, a_scheme())
    edit_register(OPERATOR, Register.get_by_id(register.id), Register.get_by_id(register.id).version, terms)
    retire_scheme(OPERATOR, slip, slip.version)

    assert Score.get(Score.risk == risk).words == "25 Very high"
    assert "slip, version 1" in visitor_as("officer").get(f"/p/west-kent/risks/{register.slug}/{risk.slug}/").words
    assert "retired on" in visitor_as("officer").get(SLIP).words


def test_others_retire_nothing(slip, visitor_as):
    common = a_scheme()
    for who, scheme in (("officer", slip), ("other lead", slip), ("lead", common), ("viewer", slip)):
        for change in (retire_scheme, take_back_scheme):
            with pytest.raises(Forbidden):
                change(person(who), scheme, scheme.version)
    assert "Retire the scheme" not in visitor_as("officer").get(SLIP).words
    retire_scheme(person("coordinator"), common, common.version)
