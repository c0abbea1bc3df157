"""What heads and cells of a register mean."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.risks_in.answering import owner_in
from strategy_tracker.transfer.risks_in.heads import Field, field_of, looks_like_heads, parse_mapping, understand
from strategy_tracker.transfer.risks_in.values import (
    cells_with,
    day_in,
    level_in,
    months_in,
    number_in,
    parts_of,
    says_cell,
)
from tests.risks.making import five_by_five, four_by_six
from tests.risks_in.files import BELOW, HEADS, KEY, WORK


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Id", Field.NUMBER),
        ("Risk No.", Field.NUMBER),
        ("Description", Field.DESCRIPTION),
        ("Risk", Field.DESCRIPTION),
        ("Impact\nscore", Field.IMPACT),
        ("Impact (1-4)", Field.IMPACT),
        ("Severity", Field.IMPACT),
        ("LIKELIHOOD SCORE", Field.LIKELIHOOD),
        ("Probability", Field.LIKELIHOOD),
        ("Score", Field.SCORE),
        ("Residual risk", Field.SCORE),
        ("Impact x Likelihood", Field.SCORE),
        ("Gross likelihood", Field.INHERENT_LIKELIHOOD),
        ("Inherent risk Impact", Field.INHERENT_IMPACT),
        ("Target", Field.TARGET_SCORE),
        ("Impact (target)", Field.TARGET_IMPACT),
        ("Target date", Field.DUE),
        ("How will this risk managed? [Treat, tolerate, transfer or terminate]", Field.RESPONSE),
        ("How is the risk being mitigated", Field.RESPONSE),
        ("Mitigating actions", Field.RESPONSE),
        ("Controls in place", Field.RESPONSE),
        ("4 Ts", Field.KIND),
        ("Treat / tolerate", Field.KIND),
        ("Risk owner", Field.OWNER),
        ("Responsible officer", Field.OWNER),
        ("Category", Field.CATEGORY),
        ("Root cause", Field.CAUSE),
        ("Consequences", Field.EFFECT),
        ("Last reviewed", Field.REVIEWED),
        ("Next review date", Field.REVIEW),
        ("Budget", None),
        ("Status", None),
        ("", None),
    ],
)
def test_a_head_is_known_by_its_words(words, field):
    assert field_of(words) is field


def test_a_register_is_told_from_other_tables():
    assert looks_like_heads(understand(HEADS, {}))
    assert looks_like_heads(understand(["Risk", "Mitigation", "Owner"], {}))
    for other in (BELOW, *KEY, *WORK, ["Description", "Actions", "Owner"], ["Score", "Description"]):
        assert not looks_like_heads(understand(other, {}))


def test_heads_are_settled_by_hand():
    mapping = parse_mapping(["Budget=none", "Where we are: = Response"])
    assert mapping == {"budget": Field.NONE, "where we are": Field.RESPONSE}
    for wrong in ("Budget=money", "Budget", "=none"):
        with pytest.raises(Invalid, match="is not HEAD=FIELD with a field of: number, description"):
            parse_mapping([wrong])


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("7", 7),
        ("7.", 7),
        ("R07", 7),
        ("HS-7", 7),
        ("Risk 7", 7),
        ("(7)", 7),
        ("0", None),
        ("", None),
        ("Total", None),
        ("2014/15", None),
        ("1 2", None),
    ],
)
def test_numbers(words, number):
    assert number_in(words) == number


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("3", 2),
        ("3.0", 2),
        ("critical", 2),
        ("3 Critical", 2),
        ("Critical (3)", 2),
        ("3 – Critical", 2),
        ("3 Marginal", None),
        ("5", None),
        ("0", None),
        ("", None),
        ("Crit", None),
        ("3?", 2),
    ],
)
def test_levels(words, place):
    assert level_in(words, four_by_six().impact) == place


@given(st.data())
def test_every_level_of_a_scheme_is_known_by_mark_name_and_both(data):
    levels = data.draw(st.sampled_from([four_by_six(), five_by_five()])).likelihood
    place = data.draw(st.integers(0, len(levels) - 1))
    level = levels[place]
    for words in (level.mark, level.name, level.words, f"{level.name} ({level.mark})", f" {level.words.upper()}"):
        assert level_in(words, levels) == place


def test_a_score_is_held_against_its_cell():
    assert all(says_cell(words, 12, "High") for words in ("12", "12 High", "high", "Red 12", "Amber"))
    assert not any(says_cell(words, 12, "High") for words in ("9", "12 Low", "Medium"))
    assert says_cell("12", None, "High")
    assert cells_with("24", four_by_six()) == [(3, 5)]
    assert len(cells_with("12", four_by_six())) == 3
    assert cells_with("7", four_by_six()) == cells_with("Red", four_by_six()) == []


@pytest.mark.parametrize(
    ("words", "kind", "name", "noted"),
    [
        ("Manager", "post", "Manager", False),
        ("Senior Housing\nOfficer", "post", "Senior Housing Officer", False),
        ("CLT?", "team", "CLT?", True),
        ("Head of service ?", "post", "Head of service ?", True),
        ("Housing", "post", "Housing", False),
        ("Homelessness team", "team", "Homelessness team", False),
        ("Jane Smith", "person", "Jane Smith", True),
        ("Bob", "post", "Bob", True),
        ("Siân", "post", "Siân", True),
        ("Mrs Jones", "person", "Mrs Jones", True),
        ("Planning", "post", "Planning", False),
        ("Solicitor", "post", "Solicitor", False),
        ("Director", "post", "Director", False),
        ("housing", "post", "housing", False),
        ("TBC", "", "", True),
        ("", "", "", True),
    ],
)
def test_owners(words, kind, name, noted):
    found = owner_in(words)
    assert (found.owner.kind, found.owner.name, bool(found.note)) == (kind, name, noted)


def test_days_and_how_often():
    assert day_in("31 March 2015") == day_in("31/3/15") == day_in("March 2015") == dt.date(2015, 3, 31)
    assert day_in("soon") is day_in("1 May 2014 or 1 June 2014") is None
    assert [months_in(words) for words in ("Monthly", "Quarterly.", "every six months", "2015")] == [1, 3, 6, None]


@pytest.mark.parametrize(
    ("words", "event", "cause", "effect"),
    [
        ("Grants stop", "Grants stop", "", ""),
        ("Grants stop.\nFewer homes.\n• and worse", "Grants stop.", "", "Fewer homes.\n• and worse"),
        ("Grants stop for\nall partners", "Grants stop for all partners", "", ""),
        ("Cause: no money\nRisk: grants stop\nEffect: fewer homes", "grants stop", "no money", "fewer homes"),
        ("Effect: fewer homes", "Effect: fewer homes", "", ""),
        (f"Grants stop. {'So much. ' * 70}", "Grants stop.", "", ("So much. " * 70).strip()),
        ("", "", "", ""),
    ],
)
def test_a_description_is_divided_and_nothing_of_it_lost(words, event, cause, effect):
    found = parts_of(words, 500)
    assert (found.event, found.cause, found.effect) == (event, cause, effect)
    assert bool(found.note) == bool(cause or effect)


@given(st.text("abAB .\n;", max_size=60))
def test_no_word_of_a_description_is_lost(words):
    found = parts_of(words, 20)
    assert f"{found.event} {found.effect}".split() == words.split()
    assert "\n" not in found.event
