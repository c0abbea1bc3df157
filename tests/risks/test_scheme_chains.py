"""What is proposed for an old score, where its scheme was changed more than once."""

from dataclasses import replace

import pytest

from strategy_tracker.access.policy import OPERATOR
from strategy_tracker.errors import Invalid
from strategy_tracker.risks.addresses import address_of_risk
from strategy_tracker.risks.schemes.chains import Step, chain
from strategy_tracker.risks.schemes.models import SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.operations import change_scheme, map_levels
from strategy_tracker.risks.schemes.queries import current_version, mapping_between
from strategy_tracker.risks.schemes.rules import LevelMap, Scheme, suggested_mapping
from tests.cast import person
from tests.html_check import words
from tests.risks.making import a_register, a_risk, a_scheme, five_by_five, four_by_six

CHOSEN = LevelMap((0, 1, 1, 2), (0, 0, 1, None, 3, 4))
ONE, TWO, THREE, FOUR = (Step(1, number, number) for number in (1, 2, 3, 4))
OTHER, LATER = Step(2, 1, 11), Step(2, 2, 12)


@pytest.mark.parametrize(
    ("old", "new", "chosen", "found"),
    [
        (ONE, THREE, [], [ONE, THREE]),
        (ONE, THREE, [(ONE, TWO)], [ONE, TWO, THREE]),
        (ONE, THREE, [(TWO, THREE)], [ONE, TWO, THREE]),
        (ONE, FOUR, [(ONE, TWO), (TWO, THREE), (THREE, FOUR)], [ONE, TWO, THREE, FOUR]),
        (ONE, FOUR, [(ONE, TWO), (ONE, FOUR)], [ONE, FOUR]),
        (ONE, FOUR, [(ONE, TWO), (THREE, FOUR)], [ONE, TWO, THREE, FOUR]),
        (ONE, LATER, [(TWO, OTHER)], [ONE, TWO, OTHER, LATER]),
        (ONE, LATER, [(OTHER, LATER)], [ONE, LATER]),
        (LATER, ONE, [(ONE, LATER)], [LATER, ONE]),
        (TWO, THREE, [(TWO, OTHER), (OTHER, THREE), (OTHER, TWO)], [TWO, OTHER, THREE]),
    ],
)
def test_the_way_leads_over_what_was_chosen(old, new, chosen, found):
    assert chain(old, new, chosen) == found


def test_a_level_without_a_successor_has_none_further_on():
    later = LevelMap((2, 1, 0), (4, 3, 2, 1, 0))
    assert CHOSEN.then(later) == LevelMap((2, 1, 1, 0), (4, 4, 3, None, 1, 0))


def changed(scheme: ScoringScheme, shape: Scheme) -> SchemeVersion:
    now = ScoringScheme.get_by_id(scheme.id)
    return change_scheme(OPERATOR, now, now.version, name=now.name, shape=shape, reason="So it is")


def spelt(shape: Scheme) -> Scheme:
    """With one level in other words."""
    return replace(shape, impact=(*shape.impact[:-1], replace(shape.impact[-1], name="Worst")))


def test_what_was_chosen_is_proposed_after_another_change_too(visitor_as):
    risk, scheme = a_risk(score=(2, 2)), a_scheme()
    first = current_version(scheme)
    second = changed(scheme, five_by_five())
    map_levels(OPERATOR, first, second, CHOSEN)
    third = changed(scheme, spelt(five_by_five()))
    assert suggested_mapping(first.shape, third.shape).new_place(2, 2) == (3, 2)
    assert mapping_between(first, third).new_place(2, 2) == (1, 1)
    assert mapping_between(first, third).new_place(3, 3) == (2, None)
    page = visitor_as("officer").get(f"{address_of_risk(risk)}scores")
    assert [words(one) for one in page.all("option") if "selected" in one.attrib] == ["2 Minor", "2 Unlikely"]
    register = a_register("")
    mapping = visitor_as("coordinator").get(f"/p/west-kent/risks/schemes/{register.scheme.slug}/mapping?from=1")
    select = mapping.all("select", id="impact_2")[0]
    assert [words(one) for one in select.iter("option") if "selected" in one.attrib] == ["2 Minor"]


def test_the_last_choice_between_two_versions_counts(database):
    scheme = a_scheme()
    first = current_version(scheme)
    second = changed(scheme, five_by_five())
    for impact in ((0, 0, 0, 0), CHOSEN.impact):
        map_levels(OPERATOR, first, second, replace(CHOSEN, impact=impact))
    third = changed(scheme, five_by_five())
    assert mapping_between(first, third) == CHOSEN


def test_levels_are_mapped_inside_a_partnership_and_never_from_one_authority_to_another(database):
    shape = four_by_six()
    every = LevelMap(tuple(range(4)), tuple(range(6)))
    ours, far = current_version(a_scheme()), current_version(a_scheme("far", of="east-fen"))
    tmbc, sdc = (current_version(a_scheme(f"of-{whose}", shape, whose=whose)) for whose in ("tmbc", "sdc"))
    for old, new in ((far, ours), (sdc, tmbc)):
        with pytest.raises(Invalid, match="of the same authority, or of the partnership"):
            map_levels(OPERATOR, old, new, every)
    for old, new in ((ours, tmbc), (tmbc, ours)):
        map_levels(OPERATOR, old, new, every)
    map_levels(person("lead"), ours, tmbc, every)


def test_a_version_is_found_by_its_address_in_its_own_partnership_alone(visitor_as):
    a_register("")
    a_scheme("far", of="east-fen")
    changed(a_scheme(), five_by_five())
    coordinator = visitor_as("coordinator")
    base = "/p/west-kent/risks/schemes/four-by-six/mapping?from="
    assert coordinator.get(f"{base}four-by-six:1").all("select")
    for key in ("far:1", "2", "9", "x", "four-by-six:", "999999999999999999999", "-1"):
        coordinator.get(f"{base}{key}", status=404)


def test_a_page_of_a_scheme_shows_no_version_of_another_and_maps_none_of_another_authority(visitor_as):
    for whose in ("tmbc", "sdc"):
        a_scheme(f"of-{whose}", whose=whose)
    lead = visitor_as("lead")
    base = "/p/west-kent/risks/schemes/of-tmbc/"
    lead.get(f"{base}?version=1")
    assert "nothing to map" in lead.get(f"{base}mapping").words
    for rest in ("?version=of-sdc:1", "mapping?from=of-sdc:1"):
        lead.get(f"{base}{rest}", status=404)
