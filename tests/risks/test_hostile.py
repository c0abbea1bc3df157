"""Hostile words, numbers and ids in the forms of registers, schemes and risks, and two people at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from strategy_tracker import db
from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.risks.models import Register, Risk
from strategy_tracker.risks.operations.risks import add_risk
from strategy_tracker.risks.rules import RiskWords
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme
from tests.cast import person
from tests.hostile.test_scripts import DANGERS, SCRIPT
from tests.risks.making import a_register, a_scheme
from tests.visitor import Answer

ADD = "/p/west-kent/risks/schemes/add"
LINES = {
    "impact": f"1 {SCRIPT[:50]}\n2 High: {SCRIPT}",
    "bands": f"Low\n{SCRIPT[:50]} from 9",
    "categories": SCRIPT[:50],
}
HUGE = ("9" * 400, "-1", "1e9", "²", "٣", "\x00", "NaN", "987654321")


def assert_words_alone(page: Answer) -> None:
    main = page.root.find(".//main")
    assert not [each.tag for each in main.iter() if each.tag in DANGERS]
    assert not [name for each in main.iter() for name in each.attrib if name.startswith("on")]


def test_scripts_in_a_scheme_are_words_in_both_steps_and_on_its_pages(visitor_as):
    visitor = visitor_as("coordinator")
    words = {"name": SCRIPT, "slug": "hostile", "impact_word": SCRIPT[:50], "likelihood_word": SCRIPT[:50]} | LINES
    table = visitor.send(visitor.get(ADD), words | {"step": "table"})
    refused = visitor.send(table, {"value-0-0": SCRIPT, "band-0-0": SCRIPT, "tolerated": SCRIPT, "step": "save"})
    assert len(refused.errors) == 3
    again = {"value-0-0": "1", "band-0-0": "0", "tolerated": "0", "step": "save"}
    page = visitor.send(refused, again)
    a_register("", title=SCRIPT, body=SCRIPT[:200], scheme=ScoringScheme.get(ScoringScheme.slug == "hostile"))
    shown = [visitor.get(address) for address in (page.address, "/p/west-kent/risks/schemes/", "/p/west-kent/risks/")]
    register = visitor.get("/p/west-kent/risks/west-kent-risks/")
    settings = visitor.get("/p/west-kent/risks/west-kent-risks/settings")
    for answer in (table, refused, page, *shown, register, settings):
        assert_words_alone(answer)
        assert "alert(1)" in answer.html, "the words themselves are there to be read"


def test_meddled_fields_of_a_scheme_are_refused_or_ignored_and_never_stored(visitor_as):
    visitor = visitor_as("coordinator", check=False)
    table = visitor.send(visitor.get(ADD), {"name": "Mine", "step": "table"})
    for value in HUGE:
        for name in ("value-0-0", "band-0-0", "tone-0", "tolerated"):
            assert visitor.send(table, {name: value, "step": "save"}, status=200).errors or value in ("\x00", "-1")
    many = "\n".join(f"{number} Level {number}" for number in range(1, 2_000))
    refused = visitor.send(visitor.get(ADD), {"name": "Many", "impact": many, "step": "table"})
    assert "2 to 10 levels" in refused.errors[0]
    visitor.send(table, {"band-99999-1": "0", "band-x": "1", "value-0": "", "made_bands": "\x00", "step": "levels"})
    assert not ScoringScheme.select().where(ScoringScheme.slug == "many").exists()


@pytest.mark.parametrize("name", ["top", "review_months"])
def test_numbers_of_a_register_are_small_and_plain(visitor_as, name):
    a_scheme()
    visitor = visitor_as("lead", check=False)
    page = visitor.get("/p/west-kent/risks/add")
    for value in HUGE:
        assert visitor.send(page, {"title": "Mine", name: value}).errors
    assert not Register.select().exists()


def test_foreign_ids_reach_nothing(visitor_as):
    a_scheme("far", of="east-fen")
    theirs, own = a_register("sdc"), a_register("tmbc")
    visitor = visitor_as("lead", check=False)
    page = visitor.get(f"/p/west-kent/risks/{own.slug}/settings")
    for fields in (
        {"scheme": "far"},
        {"scheme": str(theirs.scheme_id)},
        {"goes_to": theirs.slug},
        {"goes_to": own.slug},
    ):
        assert visitor.send(page, fields).errors
    visitor.get(f"/p/west-kent/risks/{theirs.slug}/settings", status=403)
    for asked in ("far:1", "1:1", f"{own.scheme.slug}:1", "999999999999", "x", ":", "1"):
        visitor.get(f"/p/west-kent/risks/schemes/{own.scheme.slug}/mapping?from={asked}", status=404)
    assert SchemeVersion.select().count() == 2
    assert Register.get_by_id(own.id).goes_to is None


def test_two_who_add_a_risk_at_once_get_two_numbers(database):
    register = a_register()

    def add(number: int) -> int:
        with db.database.connection_context():
            who = person("officer" if number % 2 else "lead")
            return add_risk(who, Register.get_by_id(register.id), RiskWords(f"Risk {number}")).number

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(add, range(8)))
    assert sorted(numbers) == list(range(1, 9))
    add_risk(OPERATOR, register, RiskWords("One more"))
    assert Risk.select().count() == 9
