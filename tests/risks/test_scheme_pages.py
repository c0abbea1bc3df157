"""Schemes on their pages: added, changed and mapped by somebody who is no engineer."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from strategy_tracker.risks.models import Register, Score
from strategy_tracker.risks.schemes import drafting
from strategy_tracker.risks.schemes.models import SchemeMapping, SchemeVersion, ScoringScheme
from strategy_tracker.risks.schemes.operations import change_scheme
from strategy_tracker.risks.schemes.patterns import PATTERNS
from strategy_tracker.risks.schemes.queries import current_version
from strategy_tracker.risks.schemes.rules import Band, Cell, Level, Scheme, Tone, product_cells
from tests.cast import person
from tests.risks.drawing import any_scheme
from tests.risks.making import a_register, a_risk, a_scheme, five_by_five, four_by_six
from tests.visitor import standing_values

ADD = "/p/west-kent/risks/schemes/add"
TABLE, SAVE, BACK, AGAIN = ({"step": step} for step in ("table", "save", "levels", "again"))


def scheme(slug: str) -> ScoringScheme:
    return ScoringScheme.get(ScoringScheme.slug == slug)


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("4 Critical: people are hurt", Level("4", "Critical", "people are hurt")),
        ("4. Critical", Level("4", "Critical")),
        ("4) Critical", Level("4", "Critical")),
        ("4 – Critical", Level("4", "Critical")),
        ("4\tCritical\tpeople are hurt", Level("4", "Critical", "people are hurt")),
        ("IV Critical", Level("IV", "Critical")),
        ("-2 Good: it helps", Level("-2", "Good", "it helps")),
        ("<10% Rare", Level("<10%", "Rare")),
        ("0.5 Rare", Level("0.5", "Rare")),
        ("Almost impossible: never", Level("1", "Almost impossible", "never")),
        ("worst | Critical", Level("worst", "Critical")),
    ],
)
def test_a_level_is_read_as_people_write_it(line, level):
    assert drafting.levels_in(line) == (level,)


@pytest.mark.parametrize(
    ("line", "band"),
    [
        ("High from 10", ("High", 10)),
        ("High: 10 to 14", ("High", 10)),
        ("High 10-14", ("High", 10)),
        ("Very high, from 15", ("Very high", 15)),
        ("Band 1", ("Band 1", None)),
        ("High", ("High", None)),
    ],
)
def test_a_band_is_read_as_people_write_it(line, band):
    lines = drafting.parsed("", "", line, "")
    assert (lines.bands[0], lines.starts[0]) == band


def test_a_mark_below_nought_counts_as_it_says_and_one_that_is_no_whole_number_by_its_place():
    impact, likelihood = drafting.levels_in("-2 Good\n1 Bad"), drafting.levels_in("10% Rare\n90% Sure")
    cells = product_cells(impact, likelihood, [1])
    assert [[cell.value for cell in row] for row in cells] == [[-2, -4], [1, 2]]


@settings(max_examples=40)
@given(st.data())
def test_any_scheme_written_in_lines_is_read_again(data):
    size = st.integers(2, 10)
    drawn = data.draw(any_scheme(data.draw(size), data.draw(size)))
    lines = drafting.written(drawn)
    again = drafting.parsed(
        "\n".join(map(drafting.level_line, lines.impact)),
        "\n".join(map(drafting.level_line, lines.likelihood)),
        "\n".join(map(drafting.band_line, lines.bands, lines.starts)),
        "\n".join(lines.categories),
    )
    assert again == lines
    assert drafting.problems_with_starts(again) == ""
    assert drafting.carried(lines, again, drafting.chosen_in(drawn)) == drafting.chosen_in(drawn)


def test_the_pattern_of_copeland_is_its_own_table():
    shape = PATTERNS["4-by-6"][1]
    assert shape.cell(2, 3) == Cell(2, 12)
    assert shape.size_words == "impact 1 to 4 by likelihood 1 to 6"
    assert all(drafting.proposed_cells(drafting.written(one))[0, 0] == one.cell(0, 0) for _, one in PATTERNS.values())


def test_a_changed_cell_stays_where_its_levels_are_and_the_others_follow_new_values():
    old = drafting.parsed("1 Small\n2 Large", "1 Rare\n2 Often", "Low\nHigh from 4", "")
    new = drafting.parsed("1 None\n2 Small\n3 Large", "1 Rare\n2 Often", "Low\nMedium from 2\nHigh from 6", "")
    cells = drafting.proposed_cells(old) | {(0, 1): Cell(1, 99)}
    kept = drafting.carried(old, new, drafting.Choices(cells, (Tone.LOW, Tone.VERY_HIGH), 0, ()))
    assert kept.cells[1, 1] == Cell(2, 99)
    assert kept.cells[2, 1] == Cell(2, 6)
    assert kept.cells[1, 0] == Cell(1, 2)
    assert kept.tones == (Tone.LOW, Tone.MEDIUM, Tone.VERY_HIGH)


def test_a_coordinator_adds_a_scheme_of_any_size(visitor_as):
    visitor = visitor_as("coordinator")
    first = visitor.get(ADD, query_string={"pattern": "5-by-5"})
    words = {
        "name": "Fund, 2 by 3",
        "impact": "A Low: little\nB High: much",
        "likelihood": "1 Rare\n2 Possible\n3 Likely",
        "bands": "Fine\nWatch from 3\nStop from 5",
        "categories": "Money\nSafety",
        "rows": "likelihood",
    }
    table = visitor.send(first, words | TABLE)
    assert not table.errors
    assert len(table.all("select")) == 6 + 3 + 3
    chosen = {"band-0-2": "2", "value-1-1": "", "tolerated": "1", "tolerated-1": ""}
    page = visitor.send(table, chosen | SAVE)
    assert page.address == "/p/west-kent/risks/schemes/fund-2-by-3/"
    shape = current_version(scheme("fund-2-by-3")).shape
    assert shape.cell(0, 2) == Cell(2, 3)
    assert shape.cell(1, 1) == Cell(1, None)
    assert shape.cell(1, 2) == Cell(2, 6)
    assert [(one.name, one.tolerated) for one in shape.categories] == [("Money", 1), ("Safety", None)]
    assert (shape.tolerated, shape.rows.value, shape.impact[1].description) == (1, "likelihood", "much")
    assert "Fund, 2 by 3" in visitor.get("/p/west-kent/risks/schemes/").words


def test_nothing_typed_is_lost_between_the_steps_and_what_is_wrong_stands_where_it_is_put_right(visitor_as):
    visitor = visitor_as("coordinator")
    first = visitor.get(ADD)
    wrong = visitor.send(first, {"name": "", "impact": "1 Alone", "bands": "Low\nHigh from 9\nWorse from 3"} | TABLE)
    assert len(wrong.errors) == 3
    assert "Worse from 3" in wrong.html
    table = visitor.send(wrong, {"name": "Mine", "impact": "1 Low\n2 High", "bands": "Low\nHigh from 9"} | TABLE)
    refused = visitor.send(table, {"value-0-0": "seven", "band-1-5": "9", "value-1-1": "77"} | SAVE)
    assert len(refused.errors) == 2
    assert refused.all("input", id="value-0-0")[0].attrib["value"] == "seven"
    back = visitor.send(refused, {"value-0-0": "7", "band-1-5": "1"} | BACK)
    assert not back.errors
    assert standing_values(back.form())["value-1-1"] == "77"
    again = visitor.send(back, {"likelihood_word": "Chance"} | TABLE)
    assert again.all("input", id="value-1-1")[0].attrib["value"] == "77"
    assert again.all("input", id="value-0-0")[0].attrib["value"] == "7"
    fresh = visitor.send(again, AGAIN)
    assert fresh.all("input", id="value-1-1")[0].attrib["value"] == "4"
    visitor.send(fresh, SAVE)
    assert current_version(scheme("mine")).shape.likelihood_word == "Chance"


def test_a_worse_cell_that_is_milder_is_named_and_not_refused(visitor_as):
    visitor = visitor_as("coordinator")
    words = {"name": "Odd", "impact": "1 Low\n2 High", "likelihood": "1 Rare\n2 Often", "bands": "Fine\nStop from 2"}
    table = visitor.send(visitor.get(ADD), words | TABLE)
    assert "one level milder" not in table.words
    odd = {"band-1-1": "0", "value-1-0": "1", "value-0-1": ""}
    saved = visitor.send(table, odd | SAVE)
    milder = "2 High by 2 Often is Fine 4, but 1 Low by 2 Often, one level milder, is Stop"
    assert saved.address == "/p/west-kent/risks/schemes/odd/"
    assert milder in saved.words
    assert current_version(scheme("odd")).shape.cell(1, 1) == Cell(0, 4)
    again = visitor.send(visitor.get(f"{saved.address}change"), {"reason": "To see"} | TABLE)
    assert milder in again.words
    mended = visitor.send(visitor.send(again, AGAIN), SAVE)
    assert mended.address == f"{saved.address}mapping?from=1"
    assert "one level milder" not in mended.words


@settings(max_examples=40)
@given(st.data())
def test_cells_that_only_rise_are_never_named_and_one_that_falls_always_is(data):
    impact, likelihood = (drafting.levels_in("\n".join(map(str, range(1, data.draw(st.integers(2, 6)))))) for _ in "12")
    assume(len(impact) > 1 and len(likelihood) > 1)
    starts = sorted(data.draw(st.sets(st.integers(2, 30), max_size=3)))
    bands = tuple(Band(name, Tone.LOW) for name in "abcd"[: len(starts) + 1])
    shape = Scheme(impact, likelihood, bands, product_cells(impact, likelihood, starts), tolerated=0)
    assert drafting.falling(shape) == ()
    low = replace(shape, cells=(*shape.cells[:-1], (*shape.cells[-1][:-1], Cell(0, 0))))
    assert len(drafting.falling(low)) == 2
    assert all(f"{impact[-1].words} by {likelihood[-1].words} is a 0" in words for words in drafting.falling(low))


def test_a_choice_that_the_table_has_not_is_named(visitor_as):
    visitor = visitor_as("coordinator")
    words = {"name": "Mine", "bands": "Low\nHigh from 9", "categories": "Money"}
    table = visitor.send(visitor.get(ADD), words | TABLE)
    refused = visitor.send(table, {"band-1-5": "9", "tone-1": "8", "tolerated": "7", "tolerated-0": "x"} | SAVE)
    assert refused.errors == [
        "2 Marginal by 6 Very high: select one of the bands",
        "How severe “High” is: select one of the list",
        "What is tolerated: select one of the bands",
        "Tolerated in “Money”: select one of the bands",
    ]


def test_a_lead_adds_one_of_her_own_authority_alone_and_an_officer_none(visitor_as):
    page = visitor_as("lead").get(ADD)
    assert [one.attrib["value"] for one in page.all("select", id="whose")[0].iter("option")] == ["tmbc"]
    visitor_as("officer", check=False).get(ADD, status=403)
    visitor_as("outsider", check=False).get(ADD, status=404)


def test_a_change_is_a_new_version_and_leads_to_the_scores_under_the_old(visitor_as):
    register = a_register("")
    risk = a_risk(register, score=(3, 5))
    visitor = visitor_as("coordinator")
    base = f"/p/west-kent/risks/schemes/{register.scheme.slug}/"
    table = visitor.send(
        visitor.get(f"{base}change"), {"bands": "Low\nMedium from 5\nHigh from 20"} | TABLE, status=200
    )
    assert "Say why the scheme changes" in table.errors[0]
    table = visitor.send(table, {"reason": "The board asked"} | TABLE)
    mapping = visitor.send(table, SAVE)
    assert mapping.address == f"{base}mapping?from=1"
    assert "24 Very high" in mapping.words
    assert "24 High" in mapping.words
    done = visitor.send(mapping, {"impact_3": "2", "likelihood_0": ""})
    assert "18 Medium" in done.words
    assert SchemeMapping.get().levels.impact == (0, 1, 2, 2)
    assert SchemeMapping.get().levels.likelihood[0] is None
    assert [(one.value, one.band_name) for one in Score.select().where(Score.risk == risk)] == [(24, "Very high")]
    page = visitor.get(base)
    assert "The board asked" in page.words
    old = visitor.get(f"{base}?version=1")
    assert "no longer in force" in old.words
    visitor.get(f"{base}?version=7", status=404)
    visitor.get(f"{base}mapping?from=2", status=404)


def test_two_who_change_it_at_once_lose_no_words(visitor_as):
    own = a_scheme()
    visitor = visitor_as("coordinator")
    page = visitor.get(f"/p/west-kent/risks/schemes/{own.slug}/change")
    table = visitor.send(page, {"name": "Mine", "reason": "I think so"} | TABLE)
    change_scheme(person("coordinator"), own, own.version, name="Theirs", shape=five_by_five(), reason="They think so")
    both = visitor.send(table, {"value-0-0": "3"} | SAVE, status=409)
    assert "Cora Coordinator changed the scheme" in both.errors[0]
    assert both.all("input", id="name")[0].attrib["value"] == "Mine"
    visitor.send(visitor.send(both, TABLE), SAVE)
    assert [one.reason for one in SchemeVersion.select().order_by(SchemeVersion.id)] == [
        "",
        "They think so",
        "I think so",
    ]
    assert current_version(scheme(own.slug)).shape.cell(0, 0).value == 3


def test_a_lead_maps_nothing_of_the_partnership_but_reads_it(visitor_as):
    own = a_scheme()
    change_scheme(
        person("coordinator"), own, own.version, name="New", shape=four_by_six(tolerated=0), reason="Stricter"
    )
    register = a_register()
    page = visitor_as("lead").get(f"/p/west-kent/risks/schemes/{register.scheme.slug}/mapping")
    assert not page.all("select")


def test_a_register_is_set_up_kept_and_closed(visitor_as):
    a_scheme()
    a_register("")
    visitor = visitor_as("lead")
    page = visitor.get("/p/west-kent/risks/add")
    wrong = visitor.send(page, {"title": "Housing", "top": "0", "review_months": "99"})
    assert len(wrong.errors) == 2
    visitor.send(wrong, {"top": "2", "review_months": "1", "body": "Management team", "goes_to": "west-kent-risks"})
    register = Register.get(Register.slug == "housing")
    assert (register.authority.slug, register.top, register.review_months) == ("tmbc", 2, 1)
    assert register.goes_to.authority_id is None
    a_scheme("five-by-five", five_by_five())
    risk = a_risk(register)
    settings = visitor.get("/p/west-kent/risks/housing/settings")
    mapping = visitor.send(settings, {"scheme": "five-by-five"}, action=settings.address)
    assert mapping.address == "/p/west-kent/risks/schemes/five-by-five/mapping?from=four-by-six:1"
    assert risk.event in mapping.words
    assert Score.get(Score.risk == risk).value == 12
    refused = visitor.send(visitor.get("/p/west-kent/risks/housing/closure"))
    assert refused.errors == ["Close each of its risks first: 1"]


def test_a_register_takes_no_scheme_and_no_level_of_another_authority(visitor_as):
    a_scheme()
    a_register("sdc")
    a_scheme("theirs", whose="sdc")
    a_scheme("far", of="east-fen")
    visitor = visitor_as("lead")
    page = visitor.get("/p/west-kent/risks/add")
    for fields in ({"scheme": "theirs"}, {"goes_to": "sdc-risks"}, {"scheme": "far"}, {"whose": "sdc"}):
        assert visitor.send(page, {"title": "Housing"} | fields).errors
    assert not Register.select().where(Register.slug == "housing").exists()
